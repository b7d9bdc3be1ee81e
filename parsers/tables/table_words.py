"""The words of `table_words.toml`, as tests on text."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from vietnamese.fold import fold


@cache
def _words(section: str, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words and beginnings of one list of the table."""
    table = tomllib.loads(files(__package__).joinpath("table_words.toml").read_text(encoding="utf-8"))
    words: list[str] = table[section][name]
    return frozenset(word for word in words if word[-1] != "*"), tuple(word[:-1] for word in words if word[-1] == "*")


def one_of(text: str, section: str, name: str) -> bool:
    """Is `text`, closing punctuation aside, one of the words of this list?

    >>> one_of("Tổng cộng:", "rows", "total"), one_of("Cộng Hoà", "rows", "total")
    (True, False)
    """
    plain = " ".join(fold(text).split()).rstrip(" .:;")
    whole, beginnings = _words(section, name)
    return plain in whole or plain.startswith(beginnings)


def holds(text: str, section: str, name: str) -> bool:
    """Does any word of this list stand in `text`?"""
    plain = fold(text)
    whole, _ = _words(section, name)
    return any(word in plain for word in whole)
