"""The words of `audit_words.toml`, as tests on folded text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The whole table."""
    found: dict[str, Any] = tomllib.loads(files(__package__).joinpath("audit_words.toml").read_text(encoding="utf-8"))
    return found


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Any word of one list, whole, the longest first."""
    words: list[str] = table()[section][name]
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9])")


def has_word(folded: str, section: str, name: str) -> bool:
    """Does any word of this list stand in the folded text?"""
    return pattern(section, name).search(folded) is not None
