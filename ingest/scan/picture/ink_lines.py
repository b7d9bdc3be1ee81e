"""The printed lines of a page picture, found from its connected spots of ink.

Letters are linked to their right neighbours; marks above and below, which a line finder that looks at whole rows loses,
are given to the nearest line. A line is cut out with its own spots only: what belongs to other lines is painted over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.scan.picture.ink import Indices, InkSpots, percentile
from ingest.scan.picture.picture import Grey

# In units of the usual letter's height:
_LETTER_FROM, _LETTER_TO, _LETTER_WIDTH = 0.55, 2.7, 7.0
_GAP_IN_LINE = 2.2
_MARK_REACH = 0.7
# A mark that is no dot belongs rather to what is below it.
_SIDE_WITH_BELOW = 0.4
_SPECK_AREA = 0.012
_ROOM = 0.3


@dataclass(frozen=True)
class InkLine:
    """One printed line, or a part of it between wide gaps: its spots, box, baseline and usual letter height.

    `foreign` tells of each spot of the page whether it is another line's, or too large for a mark of this one.
    """

    spots: Indices
    letters: Indices
    foreign: NDArray[np.bool_]
    x0: int
    top: int
    x1: int
    bottom: int
    baseline: float
    letter: float


def lines_of(spots: InkSpots, zones: NDArray[np.int32] | None = None) -> list[InkLine]:
    """The lines of a page. Spots of different `zones` (a number for each spot, negative: none) are never joined."""
    zones = np.zeros(len(spots.boxes), np.int32) if zones is None else zones
    letters = _letters(spots, zones)
    groups = [group for group in _linked(spots, letters, zones) if _is_line(spots, group, zones)]
    groups = _joined(spots, groups, zones)
    owner = np.full(len(spots.boxes), -1, np.int32)
    for number, group in enumerate(groups):
        owner[group] = number
    _give_marks(spots, groups, owner, zones)
    stray = (owner < 0) & ((spots.boxes[:, 3] > spots.letter) | (spots.boxes[:, 4] < _SPECK_AREA * spots.letter**2))
    return [_line(spots, owner == n, (owner >= 0) & (owner != n) | stray, group) for n, group in enumerate(groups)]


def _letters(spots: InkSpots, zones: NDArray[np.int32]) -> Indices:
    height, width, area = spots.boxes[:, 3], spots.boxes[:, 2], spots.boxes[:, 4]
    unit = spots.letter
    fits = (height >= _LETTER_FROM * unit) & (height <= _LETTER_TO * unit) & (width <= _LETTER_WIDTH * unit)
    fits &= (area > 0.08 * unit * unit) & (zones >= 0)
    fits[0] = False
    return _without_stacked_marks(spots, np.nonzero(fits)[0])


def _without_stacked_marks(spots: InkSpots, letters: Indices) -> Indices:
    """Leaves out marks as high as small letters (the hat and acute of ế in one): a letter stands close under them."""
    unit = spots.letter
    neighbours = _Neighbours(spots, letters)
    low = letters[spots.boxes[letters, 3] < 0.95 * unit]
    marks = [spot for spot in low.tolist() if neighbours.stands_over_letter(spot)]
    return np.setdiff1d(letters, np.array(marks, np.intp))


def _linked(spots: InkSpots, letters: Indices, zones: NDArray[np.int32]) -> list[Indices]:
    """Groups of letters that stand side by side: each is linked to the next ones on its right at its own height."""
    letters = letters[np.argsort(spots.boxes[letters, 0], kind="stable")]
    left, top = spots.boxes[letters, 0], spots.boxes[letters, 1]
    right, bottom, zone = spots.right[letters], spots.bottom[letters], zones[letters]
    reach = np.searchsorted(left, right + _GAP_IN_LINE * spots.letter)
    parent = np.arange(len(letters))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = index = parent[parent[index]]
        return int(index)

    for index in range(len(letters)):
        others = slice(index + 1, int(reach[index]))
        shared = np.minimum(bottom[others], bottom[index]) - np.maximum(top[others], top[index])
        least = 0.5 * np.minimum(bottom[others] - top[others], bottom[index] - top[index])
        near = np.nonzero((shared >= least) & (zone[others] == zone[index]))[0]
        for neighbour in near[:3]:
            parent[root(index)] = root(index + 1 + int(neighbour))
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(letters)):
        groups[root(index)].append(index)
    return [letters[group] for group in groups.values()]


def _is_line(spots: InkSpots, group: Indices, zones: NDArray[np.int32]) -> bool:
    """A lone spot is no line, unless it stands in a cell of a table, where a figure may be alone."""
    return len(group) > 1 or zones[group[0]] > 0 or spots.boxes[group[0], 3] > 0.8 * spots.letter


def _joined(spots: InkSpots, groups: list[Indices], zones: NDArray[np.int32]) -> list[Indices]:
    """Groups one on the other (a descender that met a mark, a broken letter) put together."""
    boxes = [_bounds(spots, group) for group in groups]
    order = sorted(range(len(groups)), key=lambda n: -len(groups[n]))
    home: dict[int, int] = {}
    for position, small in enumerate(order):
        for large in order[:position]:
            if large in home or zones[groups[large][0]] != zones[groups[small][0]]:
                continue
            if _lies_in(boxes[small], boxes[large]):
                home[small] = large
                break
    members: dict[int, list[Indices]] = {n: [group] for n, group in enumerate(groups) if n not in home}
    for small, large in home.items():
        members[large].append(groups[small])
    return [np.concatenate(parts) for parts in members.values()]


def _bounds(spots: InkSpots, group: Indices) -> tuple[float, float, float, float]:
    return (
        float(spots.boxes[group, 0].min()),
        percentile(spots.boxes[group, 1], 20),
        float(spots.right[group].max()),
        percentile(spots.bottom[group], 70),
    )


def _lies_in(small: tuple[float, ...], large: tuple[float, ...]) -> bool:
    across = min(small[2], large[2]) - max(small[0], large[0])
    down = min(small[3], large[3]) - max(small[1], large[1])
    return across > 0.5 * (small[2] - small[0]) and down > 0.6 * (small[3] - small[1])


def _give_marks(spots: InkSpots, groups: list[Indices], owner: NDArray[np.int32], zones: NDArray[np.int32]) -> None:
    """Gives each small spot to a line: the one whose letters it stands among, or else its nearest neighbour's."""
    if not groups:
        return
    unit = spots.letter
    bounds = np.array([_body(spots, group) for group in groups])
    zone = np.array([zones[group[0]] for group in groups])
    height, width, area = spots.boxes[:, 3], spots.boxes[:, 2], spots.boxes[:, 4]
    loose = (owner < 0) & (height <= 1.5 * unit) & (width <= 3 * unit) & (area >= max(3, _SPECK_AREA * unit * unit))
    loose &= zones >= 0
    loose[0] = False
    marks = np.nonzero(loose)[0]
    for spot in marks:
        owner[spot] = _line_around(spots.boxes[spot], bounds, zone == zones[spot], unit)
    neighbours = _Neighbours(spots, np.nonzero(loose | (owner >= 0))[0])
    for spot in marks[owner[marks] < 0]:
        _follow(int(spot), neighbours, owner)


def _line_around(box: NDArray[np.int32], bounds: NDArray[np.float64], allowed: NDArray[np.bool_], unit: float) -> int:
    """The line between whose small letters' top and baseline a spot stands, in part at least; or -1."""
    left, top, width, height, _ = box
    beside = np.maximum(bounds[:, 0] - (left + width), left - bounds[:, 2]) < 1.5 * unit
    shared = np.minimum(bounds[:, 3], top + height) - np.maximum(bounds[:, 1], top)
    shared[~(beside & allowed)] = -1
    best = int(np.argmax(shared))
    return best if shared[best] > min(0.12 * unit, 0.6 * height) else -1


class _Neighbours:
    """The spots above and below a spot, looked up by place."""

    def __init__(self, spots: InkSpots, members: Indices) -> None:
        self.order = members[np.argsort(spots.boxes[members, 0], kind="stable")]
        self.left, self.top = spots.boxes[self.order, 0], spots.boxes[self.order, 1]
        self.right, self.bottom = spots.right[self.order], spots.bottom[self.order]
        self.boxes, self.unit = spots.boxes, spots.letter

    def nearest(self, spot: int) -> int:
        """The spot nearest above or below within the reach of a mark, or -1."""
        left, top, width, height = self.boxes[spot][:4]
        first, last = np.searchsorted(self.left, (left - 4 * self.unit, left + width + 0.15 * self.unit))
        near = slice(int(first), int(last))
        down, up = self.top[near] - (top + height), top - self.bottom[near]
        gap = np.maximum(down * (1.0 if self._is_dot(spot) else _SIDE_WITH_BELOW), up).astype(np.float64)
        gap[(self.right[near] < left - 0.15 * self.unit) | (self.order[near] == spot)] = np.inf
        gap[down > _MARK_REACH * self.unit] = np.inf
        if not len(gap) or gap.min() > _MARK_REACH * self.unit:
            return -1
        return int(self.order[near][np.argmin(gap)])

    def stands_over_letter(self, spot: int) -> bool:
        """Whether the middle of a letter no smaller than the spot is close below it."""
        left, top, width, height = self.boxes[spot][:4]
        first, last = np.searchsorted(self.left, (left - 4 * self.unit, left + width / 2))
        near = slice(int(first), int(last))
        gap = self.top[near] - (top + height)
        close = (gap > -0.2 * self.unit) & (gap < 0.3 * self.unit) & (self.right[near] > left + width / 2)
        return bool((close & (self.bottom[near] - self.top[near] >= 0.8 * height)).any())

    def _is_dot(self, spot: int) -> bool:
        width, height, area = self.boxes[spot][2:]
        round_ = 0.6 < width / height < 1.6 and area > 0.6 * width * height
        return bool(round_ and max(width, height) < 0.36 * self.unit)


def _follow(spot: int, neighbours: _Neighbours, owner: NDArray[np.int32]) -> None:
    """From mark to mark to the letter that they belong to (ế: acute over circumflex over e); all get its line."""
    chain = [spot]
    while len(chain) < 4:
        following = neighbours.nearest(chain[-1])
        if following < 0 or following in chain:
            return
        if owner[following] >= 0:
            owner[chain] = owner[following]
            return
        chain.append(following)


def _body(spots: InkSpots, group: Indices) -> tuple[float, float, float, float]:
    """Left, top of the small letters, right, baseline."""
    return (
        float(spots.boxes[group, 0].min()),
        percentile(spots.boxes[group, 1], 60),
        float(spots.right[group].max()),
        percentile(spots.bottom[group], 40),
    )


def _line(spots: InkSpots, own: NDArray[np.bool_], foreign: NDArray[np.bool_], letters: Indices) -> InkLine:
    members = np.nonzero(own)[0]
    heights = spots.boxes[letters, 3]
    feet = spots.bottom[letters]
    return InkLine(
        members,
        letters,
        foreign,
        int(spots.boxes[members, 0].min()),
        int(spots.boxes[members, 1].min()),
        int(spots.right[members].max()),
        int(spots.bottom[members].max()),
        float(np.median(feet)),
        float(np.median(heights)),
    )


def merged(lines: Sequence[InkLine]) -> InkLine:
    """Pieces of one printed line as one; the baseline is the first piece's."""
    first = lines[0]
    return InkLine(
        np.concatenate([line.spots for line in lines]),
        np.concatenate([line.letters for line in lines]),
        np.logical_and.reduce([line.foreign for line in lines]),
        min(line.x0 for line in lines),
        min(line.top for line in lines),
        max(line.x1 for line in lines),
        max(line.bottom for line in lines),
        first.baseline,
        first.letter,
    )


def cut_out(grey: Grey, spots: InkSpots, line: InkLine, kept: Indices | None = None) -> tuple[Grey, int, int]:
    """The picture of one line with a little room around it, and the place of its top left corner on the page.

    Ink of other lines is painted over; `kept` names spots besides the line's own that are to stay.
    """
    room = round(_ROOM * spots.letter)
    x0, top = max(0, line.x0 - room), max(0, line.top - room)
    part = np.s_[top : line.bottom + room, x0 : line.x1 + room]
    cut, labels = grey[part].copy(), spots.labels[part]
    foreign = line.foreign.copy()
    foreign[0] = False
    if kept is not None:
        foreign[kept] = False
    over = foreign[labels].astype(np.uint8)
    if over.any():
        wide = cv2.dilate(over, np.ones((3, 3), np.uint8)).astype(bool)
        cut[wide & ((labels == 0) | (over > 0))] = 255
    return cut, x0, top
