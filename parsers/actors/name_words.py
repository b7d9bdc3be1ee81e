"""The words of a name, one by one: which may belong to it, and which end it."""

from __future__ import annotations

import re

from parsers.actors.lexicon import all_words, spelled, words
from parsers.actors.name_heads import body_at, is_person
from parsers.actors.name_verbs import is_half
from parsers.actors.run import Run, is_behind

_LEVELS = ("tỉnh", "huyện", "xã", "phường", "quận", "thành phố", "thị xã", "thị trấn")
_OF_NAMES = ("N", "A", "M")
"""Classes of words that a name is made of: nouns, qualities, numbers."""
_CLOSING_QUOTES = ('"', "”")
_OF_TIME = ("lan", "ngay", "gio", "phut", "thang", "quy", "nam", "tuan")
_WHERE = ("tai", "tren", "o", "thuoc", "cua")
_UNIT = re.compile(r"(?:\s|^)(?:kV|km|ha|KV|MW)\b")
"""A measure behind a number in a name: `Đội Quản lý vận hành 110 kV`."""
_GOES_ON = re.compile(r"(?:thanh, thi\b|thi, thanh\b|nhat la|dac biet la|truc tiep la|ke ca|bao gom ca|cac|va)\b")
_INNER_COMMA = re.compile(
    r"\b(?:phong|tham muu|tham muu chi dao|van hoa|boi thuong|ong), (?:ho tro|chong|ngua|giup viec|the thao|ba)\b"
)


def belongs(run: Run, index: int) -> bool:
    """Whether a word of a name's run may be part of it."""
    place = run.cut[index].start
    if not run.is_lower(index):
        return True
    if run.text[place - 2] in _CLOSING_QUOTES:
        return False
    if index and _UNIT.match(run.text, place - 1) and run.text[place - 2].isdigit():
        return True
    if run.follows(index, ","):
        return not _breaks_off(run.text, run.folded, place)
    if is_half(run, index) or run.listed(index, "bodies", "name_words", "common", "persons") is not None:
        return True
    return run.listed(index, "verbs", "duty") is not None or _is_of_name(run, index)


def _is_of_name(run: Run, index: int) -> bool:
    """Whether a word that no list holds is of a class that names are made of, and the name not whole before it."""
    plain = run.folded[run.cut[index].start : run.cut[index].end]
    if plain in _WHERE:
        return True
    if plain in _OF_TIME or run.class_of(index) not in _OF_NAMES:
        return False
    if index and run.cut[index - 1].key in _LEVELS and run.is_lower(index - 1):
        return False  # the name of a local body is whole: `Ủy ban nhân dân huyện`
    return not _ends_place(run, index)


def _ends_place(run: Run, index: int) -> bool:
    """Whether a word stands behind the name of a place or a person, in which each syllable has its capital."""
    last = range(max(0, index - 2), index)
    return len(last) == 2 and all(run.cut[place].syllables == 1 and run.printed(place)[:2].istitle() for place in last)


def word_end(run: Run, index: int) -> int:
    """Where a word, or the known phrase that begins with it, ends."""
    lists = ("name_words", "proper") if run.is_capital(index) else ("name_words", "common", "persons")
    known = run.listed(index, "bodies", *lists)
    verb = run.listed(index, "verbs", "duty")
    if verb is not None and run.is_capital(index):
        # A name may fold like the first half of a verb: `xã Phước Dinh chỉ đạo` holds no `đình chỉ`.
        printed = spelled(run.text[run.cut[index].start : verb])
        verb = verb if printed in words("verbs", "duty").spellings else None
    return max(known or 0, verb or 0, run.cut[index].end)


def _breaks_off(text: str, folded: str, position: int) -> bool:
    """Whether what stands at `position`, behind a comma, is neither a name nor a verb: the list is over."""
    if text[position].isupper() or _GOES_ON.match(folded, position):
        return False
    if is_inner_comma(folded, folded.rindex(",", 0, position)):
        return False
    if body_at(text, folded, position, bare=True):
        return False
    return all_words("bodies", "name_words").at(text, folded, position) is None and (
        words("verbs", "duty").at(text, folded, position) is None
    )


def is_inner_comma(folded: str, place: int) -> bool:
    """Whether the comma at `place` is part of a name (`Phòng, chống`, `các ông, bà`)."""
    found = _INNER_COMMA.finditer(folded, max(0, place - 20), place + 16)
    return any(match.start() < place < match.end() for match in found)


def begins_name(run: Run, index: int) -> bool:
    """Whether another name of the list begins at a word: behind a comma, or `và`.

    Behind the proper name of one body a lone common noun is a part of it: `Phòng Công tác học sinh, sinh viên`.
    """
    place = run.cut[index].start
    joined = is_behind(run.folded, place, ",;") or run.folded.endswith(" va ", 0, place)
    if not joined:
        return False
    one = run.text[run.begin].isupper() and words("bodies", "plural").at(run.text, run.folded, run.begin) is None
    return body_at(run.text, run.folded, place, bare=not one or is_person(run.text, run.begin))
