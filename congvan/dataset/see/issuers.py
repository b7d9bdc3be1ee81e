"""Bodies: one issuing body under its several spellings, with the reason of each merge.

A person splits or joins them in `bodies.toml` in the archive folder:

    join = [["BTC HUYỆN ỦY", "BAN TỔ CHỨC HUYỆN ỦY"]]
    split = ["PHÒNG NỘI VỤ"]        # this spelling stays on its own
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from congvan.dataset.see.units import spoken_name
from schemas.base import Record
from vietnamese.fold import fold, nfc

FILE_NAME = "bodies.toml"
How = Literal["leads", "same_letters", "short_forms", "by_hand"]


class PrintedIssuer(NamedTuple):
    """An issuing body as one dispatch prints it, below the body it prints over it, in the district it speaks for."""

    name: str
    parent: str | None
    district: str | None


class Spelling(NamedTuple):
    """One spelling of a body, the name it is gathered under, how often it is printed, and why it is gathered there."""

    body: str
    spelling: str
    parent: str | None
    district: str | None
    dispatches: int
    how: How


class Overrides(Record):
    """What a person decided: spellings to be joined, and spellings that stay alone."""

    join: tuple[tuple[str, ...], ...] = ()
    split: tuple[str, ...] = ()


def load_overrides(folder: Path) -> Overrides:
    """The decisions in an archive folder; none where there is no file."""
    path = folder / FILE_NAME
    return Overrides.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))) if path.exists() else Overrides()


def gather(printed: Iterable[PrintedIssuer], overrides: Overrides) -> list[Spelling]:
    """The spellings by body. Two are one body when their letters agree without case, marks and short forms, and they
    speak for the same district (or stand below the same body): the same Phòng Nội vụ exists in every district.
    """
    counts = Counter(printed)
    groups: dict[tuple[str, str], list[PrintedIssuer]] = {}
    for one in counts:
        groups.setdefault(_key(one, overrides), []).append(one)
    found = []
    for group in groups.values():
        leader = max(group, key=lambda one: (counts[one], len(one.name), one.name))
        found += [
            Spelling(leader.name, one.name, one.parent, one.district, counts[one], _how(one, leader)) for one in group
        ]
    return sorted(found, key=lambda each: (fold(nfc(each.body)), -each.dispatches, each.spelling))


def _key(one: PrintedIssuer, overrides: Overrides) -> tuple[str, str]:
    where = fold(nfc(one.district or one.parent or ""))
    if one.name in overrides.split:
        return where, f"={one.name}"
    for names in overrides.join:
        if one.name in names:
            return where, fold(spoken_name(names[0]))
    return where, fold(spoken_name(one.name))


def _how(one: PrintedIssuer, leader: PrintedIssuer) -> How:
    if one.name == leader.name:
        return "leads"
    if fold(nfc(one.name)) == fold(nfc(leader.name)):
        return "same_letters"
    return "short_forms" if fold(spoken_name(one.name)) == fold(spoken_name(leader.name)) else "by_hand"
