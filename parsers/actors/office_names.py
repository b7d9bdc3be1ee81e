"""Names of bodies in a sentence: where one begins, where it ends, and how a list of them falls apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from parsers.actors.lexicon import all_words, grammar, spelled, words
from vietnamese.fold import fold
from vietnamese.words.segments import Segment, segments

_UNIT = re.compile(r"(?:\s|^)(?:kV|km|ha|KV|MW)\b")
"""A measure behind a number in a name: `Đội Quản lý vận hành 110 kV`."""
_WORD_START = re.compile(r"(?<!\w)\w")
_STOP = re.compile(r"[;:()\[\]\n]|\.(?!\w)")
_PAUSE = re.compile(r",\s*")
_CODE = re.compile(r"\([A-ZĐ][A-ZĐ0-9&.-]{1,9}\)")
"""A short form in brackets behind a name (`(PC06)`), which does not end it."""
_REMARK = re.compile(r"\([^()]{2,80}\),? (?=\w)")
_COUNTED = re.compile(r"\b(?:cac|nhung)(?: \w+){1,2}$")
"""What stands before a colon that tells which ones are meant: `Giám đốc các Sở: …`."""
_GOES_ON = re.compile(r"(?:thanh, thi\b|thi, thanh\b|nhat la|dac biet la|truc tiep la|ke ca|bao gom ca|cac|va)\b")
_INNER_COMMA = re.compile(
    r"\b(?:phong|tham muu|tham muu chi dao|van hoa|boi thuong|ong), (?:ho tro|chong|ngua|giup viec|the thao|ba)\b"
)
_IN_CHARGE = re.compile(
    r"phu trach(?:,? (?:truc tiep )?(?:chi dao|theo doi|don doc|dieu hanh)| noi dung \d| chung(?=[,.;]|$))\b"
)
"""`đồng chí A phụ trách, chỉ đạo …`: elsewhere the word belongs to a name."""
_EACH = re.compile(r"(?:moi|tung) (?:don vi|co quan|dia phuong|nganh|xa|huyen|noi|to chuc)$")
"""Behind the names, that each of them is meant: `Sở Y tế, Sở Công Thương, mỗi đơn vị thành lập …`."""
_WHERE = re.compile(r" (?:tren dia ban|trong toan|thuoc dia ban|trong)(?: [a-z]+){0,3} $")
"""Where those are whom a name means: words of every name."""
_WHICHEVER = re.compile(
    r"(?:don vi|co quan|dia phuong|xa|huyen|truong|ho|ca nhan|to chuc|nguoi|noi)(?: nao| \w+ nao)\b"
)
"""A condition and nobody named: `địa phương nào không gửi báo cáo thì …`."""
_LONGEST_RELATIVE = 12
_LONGEST_TAIL = 3
_LONGEST_PAIR = 12
"""Characters before a verb in which the noun stands that it is a half of (`giáo dục thường xuyên`)."""
_LONGEST_NAME = 25
"""In words: a longer one has run on behind a verb that the table does not know; a list behind a colon may be long."""
_TAIL = re.compile(r"[\s,;:.\-–]*(?:\b(?:va|cung|cung voi|hoac|de|dong thoi)\b[\s,;:]*)*$")
_KINDS = re.compile(r"[A-ZÀ-ỸĐ][^,.;:]{1,60}(?:, | và )[A-ZÀ-ỸĐ]")
"""Kinds in a row, each with a capital: `Nội vụ, Tài chính`."""
_SEPARATOR = re.compile(r"\s*[,;:]\s*(?:va\s+)?|\s+va\s+|\s+cung\s+")


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
    return bare and words("bodies", "common").at(text, folded, start) is not None


def _counted(text: str, folded: str, end: int) -> bool:
    """Whether a noun for a body follows các, mọi, …"""
    start = end + 1
    if start >= len(text) or grammar("not_body").match(folded, start):
        return False
    return all_words("bodies", "common", "persons", "proper").at(text, folded, start) is not None


class Ending(Enum):
    """What stands behind a name."""

    VERB = "a verb of duty"
    OTHER = "a word that belongs to no name"
    STOP = "a stop, a colon, the end"


def name_end(text: str, folded: str, start: int, *, strict: bool = False, subject: bool = True) -> tuple[int, Ending]:
    """Where the name (or list of names) from `start` ends, and what follows it.

    A name ends before a verb of duty, and before any word in lower case that names do not hold; but a few such words
    may still belong to it where a verb follows at once (`các cơ sở nuôi trồng thủy sản đăng ký …`), unless `strict`.
    Of a `subject` nothing is said by `và` and a verb (`Phòng Xây dựng và kiểm tra văn bản chủ trì …`), but the sentence
    may go on so behind a receiver (`gửi Sở Tài chính và báo cáo …`).
    """
    stop = _furthest(text, folded, start)
    head = _head_end(text, folded, start)
    odd: int | None = None
    reached = head
    cut = _words(text, head, stop)
    for index, word in enumerate(cut):
        place = word.start
        if place < reached:
            continue
        joined = subject and folded.endswith(" va ", start, place)
        if text[place].islower() and not joined and _is_duty(text, folded, start, cut, index):
            if odd is not None and _is_relative(text, folded, odd, place):
                return _trim(folded, start, place), Ending.VERB
            if odd is not None and (strict or not _may_belong(text, folded, (start, head, odd, place))):
                break
            return _trim(folded, start, place), Ending.VERB
        if odd is None and not joined and _is_deed(text, folded, start, cut, index):
            return _trim(folded, start, place), Ending.VERB
        if odd is None and not _belongs(text, folded, cut, index):
            further = _resumed_at(text, folded, (start, place, stop))
            if further is not None:
                reached = further
                continue
            odd = place
        elif odd == head + 1 and text[place].isupper() and "," not in text[odd:place]:
            # `Công ty cổ phần Cấp nước`: words right behind the head lead on to the name proper.
            odd = None
        reached = _word_end(text, folded, word)
    if odd is None and _goes_on_behind_brackets(text, folded, start, stop):
        return _trim(folded, start, stop), Ending.VERB
    return (_trim(folded, start, stop), Ending.STOP) if odd is None else (_trim(folded, start, odd), Ending.OTHER)


@lru_cache(maxsize=256)
def _words(text: str, start: int, stop: int) -> tuple[Segment, ...]:
    """The words between two places of a text, none beginning outside: `Ban Công tác` holds no `ban công`."""
    return tuple(
        one._replace(start=one.start + start, end=one.end + start) for one in segments(text[start:stop])
    )


def _goes_on_behind_brackets(text: str, folded: str, start: int, stop: int) -> bool:
    """Whether the verb stands behind a remark in brackets: `Sở Nội vụ (cơ quan thường trực) tổng hợp …`."""
    remark = _REMARK.match(folded, stop)
    if remark is None or not text[remark.end()].islower():
        return False
    cut = _words(text, remark.end(), len(text))
    return bool(cut) and _is_duty(text, folded, start, cut, 0)


def _resumed_at(text: str, folded: str, places: tuple[int, int, int]) -> int | None:
    """Where a proper name goes on behind odd words: at its level (`Kiểm soát bệnh tật tỉnh`) or the next name."""
    start, odd, stop = places
    if not text[start].isupper() or words("bodies", "plural").at(text, folded, start) is not None:
        return None
    if _is_behind(folded, odd, ",") or _is_level(text, folded, start, odd):
        return None
    for match in list(_WORD_START.finditer(folded, odd + 1, stop))[:_LONGEST_TAIL]:
        place = match.start()
        if _is_behind(folded, place, ",;"):
            return place if body_at(text, folded, place) else None
        if words("verbs", "duty").at(text, folded, place) is not None:
            return None
        if words("bodies", "levels").at(text, folded, place) is not None:
            return place
    return None


def colon_end(text: str, folded: str, start: int) -> int:
    """Where the name from `start` ends if it runs to the next stop, whatever words it holds."""
    return _trim(folded, start, _furthest(text, folded, start))


def _is_relative(text: str, folded: str, odd: int, verb: int) -> bool:
    """Whether the words between tell which bodies are meant (`Các đơn vị chưa có hồ sơ lập kế hoạch`), no deed yet."""
    between = text[odd:verb]
    apart = 1 < len(between.split()) <= _LONGEST_RELATIVE and "," not in between
    first = [match.start() for match in _WORD_START.finditer(folded, odd, verb)][:_LONGEST_TAIL]
    return apart and any(words("bodies", "relative").at(text, folded, place) is not None for place in first)


def _may_belong(text: str, folded: str, places: tuple[int, int, int, int]) -> bool:
    """Whether odd words between a name and a verb are part of the name: few, no comma, fewer behind a proper name."""
    start, head, odd, verb = places
    between = text[odd:verb]
    if words("bodies", "stative").at(text, folded, odd) is not None and len(between.split()) <= 1:
        return False
    if words("verbs", "sure").at(text, folded, verb) is not None and len(between.split()) <= _LONGEST_RELATIVE:
        return "," not in between[:-1]
    if _is_level(text, folded, start, odd):
        return False
    proper = any(word[:1].isupper() for word in text[head:odd].split())
    where = _WHERE.search(folded, odd, verb)
    between = text[odd : where.start()] if where else between
    return len(between.split()) <= (2 if proper else 4) and not re.search(r"[,;]", between[:-1])


def _is_level(text: str, folded: str, start: int, odd: int) -> bool:
    """Whether the name before the odd words is whole: it ends with a level (`Công an xã`)."""
    return words("bodies", "levels").before(text, folded, odd) and odd > start


def _belongs(text: str, folded: str, cut: Sequence[Segment], index: int) -> bool:
    """Whether a word of a name's run may be part of it."""
    place = cut[index].start
    if not text[place].islower() or (index and _UNIT.match(text, place - 1) and text[place - 2].isdigit()):
        return True
    if _is_behind(folded, place, ","):
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


def _is_behind(folded: str, place: int, marks: str) -> bool:
    """Whether one of the marks stands before `place`, blanks aside."""
    return folded[max(0, place - 3) : place].rstrip()[-1:] in tuple(marks)


def _word_end(text: str, folded: str, word: Segment) -> int:
    """Where a word, or the known phrase that begins with it, ends."""
    place = word.start
    lists = ("name_words", "proper") if text[place].isupper() else ("name_words", "common", "persons")
    known = all_words("bodies", *lists).at(text, folded, place)
    verb = words("verbs", "duty").at(text, folded, place)
    if verb is not None and text[place].isupper() and spelled(text[place:verb]) not in words("verbs", "duty").spellings:
        # A name may fold like the first half of a verb: `xã Phước Dinh chỉ đạo` holds no `đình chỉ`.
        verb = None
    return max(known or 0, verb or 0, word.end)


def _furthest(text: str, folded: str, start: int) -> int:
    """Where the name from `start` must have ended: at a stop, or where a reason or condition begins."""
    stop = len(text)
    codes = {place for code in _CODE.finditer(text, start) for place in (code.start(), code.end() - 1)}
    for match in _STOP.finditer(folded, start + 1):
        if match.start() in codes:
            continue
        resumes = match.group() == ";" and _resumes(text, folded, match.end())
        # OCR reads a semicolon as a colon: another one follows the last name.
        resumes = resumes or (match.group() == ":" and _names_to_colon(text, folded, match.end() + 1))
        if not resumes and not (match.group() == ":" and _lists_kinds(text, folded, start, match.start())):
            stop = match.start()
            break
    return next((low for low, _ in words("verbs", "ends").find(text, folded, start + 1, stop)), stop)


def _lists_kinds(text: str, folded: str, start: int, colon: int) -> bool:
    """Whether the colon at `colon` only tells which ones are meant (`Các sở: Nội vụ, Tài chính`)."""
    after = colon + 2
    if _KINDS.match(text, after) is None:
        return False
    verb = all_words("verbs", "duty", "opening").at(text, folded, after)
    noun = verb is None or folded.startswith((" va ", ",", ";"), verb) or grammar("noun_after").match(folded, after)
    if not noun:
        # `UBND các xã: Báo cáo kết quả …, Phòng Kinh tế …`; but `Các Sở: Xây dựng, Thông tin và Truyền thông`.
        return False
    if _COUNTED.search(folded, start, colon):
        return True
    plural = words("bodies", "plural").at(text, folded, start)
    if plural is None or words("bodies", "common").at(text, folded, plural + 1) != colon:
        return False
    return all_words("verbs", "duty", "opening").at(text, folded, after) is None


def _head_end(text: str, folded: str, start: int) -> int:
    """Where the word that a name begins with ends (`Thường trực`), in which no verb is to be looked for."""
    found = (words("bodies", kind).at(text, folded, start) for kind in ("plural", "persons", "proper", "common"))
    return max((end for end in found if end is not None), default=start + 1)


def _names_to_colon(text: str, folded: str, start: int) -> bool:
    """Whether nothing but a name stands between here and the colon that ends the line."""
    rest = folded[start:].rstrip()
    if not rest.endswith(":") or rest.count(":") > 1 or not body_at(text, folded, start):
        return False
    return len(rest.split()) <= _LONGEST_RELATIVE and "," not in rest


def _resumes(text: str, folded: str, after: int) -> bool:
    """Whether a list goes on behind a semicolon."""
    start = after + 1
    return start < len(text) and body_at(text, folded, start, bare=True)


def _breaks_off(text: str, folded: str, position: int) -> bool:
    """Whether what stands at `position`, behind a comma, is neither a name nor a verb: the list is over."""
    if not _is_behind(folded, position, ","):
        return False
    if text[position].isupper() or _GOES_ON.match(folded, position):
        return False
    if _is_inner_comma(folded, folded.rindex(",", 0, position)):
        return False
    if body_at(text, folded, position, bare=True) or words("bodies", "name_words").at(text, folded, position):
        return False
    return words("verbs", "duty").at(text, folded, position) is None


def _is_inner_comma(folded: str, place: int) -> bool:
    """Whether the comma at `place` is part of a name (`Phòng, chống`, `các ông, bà`)."""
    found = _INNER_COMMA.finditer(folded, max(0, place - 20), place + 16)
    return any(match.start() < place < match.end() for match in found)


def _is_duty(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
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
    named = index > 0 and cut[index - 1].syllables > 1 and text[cut[index - 1].start].isupper()
    noun = not named and words("verbs", "noun_before").before(text, folded, position)
    if noun and not grammar("team").search(before):
        return False
    if grammar("noun_as_often").match(folded, position):
        if grammar("noun_before_often").search(before):
            return False
        if grammar("noun_before_verb").search(before) and _verb_follows(text, folded, end):
            return False
    return not (grammar("kept_after_named").match(folded, position) and grammar("named_for").search(before))


def _is_deed(text: str, folded: str, start: int, cut: Sequence[Segment], index: int) -> bool:
    """Whether a verb of some trade stands at a word behind the proper name of one body, and no other verb behind it."""
    word = cut[index]
    if not text[word.start].islower() or text[start].islower() or _is_behind(folded, word.start, ","):
        return False
    deeds = words("verbs", "deeds")
    end = deeds.at(text, folded, word.start)
    if end is None or words("bodies", "plural").at(text, folded, start) is not None:
        return False
    if spelled(text[word.start : end]) not in deeds.spellings or (end < word.end and " " not in text[word.start : end]):
        return False
    following = next((one for one in cut[index:] if one.start >= end), None)
    if index and text[cut[index - 1].start].isupper():
        return True
    return following is None or not _is_duty(text, folded, start, cut, cut.index(following))


def _is_phrase(text: str, folded: str, word: Segment) -> bool:
    """Whether a word is a verb with its object, which lists of words hold as one: `mở cửa`, `lập danh sách`."""
    return words("verbs", "with_object").at(text, folded, word.start) is not None


def _verb_follows(text: str, folded: str, end: int) -> bool:
    """Whether another verb stands right behind: the one before it is what the body is for (`Tổ kiểm tra lập …`)."""
    return folded[end : end + 1] == " " and words("verbs", "handing").at(text, folded, end + 1) is not None


def _trim(folded: str, start: int, end: int) -> int:
    tail = _TAIL.search(folded, start, end)
    return tail.start() if tail else end


def split_names(text: str, folded: str, start: int, end: int) -> list[str]:
    """The names of a list, as printed; cut only where each part begins like a name of its own."""
    text, folded = text[start:end], folded[start:end]
    if grammar("shared_levels").search(folded) and not _takes_objects(text, folded):
        return [text.strip()]
    cuts: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(folded):
        part = cuts[-1][1] if cuts else 0
        if not _is_inner_comma(folded, match.start()) and _parts(text, folded, part, match):
            cuts.append(match.span())
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    names = [text[low:high].strip(" ,;") for low, high in zip(edges[::2], edges[1::2], strict=True) if high > low]
    names[1:] = [name for name in names[1:] if not _EACH.match(fold(name))]
    return [name for name in names if len(name.split()) <= _LONGEST_NAME * (3 if ":" in name else 1)]


def _takes_objects(text: str, folded: str) -> bool:
    """Whether a name goes on with what its bearer is in charge of; `Cục Quản lý thị trường` does not."""
    return any(text[match.start()].islower() for match in grammar("takes_objects").finditer(folded))


def _parts(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether the list that began at `part` is cut at this separator."""
    after, before = separator.end(), folded[part : separator.start()]
    if ";" not in separator.group() and _which_open(text, folded, part, separator):
        return False
    hard = ";" in separator.group() or ":" in separator.group()
    if after >= len(text) or not body_at(text, folded, after, bare=hard):
        return False
    if "va" in separator.group().split() and grammar("one_office").search(before):
        return False
    person = words("bodies", "persons").at(text, folded, after) is not None
    if person and separator.group().strip() == "," and _is_office_of(text, folded, part, separator):
        return False
    counted = words("bodies", "plural").at(text, folded, after)
    if counted is not None and counted + 1 < len(text):
        person = words("bodies", "persons").at(text, folded, counted + 1) is not None
    if _takes_objects(text[part : separator.start()], before):
        return person
    if counted is None or hard or person:
        return not (text[after].islower() and not person and not hard)
    return not _shares(text, folded, part, separator)


_ONE_PERSON = re.compile(r"(?:[Đđ]ồng chí|đ/c|Đ/c|[Ôô]ng|[Bb]à)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){2,5}$")


def _is_office_of(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether what stands behind a comma is the office of the person before it: `đồng chí A, Phó Chủ tịch UBND xã`."""
    if not _ONE_PERSON.match(text[part : separator.start()].strip()):
        return False
    return not folded.startswith(("dong chi", "d/c", "ong ", "ba "), separator.end())


def _which_open(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether the separator stands in a list of which ones are meant (`Bộ trưởng các Bộ: Quốc phòng, Công an`)."""
    colon = folded.find(":", part, separator.start() + 2)
    return colon >= 0 and _COUNTED.search(folded, part, colon) is not None and _KINDS.match(text, colon + 2) is not None


def _shares(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether a generic name before `các …` shares its các, or its owner, with what follows."""
    before, after = folded[part : separator.start()], folded[separator.end() :]
    last = before.rsplit(",", 1)
    if len(last) == 2 and words("bodies", "common").at(last[1].strip(), last[1].strip(), 0) is not None:
        return words("bodies", "plural").at(text, folded, part) is not None
    generic = words("bodies", "plural").at(text, folded, part) is not None
    return generic and "va" in separator.group().split() and bool(grammar("shared_owner").search(after))
