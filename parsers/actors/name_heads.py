"""Where the name of a body or an office begins: a head, which opens all names of its kind."""

from __future__ import annotations

import re

from parsers.actors.lexicon import all_words, grammar, words
from vietnamese.words.classes import VERB, classes_of
from vietnamese.words.segments import is_compound, segments

_NEXT_WORDS = 40
_WHICHEVER = re.compile(
    r"(?:don vi|co quan|dia phuong|xa|huyen|truong|ho|ca nhan|to chuc|nguoi|noi)(?: nao| \w+ nao)\b"
)
"""A condition and nobody named: `địa phương nào không gửi báo cáo thì …`."""


def body_at(text: str, folded: str, start: int, *, bare: bool = False) -> bool:
    """Whether the name of a body or an office begins at `start`; `bare` takes a lone common noun (`đơn vị`) too."""
    if grammar("not_body").match(folded, start) or _WHICHEVER.match(folded, start):
        return False
    plural = words("bodies", "plural").at(text, folded, start)
    if plural is not None:
        return _counted(text, folded, plural)
    if words("bodies", "persons").at(text, folded, start) is not None:
        return True
    proper = words("bodies", "proper").at(text, folded, start)
    if proper is not None and text[start].isupper():
        verb = all_words("verbs", "duty", "opening").at(text, folded, start)
        return verb is None or verb <= proper
    if is_person(text, start):
        return True
    return bare and words("bodies", "common").at(text, folded, start) is not None and not _organises(text, start)


def _organises(text: str, start: int) -> bool:
    """Whether `tổ chức` is the verb here: another one follows (`tổ chức học trực tuyến`)."""
    found = segments(text[start : start + _NEXT_WORDS])[:2]
    return len(found) == 2 and found[0].key == "tổ chức" and classes_of(found[1].key)[:1] == VERB


_PERSON = re.compile(r"(?:[^\W\d_]+ ){1,3}(?:viên|trưởng|sĩ|sỹ)(?!\w)", re.IGNORECASE)
_NO_PERSON = frozenset({"động viên", "tăng trưởng", "sinh trưởng", "thành viên"})


def is_person(text: str, start: int) -> bool:
    """Whether a word for persons of some trade stands here, told by its last syllable: `Chấp hành viên`."""
    return person_end(text, start) is not None


def person_end(text: str, start: int) -> int | None:
    """Where the word for persons of some trade ends that begins here, a trade of its own or a compound."""
    found = _PERSON.match(text, start) if text[start : start + 1].isupper() else None
    if found is None:
        return None
    word = found[0].lower()
    trade, _, kind = word.rpartition(" ")
    known = is_compound(word) or (kind == "viên" and is_compound(trade))
    return found.end() if known and word not in _NO_PERSON else None


def _counted(text: str, folded: str, end: int) -> bool:
    """Whether a noun for a body follows các, mọi, …"""
    start = end + 1
    if start >= len(text) or grammar("not_body").match(folded, start):
        return False
    return all_words("bodies", "common", "persons", "proper").at(text, folded, start) is not None
