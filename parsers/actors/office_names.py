"""Names of bodies in a sentence: where one ends, behind its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import dropwhile, takewhile

from parsers.actors.lexicon import all_words, grammar, words
from parsers.actors.name_heads import body_at, person_end
from parsers.actors.name_verbs import is_deed, is_duty, tells_which
from parsers.actors.name_words import begins_name, belongs, word_end
from parsers.actors.run import Run, is_behind
from vietnamese.words.segments import WordRun

_WORD_START = re.compile(r"(?<!\w)\w")
_STOP = re.compile(r"[;:()\[\]\n]|\.(?!\w)")
_CODE = re.compile(r"\([A-ZĐ][A-ZĐ0-9&.-]{1,9}\)")
"""A short form in brackets behind a name (`(PC06)`), which does not end it."""
_REMARK = re.compile(r"\([^()]{2,80}\),? (?=\w)")
COUNTED = re.compile(r"\b(?:cac|nhung)(?: \w+){1,2}$")
"""What stands before a colon that tells which ones are meant: `Giám đốc các Sở: …`."""
_WHERE = re.compile(r" (?:tren dia ban|trong toan|thuoc dia ban|trong)(?: [a-z]+){0,3} $")
"""Where those are whom a name means: words of every name."""
_LONGEST_RUN = 2000
"""Characters in which a list of names has ended: a paragraph without a stop is not cut into words over and over."""
_LEADING = ("E", "L", "R")
"""Classes of words behind which no name goes on: prepositions, determiners, adverbs."""
_LONGEST_RELATIVE = 12
_LONGEST_TAIL = 3
_LONGEST_TRADE = 2
_TAIL = re.compile(r"[\s,;:.\-–]*(?:\b(?:va|cung|cung voi|hoac|de|dong thoi)\b[\s,;:]*)*$")
KINDS = re.compile(r"[A-ZÀ-ỸĐ][^,.;:]{1,60}(?:, | và )[A-ZÀ-ỸĐ]")
"""Kinds in a row, each with a capital: `Nội vụ, Tài chính`."""


class Ending(Enum):
    """What stands behind a name."""

    VERB = "a verb of duty"
    OTHER = "a word that belongs to no name"
    STOP = "a stop, a colon, the end"


@lru_cache(maxsize=512)
def name_end(text: str, folded: str, start: int, *, strict: bool = False, subject: bool = True) -> tuple[int, Ending]:
    """Where the name (or list of names) from `start` ends, and what follows it.

    A name ends before a verb of duty, and before any word in lower case that names do not hold; but a few such words
    may still belong to it where a verb follows at once (`các cơ sở nuôi trồng thủy sản đăng ký …`), unless `strict`.
    Of a `subject` nothing is said by `và` and a verb (`Phòng Xây dựng và kiểm tra văn bản chủ trì …`), but the sentence
    may go on so behind a receiver (`gửi Sở Tài chính và báo cáo …`).
    """
    near = _nearest(text, folded, start)
    found = _end_before(text, folded, (start, near), strict=strict, subject=subject)
    if found[1] is Ending.VERB:
        return found
    stop = _furthest(text, folded, start)
    return found if stop == near else _end_before(text, folded, (start, stop), strict=strict, subject=subject)


def _end_before(text: str, folded: str, span: tuple[int, int], *, strict: bool, subject: bool) -> tuple[int, Ending]:
    """Where the name ends that begins a span, and what follows it there."""
    start, stop = span
    head = _head_end(text, folded, start)
    run = Run(text, folded, start, WordRun(text, head, stop))
    odd: int | None = None
    reached = head
    for index, word in enumerate(run.cut):
        place = word.start
        if place < reached:
            continue
        run.start = place if begins_name(run, index) else run.start
        joined = subject and folded.endswith(" va ", start, place)
        if not joined and run.is_lower(index) and is_duty(run, index):
            if odd is not None and not _reaches(text, folded, (start, head, odd, place), strict):
                break
            return _trim(folded, start, place), Ending.VERB
        if not joined and (odd is None or _only_compounds(run, odd, place)) and is_deed(run, index):
            return _trim(folded, start, place), Ending.VERB
        if odd is None and not belongs(run, index) and not tells_which(run, index):
            further = None if run.class_of(index) in _LEADING else _resumed_at(text, folded, (start, place, stop))
            odd = place if further is None else None
            reached = further or word_end(run, index)
            continue
        if odd is not None and _is_past(text, (head, odd, place)):
            break
        if odd == head + 1 and run.is_capital(index) and "," not in text[odd:place]:
            # `Công ty cổ phần Cấp nước`: words right behind the head lead on to the name proper.
            odd = None
        reached = word_end(run, index)
    if odd is None and _goes_on_behind_brackets(text, folded, start, stop):
        return _trim(folded, start, stop), Ending.VERB
    return (_trim(folded, start, stop), Ending.STOP) if odd is None else (_trim(folded, start, odd), Ending.OTHER)


def _is_past(text: str, places: tuple[int, int, int]) -> bool:
    """Whether so many odd words stand before a place that nothing behind it belongs to the name."""
    head, odd, place = places
    far = place - odd > _LONGEST_RELATIVE and len(text[odd:place].split()) > _LONGEST_RELATIVE
    return far and (odd != head + 1 or "," in text[odd:place])


def _only_compounds(run: Run, odd: int, place: int) -> bool:
    """Whether the odd words before a verb are one or two of several syllables: a trade (`Khoa Chẩn đoán hình ảnh`)."""
    behind = dropwhile(lambda one: one.start < odd, run.cut)
    between = list(takewhile(lambda one: one.start < place, behind))
    return len(between) <= _LONGEST_TRADE and all(one.syllables > 1 for one in between)


def _reaches(text: str, folded: str, places: tuple[int, int, int, int], strict: bool) -> bool:
    """Whether a name goes on through odd words to the verb behind them."""
    _, _, odd, verb = places
    return _is_relative(text, folded, odd, verb) or not (strict or not _may_belong(text, folded, places))


def _goes_on_behind_brackets(text: str, folded: str, start: int, stop: int) -> bool:
    """Whether the verb stands behind a remark in brackets: `Sở Nội vụ (cơ quan thường trực) tổng hợp …`."""
    remark = _REMARK.match(folded, stop)
    if remark is None or not text[remark.end()].islower():
        return False
    run = Run(text, folded, start, WordRun(text, remark.end(), remark.end() + _LONGEST_RUN))
    return run.cut.has(0) and is_duty(run, 0)


def _resumed_at(text: str, folded: str, places: tuple[int, int, int]) -> int | None:
    """Where a proper name goes on behind odd words: at its level (`Kiểm soát bệnh tật tỉnh`) or the next name."""
    start, odd, stop = places
    if not text[start].isupper() or words("bodies", "plural").at(text, folded, start) is not None:
        return None
    if is_behind(folded, odd, ",") or _is_level(text, folded, start, odd):
        return None
    for match in list(_WORD_START.finditer(folded, odd + 1, stop))[:_LONGEST_TAIL]:
        place = match.start()
        if is_behind(folded, place, ",;"):
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


def _nearest(text: str, folded: str, start: int) -> int:
    """Where the name from `start` may end at first: at the first stop, whether or not a list goes on behind it."""
    return _before_reason(text, folded, start, next(_stops(text, folded, start), _run_end(text, start)))


def _furthest(text: str, folded: str, start: int) -> int:
    """Where the name from `start` must have ended: at a stop, or where a reason or condition begins."""
    ends = (stop for stop in _stops(text, folded, start) if not _goes_on(text, folded, start, stop))
    return _before_reason(text, folded, start, next(ends, _run_end(text, start)))


def _run_end(text: str, start: int) -> int:
    return min(len(text), start + _LONGEST_RUN)


def _stops(text: str, folded: str, start: int) -> Iterator[int]:
    """The stops behind `start`, but for those around a short form in brackets."""
    code = None
    for match in _STOP.finditer(folded, start + 1, _run_end(text, start)):
        place = match.start()
        if match[0] == "(":
            code = _CODE.match(text, place, _run_end(text, start))
        if code is None or place not in (code.start(), code.end() - 1):
            yield place


def _goes_on(text: str, folded: str, start: int, stop: int) -> bool:
    """Whether a list of names goes on behind a stop."""
    if folded[stop] == ";":
        return _resumes(text, folded, stop + 1)
    # OCR reads a semicolon as a colon: another one follows the last name.
    names = folded[stop] == ":" and _names_to_colon(text, folded, stop + 2)
    return names or (folded[stop] == ":" and _lists_kinds(text, folded, start, stop))


def _before_reason(text: str, folded: str, start: int, stop: int) -> int:
    """Where a reason or condition begins before a stop, else the stop."""
    return next((low for low, _ in words("verbs", "ends").find(text, folded, start + 1, stop)), stop)


def _lists_kinds(text: str, folded: str, start: int, colon: int) -> bool:
    """Whether the colon at `colon` only tells which ones are meant (`Các sở: Nội vụ, Tài chính`)."""
    after = colon + 2
    if KINDS.match(text, after) is None:
        return False
    verb = all_words("verbs", "duty", "opening").at(text, folded, after)
    noun = verb is None or folded.startswith((" va ", ",", ";"), verb) or grammar("noun_after").match(folded, after)
    if not noun:
        # `UBND các xã: Báo cáo kết quả …, Phòng Kinh tế …`; but `Các Sở: Xây dựng, Thông tin và Truyền thông`.
        return False
    if COUNTED.search(folded, start, colon):
        return True
    plural = words("bodies", "plural").at(text, folded, start)
    if plural is None or words("bodies", "common").at(text, folded, plural + 1) != colon:
        return False
    return all_words("verbs", "duty", "opening").at(text, folded, after) is None


def _head_end(text: str, folded: str, start: int) -> int:
    """Where the word that a name begins with ends (`Thường trực`), in which no verb is to be looked for."""
    found = [words("bodies", kind).at(text, folded, start) for kind in ("plural", "persons", "proper", "common")]
    found.append(person_end(text, start))
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


def _trim(folded: str, start: int, end: int) -> int:
    tail = _TAIL.search(folded, start, end)
    return tail.start() if tail else end
