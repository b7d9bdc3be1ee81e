"""How far the head of a dispatch reaches: letterhead, type and trích yếu, Kính gửi."""

from __future__ import annotations

import re
from collections.abc import Sequence

from form.labels import LINE, is_heading, is_line, is_spaced_title, is_state_heading, is_upper, type_title
from form.ocr_doubts import is_ocr, is_stray
from form.offices import body_level, is_office, mark_of
from schemas.document import Block, Paragraph
from vietnamese.fold import fold

_REACH = 45
"""How many blocks of a dispatch may be its head."""
_SUBJECT_LINES = 8

GROUNDS = re.compile(
    r"\W{0,3}(can cu|thuc hien|thi hanh|theo|de (?!an|nghi)|nham|trong|ngay|sau khi|qua|tinh den|xet|tren co so"
    r"|tiep theo|phuc dap|huong ung|nhan|vua qua|thoi gian|hien nay|ke tu|tu ngay|tai|uy ban|so|bo|ban|thua|kinh"
    r"|nghi quyet|truoc|nam|do|voi|dong chi|chu tich|thu tuong|giam doc|hoi dong)\b"
)
_OPENING = re.compile(
    r"\W{0,4}(can cu|thuc hien|thi hanh|theo|de (?!an)|nham|ngay|sau khi|qua|xet|tren co so|tiep theo)\b"
)
"""How the first sentence of a letter begins."""
_NUMBERED = re.compile(
    r"\W{0,3}([ivx]{1,5}|\d{1,2}|[a-e])\s*[.)-](?!\d)|\W{0,3}(dieu|chuong|phan|muc)\s+(thu\s+\w+|[\divxl]+)\b"
)
_INVITES = re.compile(r"\b(tran trong )?kinh moi\b[^.]{0,40}:|\btran trong kinh moi\b")
"""The sentence of an invitation, which may stand right under its title."""
_OF_TITLE = re.compile(r"\W{0,2}(ve |viec |cua |tai )")
"""How small letters go on with a title in capitals: `KẾT QUẢ KIỂM TRA` above `Việc chấp hành …`."""
_SESSION = re.compile(r"\W{0,3}(khoa|nhiem ky|ky hop|lan thu|phien hop)\b")
_COUNTED = re.compile(r"\W{0,2}(\d{1,2})[.)]\s+")
_BULLETS = ("-", "–", "—", "+", "•", "·", "*")
_VERBS = {"đang", "đã", "sẽ", "có", "gây"}
"""Words of a sentence, not of a name: `Bão số 3 đang di chuyển`, where `Báo` would be a body."""
_ASKS = re.compile(r"\b(de nghi|yeu cau|nhan duoc|ban hanh|thong bao|bao cao|tran trong|huong dan|co y kien|kinh)\b")
_ENDED = (".", ";", ":", "./.", "!")


def head_length(blocks: Sequence[Block]) -> int:
    """How many leading blocks are the head; 0 where the dispatch begins with its text."""
    limit = _limit(blocks)
    recipients = next((i for i in range(limit) if is_line("recipients_label", _text(blocks[i]))), None)
    title = next((i for i in range(limit) if is_title_line(_text(blocks[i]))), None)
    if title is not None and (recipients is None or recipients > title):
        end = _skip_marks(blocks, title + 1)
        end = _skip_marks(blocks, end + subject_length(blocks[end : limit + 1]))
        if recipients is None or recipients > end + 1:
            return end
    if recipients is not None:
        return _recipients_end(blocks, recipients)
    return _letterhead_length(blocks[:limit])


def _skip_marks(blocks: Sequence[Block], start: int) -> int:
    """Past lines that hold a mark of urgency, secrecy or draft."""
    while start < len(blocks) and mark_of(_text(blocks[start])) is not None:
        start += 1
    return start


def is_title_line(text: str) -> bool:
    """The title of a type, on a line of its own or before its trích yếu."""
    return len(text) <= LINE * 3 and (type_title(text) is not None or is_spaced_title(text) is not None)


def _limit(blocks: Sequence[Block]) -> int:
    """Where the head must have ended: at the first table, long paragraph, numbered line or Nơi nhận."""
    for index, block in enumerate(blocks[:_REACH]):
        text = _text(block)
        if not isinstance(block, Paragraph) or is_line("distribution_label", text):
            return index
        if is_line("recipients_label", text):
            return index + 1
        if len(text) > 2 * LINE and type_title(text) is None and not is_line("subject_label", text):
            return index
    return min(len(blocks), _REACH)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def subject_length(blocks: Sequence[Block]) -> int:
    """How many blocks after the title are the trích yếu; its first line is, unless it opens the text."""
    if not blocks or not isinstance(blocks[0], Paragraph) or _cannot_be_subject(blocks[0].text):
        return 0
    length = 1
    last: Block = blocks[0]
    while length < min(len(blocks), _SUBJECT_LINES):
        strays = 1 if _is_stray(blocks[length]) and length + 1 < len(blocks) else 0
        following = blocks[length + strays]
        open_bracket = _is_open(" ".join(map(_text, blocks[:length])))
        goes_on = open_bracket or _continues(blocks[0], last, following)
        if not goes_on or (_names_authority(blocks[length : length + 3]) and not _stops_short(_text(last))):
            break
        length, last = length + strays + 1, following
    return length


def _is_open(text: str) -> bool:
    """Whether a bracket was opened in the text and not closed."""
    return text.count("(") > text.count(")")


def _stops_short(text: str) -> bool:
    """Whether a line stops in the middle of a name: `… GIỮA HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN`."""
    return (
        re.search(
            r"(,| va| cua| cac| giua| tai| cho| voi| o| tren| trong| thuoc| ve| theo| tu| (uy )?ban| hoi dong)$",
            fold(text).rstrip(),
        )
        is not None
    )


def _is_stray(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_stray(block)


def _names_authority(blocks: Sequence[Block]) -> bool:
    """Whether a line in capitals names who decides, right above the grounds: `ỦY BAN NHÂN DÂN TỈNH …`, `Căn cứ …`.

    Of a council, the term and the session stand between: `KHÓA XV, KỲ HỌP THỨ 4`.
    """
    texts = [_text(block) for block in blocks]
    if len(texts) > 2 and is_upper(texts[1]) and _SESSION.match(fold(texts[1])):
        texts = [texts[0], *texts[2:]]
    if len(texts) < 2 or not is_upper(texts[0]) or re.match(r"\W{0,3}(can cu|xet)\b", fold(texts[1])) is None:
        return False
    return body_level(texts[0]) is not None or is_office(texts[0])


def _cannot_be_subject(text: str) -> bool:
    folded = fold(text)
    return (
        folded.startswith(("can cu", "- can cu"))
        or _NUMBERED.match(folded) is not None
        or folded.endswith((";", "./."))
        or (folded.endswith(":") and not is_line("subject_label", text))
        or _INVITES.search(folded) is not None
        or is_line("recipients_label", text)
    )


def _continues(first: Block, last: Block, block: Block) -> bool:
    """Whether a line goes on with the trích yếu that began with `first`."""
    if not isinstance(first, Paragraph) or not isinstance(last, Paragraph) or not isinstance(block, Paragraph):
        return False
    text = block.text
    if _is_ended(last.text) or text.rstrip().endswith(_ENDED) or len(text) > LINE:
        return False
    if _cannot_be_subject(text):
        return False
    if last.text.startswith("(") and last.text.rstrip().endswith(")") and text[0] != "(":
        return False
    if text[0].islower() and block.align != "justify":
        return True
    if _looks_other(first, block):
        return False
    if is_upper(first.text) and not is_upper(text):
        centred = first.align == block.align == "center"
        return last is first and len(text) <= LINE and (centred or _OF_TITLE.match(fold(text)) is not None)
    return not (GROUNDS.match(fold(text)) and len(text) > 60) and (is_upper(text) == is_upper(first.text))


def names_author(text: str) -> bool:
    """Whether a line under the title (`CHỈ THỊ`) says whose it is, above the trích yếu: `CỦA CHỦ TỊCH UBND HUYỆN`."""
    return is_upper(text) and re.match(r"(\w+ ){0,4}cua ", fold(text)) is not None


def _is_ended(last: str) -> bool:
    """Whether a line of the trích yếu ends it; `V/v nghiệm thu công trình:` names the thing on its next line."""
    last = last.rstrip()
    return last.endswith(_ENDED) and not (last.endswith(":") and is_line("subject_label", last))


def _looks_other(first: Paragraph, block: Paragraph) -> bool:
    """Another weight or alignment than the first line of the trích yếu, where the reader knows them."""
    weights = (first.bold, block.bold)
    aligned = (first.align, block.align)
    return (None not in weights and weights[0] != weights[1] and not is_ocr(block)) or (
        aligned[0] == "center" and aligned[1] in ("left", "justify")
    )


def _recipients_end(blocks: Sequence[Block], label: int) -> int:
    """Behind the addressees of the label at this index and of those (`Đồng kính gửi`) that follow at once."""
    end = label
    while end < len(blocks) and is_line("recipients_label", _text(blocks[end])):
        end += 1 + recipient_length(blocks[end + 1 :], _text(blocks[end]))
    return end


def recipient_length(blocks: Sequence[Block], label: str) -> int:
    """How many blocks after the line of Kính gửi go on naming addressees."""
    length = 0
    last = label
    if fold(label).rstrip().endswith("dien:") and blocks and not _is_wired(_text(blocks[0])):
        return 0
    while length < len(blocks):
        block = blocks[length]
        if not isinstance(block, Paragraph) or is_line("recipients_label", block.text):
            break
        speck = sum(character.isalnum() for character in block.text) < 3
        bulleted = length > 0 and _text(blocks[0]).startswith(_BULLETS)
        bracketed = _is_open(last) and len(block.text) <= LINE
        if not (speck or bracketed or _is_addressee(block.text, last) or (bulleted and _goes_on(block.text, last))):
            break
        last = last if speck else block.text
        length += 1
    return length


def _is_wired(text: str) -> bool:
    """Whether a line under `… điện:` is an addressee: an item, or the bare name of an office or a body."""
    if text.startswith(("-", "–", "—", "+")):
        return True
    if not _VERBS.isdisjoint(text.split()):
        return False
    return (is_office(text) or body_level(text) is not None) and len(text) <= LINE and text[-1:] not in ".:"


def _is_addressee(text: str, last: str) -> bool:
    if _is_numbered_addressee(text, last):
        return True
    if len(text) > 2 * LINE or _NUMBERED.match(fold(text)) or (len(text) > LINE * 0.7 and _OPENING.match(fold(text))):
        return False
    if text.startswith((*_BULLETS, "(")):
        return not text.rstrip().endswith("./.")
    ended = last.rstrip().endswith((".", "./."))
    opened = last.rstrip().endswith((":", "gửi", "trình"))
    if opened:
        return len(text) <= LINE
    if last.rstrip().endswith((",", ";")) and _names_only(text):
        return True
    return not ended and (text[0].islower() or last.rstrip().endswith("-")) and len(text) <= LINE


def _names_only(text: str) -> bool:
    """Whether a line holds names and no sentence, as behind an addressee's comma: `Trung tâm Y tế huyện.`, `Nà Lầu.`"""
    words = re.findall(r"\w+", text)
    if len(text) > LINE * 0.8 or text.rstrip().endswith(("./.", ":")) or _ASKS.search(fold(text)):
        return False
    named = body_level(text) is not None or is_office(text) or all(word[0].isupper() for word in words[:2])
    return named or text.rstrip().endswith((".", ";", ","))


def _is_numbered_addressee(text: str, last: str) -> bool:
    """Whether a numbered line is one of a list of addressees: `1. Ủy ban nhân dân xã;` right under a bare label."""
    found, before = _COUNTED.match(text), _COUNTED.match(last)
    if found is None or len(text) > LINE:
        return False
    if before is not None:
        return int(found[1]) == int(before[1]) + 1 and last.rstrip().endswith((";", ","))
    return found[1] == "1" and last.rstrip().endswith(":") and is_line("recipients_label", last)


def _goes_on(text: str, last: str) -> bool:
    """Whether a line ends an item of a list with dashes whose line before stops in the middle of a name."""
    if len(text) > LINE or last.rstrip().endswith((".", ";", ":")) or text.rstrip().endswith("./."):
        return False
    if text.rstrip().endswith(";"):
        return True
    return text.rstrip().endswith((".", ",")) and fold(last).rstrip().endswith((",", " va", " cac", " cua", " -"))


def _letterhead_length(blocks: Sequence[Block]) -> int:
    """Without title and Kính gửi: up to the last line that only a letterhead has."""
    last = -1
    for index, block in enumerate(blocks):
        text = _text(block)
        if any(is_line(name, text) for name in ("number_line", "subject_label", "place_date")) or _is_right_half(text):
            last = index
    return last + 1


def _is_right_half(text: str) -> bool:
    return is_heading(text) or is_state_heading(text)
