"""What stands over a table: its label (`Phụ lục 01`), caption, the note `(Kèm theo …)`, and the unit of its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.document import Paragraph
from vietnamese.fold import fold

_LABEL = re.compile(
    r"(?:phu luc|bieu mau|bieu|mau|bang)\s*(?:so)?\s*:?\s*"
    r"(?:\d+[a-z]?(?:[./-](?:\d+[a-z]?|[a-z]{1,4}))*|[ivxl]+|[a-h])(?![a-z0-9])(?:\s*[.:–-](?=\s|$))?"
)
_BARE_LABEL = re.compile(r"phu luc")
_NOTE = re.compile(r"\(?\s*(?:\(?ban hanh )?kem theo\b.*")
_UNIT_LINE = re.compile(r"\(?\s*(?:don vi(?: tinh)?|dvt)\s*:\s*(.+?)\s*\)?")
_LETTERHEAD = re.compile(
    r".*(?:dang cong san viet nam|cong hoa xa hoi|doc lap\s*[-–]\s*tu do|ngay\s*(?:\d+|\.*)\s*thang.*nam\s*\d{4}$"
    r"|^so\s*:?\s*\d*\s*[-/]).*|\*+"
)
_HEADING_LABEL = re.compile(r"(?:[ivx]+|\d+(?:\.\d+)*|[a-z])\s*[.)]\s*\S")
_LONG = 300
FARTHEST = 8
"""So many paragraphs over a table may belong to it."""


@dataclass(frozen=True)
class Caption:
    """What stands over a table, and the paragraphs that say it."""

    label: str | None = None
    text: str | None = None
    note: str | None = None
    unit: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()


def is_label(paragraph: Paragraph) -> bool:
    """Does this paragraph open an appendix or name a table (`PHỤ LỤC II`, `Biểu số 3`)?"""
    folded = fold(paragraph.text)
    return _LABEL.match(folded) is not None or _BARE_LABEL.fullmatch(folded) is not None


def read_caption(before: Sequence[Paragraph], title: Sequence[str], appendix: bool) -> Caption:
    """The caption in the paragraphs `before` a table; `title`: what stands inside its frame, over the heading."""
    lines, unit, note = _take_notes(_near(before))
    label, words, used = _take_label(lines)
    if label is None:
        words = [line.text for line in (_all_lines(lines) if appendix else _heading_line(lines))]
        used = lines[len(lines) - len(words) :] if words else []
    text, inline = _cut_note(" ".join([*words, *title]).strip())
    notes = " ".join(paragraph.text for paragraph in note) or inline
    paragraphs = (*used, *note)
    return Caption(label, text or None, notes or None, unit, tuple(paragraphs))


def _near(before: Sequence[Paragraph]) -> list[Paragraph]:
    """The short lines right over the table, down from the last sentence, letterhead or appendix label."""
    taken: list[Paragraph] = []
    for paragraph in reversed(before[-FARTHEST:]):
        if not paragraph.text.strip():
            continue
        if _ends_before(paragraph):
            break
        taken.insert(0, paragraph)
        if is_label(paragraph):
            break
    return taken


def _ends_before(paragraph: Paragraph) -> bool:
    folded = fold(paragraph.text).strip()
    if _is_note(folded) or _UNIT_LINE.fullmatch(folded):
        return False
    sentence = folded.endswith((".", ";")) and not is_label(paragraph)
    return sentence or len(folded) > _LONG or _LETTERHEAD.fullmatch(folded) is not None


def _is_note(folded: str) -> bool:
    return _NOTE.match(folded) is not None


def _take_notes(lines: list[Paragraph]) -> tuple[list[Paragraph], str | None, list[Paragraph]]:
    """Lines without notes and unit lines; the unit; the lines of the note."""
    kept: list[Paragraph] = []
    note: list[Paragraph] = []
    unit: str | None = None
    for paragraph in lines:
        folded = fold(paragraph.text).strip()
        measured = _UNIT_LINE.fullmatch(folded)
        if measured:
            unit = paragraph.text.strip()[measured.start(1) : measured.end(1)]
        elif _is_note(folded) or _open_note(note):
            note.append(paragraph)
        else:
            kept.append(paragraph)
    return kept, unit, note


def _open_note(note: Sequence[Paragraph]) -> bool:
    """Does a note that opened with a bracket still want its end?"""
    return bool(note) and note[0].text.strip().startswith("(") and not note[-1].text.strip().endswith(")")


def _take_label(lines: Sequence[Paragraph]) -> tuple[str | None, list[str], list[Paragraph]]:
    """The label, the caption's words behind and under it, and their lines."""
    for place, paragraph in enumerate(lines):
        folded = fold(paragraph.text)
        match = _LABEL.match(folded) or _BARE_LABEL.fullmatch(folded)
        if match:
            label = paragraph.text[: match.end()].rstrip(" .:–-")
            words = [paragraph.text[match.end() :].strip(), *(line.text for line in lines[place + 1 :])]
            return label, [text for text in words if text], list(lines[place:])
    return None, [], []


def _all_lines(lines: list[Paragraph]) -> list[Paragraph]:
    """In an appendix every line over the table is its title, as far as no line is a lead-in."""
    after = 0
    for place, line in enumerate(lines):
        if line.text.rstrip().endswith(":"):
            after = place + 1
    return lines[after:]


def _heading_line(lines: list[Paragraph]) -> list[Paragraph]:
    """In the body only a heading right over the table names it: numbered, or in capitals, or centred."""
    if not lines:
        return []
    last = lines[-1]
    letters = last.text.strip()
    headed = letters.isupper() or last.align == "center" or (last.bold and not letters.endswith(":"))
    complete = not letters.endswith((":", ",")) and len(letters) < 150
    numbered = complete and _HEADING_LABEL.match(fold(letters)) is not None
    return [last] if headed or numbered else []


def _cut_note(text: str) -> tuple[str, str | None]:
    """A caption, and the note that was printed on the same line."""
    match = re.search(
        r"\s*(\(?\s*(?:ban hanh )?kem theo (?:cong van|ke hoach|quyet dinh|bao cao|to trinh|van ban|"
        r"thong bao|huong dan|nghi quyet|chi thi|thong tu|quy dinh|chuong trinh)\b.*)",
        fold(text),
    )
    if match is None:
        return text, None
    return text[: match.start()].rstrip(), text[match.start(1) :].strip()
