"""Where a dispatch closes: Nơi nhận and the signature block, in whichever order and over whichever pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from form.labels import LINE, is_capital_name, is_line, is_name, is_upper, type_title
from form.offices import body_level, is_office
from schemas.document import Block, Grid, Paragraph
from vietnamese.fold import fold

_BULLET = re.compile(r"\W{0,2}[-–—+•·*]\s*\S")
_KEEP = re.compile(r"\W{0,3}luu\b")
BULLETS = ("-", "–", "+", "•", "*")
LONGEST_TITLE = 60
"""Characters of an office that is printed in small letters or that we do not know, at most."""
_SIGNED = re.compile(r"\W*(da ky|ky ten|dong dau|ky, dong dau|chu ky)\b|\W*\(\W*ky\b")
_MARK = re.compile(r"\W{0,3}(?:[tk]\s*[/.]?\s*[mtl]|t\s*[/.]?\s*u\s*[/.]?\s*q|q)\b\s*[.,:]?\s*")
_APPROVAL = re.compile(r"\W*(phe duyet|duyet|xac nhan)( cua .{2,80})?\W*")
_GROUNDS = re.compile(r"\W{0,3}(can cu|xet)\b")
_SIGNATURE_REACH = 14
"""How many lines after its first a signature block may show a name or Nơi nhận."""


def closing_span(blocks: Sequence[Block], head_end: int) -> tuple[int, int]:
    """Start and end of the closing; both where the appendices begin if there is none."""
    kept = bare = None
    for index, block in enumerate(blocks[head_end:], start=head_end):
        text = _line(block)
        if not text:
            continue
        if is_line("distribution_label", text) or _opens_signature(blocks, index):
            return index, _without_copy(blocks, index, _end(blocks, index))
        kept = index if kept is None and _is_kept_item(text) else kept
        bare = index if bare is None and _opens_appendix(text) else bare
    if kept is not None:
        start = _list_start(blocks, kept, head_end)
        return start, _without_copy(blocks, start, _end(blocks, start, listing=True))
    end = len(blocks) if bare is None else bare
    return end, end


def _line(block: Block) -> str:
    """The text of a block that may be one printed line, else empty."""
    return block.text if isinstance(block, Paragraph) and len(block.text) <= 2 * LINE else ""


def is_signature_line(text: str) -> bool:
    """A line of authority or office in a signature block: `T/M BAN THƯỜNG VỤ`, `KT. GIÁM ĐỐC`, `TRƯỞNG BAN`."""
    if len(text) > LINE:
        return False
    return is_authority(text) or is_approval(text) or (is_office(text) and is_upper(text))


def is_approval(text: str) -> bool:
    """The head of a second block in which a superior approves or confirms: `PHÊ DUYỆT`, `XÁC NHẬN CỦA UBND XÃ`.

    >>> is_approval("PHÊ DUYỆT"), is_approval("PHÊ DUYỆT CỦA GIÁM ĐỐC SỞ"), is_approval("Duyệt kế hoạch")
    (True, True, False)
    """
    return is_upper(text) and _APPROVAL.fullmatch(fold(text)) is not None


def is_authority(text: str) -> bool:
    """A mark of authority before a name in capitals, or in small letters before an office or a body we know."""
    if not is_line("authority", text) or len(text) > LINE:
        return False
    mark = _MARK.match(fold(text))
    rest = text[mark.end() :] if mark else text
    return is_upper(text[3:]) or ((is_office(rest) or body_level(rest) is not None) and text[:1].isupper())


def ends_as_office(text: str) -> bool:
    """An office that no table knows but that ends like one: `CỤM TRƯỞNG`, `THÔN ĐỘI PHÓ`."""
    return text.endswith((" TRƯỞNG", " PHÓ", " TRUONG", " PHO")) and len(text.split()) <= 4


def is_signed_note(text: str) -> bool:
    """What stands in a copy for the signature: `(Đã ký)`, `(ký tên, đóng dấu)`."""
    return _SIGNED.match(fold(text)) is not None


def is_title_above_name(lines: Sequence[str]) -> bool:
    """Whether the first line must be the office of one who signs: one in capitals that we do not know, or a known one
    in small letters (`Trưởng phòng`), with nothing but further offices and `(đã ký)` above the name.

    >>> is_title_above_name(["NGƯỜI ĐIỀU HÀNH", "(Đã ký)", "Lê Văn Sáu"])
    True
    >>> is_title_above_name(["Trưởng phòng", "Công an xã"])
    False
    """
    for position, line in enumerate(lines):
        text = line.strip()
        if position and is_name(text) and not is_office(text):
            return True
        if position and is_signed_note(text):
            continue
        if text.startswith(BULLETS) or text.endswith((";", ".", ",", ":")) or len(text) > LONGEST_TITLE:
            return False
        if not (is_upper(text) or is_office(text)):
            return False
    return False


def _opens_signature(blocks: Sequence[Block], start: int) -> bool:
    """Whether a signature block starts here: an office, and soon a name or Nơi nhận, and no text between."""
    first = _line(blocks[start])
    if not is_signature_line(first) and not (
        is_upper(first)
        and body_level(first) is not None
        and is_signature_line(_line(blocks[min(start + 1, len(blocks) - 1)]))
    ):
        return False
    for block in blocks[start + 1 : start + _SIGNATURE_REACH]:
        text = _line(block)
        if not text or len(text) > LINE or text.endswith((";", "./.")) or type_title(text) is not None:
            return False
        if _GROUNDS.match(fold(text)):
            return False  # who decides, above the grounds of a decision
        if is_name(text) or is_capital_name(text) or is_line("distribution_label", text):
            return True
    return len(blocks) - start <= 3


def _opens_appendix(text: str) -> bool:
    if not text or _BULLET.match(text) or not is_line("appendix", text):
        return False
    return is_upper(text) or is_line("appendix_form", text) or "em theo" in text[:24]


def _is_kept_item(text: str) -> bool:
    """`- Lưu: VT, …`: the last item of a Nơi nhận whose label OCR did not read."""
    return len(text) <= LINE and _BULLET.match(text) is not None and _KEEP.match(fold(text)) is not None


def _list_start(blocks: Sequence[Block], last: int, floor: int) -> int:
    """The first of the short lines of a list that ends at `last`."""
    start = last
    while start > floor and 0 < len(_line(blocks[start - 1])) <= LINE * 0.6 and _line(blocks[start - 1])[-1] in ";,:":
        start -= 1
    return start


def _end(blocks: Sequence[Block], start: int, *, listing: bool = False) -> int:
    """Where the closing that starts at `start` ends; `listing` where it starts inside Nơi nhận."""
    named = signing = kept = False
    for index in range(start, len(blocks)):
        text = _line(blocks[index])
        if _is_right(blocks[index]) or (not kept and _is_speck(blocks, index)):
            signing, named = True, named or is_name(text)
        elif not text or _opens_appendix(text) or (type_title(text) is not None and not _BULLET.match(text)):
            return index
        elif is_line("distribution_label", text):
            listing, kept = True, "luu" in fold(text)
        elif named and is_signed_note(text):
            continue  # of the next signer
        elif is_signature_line(text) or (
            (kept or (named and ends_as_office(text)))
            and is_title_above_name(list(map(_line, blocks[index : index + 4])))
        ):
            signing = True
        elif _BULLET.match(text):
            kept = kept or _KEEP.match(fold(text)) is not None
        elif signing and (is_name(text) or is_capital_name(text)):
            named = True
        elif not _goes_on(text, blocks[index + 1 : index + 4], (listing, kept, signing, named)):
            return index
    return len(blocks)


def _without_copy(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where a closing ends below which stands the block of who made a copy (Nghị định 30/2020, Phụ lục I, bản sao):
    above its office, which stands over its number, however its title was read.
    """
    named = next((at for at in range(start, end) if is_name(_line(blocks[at]))), end)
    number = next((at for at in range(named, end) if is_line("number_line", _line(blocks[at]))), end)
    while named < number < end and is_upper(above := _line(blocks[number - 1])) and not is_signature_line(above):
        number -= 1
    return number


def _is_right(block: Block) -> bool:
    """A short line that the reader saw in the right half, where the signature stands."""
    return isinstance(block, Paragraph) and block.column == "right" and 0 < len(block.text) <= LINE


def _is_speck(blocks: Sequence[Block], index: int) -> bool:
    """A table that a scan's noise made up between the items of Nơi nhận."""
    if not isinstance(blocks[index], Grid):
        return False
    page = blocks[index].page
    following = [block for block in blocks[index + 1 : index + 30] if block.page == page]
    return any(_is_kept_item(_line(block)) for block in following)


def _goes_on(text: str, following: Sequence[Block], state: tuple[bool, bool, bool, bool]) -> bool:
    """Whether a line that is neither item nor office nor name still belongs to the closing."""
    listing, kept, signing, named = state
    if len(text) > LINE:
        return False
    if any(is_line("distribution_label", _line(block)) for block in following) and not listing:
        return True
    if listing and not kept:
        return True
    if _KEEP.match(fold(text)):
        return True
    if not named:
        return signing or any(is_signature_line(_line(block)) for block in following)
    return any(is_signature_line(_line(block)) for block in following)
