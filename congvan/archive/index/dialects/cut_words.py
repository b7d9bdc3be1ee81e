"""Words as an index without FTS5 keeps and looks for them: cut as its `unicode61` cuts, folded as the passages are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from congvan.archive.index.dialects.dialect import Term

_TOKEN = regex.compile(r"[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*")
"""A word as FTS5's `unicode61` cuts it."""
_LONGEST = 500
_PRINTED, _PLAIN = 2.0, 1.0


def tokens(words: str) -> list[str]:
    """The words of a text as they are looked for.

    >>> tokens("1499-CV/HU, Đảng ủy")
    ['1499', 'cv', 'hu', 'đảng', 'ủy']
    """
    return [word[:_LONGEST] for word in _TOKEN.findall(words.lower())]


def padded(words: Iterable[str]) -> str:
    """Each word between two spaces of its own, so that a phrase stands in a text as it stands alone."""
    return "".join(f" {word} " for word in words)


class SoughtPhrase(NamedTuple):
    """A phrase of a query, in one of the columns that it is looked up in, and what a hit there weighs."""

    column: str
    words: str
    folded: str
    weight: float


def phrases(terms: Sequence[Term]) -> Iterator[SoughtPhrase]:
    """A term with marks counts twice: as printed, and folded."""
    for typed, folded in terms:
        if typed != folded:
            yield SoughtPhrase("printed", padded(tokens(typed)), folded, _PRINTED)
        yield SoughtPhrase("plain", padded(tokens(folded)), folded, _PLAIN)
