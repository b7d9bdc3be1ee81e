"""The types of document: their names, their signs in a số hiệu, and who issues them (table: `doc_types.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from schemas.dispatch import Regime
from vietnamese.fold import fold

Group = Literal["dispatch", "paper", "copy", "legal"]


@dataclass(frozen=True)
class DocumentType:
    """One type: `key` is what `doc_type` says, `name` how a sentence writes it, `signs` its abbreviations."""

    key: str
    name: str
    signs: tuple[str, ...]
    regimes: tuple[Regime, ...]
    group: Group
    titles: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the longer titles of the same type."""
        return (self.name, *self.titles)


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types, in the order of the table."""
    table = tomllib.loads(files(__package__).joinpath("doc_types.toml").read_text(encoding="utf-8"))
    return tuple(
        DocumentType(
            key=key,
            name=row["name"],
            signs=tuple(row["signs"]),
            regimes=tuple(row["regimes"]),
            group=row["group"],
            titles=tuple(row.get("titles", ())),
        )
        for key, row in table.items()
    )


@cache
def _by_name() -> dict[str, DocumentType]:
    return {fold(name): kind for kind in document_types() for name in kind.names}


@cache
def _by_sign() -> dict[str, tuple[DocumentType, ...]]:
    found: dict[str, list[DocumentType]] = {}
    for kind in document_types():
        for sign in dict.fromkeys(fold(sign) for sign in kind.signs):
            found.setdefault(sign, []).append(kind)
    return {sign: tuple(kinds) for sign, kinds in found.items()}


def type_named(name: str) -> DocumentType | None:
    """The type of exactly this name or title, whatever its case, marks and spaces.

    >>> type_named("TỜ  TRÌNH").key
    'to_trinh'
    """
    return _by_name().get(" ".join(fold(name).split()))


def name_of_type(key: str) -> str:
    """What people call the type of a key; the key itself where there is none such.

    >>> name_of_type("chi_thi")
    'chỉ thị'
    """
    return next((one.name.lower() for one in document_types() if one.key == key), key)


def types_of_sign(sign: str, regime: Regime | None = None) -> tuple[DocumentType, ...]:
    """The types that a sign may stand for, the likeliest first; `QĐ` is a quyết định or a quy định of the Party.

    >>> [kind.key for kind in types_of_sign("QĐ")]
    ['quyet_dinh', 'quy_dinh']
    >>> [kind.key for kind in types_of_sign("TT", "party")]
    ['thong_tri']
    """
    kinds = _by_sign().get(fold(sign), ())
    if regime is None:
        return kinds
    return tuple(kind for kind in kinds if regime in kind.regimes)


def type_of_symbol(symbol: str, regime: Regime | None = None) -> DocumentType | None:
    """The type that a ký hiệu names: `KH-UBND`, `2020/NĐ-CP`, `CV/HU`; None where no part of it is a sign.

    A State ký hiệu without the sign of a type belongs to a công văn, which has none; that is left to the caller.

    >>> type_of_symbol("KH-UBND").key
    'ke_hoach'
    """
    parts = [part for part in re.split(r"[/\-]", symbol) if part and not part.isdigit()]
    if not parts:
        return None
    kinds = types_of_sign(parts[0], regime) or types_of_sign(re.sub(r"\d+$", "", parts[0]), regime)
    return kinds[0] if kinds else None


@cache
def names_pattern(groups: frozenset[Group] | None = None) -> str:
    """A pattern of all names and titles, folded, longest first, with any white space between words."""
    kinds = [kind for kind in document_types() if groups is None or kind.group in groups]
    return _alternatives(fold(name) for kind in kinds for name in kind.names)


@cache
def signs_pattern() -> str:
    """A pattern of all signs, as written (not folded), longest first."""
    return _alternatives(sign for kind in document_types() for sign in kind.signs)


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
