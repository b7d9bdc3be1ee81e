"""The words of `citation_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.record.passage import Passage
from vietnamese.fold import fold


@cache
def words_table() -> dict[str, Any]:
    """The table as it is written."""
    return tomllib.loads(files(__package__).joinpath("citation_words.toml").read_text(encoding="utf-8"))


def either(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first, with any white space inside."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"


@cache
def _stops(kind: str) -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    words = words_table()[kind]
    folded = [fold(word) for word in words]
    return re.compile(rf"\s({either(folded)})\b"), frozenset(words), frozenset([*words, *folded])


def find_stop(passage: Passage, begin: int, end: int, kind: str) -> int:
    """Where in `begin:end` the first word of the list `kind` stands, else `end`; marks count where the text has any."""
    pattern, words, folded_words = _stops(kind)
    allowed = folded_words if passage.folded == passage.text.lower() else words
    while match := pattern.search(passage.folded, begin, end):
        if " ".join(passage.text[match.start(1) : match.end(1)].split()) in allowed:
            return match.start()
        begin = match.start() + 1
    return end


def fold_name(name: str) -> str:
    """A folded name with abbreviations written out and spaces single, so that `luat mttq` is found in full.

    >>> fold_name("luat mttq  viet nam")
    'luat mat tran to quoc viet nam'
    """
    expand: dict[str, str] = words_table()["expand"]
    return " ".join(expand.get(word, word) for word in re.findall(r"\w+", name))
