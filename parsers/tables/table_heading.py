"""The heading of a table: how many rows it takes, the numbering row under it, and the path of each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from parsers.tables.grid_lines import GridLine, GridPiece, Slot, clean, lines_of
from parsers.tables.table_words import one_of
from schemas.document import Grid
from vietnamese.figures import read_figure
from vietnamese.fold import fold
from vietnamese.running import rank, running_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_TOKEN = re.compile(r"-?[(\[]?(?:cot )?([a-z]|[ivx]{1,4}|\d{1,2}[a-z]?)[)\]]?")
"""`(4)`, `4`, `4a`, and `-4`, which is what a spreadsheet makes of `(4)`."""

_SUB_NUMBER = re.compile(r"[(\[]?\d{1,2}\.\d[)\]]?")

_NO_NUMBER = re.compile(r"[%‰x…./+-]{1,3}|\(?[%‰]\)?|[a-z]{1,4}\s?[/:]\s?[a-z]{1,4}")
_BRACKETED = re.compile(r"[(\[]?(\d{1,2})(?:[)\]]|(?=\s*=))")
_BRACKET = re.compile(r"[()\[\]]")
_FORMULA = re.compile(
    r"[(\[]?(?:cot )?(\d{1,2}[a-z]?|\d{1,2}\.\d|[a-z]|[ivx]{1,4})?[)\]]?\s*=\s*[^=]{0,40}[\da-z][^=]{0,20}"
)
_BARE_FORMULA = re.compile(r"\(?[(\[]?\d{1,2}[)\]]?\s*[-+*/:x×]\s*[-+*/x×:%().,\d\s]*\d[-+*/x×:%().,\d\s]*")


def split_piece(grid: Grid) -> GridPiece:
    """The title, heading, numbering row and other lines of a grid."""
    lines = lines_of(grid)
    title = 0
    while title < min(2, len(lines) - 2) and _is_title(lines[title], lines[title + 1]):
        title += 1
    rest = lines[title:]
    height = heading_height(rest, _marked_height(grid, rest, title))
    after = rest[height : height + 1]
    numbered = bool(after) and is_numbering(after[0])
    return GridPiece(
        grid=grid,
        title=tuple(text for line in lines[:title] for text in line.texts if text),
        heading=tuple(rest[:height]),
        numbering=after[0] if numbered else None,
        lines=tuple(rest[height + numbered :]),
    )


def _marked_height(grid: Grid, lines: Sequence[GridLine], title: int) -> int:
    """How many lines the file marks as heading, the numbering row under them not counted; 0 where it marks all."""
    marked = (grid.header_rows or 0) - title
    if marked >= len(lines):
        return 0
    while marked > 1 and is_numbering(lines[marked - 1]):
        marked -= 1
    return marked


def _is_title(line: GridLine, following: GridLine) -> bool:
    """A line of one cell over the whole width, before the heading."""
    owners = {id(slot.owner) for slot in line.slots}
    alone = len(line.filled) == 1 and (len(owners) == 1 or line.slots[0].text != "")
    return alone and rank(line.texts[0]) is None and len(following.filled) > 1 and _may_head(following)


def heading_height(lines: Sequence[GridLine], marked: int = 0) -> int:
    """How many lines are headings: 0 where the first line is already data. `marked`: as many as the file marks."""
    if not lines or not _may_head(lines[0]):
        return 0
    height = max(1, marked)
    while height < len(lines) and _reaches(lines[:height], lines[height]):
        height += 1
    return min(height, max(1, len(lines)))


def _may_head(line: GridLine) -> bool:
    """Could this be the first line of a heading: words, no figures, no running number?"""
    if one_of(line.texts[0], "headings", "ordinal"):
        return True
    tall = sum(1 for slot in line.slots if slot.cells and slot.cells[0].row_span > 1)
    if rank(line.texts[0]) is not None and tall < 2:
        return False
    if one_of(next(iter(text for text in line.texts if text), ""), "rows", "total"):
        return False
    return len(line.filled) > 1 and not any(_is_figure(text) for text in line.texts[1:])


def _is_figure(text: str) -> bool:
    return read_figure(text) is not None and not _YEAR.fullmatch(text)


def _reaches(heading: Sequence[GridLine], line: GridLine) -> bool:
    """Does the heading go on in `line`: under a cell that is taller or that was divided?"""
    if is_numbering(line) or (line.slots[0].cells and rank(line.texts[0]) is not None):
        return False
    above = heading[-1].slots
    if any(slot.owner is not None and not slot.cells and _from(heading, slot) for slot in line.slots):
        return not any(_is_figure(text) for text in line.texts) or _divided(above)
    if _divided(above):
        return not any(_is_figure(text) for text in line.texts)
    return _under_blanks(heading[-1], line)


def _from(heading: Sequence[GridLine], slot: Slot) -> bool:
    """Does the cell that covers this slot begin in the heading?"""
    return any(slot.owner is other.owner for line in heading for other in line.slots)


def _divided(above: Sequence[Slot]) -> bool:
    return any(slot.cells and slot.cells[0].column_span > 1 for slot in above)


def _under_blanks(above: GridLine, line: GridLine) -> bool:
    """In plain text merged headings leave blanks: what stands under them, and only under them, is heading too."""
    if line.texts[0] or not line.filled or any(_is_figure(text) for text in line.texts):
        return False
    return all(_blank(above.slots[place]) or _opens_group(above.texts, place) for place in line.filled)


def _blank(slot: Slot) -> bool:
    """Is this place empty, and not the lower part of a tall cell: that one has its heading already?"""
    return not slot.text and (slot.owner is None or bool(slot.cells))


def _opens_group(texts: Sequence[str], place: int) -> bool:
    return bool(texts[place]) and place + 1 < len(texts) and not texts[place + 1]


def is_numbering(line: GridLine) -> bool:
    """Is this the row that numbers the columns: `(1) (2) …`, `A B 1 2 3=2/1`?"""
    if _counts_columns(line.texts) or _damaged_count(line.texts) is not None:
        return True
    shown = (fold(text).strip(" ;.") for text in line.texts)
    texts = [text for text in shown if text and not _NO_NUMBER.fullmatch(text)]
    formulas = [text for text in texts if _FORMULA.fullmatch(text) or _BARE_FORMULA.fullmatch(text)]
    tokens = [text for text in texts if _NUMBER_TOKEN.fullmatch(text)]
    numbers = [number for text in texts if (number := _own_number(text)) is not None]
    if len(texts) < 2 or min(numbers[:1], default=1) > 3:
        return False
    if any("=" in text for text in formulas):
        known = len(formulas) + len(tokens) + sum(1 for text in texts if _SUB_NUMBER.fullmatch(text))
        return known >= 3 and 5 * known >= 4 * len(texts) and _mostly_rising(numbers)
    rising = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    enough = len(numbers) >= 3 or bool(formulas) or (len(texts) == len(line.slots) and "(" in texts[0])
    return len(formulas) + len(tokens) == len(texts) and bool(numbers) and rising and enough


def _mostly_rising(numbers: Sequence[int]) -> bool:
    """Do most numbers follow the one before? The author may have left one out, or given one twice."""
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return 5 * sum(1 for step in steps if 0 <= step <= 2) >= 4 * len(steps)


def _counts_columns(texts: Sequence[str]) -> bool:
    """Do most of these texts give their column its number in brackets? OCR may have damaged the others, or lost them.

    A row of data never does: there `(4)` would have to stand in the fourth column, `(5)` in the fifth.
    """
    numbers = {place: int(found[1]) for place, text in enumerate(texts) if (found := _BRACKETED.match(text))}
    shifts = Counter(number - place for place, number in numbers.items())
    shift, right = shifts.most_common(1)[0] if shifts else (0, 0)
    others = [text for place, text in enumerate(texts) if text and numbers.get(place) != place + shift]
    bracketed = right >= 3 and all(_BRACKET.search(text) for text in others)
    return right >= max(3, (2 * (right + len(others)) + 2) // 3) or bracketed


def _damaged_count(texts: Sequence[str]) -> int | None:
    """By how much the numbers of columns run ahead of their places, where OCR read `7=4/1*100` as `741100`; None where
    this is no such row. A row of data has words, or its figures do not count its columns."""
    filled = {place: fold(text).strip(" ()[].") for place, text in enumerate(texts) if text}
    plain = {place: int(text) for place, text in filled.items() if re.fullmatch(r"\d{1,2}", text)}
    shifts = Counter(number - place for place, number in plain.items())
    shift, exact = shifts.most_common(1)[0] if shifts else (0, 0)
    if exact < 4 or 3 * exact < len(filled) or any(re.search(r"[a-z]{3}", text) for text in filled.values()):
        return None
    begun = sum(1 for place, text in filled.items() if text.startswith(str(place + shift)))
    letters = sum(1 for text in filled.values() if re.fullmatch("[a-z]", text))
    return shift if 4 * (begun + letters) >= 3 * len(filled) else None


def column_numbers(line: GridLine) -> list[str]:
    """What a numbering row prints for each column; of a formula that OCR read as one long number, only its number."""
    shift = _damaged_count(line.texts)
    if shift is None:
        return list(line.texts)
    return [
        str(place + shift) if re.fullmatch(r"\d{3,}", text) and text.startswith(str(place + shift)) else text
        for place, text in enumerate(line.texts)
    ]


def _own_number(text: str) -> int | None:
    """The number that a token gives to its column; None for letters and formulas without one."""
    head = re.sub(r"^cot |[a-z]$|\.\d$", "", text.partition("=")[0].strip(" ()[]-"))
    return int(head) if head.isdigit() and not _BARE_FORMULA.fullmatch(text) else None


def column_paths(heading: Sequence[GridLine], width: int) -> list[tuple[str, ...]]:
    """The heading levels of each column, from the top; a cell over several rows or columns counts once."""
    return [_path(heading, column) for column in range(width)]


def told_apart(paths: Sequence[tuple[str, ...]], numbers: Sequence[str]) -> list[tuple[str, ...]]:
    """The paths of the columns; those that share one heading end in their formulas (`9=7/4`), where they have some."""
    shared = Counter(paths)
    return [
        (*path, number) if path and shared[path] > 1 and "=" in number else path
        for path, number in zip(paths, numbers, strict=True)
    ]


def _path(heading: Sequence[GridLine], column: int) -> tuple[str, ...]:
    levels: list[str] = []
    last: object = None
    for depth, line in enumerate(heading):
        slot = line.slots[column]
        if slot.owner is None or not clean(slot.owner.text):
            slot = _group_over(heading, depth, column)
        text = clean(slot.owner.text) if slot.owner else ""
        if text and slot.owner is not last:
            levels.append(text)
            last = slot.owner
    return tuple(levels)


def _group_over(heading: Sequence[GridLine], depth: int, column: int) -> Slot:
    """The heading to the left that a blank place belongs to, where both are divided further down."""
    below = heading[depth + 1 :]
    if not any(line.slots[column].text for line in below):
        return Slot()
    for left in range(column - 1, -1, -1):
        slot = heading[depth].slots[left]
        if slot.text or (slot.owner is not None and clean(slot.owner.text)):
            grouped = any(line.slots[left].text for line in below)
            return slot if grouped else Slot()
    return Slot()


def first_number(lines: Iterable[GridLine]) -> int | None:
    """The first plain running number of these lines."""
    return next((number for line in lines if (number := running_number(line.slots[0].text)) is not None), None)
