"""Lines for a screen: as wide as it is, words kept whole."""

from __future__ import annotations

import shutil
import textwrap

_WIDEST = 120


def screen_width() -> int:
    """How many letters a line holds; of a pipe 80."""
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)


def fold_lines(text: str, first: str = "", rest: str | None = None) -> str:
    """A text in lines of the screen's width; `first` before the first line, `rest` before the others."""
    lines = textwrap.wrap(
        text,
        width=max(20, screen_width()),
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
