"""Numbers of items that OCR spoiled, made good by the numbers around them.

A number is only put back where its neighbours leave no choice: between n and n + 2, between the heading of a section
and its 2, or between n and the next section stands one paragraph that begins with a scrap of ink before its sentence
(`thi Giao Sở …`, `SỐ Ủy ban …`, `1 Đảng ủy …` for 2).
"""

from __future__ import annotations

import re

from parsers.actors.name_heads import body_at
from parsers.tasks.item_labels import Label, read_labels
from vietnamese.fold import fold

_SCRAP = re.compile(r"(?:(?P<word>[^\W\d_]{1,4})|\d[^\s\w]?|[^\s\w]{1,3}\w?)\s+(?=\S)")
_SHORTEST_ITEM = 20


def lost_number(before: str, text: str, after: str) -> Label | None:
    """The label that a paragraph between two others must have had, or None."""
    end = _scrap_end(text)
    value = _missing(before, text, after) if end is not None else None
    return Label("number", str(value), (value,), end) if end is not None and value is not None else None


def _missing(before: str, text: str, after: str) -> int | None:
    """The number that a paragraph must have between two others; None where it has it, or where they do not tell."""
    first, last = _number(before), _number(after)
    if last is None:
        return first + 1 if first and _is_section(after) and _number(text) != first + 1 else None
    follows = first == last - 2 or (last == 2 and first is None and (_is_section(before) or before.endswith(":")))
    return last - 1 if follows and last > 1 and _number(text) != last - 1 else None


def _number(text: str) -> int | None:
    """The number of an item with one (`3.`), not of one with several (`3.1`) or in brackets."""
    labels = read_labels(text)
    if not labels or labels[0].kind != "number" or len(labels[0].value) > 1 or not labels[0].printed.isdigit():
        return None
    return labels[0].value[0]


def _is_section(text: str) -> bool:
    labels = read_labels(text)
    return bool(labels) and labels[0].kind in ("roman", "part", "upper")


def _scrap_end(text: str) -> int | None:
    """Where the sentence starts behind a scrap: a sign, a word in small letters, or two letters that are none."""
    scrap = _SCRAP.match(text)
    if scrap is None or len(text) < _SHORTEST_ITEM or not text[scrap.end()].isupper():
        return None
    word, following = scrap["word"] or "", text[scrap.end() :].split()[0]
    spoiled = len(word) == 2 and (word.isupper() or _stands_before_a_name(text, scrap.end()))
    if word and not word.islower() and (not spoiled or following.isupper()):
        return None
    return None if any(label.kind != "number" for label in read_labels(text)) else scrap.end()


def _stands_before_a_name(text: str, end: int) -> bool:
    """Whether a body's name begins at `end`, and none before it: `Đã Đảng ủy các xã …`, not `Sở Y tế …`."""
    folded = fold(text)
    return body_at(text, folded, end) and not body_at(text, folded, 0)
