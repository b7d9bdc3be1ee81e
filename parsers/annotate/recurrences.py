"""Recurrences as they are written: `hằng tháng, quý`, `mỗi năm hai lần`, `02 lần/tuần`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.annotate.lengths import Every, Recurrences
from parsers.annotate.mention import Mention
from parsers.record.passage import Passage
from vietnamese.numerals import read_words

_UNITS = "ngay|tuan|thang|quy|nam|nua nam|6 thang|06 thang|sau thang|9 thang|09 thang|mot nam|0?1 nam"
_EVERY = re.compile(
    rf"\b(?:(?P<regular>dinh ky\s+)(?=(?:{_UNITS})\b)|(?:hang|moi)\s+)(?:(?:{_UNITS})\b)"
    rf"(?:\s*(?:,|va|hoac|hay|/)\s*(?:hang\s+|dinh ky\s+|ca\s+)?(?:{_UNITS})\b(?!\s+\d))*"
    r"|\b(?:cac|tat ca cac) (?P<days>ngay) (?:trong tuan|lam viec)\b"
)
_EVERY_NIGHT = re.compile(r"\b(?:moi|hang) (?:buoi )?(?:sang|chieu|toi|dem)\b(?=,? (?:luc|vao luc|tu|truoc) \d)")
"""`mỗi tối lúc 21 giờ`; without an hour it says how something is done."""
_REPORT = re.compile(
    r"(?:(?<=bao cao )|(?<=\), )|(?<=\); )|(?<=\) va ))(?:tuan|thang|quy|nam(?= \())"
    r"(?=\s*(?:(?:gui |nop )?(?:\(|truoc\b|cham nhat\b)|(?:gui |nop )?(?:vao )?(?:ngay \d|thu \w|chieu thu|sang thu)))"
)
"""`báo cáo tháng trước ngày 20`: the report of every month; so in `báo cáo tuần (thứ 5), tháng (ngày 20)`."""
_TIMES = re.compile(
    r"(?:it nhat )?(?:0?(?P<times>\d)|mot|hai) (?:lan|buoi|ky|dot|phien|so)\s?/\s?(?P<unit>ngay|tuan|thang|quy|nam)\b"
    r"|(?:cu )?(?:(?P<count>\d{1,2})|mot|hai|ba|bon|nam|sau) (?P<each>gio|tieng|ngay|tuan|thang|quy|nam)"
    r"(?:/ ?0?1? ?| (?:mot|0?1) )(?:lan|ky|phien|buoi|so)\b"
)


def find_everys(passage: Passage) -> Iterator[Mention]:
    for match in _EVERY.finditer(passage.folded):
        if "quỹ" in passage.text[match.start() : match.end()].lower():
            continue
        start = match.end("regular") if match["regular"] else match.start()
        values = tuple(_every(unit) for unit in _units(match["days"] or match.group()))
        yield Mention(
            "every_year" if values[0].unit == "nam" else "every_short", start, match.end(), Recurrences(values)
        )
    for match in _EVERY_NIGHT.finditer(passage.folded):
        yield Mention("every_short", *match.span(), Recurrences((Every(1, "ngay"),)))
    for match in _REPORT.finditer(passage.folded):
        value = _every(match.group())
        kind = "every_year" if value.unit == "nam" else "every_short"
        yield Mention(kind, match.start(), match.end(), Recurrences((value,)))
    for match in _TIMES.finditer(passage.folded):
        yield Mention("times", match.start(), match.end(), Recurrences((_times(match),)))


_OFTEN = re.compile(
    r"\b(?:(?:it nhat|toi thieu) )?(?:moi|hang) (?P<unit>ngay|tuan|thang|quy|nam),? "
    r"(?:it nhat |toi thieu |khong qua |toi da )?(?P<times>0?\d|mot|hai|ba|bon) (?:\(\w+\) )?"
    r"(?:lan|luot|ky|buoi|phien|so)\b"
    r"|(?:it nhat |toi thieu )?(?P<count>0?\d|mot|hai|ba|bon) (?:\(\w+\) )?lan (?:trong )?"
    r"moi (?P<each>ngay|tuan|thang|quy|nam)\b"
    r"|\bmoi (?P<half>nua nam|sau thang|6 thang|06 thang) (?:mot|01|1) lan\b"
    r"|(?<!\d )(?<!mot )(?<!hai )(?<!ba )(?<!bon )(?<!sau )\b(?P<every>tuan|thang|quy) "
    r"(?P<often>0?\d|mot|hai|ba) (?:lan|buoi|ky)\b"
)


_OFTEN_WORDS = ("moi ", "hang ", " lan", " buoi", " ky")


def find_often(passage: Passage) -> Iterator[Mention]:
    for match in _OFTEN.finditer(passage.folded) if any(word in passage.folded for word in _OFTEN_WORDS) else ():
        if "quỹ" in match[0]:
            continue
        if match["half"]:
            value = Every(6, "thang")
        else:
            word = match["times"] or match["count"] or match["often"]
            times = int(word) if word.isdigit() else int(read_words(word) or 1)
            value = _often_every(match["unit"] or match["each"] or match["every"], times)
        yield Mention("times", match.start(), match.end(), Recurrences((value,)))


def _often_every(unit: str, times: int) -> Every:
    """Twice a year is every six months; what does not divide is every unit once."""
    one = _every(unit)
    months = {"thang": one.count, "nam": 12}.get(one.unit, 0)
    return Every(months // times, "thang") if times > 1 and months and months % times == 0 else one


_HOURS = ("gio", "tieng")


def _units(text: str) -> list[str]:
    return re.findall(r"nua nam|(?:0?[69]|sau) thang|ngay|tuan|thang|quy|nam", text)


def _every(unit: str) -> Every:
    if unit in ("nua nam", "sau thang"):
        return Every(6, "thang")
    if unit in _HOURS:
        return Every(1, "h")
    count, _, name = unit.rpartition(" ")
    return Every(3, "thang") if name == "quy" else Every(int(count) if count else 1, name)


def _times(match: re.Match[str]) -> Every:
    """`02 lần/năm` is every six months; `6 tháng một lần` every six months; what does not divide is every unit once."""
    if match["each"]:
        one = _every(match["each"])
        words = match.group().removeprefix("cu ").split()[0]
        return Every(one.count * int(match["count"] or read_words(words) or 1), one.unit)
    return _often_every(match["unit"], int(match["times"]) if match["times"] else 2 if "hai" in match.group() else 1)
