"""Words to printed lines: grouped by baseline, superscripts put back into the line that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from ingest.page.placed import Margins, PlacedLine, PlacedWord, line_of

# Share of the font size within which two baselines are one line.
_SAME_LINE = 0.35
# A superscript is smaller than its neighbour by at least this factor.
_RAISED_SIZE = 0.8
NOTE_MARK = re.compile(r"[(\[]?(\d{1,3}|\*{1,3}|[a-z])[)\]]?")


def to_lines(words: Sequence[PlacedWord]) -> list[PlacedLine]:
    """The printed lines of a page, from top to bottom; side-by-side columns are still in one line."""
    clusters: list[list[PlacedWord]] = []
    level = size = 0.0
    for word in sorted(words, key=lambda word: word.baseline):
        if clusters and word.baseline - level <= _SAME_LINE * min(size, word.size):
            clusters[-1].append(word)
        else:
            clusters.append([word])
            level, size = word.baseline, word.size
        if word.size > size:
            level, size = word.baseline, word.size
    lines = [line_of(cluster) for cluster in _lower_superscripts(clusters)]
    lines.sort(key=lambda line: line.baseline)
    return lines


def _lower_superscripts(clusters: list[list[PlacedWord]]) -> Iterable[list[PlacedWord]]:
    """Moves small marks, which form a line of their own a little above, into the line that they stand in."""
    for index, cluster in enumerate(clusters):
        host = clusters[index + 1] if index + 1 < len(clusters) else None
        keep: list[PlacedWord] = []
        largest = max(word.size for word in (*cluster, *(host or ())))
        for word in cluster:
            if word.size > _RAISED_SIZE * largest:
                keep.append(word)
                continue
            neighbours = host if host and _is_raised_on(word, host) else cluster
            if NOTE_MARK.fullmatch(word.text) and _is_raised_on(word, neighbours):
                word = word._replace(raised=True)
            (host if neighbours is host and host is not None else keep).append(word)
        if keep:
            yield keep


def _is_raised_on(word: PlacedWord, line: Sequence[PlacedWord]) -> bool:
    """Whether `word` is a small word above the baseline of `line`, next to one of its words."""
    for other in line:
        lift = other.baseline - word.baseline
        if word.size > _RAISED_SIZE * other.size or not 0.12 * other.size < lift < 0.75 * other.size:
            continue
        if min(abs(word.x0 - other.x1), abs(other.x0 - word.x1)) < 0.6 * other.size:
            return True
    return False


_SHORT_PAGE = 12
"""So many long lines show the margins of a page."""


def margins_of(lines: Sequence[PlacedLine], page_width: float, hint: Margins | None) -> Margins | None:
    """The body's margins, from the long lines; `hint` (the page before) decides where a page has too few."""
    if not lines:
        return hint
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > max(0.75 * widest, 0.35 * page_width)]
    if len(long) < 3:
        return _few_lines(lines, hint)
    size = median(line.size for line in long)
    left = _left(long, size)
    if len(long) < _SHORT_PAGE:
        # Of a short letter, the long lines may all be indented or centred; its short ones show the margin.
        left = min([left, *(line.x0 for line in lines if _sharing(line.x0, lines, size) > 2)])
    return Margins(left, _right(long), size, _pitch(lines, size))


def _few_lines(lines: Sequence[PlacedLine], hint: Margins | None) -> Margins:
    size = median(line.size for line in lines)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if hint is None:
        return Margins(left, right, size, _pitch(lines, size))
    return Margins(min(left, hint.left), max(right, hint.right), hint.size, hint.pitch)


def _sharing(start: float, lines: Sequence[PlacedLine], size: float) -> int:
    """How many lines begin at this place."""
    return sum(1 for line in lines if abs(line.x0 - start) <= 0.4 * size)


def _left(long: Sequence[PlacedLine], size: float) -> float:
    """The leftmost start that several lines share: continuation lines, not first-line indents."""
    starts = sorted(line.x0 for line in long)
    for start in starts:
        if _sharing(start, long, size) >= max(2, len(starts) // 8):
            return start
    return starts[0]


def _right(long: Sequence[PlacedLine]) -> float:
    ends = sorted(line.x1 for line in long)
    return ends[min(len(ends) - 1, int(0.9 * len(ends)))]


def _pitch(lines: Sequence[PlacedLine], size: float) -> float:
    """The usual distance of baselines inside a paragraph: among the smaller of the distances seen."""
    steps = sorted(
        step for above, below in pairwise(lines) if 0.9 * size < (step := below.baseline - above.baseline) < 2.2 * size
    )
    return steps[len(steps) // 4] if steps else 1.3 * size
