"""Footnotes and page numbers that stand among the lines of a text file, taken out of its flow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.flowing.flow import FlowLine, opens_paragraph
from ingest.flowing.styled import Styled, paragraph_of
from schemas.document import Footnote, Furniture, Grid

Element = FlowLine | Grid | None
"""A line, a table, or a rule (None)."""

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:trang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?", re.IGNORECASE)
_DEFINED = re.compile(r"\s*:?\s*")
_NEARLY = 0.85
_PLAIN_NOTE = re.compile(r"\s*[(\[]?(\d{1,2})[)\]]?\s+(?=\S)")


def take_page_numbers(elements: Sequence[Element]) -> tuple[list[Element], tuple[Furniture, ...]]:
    """Lone numbers that count up page by page (2, 3, 4 …) are page numbers; a lone number that does not is text."""
    counting: list[tuple[int, int]] = []
    for index, number in _lone_numbers(elements):
        if (not counting and number in (1, 2)) or (counting and number == counting[-1][1] + 1):
            counting.append((index, number))
    if len(counting) < 2 and not (counting and _at_page_edge(elements, counting[0][0])):
        return list(elements), ()
    taken = {index for index, _ in counting}
    lines = [element for index, element in enumerate(elements) if index in taken and isinstance(element, FlowLine)]
    furniture = tuple(Furniture(kind="page_number", text=line.text.strip(), page=line.page) for line in lines)
    return [element for index, element in enumerate(elements) if index not in taken], furniture


def _lone_numbers(elements: Sequence[Element]) -> list[tuple[int, int]]:
    found = []
    for index, element in enumerate(elements):
        if not isinstance(element, FlowLine) or not element.gap:
            continue
        match = _PAGE_NUMBER.fullmatch(element.text.strip())
        following = elements[index + 1] if index + 1 < len(elements) else None
        if match and (not isinstance(following, FlowLine) or following.gap):
            found.append((index, int(match[1])))
    return found


def _at_page_edge(elements: Sequence[Element], index: int) -> bool:
    pages = [element.page for element in elements[max(index - 1, 0) : index + 2] if element is not None]
    return len(set(pages)) > 1


def take_footnotes(elements: Sequence[Element], width: int | None) -> tuple[list[Element], tuple[Footnote, ...]]:
    """Paragraphs that begin with a footnote mark are footnotes; rules (None) are dropped with them.

    Behind a rule a plain number is a mark too, where the text above holds such a mark.
    `width` is that at which the text is broken into lines, if it is.
    """
    marks = {mark for element in elements if isinstance(element, FlowLine) for at, mark in element.styled.marks if at}
    rest: list[Element] = []
    notes: list[tuple[str, list[FlowLine]]] = []
    after_rule = in_note = False
    for element in elements:
        if not isinstance(element, FlowLine):
            after_rule, in_note = element is None, False
            if element is not None:
                rest.append(element)
            continue
        opened = _opened_note(element, marks if after_rule else set())
        if opened is not None:
            notes.append(opened)
        elif in_note and _runs_on(notes[-1][1][-1], element, width):
            notes[-1][1].append(element)
        else:
            rest.append(element)
            after_rule = False
        in_note = opened is not None or (in_note and notes[-1][1][-1] is element)
    return rest, tuple(_footnote(mark, lines) for mark, lines in notes)


def _runs_on(before: FlowLine, line: FlowLine, width: int | None) -> bool:
    """Whether a wrapped note goes on in this line."""
    full = width is not None and (before.tail or len(before.text.strip())) >= _NEARLY * width
    return full and not line.gap and not opens_paragraph(line.text.strip())


def _opened_note(line: FlowLine, marks: set[str]) -> tuple[str, list[FlowLine]] | None:
    """The mark and the first line of a footnote that begins here."""
    styled = line.styled
    lead = len(styled.text) - len(styled.text.lstrip())
    if styled.marks and styled.marks[0][0] <= lead:
        start = _DEFINED.match(styled.text)
        rest = styled.cut(start.end() if start else 0, len(styled.text))
        return styled.marks[0][1], [_with(line, rest)]
    plain = _PLAIN_NOTE.match(styled.text)
    if plain and plain[1] in marks:
        return plain[1], [_with(line, styled.cut(plain.end(), len(styled.text)))]
    return None


def _with(line: FlowLine, styled: Styled) -> FlowLine:
    marks = tuple((at, mark) for at, mark in styled.marks if at > 0)
    return line._replace(styled=Styled(styled.text, styled.style, marks))


def _footnote(mark: str, lines: list[FlowLine]) -> Footnote:
    parts = [part for line in lines for part in (Styled.plain(" "), line.styled)]
    return Footnote(mark=mark, paragraph=paragraph_of(Styled.concat(parts), lines[0].page))
