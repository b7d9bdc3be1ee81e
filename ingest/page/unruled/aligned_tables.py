"""Tables without a whole grid: text aligned in columns, with no rules at all or with rules across the page only.

Found by their figures: several lines, one under the other, each with figures in the same columns. What stands above
them and keeps to these columns is the head; a piece of it over several columns is the heading of a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedLine, PlacedWord
from ingest.page.rulings import FrameCell, Ruling, TableFrame
from ingest.page.unruled.aligned_head import AlignedHead, Track, read_head
from ingest.page.unruled.aligned_rows import FIGURE, TextRun, is_row, parted, text_runs

_FEWEST = 3
"""So many rows of figures make a table."""

_FARTHEST = 4.5
"""Rows further apart than so many sizes of the font belong to two tables."""

_LEAD = re.compile(r"(?:đơn vị(?: tính)?\s*:|đvt\s*:|phụ lục|biểu|bảng|mẫu)(?!\w)", re.IGNORECASE)
_MOST_HEAD = 7
_NEAR_HEAD = 2.6
_PAD = 3.0


@dataclass
class Region:
    """A table found: its head, which knows the columns, and the lines of its rows."""

    head: AlignedHead
    rows: list[list[PlacedLine]]


def aligned_tables(
    words: Sequence[PlacedWord], rulings: Sequence[Ruling], frames: Sequence[TableFrame]
) -> list[TableFrame]:
    """The tables of a page that stand outside `frames`, each with its rows, columns and spans."""
    if not _may_hold(words):
        return []
    outside = [word for word in words if not any(_within(word, frame) for frame in frames)]
    lines = to_lines(outside)
    pieces = [text_runs(line) for line in lines]
    across = sorted((ruling.top + ruling.bottom) / 2 for ruling in rulings if ruling.horizontal)
    found = (_region(lines, pieces, run, across) for run in _runs(lines, pieces))
    return [_frame(region, across) for region in found if region is not None]


def _may_hold(words: Sequence[PlacedWord]) -> bool:
    """Whether enough lines of the page have two figures; most pages are done with here."""
    seen: dict[int, int] = {}
    for word in words:
        if word.text[0].isdigit() and FIGURE.fullmatch(word.text):
            level = round(word.baseline)
            seen[level] = seen.get(level, 0) + 1
    return sum(1 for number in seen.values() if number > 1) >= _FEWEST


def _within(word: PlacedWord, frame: TableFrame) -> bool:
    x0, top, x1, bottom = frame.box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _runs(lines: Sequence[PlacedLine], pieces: Sequence[list[TextRun]]) -> Iterator[list[int]]:
    """Stretches of rows of figures with nothing between them but what may go on with a cell."""
    run: list[int] = []
    for place in range(len(lines)):
        if not is_row(pieces[place]):
            continue
        if run and not _goes_on(lines, pieces, run, place):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _goes_on(lines: Sequence[PlacedLine], pieces: Sequence[list[TextRun]], run: list[int], place: int) -> bool:
    steps = pairwise(lines[run[-1] : place + 1])
    if any(below.baseline - above.baseline > _FARTHEST * below.size for above, below in steps):
        return False
    width = lines[run[-1]].x1 - lines[run[-1]].x0
    between = [piece for at in range(run[-1] + 1, place) for piece in pieces[at]]
    return all(piece.x1 - piece.x0 < 0.6 * width for piece in between)


def _region(
    lines: Sequence[PlacedLine], pieces: Sequence[list[TextRun]], run: list[int], across: Sequence[float]
) -> Region | None:
    """The table around a stretch of rows; None where their figures keep to no columns, or where it has no head."""
    if len(run) < _FEWEST:
        return None
    tracks = _tracks([piece for place in run for piece in pieces[place]])
    if len(tracks) < 3 or not _keep_to(tracks, [pieces[place] for place in run]):
        return None
    end = _end(lines, pieces, run, tracks, across)
    start = _head_start(lines, pieces, run[0], tracks, across)
    first = tracks[0]
    numbered = sum(1 for place in run if first.meets(pieces[place][0]) and pieces[place][0].is_figure) * 2 > len(run)
    body_start = _body_start(lines, run[0], start, across)
    body = list(range(body_start, end))
    groups = parted(
        [lines[place] for place in body],
        [place - body_start for place in run],
        lambda line: numbered and first.meets(text_runs(line)[0]),
        across,
    )
    head = list(lines[start:body_start])
    if not head:
        return None
    return Region(read_head(head, tracks), [[lines[body[at]] for at in group] for group in groups])


def _tracks(found: Sequence[TextRun]) -> list[Track]:
    """The columns that pieces of rows stand in: stretches of the page's width that they cover together."""
    tracks: list[Track] = []
    for piece in sorted(found, key=lambda one: one.x0):
        if tracks and piece.x0 < tracks[-1].x1:
            tracks[-1] = Track(tracks[-1].x0, max(tracks[-1].x1, piece.x1))
        else:
            tracks.append(Track(piece.x0, piece.x1))
    return tracks


def _keep_to(tracks: Sequence[Track], rows: Sequence[Sequence[TextRun]]) -> bool:
    """Whether at least two columns besides the first hold figures in most rows, and no row has two pieces in one."""
    counts = [0] * len(tracks)
    for pieces in rows:
        places = [next(at for at, track in enumerate(tracks) if track.meets(piece)) for piece in pieces]
        if len(set(places)) < len(places):
            return False
        for at, piece in zip(places, pieces, strict=True):
            counts[at] += piece.is_figure
    return sum(count * 10 >= 6 * len(rows) for count in counts[1:]) > 1


def _end(
    lines: Sequence[PlacedLine],
    pieces: Sequence[list[TextRun]],
    run: Sequence[int],
    tracks: Sequence[Track],
    across: Sequence[float],
) -> int:
    """Behind the last line that goes on with a cell of the last row."""
    end = run[-1] + 1
    while end < len(lines):
        above, line = lines[end - 1], lines[end]
        ruled = any(above.baseline < rule < line.baseline for rule in across)
        near = line.baseline - above.baseline < 1.35 * line.size
        if ruled or not near or not all(_in_one(tracks, piece) for piece in pieces[end]):
            break
        if pieces[end][0].x0 < tracks[0].x1 and len(pieces[end]) == 1 and len(tracks) > 2 and not _small(line):
            break
        end += 1
    return end


def _small(line: PlacedLine) -> bool:
    return line.text[:1].islower()


def _in_one(tracks: Sequence[Track], piece: TextRun) -> bool:
    return sum(track.meets(piece) for track in tracks) == 1


def _head_start(
    lines: Sequence[PlacedLine],
    pieces: Sequence[list[TextRun]],
    first: int,
    tracks: Sequence[Track],
    across: Sequence[float],
) -> int:
    """The first line of the head: lines above the rows, near each other, whose pieces stand over columns."""
    start = first
    while start > 0 and first - start < _MOST_HEAD:
        above, below = lines[start - 1], lines[start]
        far = below.baseline - above.baseline > _NEAR_HEAD * below.size
        over = _over(pieces[start - 1], tracks) or (start > 1 and _rule_between(lines[start - 2], above, across))
        if far or not over or _is_lead(above, below, pieces[start - 1], across):
            break
        start -= 1
    return start


def _is_lead(above: PlacedLine, below: PlacedLine, pieces: Sequence[TextRun], across: Sequence[float]) -> bool:
    """Whether a line stands before a table and is none of it: its caption, the unit of its figures."""
    if len(pieces) > 1:
        return False
    return _rule_between(above, below, across) or _LEAD.match(above.text.strip("( ")) is not None


def _over(found: Sequence[TextRun], tracks: Sequence[Track]) -> bool:
    """Whether the pieces of a line may be of a head: several of them, or one over one column; none over nearly all."""
    wide = [piece for piece in found if sum(track.meets(piece) for track in tracks) > max(2, len(tracks) - 2)]
    if wide or not all(tracks[0].x0 - 40 < piece.x0 and piece.x1 < tracks[-1].x1 + 40 for piece in found):
        return False
    return len(found) > 1 or _in_one(tracks, found[0]) or not any(track.meets(found[0]) for track in tracks)


def _body_start(lines: Sequence[PlacedLine], first: int, start: int, across: Sequence[float]) -> int:
    """The first line of the first row: lines right above its figures go on with it where they stand nearer to it than
    to the line above them, or below the rule of the head."""
    ruled = [place for place in range(start + 1, first + 1) if _rule_between(lines[place - 1], lines[place], across)]
    if ruled:
        return ruled[-1]
    place = first
    while place - 1 > start and lines[place].baseline - lines[place - 1].baseline < 0.75 * lines[place].size:
        place -= 1
    return place


def _rule_between(above: PlacedLine, below: PlacedLine, across: Sequence[float]) -> bool:
    return any(above.baseline < rule < below.baseline for rule in across)


def _frame(region: Region, across: Sequence[float]) -> TableFrame:
    """A region as a frame: borders in the middle between columns and rows, headings of groups over their columns."""
    tracks = region.head.tracks
    lefts = [tracks[0].x0 - _PAD, *((one.x1 + other.x0) / 2 for one, other in pairwise(tracks)), tracks[-1].x1 + _PAD]
    levels = region.head.levels
    stacks = [*levels, *region.rows]
    tops = [min(line.top for line in stacks[0]) - _PAD]
    for above, below in pairwise(stacks):
        tops.append(_border(above, below, across))
    tops.append(max(line.bottom for line in stacks[-1]) + _PAD)
    cells = [*region.head.cells(lefts, tops)]
    cells += [
        FrameCell(row, column, 1, 1, (lefts[column], tops[row], lefts[column + 1], tops[row + 1]))
        for row in range(len(levels), len(stacks))
        for column in range(len(tracks))
    ]
    return TableFrame((lefts[0], tops[0], lefts[-1], tops[-1]), len(stacks), len(tracks), tuple(cells))


def _border(above: Sequence[PlacedLine], below: Sequence[PlacedLine], across: Sequence[float]) -> float:
    high, low = max(line.bottom for line in above), min(line.top for line in below)
    upper, lower = max(line.baseline for line in above), min(line.baseline for line in below)
    ruled = [rule for rule in across if upper < rule < lower]
    return ruled[0] if ruled else (high + low) / 2
