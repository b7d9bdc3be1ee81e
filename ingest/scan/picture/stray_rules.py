"""Straight strokes inside a table that are none of its rules: pieces of a seal's ring, serifs in a row, a pen's stroke.

A rule of a table begins and ends at rules that cross it. A stroke that ends in the middle of a cell, or runs out over
the border, parts no cells: taken for a rule it would tear columns and rows apart, and the letters under it would be
rubbed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.page.rulings import Ruling

# In points: lines nearer than the first lie at one place; pieces parted by less than the second are one stroke.
_SNAP, _JOINED = 2.5, 10.0
# A line drawn over this share of the way that the longest line beside it goes is a rule, wherever it ends.
_LONG = 0.4
# How far a rule runs over the one that it ends at (in points, and as a share of its length), or falls short of it.
_OVER, _OVER_SHARE, _SHORT = 4.0, 0.05, 0.2
_MEET = 4.0


class _Stroke(NamedTuple):
    """Pieces at one place: `at` across its direction, from `start` to `end` along it, and how much of that is drawn."""

    at: float
    start: float
    end: float
    drawn: float
    members: tuple[int, ...]


def strays(rulings: Sequence[Ruling]) -> set[int]:
    """The places in `rulings` of those that cross rules of a table without being one themselves."""
    across = _strokes([(n, one.top, one.x0, one.x1) for n, one in enumerate(rulings) if one.horizontal])
    down = _strokes([(n, one.x0, one.top, one.bottom) for n, one in enumerate(rulings) if not one.horizontal])
    found: set[int] = set()
    while True:
        sides = [[stroke for stroke in side if not found.issuperset(stroke.members)] for side in (across, down)]
        new = {
            member
            for own, other in (sides, sides[::-1])
            for stroke in own
            if _is_stray(stroke, own, other)
            for member in stroke.members
        }
        if not new:
            return found
        found |= new


def _strokes(lines: Sequence[tuple[int, float, float, float]]) -> list[_Stroke]:
    strokes: list[_Stroke] = []
    for number, at, start, end in sorted(lines, key=lambda line: line[2]):
        for place, one in enumerate(strokes):
            if abs(one.at - at) <= _SNAP and start - one.end <= _JOINED:
                drawn = one.drawn + max(0.0, end - max(start, one.end))
                joined = _Stroke(one.at, one.start, max(end, one.end), drawn, (*one.members, number))
                strokes[place] = joined
                break
        else:
            strokes.append(_Stroke(at, start, end, end - start, (number,)))
    return strokes


def _is_stray(stroke: _Stroke, beside: Sequence[_Stroke], crossing: Sequence[_Stroke]) -> bool:
    """Whether a stroke lies inside a table, shorter than its rules, with an end that meets none of them."""
    ends = [one for one in crossing if one.start - _MEET <= stroke.at <= one.end + _MEET]
    around = [one.at for one in crossing if one.start <= stroke.at <= one.end]
    if not around or stroke.end < min(around) or stroke.start > max(around):
        return False
    alike = [one for one in beside if one is not stroke and _share_rules(one, stroke, crossing)]
    longest = max((one.end - one.start for one in alike), default=0.0)
    level = sum(one.drawn for one in alike if abs(one.at - stroke.at) <= _SNAP)
    if stroke.drawn + level >= _LONG * longest:
        return False
    length = stroke.end - stroke.start
    over, short = max(_OVER, _OVER_SHARE * length), max(_OVER, _SHORT * length)
    begins = any(-over <= stroke.start - one.at <= short for one in ends)
    stops = any(-over <= one.at - stroke.end <= short for one in ends)
    return not (begins and stops)


def _share_rules(one: _Stroke, stroke: _Stroke, crossing: Sequence[_Stroke]) -> bool:
    """Whether a rule that crosses `one` passes the place of `stroke` too: both belong to one table."""
    return any(
        other.start - _MEET <= min(one.at, stroke.at)
        and max(one.at, stroke.at) <= other.end + _MEET
        and one.start - _MEET <= other.at <= one.end + _MEET
        for other in crossing
    )
