"""Running numbers of lists and tables: `I`, `1.`, `2.1`, `a)`, `-`."""

from __future__ import annotations

import re

from vietnamese.fold import fold

_ORDINAL = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})*|[ivxl]{1,6}|[a-z]\d{0,2})\s*[.)/:]{0,2}|[-+*•–]")
_ROMAN = re.compile(r"[ivxl]+")


def rank(text: str) -> int | None:
    """How high a running number stands: 0 `A`, 1 `I`, 2 `1`, 3 `1.1` (4 `1.1.1`, …), 8 `a`, 9 `-`; None if it is none.

    >>> rank("II."), rank("07"), rank("2.1"), rank("a)"), rank("Xã")
    (1, 2, 3, 8, None)
    """
    text = text.strip()
    match = _ORDINAL.fullmatch(fold(text))
    if match is None:
        return None
    body = match[1]
    if body is None:
        return 9
    if body[0].isdigit():
        return 2 + body.count(".")
    if not text.strip("(").startswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")):
        return 8
    return 1 if _ROMAN.fullmatch(body) else 0


def running_number(text: str) -> int | None:
    """The number of a plain arabic running number (`07.` is 7), else None."""
    match = re.fullmatch(r"\(?(\d{1,4})\s*[.)/:]{0,2}", text.strip())
    return int(match[1]) if match else None
