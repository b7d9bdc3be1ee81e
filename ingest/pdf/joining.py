"""Fragments of a printed line to words: those of one baseline that touch, and between which no space stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ingest.page.placed import PlacedWord
from vietnamese.fold import fold

# A gap of this share of the size parts two words, where a space character stands in it and where none does.
_GAP_WITH_SPACE = 0.08
GAP_WITHOUT = 0.2
# A page that writes no space characters at all.
GAP_UNSPACED = 0.14
_SAME_BASELINE = 0.12
# The least and most that a letter advances in a text face, in ems, by whether it is narrow and whether a capital.
_ADVANCE = {
    (True, False): (0.22, 0.33),
    (True, True): (0.3, 0.42),
    (False, False): (0.4, 0.6),
    (False, True): (0.5, 0.8),
}
# Height of the rows into which spaces are sorted.
_ROW = 4.0

Space = tuple[float, float, bool]
"""The middle of a space character, its bottom, and whether the file writes it (pdfium adds others of its own)."""


@dataclass
class Fragments:
    """Upright pieces of words in content order, and the spaces.

    `lasts`: where the last letter of each begins, and its font; `ink_fonts`: fonts whose boxes are of ink, not advance.
    """

    upright: list[PlacedWord] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    lasts: dict[tuple[float, float], tuple[float, int]] = field(default_factory=dict)
    ink_fonts: set[int] = field(default_factory=set)


def assembled(fragments: Fragments, gap: float) -> list[PlacedWord]:
    """Fragments to words: those of one baseline that touch, and between which no space stands."""
    lines: list[list[PlacedWord]] = []
    for fragment in sorted(fragments.upright, key=_baseline):
        if lines and fragment.baseline - lines[-1][0].baseline <= _SAME_BASELINE * fragment.size:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    for line in lines:
        line.sort(key=_x0)
    if fragments.ink_fonts:
        _guess_ends(lines, fragments)
    joiner = _Joiner(_SpaceRows(fragments.spaces), fragments.lasts, fragments.ink_fonts, gap)
    return [word for line in lines for word in joiner.words(line)]


def _guess_ends(lines: Sequence[list[PlacedWord]], fragments: Fragments) -> None:
    """Ends of fragments whose boxes say nothing: where their last letter begins, and how far it advances.

    That is the least distance from such a letter to the next one on the page, marks disregarded: `ở` may always have a
    space after it, but not every o.
    """
    advances: dict[tuple[str, bool, bool], float] = {}
    for line in lines:
        for fragment, after in pairwise(line):
            key = _letter(fragment)
            step = (after.x0 - fragments.lasts[(fragment.x0, fragment.baseline)][0]) / fragment.size
            advances[key] = min(step, advances.get(key, 1.0))
    for line in lines:
        for index, fragment in enumerate(line):
            last, font = fragments.lasts[(fragment.x0, fragment.baseline)]
            if font in fragments.ink_fonts and not fragment.text[-1].isascii():
                letter = _letter(fragment)
                least, most = _ADVANCE[letter[0] in "il", letter[1]]
                advance = max(least, min(advances.get(letter, 0.5), most))
                line[index] = fragment._replace(x1=last + advance * fragment.size)


def _letter(fragment: PlacedWord) -> tuple[str, bool, bool]:
    last = fragment.text[-1]
    return fold(last), last.isupper(), fragment.bold


class _Joiner(NamedTuple):
    """Puts the fragments of a line together. `lasts`: where the last letter of each begins, and its font."""

    rows: _SpaceRows
    lasts: dict[tuple[float, float], tuple[float, int]]
    ink_fonts: set[int]
    gap: float

    def words(self, line: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
        parts = [line[0]]
        right = line[0].x1
        for fragment in line[1:]:
            last = parts[-1]
            size = max(last.size, fragment.size)
            if fragment.text == last.text and fragment.x0 - last.x0 < 0.12 * size:
                continue  # printed twice, to look bold
            if self._apart(last, fragment, fragment.x0 - right, size):
                yield united(parts)
                parts = []
            parts.append(fragment)
            right = max(right, fragment.x1) if len(parts) > 1 else fragment.x1
        yield united(parts)

    def _apart(self, last: PlacedWord, fragment: PlacedWord, distance: float, size: float) -> bool:
        if min(last.size, fragment.size) < 0.8 * size:
            return True
        begin, font = self.lasts[(last.x0, last.baseline)]
        gap = GAP_UNSPACED if font in self.ink_fonts and not last.text[-1].isascii() else self.gap
        if distance > gap * size:
            return True
        return self.rows.parts(begin + 0.3 * size, last.x1, fragment, distance > _GAP_WITH_SPACE * size)


class _SpaceRows:
    """Where space characters stand, by their level on the page."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        self.rows: dict[int, list[tuple[float, bool]]] = {}
        for middle, bottom, written in spaces:
            self.rows.setdefault(int(bottom // _ROW), []).append((middle, written))
        for row in self.rows.values():
            row.sort()

    def parts(self, begin: float, right: float, fragment: PlacedWord, apart: bool) -> bool:
        """Whether a space stands before `fragment`, about on its line.

        One that is written counts from `begin` on, inside the last letter's box, for that may be wrong; one that pdfium
        added counts after its end, `right`, and only where the two stand `apart`.
        """
        level = int(fragment.bottom // _ROW)
        for row in (level, level - 1, level + 1):
            places = self.rows.get(row, ())
            index = bisect_left(places, (min(begin, right - 1), False))
            while index < len(places) and places[index][0] < fragment.x0 + 0.5:
                middle, written = places[index]
                if (written and middle > begin) or (apart and middle > right - 1):
                    return True
                index += 1
        return False


def united(parts: Sequence[PlacedWord]) -> PlacedWord:
    """Pieces of one word as one; its style is that of its longest piece."""
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=_length)
    return longest._replace(
        text="".join([part.text for part in parts]),
        x0=min(part.x0 for part in parts),
        top=min(part.top for part in parts),
        x1=max(part.x1 for part in parts),
        bottom=max(part.bottom for part in parts),
    )


def _baseline(word: PlacedWord) -> float:
    return word.baseline


def _x0(word: PlacedWord) -> float:
    return word.x0


def _length(word: PlacedWord) -> int:
    return len(word.text)
