"""What kind of word a word is, out of its sentence: a verb, a noun, an adverb …, from lists kept as data (NOTICE.md).

A word that no list holds is of the class of its first syllable: a Vietnamese compound begins with what it is (`phát
lệnh` is a kind of `phát`); one of three syllables and more is a term, the name of a thing (`đổi mới sáng tạo`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vietnamese.fold import nfc
from vietnamese.words.segments import spelling

VERB, NOUN, QUALITY, ADVERB, PREPOSITION = "V", "N", "A", "R", "E"
"""Beside these a word may be a conjunction (C), a pronoun (P), a determiner (L), a number (M)."""
_LISTS = ("classes.txt", "administration.txt")
"""Of a word in both, the later list is right."""


@cache
def _listed() -> dict[str, str]:
    texts = (files(__package__).joinpath(name).read_text("utf-8") for name in _LISTS)
    entries = (line.partition("\t") for text in texts for line in text.splitlines())
    return {word: classes for word, _, classes in entries if classes}


def classes_of(key: str) -> str:
    """The classes of a word in the spelling in which words are compared, the likeliest first; empty where unknown.

    >>> classes_of("phát lệnh"), classes_of("nông trường"), classes_of("điện"), classes_of("đổi mới sáng tạo")
    ('V', 'N', 'NV', 'N')
    """
    known = _listed()
    return known.get(key) or (NOUN if key.count(" ") > 1 else known.get(key.split(" ", 1)[0], ""))


def is_verb(text: str) -> bool:
    """Whether a word is a verb before anything else.

    >>> is_verb("truyền"), is_verb("khí tượng")
    (True, False)
    """
    return classes_of(spelling(nfc(text)))[:1] == VERB
