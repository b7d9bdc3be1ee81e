"""What the rows of a table of things count, in plain words; a part (`- Nữ`, `Trong đó: …`) with what it is part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from congvan.dataset.words.concepts import asked_words, heading_words
from schemas.dispatch import RowKind

_PART = re.compile(r"\s*(?:[-+•*–]|trong đó\b|chia ra\b|gồm\b)[\s:]*", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]?|[ivx]+[.)]|[a-zđ][.)])\s+", re.IGNORECASE)


def subjects_of(names: Sequence[str], kinds: Sequence[RowKind]) -> dict[int, str]:
    """Of each row of figures the words of its thing; those behind a dash are parts of the last one without."""
    found, whole = {}, ""
    for number, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        mark = _PART.match(name)
        words = _words(name[mark.end() :] if mark else name)
        if mark is None or kind == "section":
            whole = words
        if kind != "section" and words:
            found[number] = f"{whole} / {words}" if mark and whole and whole != words else words
    return found


def _words(name: str) -> str:
    label = _LABEL.match(name)
    return asked_words(heading_words(name[label.end() :] if label else name))
