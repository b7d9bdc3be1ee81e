"""The head of a dispatch, line by line: what each line is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from form.date_choice import find_place_date
from form.date_line import PlaceDate
from form.doc_types import DocumentType, names_pattern
from form.heading import names_author
from form.labels import (
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
_HEADING_END = re.compile(r"\W*(?:(?:viet )?nam|nghia viet nam)\W*$")
_NO_SIGN = re.compile(r"\W{0,3}s\s?o\s*[:.]\s*[\d\s._…]*\W*$")
"""A number without its sign: `Số: 15`."""
_TYPE_AT_END = re.compile(rf"\b(?:theo|cua|tai)\s+(?:{names_pattern()})\W*$")
_TITLE_WORDS = 3
"""Words of a title behind the name of its type, at most."""
_STAMP = re.compile(
    r"\W{0,3}((cv\s*)?den\b|chuyen\b|so va ky hieu|ngay\s*[:.]?\s*[\d./-]+\W*$|(nguoi )?ky (boi|so)\b|co quan:|email"
    r"|thoi gian ky|\S+@\S+\W*$|(dia chi|dt|dien thoai|tel|fax|website|hotline|ma so thue|mst)\s?[:.])"
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
    """Note the line of place and date; return all other lines."""
    lines.place_date = find_place_date(head)
    dated = lines.place_date[0] if lines.place_date else ()
    return [line for line in head if line not in dated]


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
    cites = _cites(text, state) or _is_of_name(text, lines)
    if state != "titled" and lines.number is None and not cites and _note_number(paragraph, lines):
        return "numbered"
    if state != "titled" and _note_title(paragraph, lines):
        return "titled"
    return _place_other(paragraph, lines, state)


def _cites(text: str, state: str) -> bool:
    """Whether a số hiệu in a line of the trích yếu is another document's: it goes on, or has a legal act's year."""
    found = read_official_number(text) if state == "subject" else None
    return found is not None and (text[:1].islower() or found.year is not None or bool(text[found.end :].strip(" .")))


def _is_of_name(text: str, lines: HeadLines) -> bool:
    """Whether a số hiệu ends a body's name: `TỔ CÔNG TÁC THEO QUYẾT ĐỊNH` / `SỐ 12/QĐ-UBND`."""
    named = bool(lines.bodies) and _TYPE_AT_END.search(fold(lines.bodies[-1].text)) is not None
    return named and is_upper(text) and not re.match(r"\W*s\w:", fold(text))


def _is_cut(heading: Paragraph) -> bool:
    """Whether a Quốc hiệu was read without its end."""
    return re.search(r"vi.t\s*nam", fold(heading.text)) is None


def _place_other(paragraph: Paragraph, lines: HeadLines, state: str) -> str:
    text = paragraph.text
    if (lines.subject and is_stray(paragraph)) or not any(map(str.isalnum, text)):
        return state
    label = _SUBJECT_LABEL.match(fold(text))
    if state == "titled":
        if _ends_title(lines, text) or (label and len(lines.subject) == 1 and names_author(_words(lines.subject[0]))):
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


def _ends_title(lines: HeadLines, text: str) -> bool:
    """Whether what the title's line has behind the type's name is of the title: `THÔNG BÁO HÀNG HẢI` above `Về …`."""
    if len(lines.subject) != 1 or lines.title is None or lines.subject[0][0] is not lines.title[0]:
        return False
    rest = _words(lines.subject[0])
    return (
        is_upper(rest) and len(rest.split()) <= _TITLE_WORDS and re.match(r"\W{0,2}(ve |v/v)", fold(text)) is not None
    )


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
