"""Units of a table row: what kind of body a printed name is, and its name in one normal form (table: `units.toml`)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from congvan.dataset.see.places import How, Match, Place, gazetteer
from vietnamese.fold import fold, nfc
from vietnamese.tones import tone_key

_COMMUNES = {"xa": "xã", "phuong": "phường", "thi_tran": "thị trấn"}
_DISTRICTS = ("huyen", "tinh")
_KIND_OF_LEVEL = {"district": "huyen", "province": "tinh"}
_DISTRICT_KINDS = tuple(map(tone_key, ("huyện", "thị xã", "quận", "thành phố", "tỉnh")))
_DOTS = re.compile(r"(?<=\w)\.(?=\w)")
_NOT_WORD = re.compile(r"[^\w&/]+")


@dataclass(frozen=True)
class Unit:
    """A unit: its name as printed, its kind (a key of the table, or None), and its name in one normal form.

    `commune` is the bare name of a xã, phường or thị trấn, `commune_kind` which of them is printed, if any.
    """

    printed: str
    kind: str | None
    name: str
    commune: str | None = None
    commune_kind: str | None = None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("units.toml").read_text(encoding="utf-8"))


@cache
def _beginnings() -> list[tuple[str, str]]:
    pairs = [(spoken_name(words), kind) for kind, each in _table()["kinds"].items() for words in each]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def kind_labels() -> dict[str, str]:
    """What each kind of unit is called."""
    return dict(_table()["labels"])


@cache
def _organisations() -> list[str]:
    return sorted((spoken_name(words) for words in _table()["organisation"]["words"]), key=len, reverse=True)


def section_kind(text: str) -> str | None:
    """The kind that a section heading gives to the bare names below it (`XÃ - THỊ TRẤN`), or None."""
    plain = _plain(text)
    return next((kind for kind, each in _table()["sections"].items() if plain in map(_plain, each)), None)


@lru_cache(maxsize=100_000)
def with_place(unit: Unit, above: Place | None, day: dt.date | None) -> tuple[Unit, str | None]:
    """A unit with the id of its place: a commune of the district, a district or commune of the province, a province.

    `above` is the place that the dispatch speaks for, None for the whole country. A bare name that one place right
    below it has is that place.
    """
    if unit.kind is not None and unit.commune is None and unit.kind not in _DISTRICTS:
        return unit, None
    name, kind = _name_of_place(unit)
    match = _place(above, name, kind, day)
    if match is None or (unit.kind is None and match.how not in _bare_hows(above)):
        return unit, None
    found = unit.kind or _KIND_OF_LEVEL.get(match.place.level) or fold(match.place.kind).replace(" ", "_")
    return replace(unit, kind=found, commune=unit.commune or unit.name), match.place.id


def _place(above: Place | None, name: str, kind: str | None, day: dt.date | None) -> Match | None:
    if above is not None:
        return gazetteer().within(above, name, kind, day)
    return gazetteer().province(name, day) if kind else None


def _bare_hows(above: Place | None) -> tuple[How, ...]:
    """How far the spelling of a bare name may be bent: within a province, which has many units, not at all."""
    return ("exact", "tones", "fold") if above is not None and above.level == "district" else ("exact", "tones")


def _name_of_place(unit: Unit) -> tuple[str, str | None]:
    """The bare name and the kind that stands before it, if any (`huyện Hải Hậu`)."""
    if unit.commune is not None or unit.kind is None:
        return unit.commune or unit.name, unit.commune_kind
    for kind in _DISTRICT_KINDS:
        if unit.name.startswith(f"{kind} "):
            return unit.name[len(kind) + 1 :], kind
    return unit.name, None


@cache
def read_unit(printed: str, section: str | None = None) -> Unit:
    """A unit by its printed name and the kind that its section gives."""
    words = spoken_name(printed).split()
    rest = words[_organisation_length(words) :]
    kind, length = _kind(rest)
    if kind is None and section in _COMMUNES and rest:
        kind = section
    name = " ".join(rest)
    commune = " ".join(rest[length:]) if kind in _COMMUNES else None
    printed_kind = _COMMUNES[kind] if kind in _COMMUNES and length else None
    return Unit(printed, kind, name or spoken_name(printed), commune or None, printed_kind)


def _organisation_length(spoken: list[str]) -> int:
    """How many words name the Party organisation; never all of them."""
    text = " ".join(spoken) + " "
    for words in _organisations():
        if text.startswith(words + " ") and len(words.split()) < len(spoken):
            return len(words.split())
    return 0


def _kind(spoken: list[str]) -> tuple[str | None, int]:
    """Marks count: `Phượng Sơn` is no phường, `số lượng` no sở."""
    text = " ".join(spoken) + " "
    for words, kind in _beginnings():
        if text.startswith(words + " "):
            return kind, len(words.split())
    return None, 0


@cache
def spoken_name(printed: str) -> str:
    """A name in lower case, tones in one place, punctuation as spaces, short forms written out."""
    text = _DOTS.sub("", tone_key(nfc(printed).lower()))
    written = " ".join(_table()["short"].get(word, word) for word in _NOT_WORD.sub(" ", text).split())
    return _town_or_centre().sub("trung tâm", written)


@cache
def _town_or_centre() -> re.Pattern[str]:
    """`TT` written out as thị trấn, where it is a trung tâm."""
    words = "|".join(re.escape(tone_key(word)) for word in _table()["centres"]["words"])
    return re.compile(rf"\bthị trấn(?= (?:{words})\b)")


def _plain(text: str) -> str:
    return fold(spoken_name(text))
