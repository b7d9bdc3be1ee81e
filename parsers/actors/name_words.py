"""The words of a name, one by one: which may belong to it, and which are verbs, so that it ends before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.actors.lexicon import all_words, grammar, spelled, words
from parsers.actors.name_heads import body_at
from vietnamese.words.segments import Segment, segments

_UNIT = re.compile(r"(?:\s|^)(?:kV|km|ha|KV|MW)\b")
"""A measure behind a number in a name: `Đội Quản lý vận hành 110 kV`."""
_GOES_ON = re.compile(r"(?:thanh, thi\b|thi, thanh\b|nhat la|dac biet la|truc tiep la|ke ca|bao gom ca|cac|va)\b")
_INNER_COMMA = re.compile(
    r"\b(?:phong|tham muu|tham muu chi dao|van hoa|boi thuong|ong), (?:ho tro|chong|ngua|giup viec|the thao|ba)\b"
)
_IN_CHARGE = re.compile(
    r"phu trach(?:,? (?:truc tiep )?(?:chi dao|theo doi|don doc|dieu hanh)| noi dung \d| chung(?=[,.;]|$))\b"
)
"""`đồng chí A phụ trách, chỉ đạo …`: elsewhere the word belongs to a name."""
_LONGEST_PAIR = 12
"""Characters before a verb in which the noun stands that it is a half of (`giáo dục thường xuyên`)."""


@lru_cache(maxsize=256)
def words_between(text: str, start: int, stop: int) -> tuple[Segment, ...]:
    """The words between two places of a text, none beginning outside: `Ban Công tác` holds no `ban công`."""
    return tuple(one._replace(start=one.start + start, end=one.end + start) for one in segments(text[start:stop]))


def belongs(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether a word of a name's run may be part of it."""
    place = cut[index].start
    if not text[place].islower() or (index and _UNIT.match(text, place - 1) and text[place - 2].isdigit()):
        return True
    if is_behind(folded, place, ","):
        return not _breaks_off(text, folded, place)
    if index and _is_half(text, cut, index):
        return True
    known = all_words("bodies", "name_words", "common", "persons").at(text, folded, place)
    return known is not None or words("verbs", "duty").at(text, folded, place) is not None


def _is_half(text: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether two syllables are one word that the list lacks: only its first is printed with a capital (`Khuyến công`).

    A syllable with a capital behind another one ends the name of a place or a person (`Thanh Hà trả lại …`).
    """
    before, word = cut[index - 1], cut[index]
    first = text[before.start : before.end]
    if before.syllables > 1 or word.syllables > 1 or not first[:1].isupper() or (len(first) > 2 and first.isupper()):
        return False
    earlier = cut[index - 2] if index > 1 else None
    return earlier is None or not text[earlier.start].isupper() or earlier.syllables > 1


def is_behind(folded: str, place: int, marks: str) -> bool:
    """Whether one of the marks stands before `place`, blanks aside."""
    return folded[max(0, place - 3) : place].rstrip()[-1:] in tuple(marks)


def word_end(text: str, folded: str, word: Segment) -> int:
    """Where a word, or the known phrase that begins with it, ends."""
    place = word.start
    lists = ("name_words", "proper") if text[place].isupper() else ("name_words", "common", "persons")
    known = all_words("bodies", *lists).at(text, folded, place)
    verb = words("verbs", "duty").at(text, folded, place)
    if verb is not None and text[place].isupper() and spelled(text[place:verb]) not in words("verbs", "duty").spellings:
        # A name may fold like the first half of a verb: `xã Phước Dinh chỉ đạo` holds no `đình chỉ`.
        verb = None
    return max(known or 0, verb or 0, word.end)


def _breaks_off(text: str, folded: str, position: int) -> bool:
    """Whether what stands at `position`, behind a comma, is neither a name nor a verb: the list is over."""
    if not is_behind(folded, position, ","):
        return False
    if text[position].isupper() or _GOES_ON.match(folded, position):
        return False
    if is_inner_comma(folded, folded.rindex(",", 0, position)):
        return False
    if body_at(text, folded, position, bare=True) or words("bodies", "name_words").at(text, folded, position):
        return False
    return words("verbs", "duty").at(text, folded, position) is None


def is_inner_comma(folded: str, place: int) -> bool:
    """Whether the comma at `place` is part of a name (`Phòng, chống`, `các ông, bà`)."""
    found = _INNER_COMMA.finditer(folded, max(0, place - 20), place + 16)
    return any(match.start() < place < match.end() for match in found)


def is_duty(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb of duty stands at a word of the run, and not a part of the name that began at `start`."""
    position = cut[index].start
    end = words("verbs", "duty").at(text, folded, position)
    if end is not None and end < cut[index].end and not _is_phrase(text, folded, cut[index]):
        return False  # the verb is only a part of a word: `giao dịch`
    if _IN_CHARGE.match(folded, position):
        return True
    if end is None or grammar("noun_pair").search(folded, max(0, position - _LONGEST_PAIR), end):
        return False
    if words("verbs", "sure").at(text, folded, position) is not None:
        return True
    before = folded[start:position]
    if grammar("noun_after").match(folded, position):
        return False
    if _is_noun(text, folded, before, cut, index):
        return False
    if grammar("noun_as_often").match(folded, position):
        if grammar("noun_before_often").search(before):
            return False
        if grammar("noun_before_verb").search(before) and _verb_follows(text, folded, end):
            return False
    return not (grammar("kept_after_named").match(folded, position) and grammar("named_for").search(before))


def _is_noun(text: str, folded: str, before: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether the word before makes a noun of a verb, or a trade of it that the body is named after."""
    position = cut[index].start
    if index and cut[index - 1].syllables > 1 and text[cut[index - 1].start].isupper():
        named_after = words("verbs", "trades").at(text, folded, position) is not None
        return named_after and _is_followed(text, folded, cut, index)
    return words("verbs", "noun_before").before(text, folded, position) and not grammar("team").search(before)


_LEVEL = re.compile(r"cap (?:tren|duoi|xa|huyen|tinh|uy|co so|truong|hoc|bo|hoi|phong|to)\b")


def is_deed(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb of some trade stands at a word behind the proper name of one body, and no other verb behind it."""
    word = cut[index]
    if not text[word.start].islower() or text[start].islower() or is_behind(folded, word.start, ","):
        return False
    if grammar("named_for").search(folded[start : word.start]):
        return False  # what it is for: `Ban Chỉ đạo xóa nhà tạm`
    if _LEVEL.match(folded, word.start):
        return False
    deeds = words("verbs", "deeds")
    end = deeds.at(text, folded, word.start)
    if end is None or words("bodies", "plural").at(text, folded, start) is not None:
        return False
    half = end < word.end and " " not in text[word.start : end] and not _is_phrase(text, folded, word)
    if half or spelled(text[word.start : end]) not in deeds.spellings:
        return False
    following = next((one for one in cut[index:] if one.start >= end), None)
    if index and text[cut[index - 1].start].isupper():
        return True
    # Whom a common name means is told by what they do: `Giáo viên coi thi có mặt …`.
    return following is None or not is_duty(text, folded, start, cut, cut.index(following))


def _is_followed(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether another verb stands right behind a trade: `Viện Quy hoạch xây dựng bàn giao …`."""
    if index + 1 >= len(cut):
        return False
    behind = cut[index + 1].start
    verbs = (words("verbs", "duty").at(text, folded, behind), words("verbs", "deeds").at(text, folded, behind))
    return any(end is not None and end >= cut[index + 1].end for end in verbs)


def _is_phrase(text: str, folded: str, word: Segment) -> bool:
    """Whether a word is a verb with its object, which lists of words hold as one: `mở cửa`, `lập danh sách`."""
    return words("verbs", "with_object").at(text, folded, word.start) is not None


def _verb_follows(text: str, folded: str, end: int) -> bool:
    """Whether another verb stands right behind: the one before it is what the body is for (`Tổ kiểm tra lập …`)."""
    return folded[end : end + 1] == " " and words("verbs", "handing").at(text, folded, end + 1) is not None
