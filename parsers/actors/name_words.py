"""The words of a name, one by one: which may belong to it, and which are verbs, so that it ends before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.actors.lexicon import all_words, grammar, has_lost_marks, spelled, words
from parsers.actors.name_heads import body_at
from vietnamese.words.classes import VERB, classes_of
from vietnamese.words.segments import Segment, segments

_CHOSEN = re.compile(r"(?:duoc|bi) \w+")
_LEVELS = ("tỉnh", "huyện", "xã", "phường", "quận", "thành phố", "thị xã", "thị trấn")
_NOUN_OF = re.compile(r"\b(?:duoc|cac|nhung|cong tac|viec|hoat dong|co|nguoi) $")
_OF_TIME = ("lan", "ngay", "gio", "phut", "thang", "quy", "nam", "tuan")
_WHERE = ("tai", "tren", "o", "thuoc", "cua")
_CHOSEN_FOR = re.compile(r"duoc (?:giao|cu|phan cong|chon|moi|phep) $")
_OF_NAMES = ("N", "A", "M")
_LONGEST_NOUN = 24
_LONGEST_TELLING = 9
"""Words of which the telling of whom a common name means has no more."""
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
    if _is_half(text, cut, index):
        return True
    known = all_words("bodies", "name_words", "common", "persons").at(text, folded, place)
    if known is not None or words("verbs", "duty").at(text, folded, place) is not None:
        return True
    if folded[place : cut[index].end] in _WHERE:
        return True
    if folded[place : cut[index].end] in _OF_TIME:
        return False
    if index and cut[index - 1].key in _LEVELS and text[cut[index - 1].start].islower():
        return False  # the name of a local body is whole: `Ủy ban nhân dân huyện`
    return classes_of(cut[index].key)[:1] in _OF_NAMES and not _ends_place(text, cut, index)


def _ends_place(text: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether a word stands behind the name of a place or a person, in which each syllable has its capital."""
    last = cut[max(0, index - 2) : index]
    return len(last) == 2 and all(one.syllables == 1 and text[one.start : one.start + 2].istitle() for one in last)


def _is_half(text: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether two syllables are one word that the list lacks: only its first is printed with a capital (`Khuyến công`).

    A syllable with a capital behind another one ends the name of a place or a person (`Thanh Hà trả lại …`).
    """
    if not index:
        return False
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
    if _CHOSEN_FOR.search(before) and _is_people(text, folded, start):
        return False
    if _is_trade_of_people(text, folded, start, cut, index):
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
        return named_after and (_verb_at(text, folded, cut, index + 1) or _is_aim(text, folded, cut, index))
    return words("verbs", "noun_before").before(text, folded, position) and not grammar("team").search(before)


def _is_trade_of_people(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a trade tells which people are meant: `các hãng sản xuất, nhà cung cấp gửi …`."""
    word = cut[index]
    if words("verbs", "trades").at(text, folded, word.start) is None or not _is_people(text, folded, start):
        return False
    if _noun_end(text, folded, start) < word.start - 1:
        return False
    return folded[word.end : word.end + 1] == "," or _verb_at(text, folded, cut, index + 1)


def _is_aim(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb and its object tell what a body is for that is named by a verb: another verb follows."""
    aim = words("verbs", "aims").at(text, folded, cut[index].start) is not None
    own = classes_of(cut[index - 1].key).startswith(VERB)
    return aim and own and any(_verb_at(text, folded, cut, index + further) for further in (2, 3))


_LEVEL = re.compile(r"cap (?:tren|duoi|xa|huyen|tinh|uy|co so|truong|hoc|bo|hoi|phong|to)\b")


def is_deed(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb of some trade stands at a word of the run, and is what the body does, not what it is for."""
    word = cut[index]
    if not text[word.start].islower() or is_behind(folded, word.start, ",") or index + 1 == len(cut):
        return False
    if grammar("named_for").search(folded[start : word.start]) or _LEVEL.match(folded, word.start):
        return False  # what it is for: `Ban Chỉ đạo xóa nhà tạm`
    if not _is_act(text, folded, word) or _NOUN_OF.search(folded, start, word.start):
        return False
    if cut[index + 1].key in _LEVELS:
        return False  # what a place is for: `Khu neo đậu huyện`
    if index == 1 and _is_half(text, cut, index) and _verb_at(text, folded, cut, index + 1):
        return False  # `Ban Dân nguyện trả lời …`
    if index and text[cut[index - 1].start].isupper():
        return not _is_trade(text, folded, cut, index)
    # Whom a name of people means is told by what they do: `Giáo viên coi thi có mặt …`, `Các hộ nuôi cá giãn mật độ`.
    noun = _noun_end(text, folded, start)
    behind = noun < word.start - 1
    if behind and (not _is_people(text, folded, start) or any(text[one.start].isupper() for one in cut[:index])):
        return True
    if behind and _is_act(text, folded, cut[index + 1]):
        return True
    return not _does_more(text, folded, start, cut, index)


def _noun_end(text: str, folded: str, start: int) -> int:
    """Where the noun ends that a name begins with, behind `các`."""
    plural = words("bodies", "plural").at(text, folded, start)
    begin = start if plural is None else plural + 1
    first = words_between(text, begin, min(len(text), begin + _LONGEST_NOUN))
    return first[0].end if first else begin


def _is_people(text: str, folded: str, start: int) -> bool:
    """Whether the name that begins here is one of people, or of what people run: `hộ`, `cơ sở`, `giáo viên`."""
    plural = words("bodies", "plural").at(text, folded, start)
    begin = start if plural is None else plural + 1
    end = words("bodies", "people").at(text, folded, begin)
    return end is not None and end >= _noun_end(text, folded, start)


def _is_act(text: str, folded: str, word: Segment) -> bool:
    """Whether a word is a verb, and no part of a name by the lists."""
    if all_words("bodies", "name_words", "persons", "stative", "relative").at(text, folded, word.start) is not None:
        return False
    duty = words("verbs", "duty").at(text, folded, word.start)
    if duty is not None and duty >= word.end:
        return False
    return classes_of(word.key)[:1] == VERB and not has_lost_marks(text, folded, word.start, word.end)


def tells_which(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb tells which people are meant: `hộ` that `nuôi`, `cá nhân` who `được giao`; another verb follows."""
    if not _is_people(text, folded, start) or is_behind(folded, cut[index].start, ","):
        return False
    chosen = _CHOSEN.match(folded, cut[index].start) is not None
    return (chosen or _is_act(text, folded, cut[index])) and _does_more(text, folded, start, cut, index + chosen)


def _is_trade(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb behind `Kiểm soát`, `Cứu hộ` is a part of what the body is for: another verb follows at once."""
    before, word = cut[index - 1], cut[index]
    if before.syllables != 2 or word.syllables != 2 or not classes_of(before.key).startswith(VERB):
        return False
    return _verb_at(text, folded, cut, index + 1)


def _verb_at(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether there is a verb, of duty or another, at a word of the run."""
    if index >= len(cut) or not text[cut[index].start].islower():
        return False
    end = words("verbs", "duty").at(text, folded, cut[index].start)
    return (end is not None and end >= cut[index].end) or _is_act(text, folded, cut[index])


def _does_more(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether another verb follows in the clause of one that may tell whom a common name means."""
    for place in range(index + 1, min(index + _LONGEST_TELLING, len(cut))):
        if not text[cut[place - 1].end : cut[place].start].isspace():
            return False
        if text[cut[place].start].islower() and (
            _is_act(text, folded, cut[place]) or is_duty(text, folded, start, cut, place)
        ):
            return True
    return False


def _is_phrase(text: str, folded: str, word: Segment) -> bool:
    """Whether a word is a verb with its object, which lists of words hold as one: `mở cửa`, `lập danh sách`."""
    return words("verbs", "with_object").at(text, folded, word.start) is not None


def _verb_follows(text: str, folded: str, end: int) -> bool:
    """Whether another verb stands right behind: the one before it is what the body is for (`Tổ kiểm tra lập …`)."""
    return folded[end : end + 1] == " " and words("verbs", "handing").at(text, folded, end + 1) is not None
