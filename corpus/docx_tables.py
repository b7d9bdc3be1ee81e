"""Appendix tables of a Word file: heading levels merged, heading rows repeated on each page."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from corpus import layout
from corpus.docx_parts import element
from corpus.tables import SourceTable

_TEXT_WIDTH, _LANDSCAPE_WIDTH = 165, 245  # mm


def write_table(document: Docx, table: SourceTable) -> None:
    """Label, caption and note above the table, centred; then the table."""
    captions = [(table.label, False), *((line, False) for line in layout.lines(table.caption))]
    for text, italic in [*captions, (f"({table.note})" if table.note else None, True)]:
        if text:
            paragraph = document.add_paragraph()
            paragraph.alignment = ALIGN.CENTER
            run = paragraph.add_run(text)
            run.bold, run.italic = not italic, italic
    headings = [*table.heading_rows(), *([table.index] if table.index else [])]
    made = document.add_table(len(headings) + len(table.rows), len(table.columns))
    made.style = "Table Grid"
    _widths(made, table)
    # The cells of a python-docx row are looked up anew at every access: take them once.
    rows = [list(row.cells) for row in made.rows]
    for place, cells in enumerate(headings):
        _fill(rows[place], cells, bold=place < table.depth, centred=[True] * len(cells))
        _repeat(made.rows[place])
        # Without it LibreOffice lets a merged heading run into the rows below where it repeats it.
        made.rows[place].height = Pt(21)
    figures = [kind != "text" for _, kind in table.columns]
    for place, (kind, cells) in enumerate(table.rows, len(headings)):
        _fill(rows[place], cells, bold=kind != "data", centred=figures)
        if kind == "section" and table.merge_sections:
            rows[place][1].merge(rows[place][-1])
    _merge(rows, table)
    document.add_paragraph()


def _widths(made: Table, table: SourceTable) -> None:
    total = _LANDSCAPE_WIDTH if table.landscape else _TEXT_WIDTH
    shares = table.widths or [{"ordinal": 1.0, "text": 3.5}.get(kind, 1.8) for _, kind in table.columns]
    made.autofit = False
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Mm(total * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _fill(row: list[_Cell], cells: list[str], *, bold: bool, centred: list[bool]) -> None:
    for cell, text, centre in zip(row, cells, centred, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold = bold
        run.font.size = Pt(11)
        paragraph.paragraph_format.space_after = Pt(0)
        if centre:
            paragraph.alignment = ALIGN.CENTER


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def _merge(rows: list[list[_Cell]], table: SourceTable) -> None:
    """Join a heading with the cells that it covers: to the right over its columns, and down to the last level."""
    for top_left, bottom_right, _ in table.heading_cells():
        if top_left != bottom_right:
            _join(rows, top_left, bottom_right)


def _join(rows: list[list[_Cell]], top_left: tuple[int, int], bottom_right: tuple[int, int]) -> None:
    joined = rows[top_left[0]][top_left[1]].merge(rows[bottom_right[0]][bottom_right[1]])
    for paragraph in joined.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
