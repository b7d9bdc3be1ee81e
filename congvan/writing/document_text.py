"""What the reader saw of a file, as Markdown or as a page of HTML: paragraphs, tables with their spans, footnotes."""

from __future__ import annotations

from html import escape

from schemas.document import Document, Grid, Paragraph

_STYLE = (
    "body{font-family:'Times New Roman',serif;max-width:48em;margin:2em auto}"
    "table{border-collapse:collapse;margin:1em 0}td{border:1px solid #555;padding:.2em .5em;vertical-align:top}"
)


def document_markdown(document: Document) -> str:
    """The text in reading order; a table as a Markdown table, a cell over several places once, in the first."""
    parts = [_markdown(block) for block in document.blocks]
    parts += [f"[{note.mark}]: {_plain(note.paragraph.text)}" for note in document.footnotes]
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return _plain(block.text).replace("*", "\\*")
    rows = _rows(block)
    lines = ["| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * block.n_columns
    return "\n".join([*lines[:1], rule, *lines[1:]])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _rows(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def document_html(document: Document, title: str) -> str:
    """The text as one page of HTML that needs nothing else."""
    parts = [_html(block) for block in document.blocks]
    notes = "".join(
        f"<p><sup>{escape(note.mark)}</sup> {escape(note.paragraph.text)}</p>" for note in document.footnotes
    )
    head = f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    body = "\n".join(parts) + (f"<hr>{notes}" if notes else "")
    return f"{head}<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"


def _html(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    rows: dict[int, list[str]] = {row: [] for row in range(block.n_rows)}
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        spans = "".join(
            f' {name}="{count}"'
            for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span))
            if count > 1
        )
        rows[cell.row].append(f"<td{spans}>{escape(cell.text)}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"
