"""Cuts a text into words by the longest match over a list of compounds: `giáo trình`, `hợp tác xã` are one each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from vietnamese.fold import nfc
from vietnamese.tones import tone_key

_SYLLABLE = re.compile(r"[^\W_]+")
_LISTS = ("compounds.txt", "administration.txt")
_Y = re.compile(r"(?<=[hklmst])[yýỳỷỹỵ](?![^\W\d_])|(?<=q)u?[yýỳỷỹỵ](?![^\W\d_])")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


class Segment(NamedTuple):
    """A word at characters `start:end`; `syllables` is how many it has, `key` its spelling as words are compared."""

    start: int
    end: int
    syllables: int
    key: str


@lru_cache(maxsize=8192)
def spelling(text: str) -> str:
    """The text as words are compared: lower case, the tone on one place, y as i where both are written.

    >>> spelling("Kỹ thuật"), spelling("uỷ ban") == spelling("Ủy ban"), spelling("quí") == spelling("quý")
    ('kĩ thuật', True, True)
    """
    lower = text.lower()
    if lower.isascii() and "y" not in lower:
        return lower
    return _Y.sub(lambda match: match[0].translate(_TO_I), tone_key(lower))


@cache
def _compounds() -> tuple[frozenset[str], dict[str, int]]:
    """All compounds, and of how many syllables the longest is that begins with each first syllable.

    The lists are kept in the spelling in which words are compared, so that none is respelled at each start.
    """
    texts = (files(__package__).joinpath(name).read_text("utf-8") for name in _LISTS)
    words = (line.partition("\t")[0] for text in texts for line in text.splitlines())
    found = {word for word in words if " " in word}
    longest: dict[str, int] = {}
    for word in found:
        first, count = word[: word.index(" ")], word.count(" ") + 1
        if count > longest.get(first, 0):
            longest[first] = count
    return frozenset(found), longest


def is_compound(text: str) -> bool:
    """Whether a text of several syllables is one word.

    >>> is_compound("nghiệp vụ"), is_compound("vụ án mạng")
    (True, False)
    """
    return spelling(nfc(text)) in _compounds()[0]


def segments(text: str) -> list[Segment]:
    """The words of a text, in order: the longest compound at each place, else a syllable by itself.

    >>> [text[one.start : one.end] for text in ["bổ sung giáo trình, hợp tác xã"] for one in segments(text)]
    ['bổ sung', 'giáo trình', 'hợp tác xã']
    """
    return list(_segments(text, 0, len(text)))


class WordRun:
    """The words of a stretch of a text, cut only as far as they are looked at.

    No word begins outside of the stretch: `Ban Công tác` from its second syllable on holds no `ban công`.
    """

    def __init__(self, text: str, start: int, stop: int) -> None:
        self._known: list[Segment] = []
        self._more = _segments(text, start, stop)

    def has(self, index: int) -> bool:
        """Whether there are so many words that one stands at this index."""
        while len(self._known) <= index:
            found = next(self._more, None)
            if found is None:
                return False
            self._known.append(found)
        return True

    def __getitem__(self, index: int) -> Segment:
        self.has(index)
        return self._known[index]

    def __iter__(self) -> Iterator[Segment]:
        index = 0
        while self.has(index):
            yield self._known[index]
            index += 1


_AHEAD = 32
"""Syllables that are read at a time; half of them are more than the longest compound has, with the next word."""


def _segments(text: str, start: int, stop: int) -> Iterator[Segment]:
    known, longest = _compounds()
    syllables = _SYLLABLE.finditer(text, start, stop)
    spans: list[tuple[int, int]] = []
    keys: list[str] = []
    place = 0
    while True:
        if place + _AHEAD // 2 > len(spans):
            read = [match.span() for match in islice(syllables, _AHEAD)]
            spans += read
            keys += [spelling(text[low:high]) for low, high in read]
            if place >= len(spans):
                return
        furthest = min(longest.get(keys[place], 1), len(spans) - place)
        if furthest == 1:
            yield Segment(*spans[place], 1, keys[place])
            place += 1
            continue
        run = _run(text, spans, place, furthest)
        count = next((n for n in range(run, 1, -1) if " ".join(keys[place : place + n]) in known), 1)
        if count == 2 and _closes_name(text, spans, keys, place, known):
            count = 1
        end = spans[place + count - 1][1]
        yield Segment(spans[place][0], end, count, " ".join(keys[place : place + count]))
        place += count


def _closes_name(text: str, spans: list[tuple[int, int]], keys: list[str], place: int, known: frozenset[str]) -> bool:
    """Whether a syllable ends a name of capitals and the next one begins a word: `Hoa Ban | công khai`."""
    if not place or place + 2 >= len(spans):
        return False
    capitals = text[spans[place - 1][0]].isupper() and text[spans[place][0]].isupper()
    apart = spans[place][0] - spans[place - 1][1] == 1 and text[spans[place + 1][0]].islower()
    return capitals and apart and f"{keys[place + 1]} {keys[place + 2]}" in known


def _run(text: str, spans: list[tuple[int, int]], place: int, furthest: int) -> int:
    """How many syllables from `place` on stand one space apart."""
    count = 1
    while count < furthest:
        end, start = spans[place + count - 1][1], spans[place + count][0]
        if start - end != 1 or text[end] != " ":
            break
        count += 1
    return count
