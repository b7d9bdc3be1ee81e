"""The head of a dispatch, line by line: what each line is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from form.date_line import PlaceDate, read_place_date
from form.doc_types import DocumentType
from form.heading import names_author
from form.labels import (
    LINE,
    is_foreign,
    is_heading,
    is_line,
    is_party_heading,
    is_spaced_title,
    is_state_heading,
    is_upper,
    type_title,
)
from form.number_line import OfficialNumber, read_official_number
from form.ocr_doubts import is_stray
from form.offices import body_level, mark_of
from form.spans import Span, trimmed, whole
from parsers.header.issuing_bodies import ends_with_number
from schemas.dispatch import Regime
from schemas.document import Paragraph
from vietnamese.fold import fold

_SUBJECT_LABEL = re.compile(r"\W{0,4}(?:(?:v\s?[/|il1'’.,]\s?%?[vwy]|vv|vw|ve\s+viec)\b|v\s?/\s?%?(?=[\s:]))\W{0,3}")
_RECIPIENTS_LABEL = re.compile(
    r".{0,16}?(?:\bk[il1]nh\s*(?:g[uo]i|trinh|moi)\b|\b\w{0,2}nh\s+g[uo]i\s*(?::|$))[\s:;.*]*"
)
_YEARLESS = re.compile(r"\bthang.*\bnam\W*$")
_YEAR = re.compile(r"(?:19|20)\d\d\W?")
_HEADING_END = re.compile(r"\W*(?:(?:viet )?nam|nghia viet nam)\W*$")
_NO_SIGN = re.compile(r"\W{0,3}s\s?o\s*[:.]\s*[\d\s._…]*\W*$")
"""A number without its sign: `Số: 15`."""
_STAMP = re.compile(
    r"\W{0,3}((cv\s*)?den\b|chuyen\b|so va ky hieu|ngay\s*[:.]?\s*[\d./-]+\W*$|(nguoi )?ky (boi|so)\b|co quan:|email"
    r"|thoi gian ky|(dia chi|dt|dien thoai|tel|fax|website|hotline|ma so thue|mst)\s?[:.])"
)
"""Lines of an arrival stamp or of a signature's picture that a reader may have left in the letterhead, and the address
below the name (Nghị định 30/2020, Phụ lục I, ô 13)."""


@dataclass
class HeadLines:
    """The lines of a head, sorted; `title` and `subject` hold spans because one line may hold both.

    `union`: without Quốc hiệu and the Party's heading, so that the Youth Union's name may stand in their place.
    """

    bodies: list[Paragraph] = field(default_factory=list)
    number: tuple[Paragraph, OfficialNumber] | None = None
    place_date: tuple[tuple[Paragraph, ...], PlaceDate] | None = None
    kind: DocumentType | None = None
    title: Span | None = None
    subject: list[Span] = field(default_factory=list)
    labelled: bool = False
    recipients: list[Span] = field(default_factory=list)
    urgency: tuple[str, Span] | None = None
    secrecy: tuple[str, Span] | None = None
    draft: Span | None = None
    regime: Regime | None = None
    union: bool = False
    heading: Paragraph | None = None


def sort_head(head: Sequence[Paragraph]) -> HeadLines:
    """Each line of the head to its place; lines that fit nowhere are left out."""
    lines = HeadLines(union=not any(is_heading(paragraph.text) for paragraph in head))
    state = "left"
    rest = list(_without_date(head, lines))
    for paragraph in rest:
        state = _place(paragraph, lines, state)
    return lines


def _without_date(head: Sequence[Paragraph], lines: HeadLines) -> list[Paragraph]:
    """Note the line of place and date, the likeliest where several look like one; return all other lines."""
    end = next((at for at, line in enumerate(head) if _ends_letterhead(line.text)), len(head))
    found = [one for index in range(end) if (one := _dated(head, index)) is not None]
    if not found:
        return list(head)
    _, whole_date, place_date = max(found, key=lambda one: one[0])
    lines.place_date = (whole_date, place_date)
    return [line for line in head if line not in whole_date]


def _ends_letterhead(text: str) -> bool:
    return is_line("recipients_label", text) or type_title(text) is not None


_Dated = tuple[tuple[bool, ...], tuple[Paragraph, ...], PlaceDate]


def _dated(head: Sequence[Paragraph], index: int) -> _Dated | None:
    """The place and date that begin at a line, or None; first how likely they are the dispatch's own.

    By the form (Nghị định 30/2020, Phụ lục I, ô 4) a place stands before the day, in the right half. A day without one
    that stands in the trích yếu, or is written with figures only as on a stamp, is never taken for the date of issue.
    """
    for width in (1, 2):
        pair = tuple(head[index : index + width])
        text = " ".join(line.text for line in pair)
        if not is_line("place_date", text) or len(text) >= LINE or (width == 2 and not _is_open(pair[0].text)):
            continue
        pair = _with_broken_ends(pair, head, index)
        text = " ".join(line.text for line in pair)
        found = read_place_date(text)
        if found is None:
            continue
        placed, cited = _names_place(text[slice(*found.place)]), _in_subject(head, index)
        written_out = "thang" in fold(text[slice(*found.date_span)])
        if not placed and (cited or not written_out):
            continue
        return (placed, not cited, head[index].column == "right", written_out), pair, found
    return None


def _names_place(text: str) -> bool:
    """Whether the words before the day are a place's name and no piece of a sentence or of a số hiệu.

    >>> _names_place("TP. Hồ Chí Minh,"), _names_place("61/2017/TT-BTC"), _names_place("tổ chức tại Hà Nội,")
    (True, False, False)
    """
    name = text.strip(" .,:;*_-–|'\"()[]")
    numbers = re.findall(r"\d+", name)
    return name[:1].isupper() and "/" not in name and all(len(number) <= 2 for number in numbers)


def _in_subject(head: Sequence[Paragraph], index: int) -> bool:
    """Whether a line stands below a V/v of the same half, with no Quốc hiệu or Tiêu ngữ between."""
    for line in reversed(head[:index]):
        if is_heading(line.text) or is_state_heading(line.text):
            return False
        if line.column == head[index].column and _SUBJECT_LABEL.match(fold(line.text)):
            return True
    return False


def _with_broken_ends(pair: tuple[Paragraph, ...], head: Sequence[Paragraph], index: int) -> tuple[Paragraph, ...]:
    """A line of place and date with what a narrow column broke off: the place's first words, or the year."""
    before = head[index - 1 : index] if index else ()
    if before and before[0].column == pair[0].column and _begins_place(before[0].text, pair[0].text.split(",")[0]):
        pair = (*before, *pair)
    if _YEARLESS.search(fold(pair[-1].text)):
        years = [line for line in head[index + 1 : index + 8] if _YEAR.fullmatch(line.text.strip())]
        pair = (*pair, *years[:1])
    return pair


def _begins_place(text: str, rest: str) -> bool:
    """Whether a line holds the first words of a place: `Thành phố Hồ Chí` above `Minh, ngày …`."""
    words = text.replace("-", " ").split()
    named = 0 < len(words) <= 4 and all(word.rstrip(".").isalpha() and not word[1:].isupper() for word in words)
    return named and words[0][0].isupper() and len(rest.split()) <= 2 and rest[:1].isupper()


def _is_open(text: str) -> bool:
    """A line that stops in the middle of a date: `Thành phố Hồ Chí Minh, ngày`."""
    return re.search(r"\bngay\b|\bthang\b|,\s*$", fold(text)) is not None


def _place(paragraph: Paragraph, lines: HeadLines, state: str) -> str:
    text = paragraph.text
    if is_line("recipients_label", text):
        return _start_recipients(paragraph, lines)  # Kính gửi, or Đồng kính gửi behind it
    if state == "recipients":
        if not _note_mark(paragraph, lines):  # else a stamp of urgency beside the addressees
            lines.recipients.append(whole(paragraph))
        return state
    if lines.union and is_line("union_heading", text) and is_upper(text):
        return state
    if is_heading(text) or is_state_heading(text):
        return _note_heading(paragraph, lines, state)
    if lines.heading is not None and is_upper(text) and _HEADING_END.match(fold(text)) and _is_cut(lines.heading):
        return state  # the rest of a Quốc hiệu that a narrow column broke
    if _note_mark(paragraph, lines):
        return state
    if state != "titled" and lines.number is None and not _cites(text, state) and _note_number(paragraph, lines):
        return "numbered"
    if state != "titled" and _note_title(paragraph, lines):
        return "titled"
    return _place_other(paragraph, lines, state)


def _cites(text: str, state: str) -> bool:
    """Whether a số hiệu in a line of the trích yếu is another document's: it goes on, or has a legal act's year."""
    found = read_official_number(text) if state == "subject" else None
    return found is not None and (text[:1].islower() or found.year is not None or bool(text[found.end :].strip(" .")))


def _is_cut(heading: Paragraph) -> bool:
    """Whether a Quốc hiệu was read without its end."""
    return re.search(r"vi.t\s*nam", fold(heading.text)) is None


def _place_other(paragraph: Paragraph, lines: HeadLines, state: str) -> str:
    text = paragraph.text
    if (lines.subject and is_stray(paragraph)) or not any(map(str.isalnum, text)):
        return state
    label = _SUBJECT_LABEL.match(fold(text))
    if state == "titled":
        if label is not None and len(lines.subject) == 1 and names_author(_words(lines.subject[0])):
            lines.subject.clear()
        lines.subject.append((paragraph, label.end() if label and not lines.subject else 0, len(text)))
        return state
    if label is not None:
        lines.subject.append((paragraph, label.end(), len(text)))
        lines.labelled = True
        return "subject"
    if _is_late_body(text, lines, state):
        lines.bodies.append(paragraph)
        return "late"
    if state in ("numbered", "subject", "late"):
        lines.subject.append(whole(paragraph))
        return "subject"
    on_left = state == "left" and paragraph.column != "right" and not _STAMP.match(fold(text))
    on_left = on_left and not _NO_SIGN.match(fold(text)) and not is_foreign(text)
    numbered = bool(lines.bodies) and ends_with_number(lines.bodies[-1].text, text)
    if on_left and (is_upper(text) or body_level(text) is not None or numbered):
        lines.bodies.append(paragraph)
    return state


def _words(span: Span) -> str:
    return span[0].text[span[1] : span[2]]


def _is_late_body(text: str, lines: HeadLines, state: str) -> bool:
    """A name of a body behind the number (a letterhead read line by line across, or its right half first)."""
    if state == "late":
        return is_upper(text)
    return state in ("numbered", "subject") and is_upper(text) and body_level(text) is not None and not lines.bodies


def _start_recipients(paragraph: Paragraph, lines: HeadLines) -> str:
    text = paragraph.text
    found = _RECIPIENTS_LABEL.match(fold(text))
    end = found.end() if found else len(text)
    _note_mark(paragraph, lines, end)
    rest = trimmed((paragraph, end, len(text)), "")
    if rest[1] < rest[2]:
        lines.recipients.append(rest)
    return "recipients"


def _note_heading(paragraph: Paragraph, lines: HeadLines, state: str) -> str:
    regime: Regime = "party" if is_party_heading(paragraph.text) else "state"
    if lines.heading is None:
        lines.regime, lines.heading = regime, paragraph
    return state


def _note_mark(paragraph: Paragraph, lines: HeadLines, end: int | None = None) -> bool:
    """Urgency, secrecy or a draft mark: a line of its own, or (up to `end`) squeezed in before Kính gửi."""
    found = mark_of(paragraph.text[:end], leading=end is not None)
    if found is None:
        return False
    kind, mark = found
    span = trimmed((paragraph, 0, len(paragraph.text)), "*[]()|.:-_")
    if end is not None:
        span = (paragraph, span[1], span[1] + len(mark))
    if kind == "draft":
        lines.draft = span
    elif kind == "urgency":
        lines.urgency = (mark, span)
    else:
        lines.secrecy = (mark, span)
    return True


def _note_number(paragraph: Paragraph, lines: HeadLines) -> bool:
    text = paragraph.text
    if not (is_line("number_line", text) or is_line("bare_sign", text)):
        return False
    found = read_official_number(text)
    if found is None:
        return False
    lines.number = (paragraph, found)
    label = _SUBJECT_LABEL.match(fold(text), found.end)
    if label is not None and label.end() < len(text):
        lines.subject.append((paragraph, label.end(), len(text)))
        lines.labelled = True
    return True


def _note_title(paragraph: Paragraph, lines: HeadLines) -> bool:
    text = paragraph.text
    found = type_title(text)
    kind = found[0] if found else is_spaced_title(text)
    if kind is None:
        return False
    rest = found[1] if found else ""
    start = text.find(rest) if rest else len(text)
    lines.kind = kind
    lines.title = trimmed((paragraph, 0, start), " *:.")
    if rest:
        label = _SUBJECT_LABEL.match(fold(text), start)
        lines.subject.append((paragraph, label.end() if label else start, len(text)))
    return True
