"""Names of offices and places that the project knows, for a name that OCR misread by a mark or a letter.

A name is put right only where exactly one known name fits: the same letters with other marks, or one other letter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from form.offices import body_level, is_office, spelt_phrases
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable
from vietnamese.tones import tone_key

_WORD = re.compile(r"[^\W_]+")
_BEFORE_PROVINCE = re.compile(r"\b(?:tinh(?: uy| doan| hoi)?|(?:thanh pho|tp)\.?)\s+")
_FIGURE_IN_WORD = re.compile(r"(?<!\w)(?=\w{3,7}(?!\w))[A-ZÀ-ỸĐ]+[0158][A-ZÀ-ỸĐ]*(?!\w)")
_SHAPES = {"0": "O", "1": "TIL", "5": "S", "8": "B"}
"""The letters that a figure has the shape of."""
_LONG = 8
"""Letters that a name must have for one of them to be wrong: of fewer, another name is as near."""


def mend_name(text: str) -> str:
    """A name of an office as OCR read it, with the words put right that can only be a known name.

    >>> mend_name("SỞ XÂY DỰNC TỈNH BÀC NINH"), mend_name("SỞ XÂY DỰNG TỈNH BẮC NINH"), mend_name("XÃ BÀC NINH")
    ('SỞ XÂY DỰNG TỈNH BẮC NINH', 'SỞ XÂY DỰNG TỈNH BẮC NINH', 'XÃ BÀC NINH')
    """
    return _mend_provinces(_mend_offices(_FIGURE_IN_WORD.sub(lambda found: _as_letters(found[0]), text)))


def _as_letters(word: str) -> str:
    """A word in capitals into which OCR read a figure for the letter of its shape: `VIỆ1` is `VIỆT`."""
    if is_syllable(re.sub(r"\d", "", word)):
        return word
    figure = next(character for character in word if character.isdigit())
    fitting = [made for letter in _SHAPES[figure] if is_syllable(made := word.replace(figure, letter))]
    return fitting[0] if len(fitting) == 1 else word


def same_place(read: str, known: str) -> bool:
    """Whether a place as read can only be this one: the same letters, or one of them misread in a long name."""
    one, other = _plain(read), _plain(known)
    return one == other or (len(other) >= _LONG and Levenshtein.distance(one, other, score_cutoff=1) <= 1)


def provinces_in(text: str) -> Iterator[str]:
    """The provinces and cities that a name holds, as it writes them."""
    for name in _provinces():
        found = re.search(rf"(?<!\w){re.escape(tone_key(name.lower()))}(?!\w)", tone_key(text.lower()))
        if found:
            yield text[slice(*found.span())]


def _mend_offices(text: str) -> str:
    words = list(_WORD.finditer(text))
    start = 0
    while start < len(words):
        for length in range(min(_longest(), len(words) - start), 1, -1):
            window = words[start : start + length]
            piece = text[window[0].start() : window[-1].end()]
            if any(_same(piece, known) for known in _offices_of(length)):
                start += length - 1
                break
            name = _only(piece, _offices_of(length))
            if name is not None:
                text = text[: window[0].start()] + _in_case(name, piece) + text[window[-1].end() :]
                words = list(_WORD.finditer(text))
                start += length - 1
                break
        start += 1
    return text


def _mend_provinces(text: str) -> str:
    folded = fold(text)
    for found in reversed(list(_BEFORE_PROVINCE.finditer(folded))):
        names = _table()["provinces"] if folded.startswith("tinh", found.start()) else _table()["cities"]
        words = list(_WORD.finditer(text, found.end()))
        for length in (3, 2, 1):
            if len(words) < length:
                continue
            piece = text[words[0].start() : words[length - 1].end()]
            name = _only(piece, [one for one in names if len(_WORD.findall(one)) == length])
            if name is not None:
                text = text[: words[0].start()] + _in_case(name, piece) + text[words[length - 1].end() :]
                break
    return text


def _only(piece: str, names: Sequence[str]) -> str | None:
    """The one name that a piece can be; None where it is one already, where none or several fit."""
    plain = _plain(piece)
    if any(_same(piece, name) for name in names):
        return None
    fitting = [name for name in names if _plain(name) == plain]
    if not fitting and len(plain) >= _LONG and len(piece.split()) > 2:
        # The first word tells what kind of body it is (`BỘ NÔNG NGHIỆP`, `SỞ NÔNG NGHIỆP`), and a body's name of two
        # words has too many neighbours (`HUYỆN QUỲ`, `HUYỆN ỦY`).
        near = (name for name in names if _differ_by_one(_plain(name), plain))
        fitting = [name for name in near if _first(name) == _first(piece)]
    return fitting[0] if len(fitting) == 1 else None


def _differ_by_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _same(piece: str, name: str) -> bool:
    return tone_key(piece.lower()) == tone_key(name.lower())


def _first(text: str) -> str:
    return fold(text).split()[0]


def _plain(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _in_case(name: str, like: str) -> str:
    """A known name with the capitals, word for word, and the signs between the words of the one that it replaces."""
    words = iter(_WORD.findall(name))
    return _WORD.sub(lambda found: _cased(next(words), found[0]), like)


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word.lower()


@cache
def _table() -> dict[str, list[str]]:
    table = tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))
    return {name: row["names"] for name, row in table.items()}


def _provinces() -> list[str]:
    return [*_table()["provinces"], *_table()["cities"]]


@cache
def _offices_of(length: int) -> tuple[str, ...]:
    """The names of bodies of so many words, as the table of phrases spells them."""
    return tuple(
        one
        for one in spelt_phrases()
        if len(one.split()) == length and body_level(one) is not None and not is_office(one)
    )


@cache
def _longest() -> int:
    return max(len(one.split()) for one in spelt_phrases())
