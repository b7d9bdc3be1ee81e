"""The signature block: authority (`T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`), title and name of each who signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from form.closing import (
    BULLETS,
    LONGEST_TITLE,
    ends_as_office,
    is_approval,
    is_authority,
    is_signed_note,
    is_title_above_name,
)
from form.labels import is_capital_name, is_line, is_name, is_upper
from form.ocr_doubts import box_of, is_doubtful, is_half_name, is_ocr, is_right_below, is_sure
from form.offices import body_level, is_office, nearest_office, surnames
from form.spans import Span, join_spans, starts_lower, trimmed, whole
from parsers.closing.deputies import head_at_end, head_of, is_deputy_of, office_of, scrawled_before
from parsers.closing.recipients import without_label
from schemas.dispatch import Signer
from schemas.document import Paragraph
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

_EDGES = " .,;:*_|\\~'\"`“”‘’«»=<>£¢§©®°º^¬•·[](){}!-–—"
_MARK = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\.?")
_ACTING = re.compile(r"\W*Q\s*\.")
_KT = re.compile(r"\W*K\s*/?\s*T\b")
_LONG_NAME = 20
"""Characters of a line of authority from which it may run over two lines."""


@dataclass
class SignatureLines:
    """The lines of one signer; `name` is None where it is stamped over or absent."""

    authority: list[Span] = field(default_factory=list)
    title: list[Span] = field(default_factory=list)
    name: Span | None = None
    unmarked: list[Span] = field(default_factory=list)
    """The head's title on a scan, whose `KT.` was not read: neither the signer's title nor an authority."""
    head: str | None = None
    """Whom a deputy without a read authority stands in for."""
    office: str | None = None
    """The title that must be printed where its line was read in part only."""
    half_name: Span | None = None
    """A name that ink runs through: what was read of it is no name."""
    cut: str | None = None
    """The head's title of which only the end was read: what stood before it, if anything, is not known."""

    def signer(self) -> Signer:
        """The record of these lines."""
        name = join_spans([self.name]) if self.name else None
        title = self.office or join_spans(_with_commas(self.title)) or None
        if title is not None and not is_office(title) and any(is_ocr(span[0]) for span in self.title):
            title = nearest_office(title) or title
        return Signer(authority=join_spans(_with_commas(self.authority)) or None, title=title, name=name)

    @property
    def spans(self) -> tuple[Span, ...]:
        """All lines, from the top."""
        return (
            *self.authority,
            *self.unmarked,
            *self.title,
            *(span for span in (self.name or self.half_name,) if span),
        )


def _with_commas(spans: Sequence[Span]) -> list[Span]:
    """Lines of one name with the commas at which they were broken, and the point of a mark alone on its line."""
    broken = []
    for paragraph, start, end in spans[:-1]:
        stop = (",", ".") if _MARK.fullmatch(paragraph.text[start:end]) else (",",)
        broken.append((paragraph, start, end + paragraph.text.startswith(stop, end)))
    return [*broken, *spans[-1:]]


def sort_closing(
    closing: Sequence[Paragraph], abreast: Sequence[Sequence[Paragraph]] = ()
) -> tuple[list[Span], list[SignatureLines]]:
    """The lines of Nơi nhận and the signers' lines, in either order or side by side; first those who stand abreast."""
    items, signers = _sort_lines(closing)
    return items, [*(signer for column in abreast for signer in _signers(column, joint=True)), *signers]


def _sort_lines(closing: Sequence[Paragraph]) -> tuple[list[Span], list[SignatureLines]]:
    """The lines of Nơi nhận and those of the signers, who stand one below the other or in the page's two halves."""
    listing = not any(is_line("distribution_label", paragraph.text) for paragraph in closing) and _starts_item(closing)
    kept = False
    items: list[Span] = []
    blocks: dict[str | None, list[Paragraph]] = {}
    for index, paragraph in enumerate(closing):
        text, column = paragraph.text, paragraph.column
        if is_line("distribution_label", text):
            listing, kept = True, False
            rest = without_label(paragraph)
            items.extend([rest] if rest[1] < rest[2] else [])
        elif (
            column == "right"
            or _in_signature(text, listing and not kept, bool(blocks))
            or (not (listing and not kept) and is_title_above_name([line.text for line in closing[index : index + 4]]))
        ):
            # What a page break cut off from its column goes on with the block above.
            last = next(reversed(blocks), None)
            blocks.setdefault(column or last, []).append(paragraph)
        elif listing and not is_signed_note(text):
            items.append(whole(paragraph))
            kept = kept or "luu" in fold(text)[:6]
    columns = sorted(blocks, key=lambda column: column == "right")
    return items, [signer for column in columns for signer in _signers(blocks[column])]


def _starts_item(closing: Sequence[Paragraph]) -> bool:
    """Whether the closing starts with an item of a Nơi nhận that lost its label."""
    return bool(closing) and closing[0].text.lstrip().startswith(("-", "–", "—", "+", "•"))


def _in_signature(text: str, listing: bool, begun: bool) -> bool:
    if text.lstrip().startswith(BULLETS):
        return False
    if begun and is_office(text) and len(text) <= LONGEST_TITLE and not text.rstrip().endswith((";", ".")):
        return True
    if is_authority(text) or is_approval(text) or _MARK.fullmatch(text.strip()):
        return True
    if is_office(text) and is_upper(text):
        return True
    if begun and (is_name(text) or is_capital_name(text)):
        return True
    if not listing and is_upper(text) and body_level(text) is not None:
        return True
    return begun and is_upper(text) and not starts_lower(text) and not text.rstrip().endswith((";", ","))


def _signers(block: Sequence[Paragraph], *, joint: bool = False) -> list[SignatureLines]:
    found: list[SignatureLines] = []
    current = SignatureLines()
    for paragraph in block:
        span = trimmed(whole(paragraph), _EDGES)
        text = paragraph.text[span[1] : span[2]]
        if span[1] >= span[2] or is_signed_note(text):
            continue
        if joint and _is_joint_body(current, span):
            (current.title or current.authority).append(span)
        elif _is_name_line(text, current, is_ocr(paragraph)):
            _close(found, current, span)
            current = SignatureLines()
        else:
            current = _add(found, current, span, text)
    if current.authority or current.title:
        found.append(current)
    for lines in found:
        _part_deputy(lines)
        if not lines.title and len(lines.authority) == 1 and _ACTING.match(lines.authority[0][0].text):
            lines.authority, lines.title = [], lines.authority  # `Q. GIÁM ĐỐC` is the title of one who acts as such
        if lines.name is not None and is_half_name(lines.name):
            lines.half_name, lines.name = lines.name, None
    return found


def _part_deputy(lines: SignatureLines) -> None:
    """A head's title above a deputy's is what KT. goes with, also where the KT. is pen-written and was not read."""
    if lines.title and is_ocr(lines.title[0][0]):
        _settle_scanned(lines)
    elif (
        len(lines.title) == 2
        and not lines.authority
        and head_of(office_of(lines.title[1])) == office_of(lines.title[0])
    ):
        lines.authority, lines.title = lines.title[:1], lines.title[1:]


def _settle_scanned(lines: SignatureLines) -> None:
    """What ink hid of a block's offices: the same office in two lines is the head's with KT. and the deputy's."""
    offices = [(span, found) for span in (*lines.authority, *lines.title) if (found := head_at_end(join_spans([span])))]
    if len(offices) == 2 and offices[0][1][0] == offices[1][1][0] and is_right_below(offices[0][0], offices[1][0]):
        (above, (head, _)), (below, _) = offices
        if above in lines.title:
            lines.unmarked, lines.title = [above], [span for span in lines.title if span is not above]
            lines.head = head
        if below in lines.title and head_of("PHÓ " + head) and not is_deputy_of(join_spans([below]), head):
            lines.office = "PHÓ " + head
    elif offices and lines.title and _is_heads(offices[0], lines):
        lines.unmarked, lines.title = lines.title, []
    elif len(lines.title) == 1 and not lines.authority:
        line, found = lines.title[0], head_at_end(join_spans(lines.title))
        if scrawled_before(line):
            lines.unmarked, lines.title, lines.head = [line], [], office_of(line)
        elif found and found[1]:
            lines.unmarked, lines.title, lines.cut = [line], [], found[0]
        else:
            lines.head = head_of(office_of(line))


def _is_name_line(text: str, current: SignatureLines, ocr: bool) -> bool:
    begun = bool(current.authority or current.title)
    long_enough = len(text.split()) >= (3 if ocr else 2)
    return (is_name(text) and not is_office(text)) or (begun and long_enough and is_capital_name(text))


def _has_surname(text: str) -> bool:
    """Whether a line begins with a family name: under a seal that hides the office, it is the name of who signed."""
    return fold(text).split(" ", 1)[0].strip(_EDGES) in surnames()


def _close(found: list[SignatureLines], current: SignatureLines, name: Span) -> None:
    alone = not found and name[0].column == "right" and _has_surname(name[0].text)
    if current.authority or current.title or alone:
        current.name = name
        found.append(current)
    elif found and found[-1].name is None:
        found[-1].name = name


def _is_heads(office: tuple[Span, tuple[str, bool]], lines: SignatureLines) -> bool:
    """Whether the title came out as that of the head for whom KT. is signed: then its beginning is hidden."""
    above, (head, _) = office
    title = lines.title[0]
    marked = above in lines.authority and _KT.match(above[0].text) is not None
    return marked and office_of(title) == head and not is_deputy_of(join_spans([title]), head)


def _goes_on(current: SignatureLines, span: Span) -> bool:
    """Whether a short line of a picture, surely read, is the rest of a collective's name right above it."""
    paragraph, start, end = span
    words = [word for word in paragraph.text[start:end].split() if word not in "-–—"]
    if not current.authority or current.title or len(words) > 4 or is_doubtful(span):
        return False
    above = join_spans(current.authority)
    return len(above) > _LONG_NAME and all(is_syllable(word) for word in words)


def _is_wrapped(current: SignatureLines, span: Span) -> bool:
    """Whether a line of a picture, surely read, stands as close below a long office or authority as its second line."""
    above = current.title or current.authority
    if not above or len(join_spans(above)) <= _LONG_NAME or not is_sure(span):
        return False
    upper, lower = box_of(above[-1]), box_of(span)
    if upper is None or lower is None or lower[0] > upper[2] or lower[2] < upper[0]:
        return False
    height, own = upper[3] - upper[1], lower[3] - lower[1]
    return 0.55 * height < own < 1.6 * height and -0.3 * height < lower[1] - upper[3] < 0.9 * height


def _is_unknown_office(found: Sequence[SignatureLines], current: SignatureLines, span: Span) -> bool:
    """Whether a line of a picture, surely read, heads the block: the seal stands below the office that it covers."""
    text = span[0].text[span[1] : span[2]]
    first = not found and not current.authority and not current.title and span[0].column == "right"
    words = text.split()
    return first and len(words) > 1 and all(map(is_syllable, words)) and body_level(text) is None and is_sure(span)


def _goes_with_mark(current: SignatureLines, text: str) -> bool:
    """A mark alone on its line (`KT.`), and the office or body below it that it goes with."""
    marked = current.authority and not current.title and _MARK.fullmatch(join_spans(current.authority[-1:]))
    return _MARK.fullmatch(text) is not None or bool(marked)


def _is_joint_body(current: SignatureLines, span: Span) -> bool:
    """Whether a line of a picture, surely read, is the body of one of those who sign jointly: over or under the office.

    Inside the seal the body's name stands apart from the office.
    """
    text = span[0].text[span[1] : span[2]]
    above = (*current.authority, *current.title)[-1:]
    named = is_upper(text) and body_level(text) is not None and not is_line("authority", text) and not is_office(text)
    return named and is_ocr(span[0]) and is_sure(span) and (not above or is_right_below(above[0], span))


def _is_part_of_office(current: SignatureLines, text: str) -> bool:
    """Whether a line of a picture is a misread office, or the end of one over whose beginning ink runs."""
    return (not current.title and nearest_office(text) is not None) or head_at_end(text) is not None


def _add(found: list[SignatureLines], current: SignatureLines, span: Span, text: str) -> SignatureLines:
    """One more line of authority or title; a second authority of a second body begins another signer."""
    if is_approval(text):
        found.extend([current] if current.authority or current.title else [])
        current = SignatureLines(authority=[span])
    elif is_line("authority", text) or _goes_with_mark(current, text):
        if current.title:
            found.append(current)
            current = SignatureLines()
        current.authority.append(span)
    elif is_office(text) or ends_as_office(text) or (is_ocr(span[0]) and _is_part_of_office(current, text)):
        current.title.append(span)
    elif is_upper(text) and (
        not is_ocr(span[0])
        or _goes_on(current, span)
        or _is_wrapped(current, span)
        or _is_unknown_office(found, current, span)
    ):
        # In a picture any other such line is as like as not the seal.
        unknown_office = not current.authority and body_level(text) is None
        (current.title if current.title or unknown_office else current.authority).append(span)
    return current
