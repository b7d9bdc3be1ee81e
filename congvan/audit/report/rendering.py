"""A marked PDF of a dispatch that has no pages of its own (text, Word): its text and tables set anew.

Claims that a finding names are set in colour with its number, cells get a ground of the same colour.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from congvan.audit.where import Checked, gravest, local
from congvan.audit.wording import Wording
from schemas.document import Document, Grid, Paragraph
from schemas.finding import Finding

_FONTS = (
    ("/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf", "Regular", "Bold"),
    ("/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf", "Regular", "Bold"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif{}.ttf", "", "-Bold"),
)
_RED, _AMBER, _BLUE = "#C01818", "#9A6200", "#1A4FB4"
"""What disagrees, what is left open, and what either is checked against."""

_GROUND = {_RED: "#F9D5D5", _AMBER: "#FBF0D0", _BLUE: "#D9E5F8"}

_UPRIGHT = 8
"""A table of more columns is set across the page."""

_MARGINS, _LETTER, _MARK = 90, 4.4, 5
"""Both margins, the width of a letter in a cell, and the letters of a mark with the cell's own margins."""

Labels = dict[str, list[tuple[int, str]]]
"""By pointer: numbers of findings, and the colour of the place in each."""


class NoFont(Exception):
    """No font with Vietnamese letters is installed."""


def write_rendering(one: Checked, document: Document, out: Path, words: Wording) -> int:
    """Write the marked rendering; gives how many places were marked. Raises NoFont."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    labels = _labels(one)
    wide = any(isinstance(block, Grid) and block.n_columns > _UPRIGHT for block in document.blocks)
    size = landscape(A4) if wide else A4
    story = list(_story(one, document, labels, size[0] - _MARGINS))
    story += list(_notes(one, words))
    SimpleDocTemplate(str(out), pagesize=size, title=one.title, leftMargin=50, rightMargin=40).build(story)
    return len(labels)


def _labels(one: Checked) -> Labels:
    labels: Labels = defaultdict(list)
    for finding in gravest(one):
        number = int(finding.id.removeprefix("F"))
        for place, pointer in enumerate(local(finding)):
            labels[pointer].append((number, _BLUE if place else _colour(finding)))
    return labels


def _colour(finding: Finding) -> str:
    return _RED if finding.verdict == "disagrees" else _AMBER


def _gravest(found: list[tuple[int, str]]) -> str:
    """The colour of a place in several findings."""
    return min((colour for _, colour in found), key=list(_GROUND).index)


@cache
def styles() -> dict[str, Any]:
    """The styles of text, set in the first font found that has Vietnamese letters."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    for pattern, *faces in _FONTS:
        paths = [Path(pattern.format(face)) for face in faces]
        if all(path.exists() for path in paths):
            registerFont(TTFont("Van", str(paths[0])))
            registerFont(TTFont("VanDam", str(paths[1])))
            registerFontFamily("Van", normal="Van", bold="VanDam", italic="Van", boldItalic="VanDam")
            return {
                "body": ParagraphStyle("body", fontName="Van", fontSize=11, leading=14, spaceAfter=4),
                "cell": ParagraphStyle("cell", fontName="Van", fontSize=8, leading=9.5),
            }
    raise NoFont("fonts-liberation2")


def _story(one: Checked, document: Document, labels: Labels, width: float) -> Iterator[Any]:
    """The blocks of the document in order; figures are found again by their words and cells."""
    from reportlab.platypus import Paragraph as Set

    claims = [
        (one.dispatch.claims[place].text, found)
        for place in range(len(one.dispatch.claims))
        if (found := labels.get(f"/claims/{place}"))
    ]
    cells = _cell_labels(one, labels)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield Set(_marked(block.text, claims), styles()["body"])
        else:
            yield from _grid(block, cells, width)


def _marked(text: str, claims: list[tuple[str, list[tuple[int, str]]]]) -> str:
    """A paragraph's text with the claims in it set in colour."""
    shown = html.escape(text, quote=False)
    for words, found in claims:
        quoted = html.escape(words, quote=False)
        numbers = ", ".join(str(number) for number, _ in found)
        shown = shown.replace(quoted, f'<font color="{_gravest(found)}"><b>[{numbers}]</b> <u>{quoted}</u></font>', 1)
    return shown


def _cell_labels(one: Checked, labels: Labels) -> dict[tuple[str, ...], dict[int, list[tuple[int, str]]]]:
    """By the texts of a row: the labels of its cells."""
    found: dict[tuple[str, ...], dict[int, list[tuple[int, str]]]] = {}
    for at, table in enumerate(one.dispatch.tables):
        for number, row in enumerate(table.rows):
            places = {
                column: labels[pointer]
                for column in range(len(row.cells))
                if (pointer := f"/tables/{at}/rows/{number}/cells/{column}") in labels
            }
            if places:
                found[tuple(cell.text for cell in row.cells)] = places
    return found


CellLabels = dict[tuple[str, ...], dict[int, list[tuple[int, str]]]]


def _grid(grid: Grid, labels: CellLabels, width: float) -> Iterator[Any]:
    from reportlab.lib.colors import HexColor, grey
    from reportlab.platypus import Paragraph as Set
    from reportlab.platypus import Table, TableStyle

    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = " ".join(cell.text.split())
    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.4, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    shown: list[list[Any]] = []
    for number, row in enumerate(rows):
        places = labels.get(tuple(row), {})
        for column, found in places.items():
            ground = HexColor(_GROUND[_gravest(found)])
            commands.append(("BACKGROUND", (column, number), (column, number), ground))
        shown.append([Set(_cell(text, places.get(column)), styles()["cell"]) for column, text in enumerate(row)])
    if shown and grid.n_columns:
        yield Table(shown, style=TableStyle(commands), colWidths=_widths(rows, width), repeatRows=1)


def _cell(text: str, found: list[tuple[int, str]] | None) -> str:
    shown = html.escape(text, quote=False)
    if not found:
        return shown
    reported = [number for number, colour in found if colour != _BLUE] or [number for number, _ in found[:1]]
    return f'<font color="{_gravest(found)}"><b>[{", ".join(map(str, reported))}]</b></font> {shown}'


def _widths(rows: list[list[str]], width: float) -> list[float]:
    """Widths of columns in points: room for the longest word and a mark beside it first, then by what they hold."""
    columns = range(len(rows[0]))
    words = [[word for row in rows for word in row[column].split()] for column in columns]
    least = [_LETTER * (max(map(len, held), default=1) + _MARK) for held in words]
    spare = width - sum(least)
    if spare < 0:
        return [width * one / sum(least) for one in least]
    more = [max((min(len(row[column]), 40) for row in rows), default=1) for column in columns]
    return [one + spare * held / max(sum(more), 1) for one, held in zip(least, more, strict=True)]


def _notes(one: Checked, words: Wording) -> Iterator[Any]:
    """The explanations, numbered, on a page of their own."""
    from reportlab.platypus import PageBreak
    from reportlab.platypus import Paragraph as Set

    yield PageBreak()
    yield Set(f"<b>{html.escape(words.say('title'))}</b>", styles()["body"])
    for finding in gravest(one):
        number = finding.id.removeprefix("F")
        verdict = html.escape(words.say(f"verdict_{finding.verdict}"))
        text = html.escape(finding.explanation, quote=False)
        yield Set(f'<font color="{_colour(finding)}"><b>[{number}] {verdict}.</b></font> {text}', styles()["body"])
