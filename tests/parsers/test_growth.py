"""What a paragraph four times as long costs: about four times the calls, never their square."""

from __future__ import annotations

import cProfile

import pytest

from bench.long_text import document_with, texts
from parsers.parse import parse

SHORT, LONG = 1_900, 7_600
"""Characters; both below the length at which a paragraph is cut in parts."""
MOST = 5.5
"""Times the calls of the short one: four, with what a few more records and warnings bring along."""
KINDS = [name for name, _ in texts(1)]


def calls(characters: int, name: str, form: str) -> int:
    document = document_with(dict(texts(characters))[name], form)
    profile = cProfile.Profile()
    profile.runcall(parse, document)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("name", KINDS)
def test_the_calls_grow_with_the_length_and_not_with_its_square(name: str) -> None:
    for form in ("item", "running"):
        calls(LONG, name, form)  # patterns and tables are read at first sight
        assert calls(LONG, name, form) < MOST * calls(SHORT, name, form), form
