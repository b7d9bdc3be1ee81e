"""Struck-out words: dead text, left out as deleted text is, and a person is told which words and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from schemas.source import Notice

_MOST_NOTICES = 20
_SHOWN = 120
_STRUCK = re.compile(
    r"(?<!~)~~(?![\s~])(?P<waves>[^~]{1,4000}?)(?<![\s~])~~(?!~)"
    r"|<(?P<tag>s|strike|del)\b[^<>]{0,500}>(?P<inside>.{0,4000}?)</(?P=tag)\s*>"
    r"|<(?P<styled>span|font|p|div|b|i|u)\b[^<>]{0,500}line-through[^<>]{0,500}>(?P<shown>.{0,4000}?)</(?P=styled)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_CUT = "\ufff9"
_LABEL = r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ][.)]|[IVXLC]{1,6}[.)]?|[-–—+•*·])?"
_ONLY_LABEL = re.compile(rf"\s*{_LABEL}\s*", re.IGNORECASE)
_NOTHING = re.compile(r"[\s|*_#>]*")


class StruckOut(NamedTuple):
    """Words that were struck out, and what stands around them on their line or in their paragraph."""

    words: str
    around: str


def only_label(text: str) -> bool:
    """Whether what is left of a paragraph is no more than its number or bullet."""
    return _ONLY_LABEL.fullmatch(text) is not None


def without_struck(text: str) -> tuple[str, list[StruckOut]]:
    """Text without what Markdown (`~~x~~`) and HTML (`<s>`, `<strike>`, `<del>`, line-through) strike out.

    A line of which nothing else is left than its number, or the bars of a table, goes with it.
    """
    if "~~" not in text and not re.search(r"<(?:s|strike|del)\b|line-through", text, re.IGNORECASE):
        return text, []
    cut: list[str] = []

    def take(found: re.Match[str]) -> str:
        inside = found["waves"] or found["inside"] or found["shown"] or ""
        cut.append(" ".join(_TAG.sub(" ", inside).split()))
        return _CUT + "\n" * inside.count("\n")

    lines, struck = [], []
    for line in _STRUCK.sub(take, text).split("\n"):
        pieces = line.count(_CUT)
        rest = line.replace(_CUT, "")
        around = " ".join(_TAG.sub(" ", rest).split())
        struck += [StruckOut(words, around) for words in cut[:pieces] if words]
        del cut[:pieces]
        if not pieces or not (only_label(rest) or _NOTHING.fullmatch(rest)):
            lines.append(re.sub(r"(?<=\S)[ ]{2,}(?=\S)", " ", rest) if pieces else rest)
    return "\n".join(lines), struck


def struck_notices(struck: Iterable[StruckOut]) -> tuple[Notice, ...]:
    """A warning for each stretch of struck-out words; of very many, the first ones and how many more."""
    found = list(struck)
    notices = [Notice(code="struck_out", message=_message(one)) for one in found[:_MOST_NOTICES]]
    if len(found) > _MOST_NOTICES:
        more = len(found) - _MOST_NOTICES
        notices.append(Notice(code="struck_out", message=f"Còn {more} chỗ khác có chữ bị gạch ngang, đã bỏ ra."))
    return tuple(notices)


def _message(one: StruckOut) -> str:
    words = f"Chữ bị gạch ngang “{_short(one.words)}” đã bỏ ra, không tính là nội dung"
    return f"{words} (trong đoạn “{_short(one.around)}”)." if one.around else f"{words}."


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
