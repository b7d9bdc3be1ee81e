"""Tables of a dispatch, from the grids of its body and appendices: headings resolved, pieces joined, cells typed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress

from parsers.record.passage import WORDS_OF_A_VALUE, paragraph_evidence, shown
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from parsers.tables.cell_values import column_kind, column_style, is_blank, sign_of, typed, unit_of
from parsers.tables.grid_lines import GridLine, GridPiece, Slot, is_layout
from parsers.tables.joined import Joined, carries_on, continues
from parsers.tables.rows import Aligned, closing_word, row_kinds
from parsers.tables.table_caption import FARTHEST, Caption, is_label, read_caption
from parsers.tables.table_heading import column_numbers, column_paths, split_piece, told_apart
from schemas.dispatch import Column, ColumnKind, Evidence, Row, Table
from schemas.document import Block, Cell, Paragraph
from schemas.doubts import LOOK_AT, NO_DOUBT, Doubt, code_of, with_doubt
from vietnamese.figures import Style, told_style


@dataclass
class Found:
    """A table before its cells are interpreted: its joined pieces and what stands before it."""

    joined: Joined
    before: list[Paragraph] = field(default_factory=list)
    appendix: bool = False


def read_tables(parts: Parts, trail: Trail) -> tuple[Table, ...]:
    """All tables of data of one dispatch, in reading order; `id` is `T1`, `T2`, …

    Evidence: `/tables/0` where the table and its caption stand, `/tables/0/rows/1/cells/2` where a cell's box is known.
    """
    found = chain(_find(parts.body, appendix=False), _find(parts.appendices, appendix=True))
    return tuple(_build(one, place, trail) for place, one in enumerate(found))


def _find(blocks: Sequence[Block], appendix: bool) -> Iterator[Found]:
    """The tables among these blocks, their pieces joined."""
    current: Found | None = None
    before: deque[Paragraph] = deque(maxlen=FARTHEST)
    apart = False
    for block in blocks:
        if isinstance(block, Paragraph):
            before.append(block)
            apart = apart or not carries_on(block.text)
            appendix = appendix or is_label(block)
            continue
        if is_layout(block):
            continue
        piece = split_piece(block)
        if current is not None and not apart and continues(current.joined, piece):
            current.joined.add(piece)
        elif _is_table(piece):
            if current is not None:
                yield current
            current = Found(Joined(piece), list(before), appendix)
        else:
            continue
        before.clear()
        apart = False
    if current is not None:
        yield current


def _is_table(piece: GridPiece) -> bool:
    """A grid that begins a table: it has a heading and rows, or it is ruled and its rows are numbered."""
    if not piece.lines:
        return False
    if piece.heading:
        return True
    kind = column_kind(0, (), [line.texts[0] for line in piece.lines])
    return piece.grid.ruled and len(piece.lines) > 1 and kind == "ordinal"


def _build(found: Found, place: int, trail: Trail) -> Table:
    joined = found.joined
    caption = read_caption(found.before, joined.first.title, found.appendix)
    numbers = column_numbers(joined.numbering) if joined.numbering else [""] * joined.width
    paths = told_apart(column_paths(joined.first.heading, joined.width), numbers)
    # Apart from their lines: of a long table these are unpacked again for each column.
    texts = trail.kept(line.texts for line in joined.lines)
    kinds = _kinds(joined.lines, texts, paths)
    styles = _styles(texts, joined.width)
    _show(place, caption, joined, trail)
    _doubt_headings(place, paths, joined, trail)
    return Table(
        id=f"T{place + 1}",
        label=caption.label,
        caption=caption.text,
        note=caption.note,
        pages=tuple(sorted(joined.pages)),
        columns=tuple(
            Column(path=path, kind=kind, measure=unit_of(path, caption.unit, kind), number=number or None)
            for path, kind, number in zip(paths, kinds, numbers, strict=True)
        ),
        rows=trail.kept(_rows(joined.lines, _Columns(paths, kinds, styles), f"/tables/{place}/rows", trail)),
    )


@dataclass(frozen=True)
class _Columns:
    """What the cells of each column are read by."""

    paths: Sequence[tuple[str, ...]]
    kinds: Sequence[ColumnKind]
    styles: Sequence[Style]

    @property
    def signs(self) -> list[str]:
        return [sign_of(path) if kind == "percent" else "" for path, kind in zip(self.paths, self.kinds, strict=True)]


def _rows(printed: Sequence[GridLine], columns: _Columns, pointer: str, trail: Trail) -> Iterator[Row]:
    """The rows that these lines are, the evidence of their cells kept."""
    kinds, signs = columns.kinds, columns.signs
    lines = Aligned(printed, kinds)
    for number, (line, kind) in enumerate(zip(lines, row_kinds(lines, kinds), strict=True)):
        _show_cells(f"{pointer}/{number}", line, kinds, trail)
        yield Row.made(kind=kind, cells=tuple(map(typed, line.slots, kinds, columns.styles, signs)), page=line.page)


def _kinds(lines: Iterable[GridLine], texts: Sequence[list[str]], paths: Sequence[tuple[str, ...]]) -> list[ColumnKind]:
    """The kinds of the columns, by all rows but closing ones, which may have slid sideways."""
    counts = [closing_word(line) is None for line in lines]
    counts = counts if any(counts) else [True] * len(counts)
    return [
        column_kind(place, path, [row[place] for row in compress(texts, counts)]) for place, path in enumerate(paths)
    ]


def _styles(texts: Sequence[list[str]], width: int) -> list[Style]:
    whole = told_style(text for row in texts for text in row if "%" not in text)
    return [column_style([row[place] for row in texts], whole) for place in range(width)]


def _show(place: int, caption: Caption, joined: Joined, trail: Trail) -> None:
    shown = [
        one
        for paragraph in caption.paragraphs
        for one in paragraph_evidence(paragraph, 0, len(paragraph.text), "caption")
    ]
    trail.show(f"/tables/{place}", [*shown, *joined.evidence])


def _doubt_headings(place: int, paths: Sequence[tuple[str, ...]], joined: Joined, trail: Trail) -> None:
    """On a scan, two columns with one heading are likely two that differed by a stroke (`Quý II`, `Quý III`)."""
    if not joined.scanned:
        return
    for column, path in enumerate(paths):
        if any(path) and path in paths[:column]:
            message = f"Hai cột cùng tên «{path[-1]}», có thể đọc nhầm; cần xem lại bản gốc."
            where = f"/tables/{place}/columns/{column}"
            trail.show(where, [_same_heading(path[-1], joined)])
            trail.warn("same_heading", message, where)


def _same_heading(heading: str, joined: Joined) -> Evidence:
    """Where a heading stands, doubted: nobody knows which of two columns its figures belong to."""
    page = joined.evidence[0].page if joined.evidence else None
    reading = Cell(row=0, column=0, doubts=with_doubt(NO_DOUBT, Doubt.SAME_HEADING))
    return shown(page, None, heading, "body", [reading])


def _show_cells(pointer: str, line: GridLine, kinds: Sequence[ColumnKind], trail: Trail) -> None:
    """Evidence of each cell whose box is known, and a warning for each figure that was read with doubt."""
    for column, slot in enumerate(line.slots):
        boxed = [cell for cell in slot.cells if cell.box is not None and (cell.text.strip() or _doubted(slot))]
        where = f"{pointer}/cells/{column}"
        if boxed:
            trail.show(where, map(_cell_evidence, boxed))
        if kinds[column] != "text" and not is_blank(slot.text) and _doubted(slot):
            doubts = [doubt for cell in slot.cells for doubt in cell.doubts]
            trail.warn(code_of(doubts), f"Ô «{slot.text}» đọc chưa chắc chắn, cần xem lại bản gốc.", where)


def _cell_evidence(cell: Cell) -> Evidence:
    is_value = len(cell.text.split()) <= WORDS_OF_A_VALUE
    return shown(cell.page, cell.box, cell.text, cell.origin if cell.origin and is_value else "body", [cell])


def _doubted(slot: Slot) -> bool:
    return any(cell.trust is not None and cell.trust < LOOK_AT for cell in slot.cells)
