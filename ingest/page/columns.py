"""Where two columns stand side by side: the letterhead, the signature block, and the like.

A band is a run of printed lines with a common gutter that no word crosses. It is grown from a seed line; it counts
when it holds the heading of the State or of the Party, or Nơi nhận, or when its right side is set centred: two columns
of a tabbed list, which begin at the same place in every line, are rows and stay rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from form.labels import distribution_names
from ingest.page.placed import Margins, PlacedLine, PlacedWord, line_of
from vietnamese.fold import fold

_HEADING = re.compile(r"C[OÔ0].{1,2}G H[OÒÓ0]A?.{0,2} X[AÃÂ] H|X[ÃAÂ] H[ỘÔOI].{0,2} CH|[ĐD].NG C.NG S.N VI.T")
_HEADING_START = re.compile(r"C[OÔỘ0]NG H|[ĐD][ẢA]NG C[OÔỘ0]NG")
_DISTRIBUTION = re.compile(rf"noi nh[ao]n\b|{distribution_names()}")
# Its first letters may lie under a stamp.
_ADDRESS = re.compile(r"[\W_]{0,3}(kinh|i?nh) (g[uo]i|trinh)")
_TITLE_MARK = re.compile(r"\b(T[M/.]|K[T/.]|TL|TUQ|Q)\b|CH[ỦU] T[ỊI]CH|GI[ÁA]M Đ[ỐO]C|B[ÍI] TH[ƯU]")

# How far, in letters, a line of one half of a letterhead may reach over the gutter that the other lines leave.
_OVER = 1.5


@dataclass(frozen=True)
class Band:
    """Lines `start` to `end` (not included) of a page stand in two columns."""

    start: int
    end: int
    left: list[PlacedLine]
    right: list[PlacedLine]


def _place(line: PlacedLine) -> float:
    return line.baseline


def _middle(column: Sequence[PlacedLine]) -> float:
    return (min(line.x0 for line in column) + max(line.x1 for line in column)) / 2


class _Growth:
    """A band being grown from its seed line in both directions."""

    def __init__(self, lines: Sequence[PlacedLine], seed: int, gutter: tuple[float, float], margins: Margins) -> None:
        self.lines = lines
        self.margins = margins
        self.start = self.end = seed
        self.g0, self.g1 = gutter
        self.left: list[PlacedLine] = []
        self.right: list[PlacedLine] = []
        self.both = 0
        self.widest = 0.0
        self.level = lines[seed].baseline

    def grow(self) -> Band | None:
        while self.end < len(self.lines) and self._take(self.lines[self.end], below=True):
            self.end += 1
        if self.end == self.start:
            return None
        self.level = self.lines[self.start].baseline
        while self.start > 0 and self._take(self.lines[self.start - 1], below=False):
            self.start -= 1
        if not self._valid():
            return None
        self.left.sort(key=_place)
        self.right.sort(key=_place)
        return Band(self.start, self.end, self.left, self.right)

    def _take(self, line: PlacedLine, *, below: bool) -> bool:
        """Takes a line into the band, if it fits the gutter and its column."""
        left, right = self._parted(line)
        if left and right and _cuts_heading(line, len(left)):
            return False
        g0 = max([self.g0, *(word.x1 for word in left)])
        g1 = min([self.g1, *(word.x0 for word in right)])
        first = not (self.left or self.right)
        if g1 - g0 < self._narrowest(line):
            if first or not self._reaches_over(line, left, right):
                return False
            g0, g1 = self.g0, self.g1
        if not first and not self._belongs(line, bool(left), bool(right), below=below):
            return False
        if left and right and self._crosses(line, left, right):
            return False
        self.g0, self.g1 = g0, g1
        self._add(left, right)
        self.level = line.baseline
        return True

    def _crosses(self, line: PlacedLine, left: list[PlacedWord], right: list[PlacedWord]) -> bool:
        """Whether a line is a title, in which a mere space between two words meets the gutter: of neither column."""
        if right[0].x0 - left[-1].x1 > 0.6 * line.size:
            return False
        return not self._near(line_of(left), self.left, 0.1) and not self._near(line_of(right), self.right, 0.1)

    def _parted(self, line: PlacedLine) -> tuple[list[PlacedWord], list[PlacedWord]]:
        """The words of a line left and right of the gutter; all on one side where no gap meets the gutter."""
        words = line.words
        shared = [min(self.g1, other.x0) - max(self.g0, one.x1) for one, other in pairwise(words)]
        best = max(range(len(shared)), key=shared.__getitem__, default=0)
        # Of a title half hidden by a seal, the first word is no left column: it stands clear of that on its other side.
        before = min(self.g1, words[0].x0) - self.g0
        if shared and shared[best] >= max(self._narrowest(line), before):
            return words[: best + 1], words[best + 1 :]
        if self._has_heading(line):
            for place, (one, other) in enumerate(pairwise(words), start=1):
                if other.x0 - one.x1 > 1.5 * line.size and shared[place - 1] > -_OVER * line.size:
                    return words[:place], words[place:]
        return ([], words) if self._on_right(line) else (words, [])

    def _on_right(self, line: PlacedLine) -> bool:
        if line.x0 < self.g0:
            return False
        if line.x1 > self.g1 or not self.right:
            return True
        if not self.left:
            return False
        return abs(line.centre - _middle(self.right)) < abs(line.centre - _middle(self.left))

    def _has_heading(self, line: PlacedLine) -> bool:
        return self._is_letterhead() or _HEADING.search(line.text) is not None

    def _narrowest(self, line: PlacedLine) -> float:
        return (0.35 if self._has_heading(line) else 0.9) * line.size

    def _reaches_over(self, line: PlacedLine, left: list[PlacedWord], right: list[PlacedWord]) -> bool:
        """Whether in a letterhead one half of a line reaches a little under the other half of another line."""
        over = _OVER * line.size
        if not self._has_heading(line) or (left and right and right[0].x0 - left[-1].x1 < 1.5 * line.size):
            return False
        if left and (left[-1].x1 > self.g1 + over or not self._near(line_of(left), self.left, 0.14)):
            return False
        return not right or (right[0].x0 > self.g0 - over and self._near(line_of(right), self.right, 0.14))

    def _add(self, left: list[PlacedWord], right: list[PlacedWord]) -> None:
        if left and right:
            self.both += 1
            self.widest = max(self.widest, min(w.x0 for w in right) - max(w.x1 for w in left))
        if left:
            self.left.append(line_of(left))
        if right:
            self.right.append(line_of(right))

    def _belongs(self, line: PlacedLine, left: bool, right: bool, *, below: bool) -> bool:
        """Whether a line near the band is part of it: by its distance, and by the middle of its column."""
        gap = abs(line.baseline - self.level) / max(self.margins.pitch, line.size)
        if not below:
            return self._belongs_above(line, left, right, gap)
        if _ADDRESS.match(fold(line.text)):
            return False
        if left and right:
            return gap < (2.8 if self._is_letterhead() else 9.0)
        if right:
            signing = not self._is_letterhead()
            # What OCR makes of a seal's edge stands anywhere right of Nơi nhận.
            scrap = self._has_distribution() and line.x1 - line.x0 < 0.1 * self.margins.width
            near = scrap or self._near(line, self.right, 0.14)
            return gap < (9.0 if signing else 2.8) and near and not self._of_page(line)
        if self._is_letterhead():
            return gap < 2.8 and self._near(line, self.left, 0.14) and line.x0 >= self.margins.left - 2 * line.size
        return gap < 2.2 or (self._has_distribution() and line.text.startswith(("-", "+")) and gap < 6.0)

    def _belongs_above(self, line: PlacedLine, left: bool, right: bool, gap: float) -> bool:
        if gap > 2.0 or _ADDRESS.match(fold(line.text)):
            return False
        if left and right:
            return True
        if left and _DISTRIBUTION.match(fold(line.text)):
            return True
        if not self._is_letterhead() and left:
            return False
        return self._near(line, self.right if right else self.left, 0.1)

    def _of_page(self, line: PlacedLine) -> bool:
        """Whether `line` is centred on the page, which the right column is not: a heading of what follows."""
        middle = (self.margins.left + self.margins.right) / 2
        aside = abs(_middle(self.right) - middle) > 0.08 * self.margins.width if self.right else True
        return aside and abs(line.centre - middle) < 0.015 * self.margins.width

    def _near(self, line: PlacedLine, column: list[PlacedLine], share: float) -> bool:
        """Whether the middle of `line` is about the middle of `column`."""
        if not column:
            return True
        return abs(line.centre - _middle(column)) < share * self.margins.width

    def _is_letterhead(self) -> bool:
        return any(_HEADING.search(line.text) for line in self.right)

    def _has_distribution(self) -> bool:
        return any(_DISTRIBUTION.match(fold(line.text)) for line in self.left)

    def _valid(self) -> bool:
        if not self.left or not self.right:
            return False
        if self.right[0].baseline > self.left[-1].top + self.left[-1].size * 1.5:
            return False  # one under the other
        if self._is_letterhead():
            return len(self.right) > 1
        if self._has_distribution():
            return True
        signing = any(_TITLE_MARK.search(line.text) and line.text.isupper() for line in self.right)
        return (self.both > 1 or signing) and self.widest > 1.5 * self.margins.size and self._centred()

    def _centred(self) -> bool:
        """Whether the right column is set centred, as signatures are, and not from a tab stop."""
        starts = [line.x0 for line in self.right]
        centres = [line.centre for line in self.right]
        if len(starts) < 2:
            return False
        spread = max(starts) - min(starts)
        return spread > 0.4 * self.margins.size and max(centres) - min(centres) < spread


def _cuts_heading(line: PlacedLine, place: int) -> bool:
    """Whether a cut before the word at `place` would go through Quốc hiệu: that is one line of one column."""
    heading, start = _HEADING.search(line.text), _HEADING_START.search(line.text)
    cut = len(" ".join(word.text for word in line.words[:place]))
    return heading is not None and (start or heading).start() < cut < heading.end()


def find_bands(lines: Sequence[PlacedLine], margins: Margins) -> Iterator[Band]:
    """The bands of a page from top to bottom; they do not overlap."""
    index = 0
    while index < len(lines):
        tries = (_grown(lines, index, gutter, margins) for gutter in _seeds(lines[index], margins))
        band = next((band for band in tries if band is not None), None)
        if band is None:
            index += 1
            continue
        yield band
        index = band.end


def _grown(lines: Sequence[PlacedLine], index: int, gutter: tuple[float, float], margins: Margins) -> Band | None:
    return _Growth(lines, index, gutter, margins).grow()


def _seeds(line: PlacedLine, margins: Margins) -> Iterator[tuple[float, float]]:
    """Gutters that a line suggests, the likeliest first."""
    folded = fold(line.text)
    heading = _HEADING.search(line.text)
    if heading:
        yield from _before_heading(line, margins)
    if _ADDRESS.match(folded):
        return
    if _DISTRIBUTION.match(folded):
        yield from _after_distribution(line, margins)
    low, high = margins.left + 0.1 * margins.width, margins.right - 0.1 * margins.width
    gaps = [
        (one.x1, other.x0)
        for one, other in pairwise(line.words)
        if other.x0 - one.x1 > 1.5 * line.size and one.x1 < high and other.x0 > low
    ]
    yield from sorted(gaps, key=lambda gap: gap[0] - gap[1])


def _before_heading(line: PlacedLine, margins: Margins) -> Iterator[tuple[float, float]]:
    for index, word in enumerate(line.words):
        if not _HEADING_START.match(" ".join(other.text for other in line.words[index : index + 2])):
            continue
        start = line.words[index - 1].x1 if index else min(margins.left, word.x0) - 1
        if word.x0 - start > 0.35 * line.size:
            yield (start, word.x0)


def _after_distribution(line: PlacedLine, margins: Margins) -> Iterator[tuple[float, float]]:
    """Right of `Nơi nhận:`, when nothing or only a title stands there."""
    end = line.words[min(1, len(line.words) - 1)].x1
    following = [word.x0 for word in line.words if word.x0 > end + 0.5 * line.size]
    yield (end, following[0] if following else margins.right)
