"""Tables of a dispatch, from the grids of its body and appendices: headings resolved, pieces joined, cells typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.doubts import LOOK_AT
from parsers.parts import Parts
from parsers.passage import paragraph_evidence, shown
from parsers.tables_caption import Caption, is_label, read_caption
from parsers.tables_heading import column_numbers, column_paths, split_piece
from parsers.tables_join import continues, join
from parsers.tables_lines import Line, Piece, Slot, is_layout
from parsers.tables_rows import closing_word, realign, row_kinds
from parsers.tables_values import column_kind, column_style, is_blank, sign_of, typed, unit_of
from parsers.trail import Trail
from schemas.dispatch import Column, ColumnKind, Evidence, Row, Table
from schemas.document import Block, Cell, Grid, Paragraph
from vietnamese.figures import Style, told_style


@dataclass
class Found:
    """A table before its cells are interpreted: its joined piece and what stands before it."""

    piece: Piece
    before: list[Paragraph] = field(default_factory=list)
    appendix: bool = False


def read_tables(parts: Parts, trail: Trail) -> tuple[Table, ...]:
    """All tables of data of one dispatch, in reading order; `id` is `T1`, `T2`, …

    Evidence: `/tables/0` where the table and its caption stand, `/tables/0/rows/1/cells/2` where a cell's box is known.
    """
    found = [*_find(parts.body, appendix=False), *_find(parts.appendices, appendix=True)]
    return tuple(_build(one, place, trail) for place, one in enumerate(found))


def _find(blocks: Sequence[Block], appendix: bool) -> Iterator[Found]:
    """The tables among these blocks, their pieces joined."""
    current: Found | None = None
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            appendix = appendix or is_label(block)
            continue
        if is_layout(block):
            continue
        piece = split_piece(block)
        if current is not None and continues(current.piece, piece, [paragraph.text for paragraph in between]):
            current.piece = join(current.piece, piece)
        elif _is_table(piece):
            if current is not None:
                yield current
            current = Found(piece, between, appendix)
        else:
            continue
        between = []
    if current is not None:
        yield current


def _is_table(piece: Piece) -> bool:
    """A grid that begins a table: it has a heading and rows, or it is ruled and its rows are numbered."""
    if not piece.lines:
        return False
    if piece.heading:
        return True
    kind = column_kind(0, (), [line.texts[0] for line in piece.lines])
    return piece.grid.ruled and len(piece.lines) > 1 and kind == "ordinal"


def _build(found: Found, place: int, trail: Trail) -> Table:
    piece = found.piece
    caption = read_caption(found.before, piece.title, found.appendix)
    paths = column_paths(piece.heading, piece.width)
    kinds = _kinds(piece, paths)
    styles = _styles(piece)
    signs = [sign_of(path) if kind == "percent" else "" for path, kind in zip(paths, kinds, strict=True)]
    lines = [realign(line, kinds) for line in piece.lines]
    numbers = column_numbers(piece.numbering) if piece.numbering else [""] * piece.width
    table = Table(
        id=f"T{place + 1}",
        label=caption.label,
        caption=caption.text,
        note=caption.note,
        pages=tuple(sorted({page for grid in piece.grids for page in (grid.page, *(c.page for c in grid.cells))})),
        columns=tuple(
            Column(path=path, kind=kind, measure=unit_of(path, caption.unit, kind), number=number or None)
            for path, kind, number in zip(paths, kinds, numbers, strict=True)
        ),
        rows=tuple(
            Row(kind=row_kind, cells=tuple(map(typed, line.texts, kinds, styles, signs)), page=line.page)
            for line, row_kind in zip(lines, row_kinds(lines, kinds), strict=True)
        ),
    )
    _show(place, caption, piece, trail)
    _doubt_headings(place, paths, piece, trail)
    _show_cells(f"/tables/{place}", lines, kinds, trail)
    return table


def _kinds(piece: Piece, paths: Sequence[tuple[str, ...]]) -> list[ColumnKind]:
    """The kinds of the columns, by all rows but closing ones, which may have slid sideways."""
    lines = [line for line in piece.lines if closing_word(line) is None] or list(piece.lines)
    return [column_kind(place, path, [line.texts[place] for line in lines]) for place, path in enumerate(paths)]


def _styles(piece: Piece) -> list[Style]:
    whole = told_style(text for line in piece.lines for text in line.texts if "%" not in text)
    return [column_style([line.texts[place] for line in piece.lines], whole) for place in range(piece.width)]


def _show(place: int, caption: Caption, piece: Piece, trail: Trail) -> None:
    shown = [
        one
        for paragraph in caption.paragraphs
        for one in paragraph_evidence(paragraph, 0, len(paragraph.text), "caption")
    ]
    shown += [_grid_evidence(grid) for grid in piece.grids]
    trail.show(f"/tables/{place}", shown)


def _doubt_headings(place: int, paths: Sequence[tuple[str, ...]], piece: Piece, trail: Trail) -> None:
    """On a scan, two columns with one heading are likely two that differed by a stroke (`Quý II`, `Quý III`)."""
    if all(cell.confidence is None for grid in piece.grids for cell in grid.cells):
        return
    for column, path in enumerate(paths):
        if any(path) and path in paths[:column]:
            message = f"Hai cột cùng tên «{path[-1]}», có thể đọc nhầm; cần xem lại bản gốc."
            trail.warn("low_confidence", message, f"/tables/{place}/columns/{column}")


def _grid_evidence(grid: Grid) -> Evidence:
    quote = next((cell.text for cell in grid.cells if cell.text.strip()), "")
    confidences = [cell.confidence for cell in grid.cells if cell.confidence is not None]
    return shown(grid.page, grid.box, quote, "body", min(confidences, default=1.0))


def _show_cells(pointer: str, lines: Sequence[Line], kinds: Sequence[ColumnKind], trail: Trail) -> None:
    """Evidence of each cell whose box is known, and a warning for each figure that was read with doubt."""
    for row, line in enumerate(lines):
        for column, slot in enumerate(line.slots):
            boxed = [cell for cell in slot.cells if cell.box is not None and (cell.text.strip() or _doubted(slot))]
            where = f"{pointer}/rows/{row}/cells/{column}"
            if boxed:
                trail.show(where, map(_cell_evidence, boxed))
            if kinds[column] != "text" and not is_blank(slot.text) and _doubted(slot):
                trail.warn("low_confidence", f"Ô «{slot.text}» đọc chưa chắc chắn, cần xem lại bản gốc.", where)


def _cell_evidence(cell: Cell) -> Evidence:
    confidence = 1.0 if cell.confidence is None else cell.confidence
    return shown(cell.page, cell.box, cell.text, "body", confidence)


def _doubted(slot: Slot) -> bool:
    return any(cell.confidence is not None and cell.confidence < LOOK_AT for cell in slot.cells)
