"""Words of duty and of bodies, from `lexicon.toml`, as matchers that mind the marks of short words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vietnamese.fold import fold, nfc

_WORD_START = re.compile(r"(?<!\w)\w")
_AROUND = 20
_TONES = "\u0300\u0301\u0303\u0309\u0323"


_MISREAD = {
    **dict.fromkeys(("xà", "xả"), "xã"),
    **dict.fromkeys(("sờ", "sỏ", "sỡ"), "sở"),
    **dict.fromkeys(("phỏng", "phồng"), "phòng"),
    "bô": "bộ",
    "gìao": "giao",
    "cuc": "cục",
    "hôi": "hội",
    "huyên": "huyện",
    "đàng": "đảng",
    "trưòng": "trường",
}
"""Words of a scan that no dispatch writes, and what they were: only their marks were misread."""


def spelled(word: str) -> str:
    """The letters of a word with its tone put last, so that `hoà` and `hòa` agree."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    return "".join(mark for mark in decomposed if mark not in _TONES) + tones


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def has_lost_marks(text: str, folded: str, start: int, end: int) -> bool:
    """Whether every word around a place has lost its marks, as in damaged text: none can be asked for there."""
    around = slice(max(0, start - _AROUND), end + _AROUND)
    return text[around].lower() == folded[around]


@dataclass(frozen=True)
class Words:
    """A list of words and phrases, found without regard to marks, except that one syllable must bear its own."""

    pattern: re.Pattern[str]
    spellings: frozenset[str]
    beginnings: dict[str, tuple[str, ...]]
    """The words, folded, by their first two letters, the longest first."""

    @classmethod
    def of(cls, listed: str) -> Words:
        """From words separated by commas."""
        entries = [nfc(" ".join(entry.split())) for entry in listed.split(",") if entry.strip()]
        plain = sorted({fold(entry) for entry in entries}, key=lambda entry: (-len(entry), entry))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(entry) for entry in plain) + r")(?!\w)")
        beginnings: dict[str, list[str]] = {}
        for entry in plain:
            beginnings.setdefault(entry[:2].rstrip(), []).append(entry)
        listed_by = {first: tuple(found) for first, found in beginnings.items()}
        return cls(pattern, frozenset(spelled(entry) for entry in entries), listed_by)

    def at(self, text: str, folded: str, start: int) -> int | None:
        """Where the longest word that begins at `start` ends, or None."""
        if start and _is_letter(folded[start - 1]):
            return None
        first = folded[start : start + 2].rstrip()
        for entry in self.beginnings.get(first, ()):
            end = start + len(entry)
            if folded.startswith(entry, start) and not _is_letter(folded[end : end + 1]):
                return end if self._fits(text, folded, start, end) else None
        return None

    def before(self, text: str, folded: str, end: int) -> bool:
        """Whether one of the words, in lower case or at the very start, stands right before `end`."""
        stop = end - 1
        starts = [match.start() for match in _WORD_START.finditer(folded, max(0, end - 24), max(0, stop))][-3:]
        return any(self.at(text, folded, start) == stop and (start == 0 or text[start].islower()) for start in starts)

    def find(self, text: str, folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Spans of all words between `start` and `end`."""
        for match in self.pattern.finditer(folded, start, len(folded) if end is None else end):
            if self._fits(text, folded, *match.span()):
                yield match.span()

    def _fits(self, text: str, folded: str, start: int, end: int) -> bool:
        printed, plain = text[start:end], folded[start:end]
        if " " in plain or spelled(_MISREAD.get(printed.lower(), printed)) in self.spellings:
            return True
        return printed.lower() == plain and (len(printed) > 3 or has_lost_marks(text, folded, start, end))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


@cache
def words(section: str, name: str) -> Words:
    """The list `name` of a section of the table."""
    return Words.of(_table()[section][name])


@cache
def all_words(section: str, *names: str) -> Words:
    """Several lists of a section as one."""
    return Words.of(",".join(_table()[section][name] for name in names))


@cache
def grammar(name: str) -> re.Pattern[str]:
    """The pattern `name`, to be run on folded text."""
    return re.compile(_table()["grammar"][name])
