"""The patterns of reported figures, built from `claim_words.toml`; all are searched in folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from vietnamese.figures import has_figure

NUMBER = r"\d+(?:[.,]\d+)*"
"""A printed figure, separators included."""

WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
"""A whole number, thousands grouped with points."""

PERCENT = re.compile(rf"(?<![\d.,/])({NUMBER})\s?%")
_PART = rf"(?:(?:\d{{1,3}}(?:\.\d{{3}})+|\d+),\d{{1,3}}(?!\d)|{WHOLE})"
EQUATION = re.compile(rf"(?<![\d/.,])({_PART})\s?/\s?({_PART})(?:\s[a-z]+){{0,3}}?\s*=\s*({NUMBER})\s?%")
"""`17/12 = 141,67%`, `12,5/15 tỷ đồng = 83,3%`."""

OUT_OF = re.compile(
    rf"(?<![\d/.,~])({_PART})\s([a-z]+)(?:,?\s[a-z]+){{0,6}}?\s"
    rf"(?:(?:tren|trong)\s(?:tong so|tong)\s({_PART})|tren\s({_PART}))\s[a-z]"
)
"""`1.102 hồ sơ trên tổng số 1.245 hồ sơ`, `35 hộ trên 48 hộ`."""

NAMED_FRACTION = re.compile(
    rf"(?<![\d/.,~])({_PART})\s?([a-z]+)(?:\s[a-z]+){{0,2}}(?:\s*\([^()%]{{1,80}}\))?\s?/\s?({_PART})\s?\2(?![a-z])"
)
"""`12,5 tỷ đồng/15 tỷ đồng`, `176 đơn (160 khiếu nại)/221 đơn`: part and whole each with the thing that is counted."""

FRACTION = re.compile(rf"(?<![\d/.,~])({_PART})\s?/\s?({_PART})(?![\d/]|[.,]\d)")
MEASURED = re.compile(r"\s+(?:ty|trieu|nghin|ngan|dong|ha|km|m2|m3|tan|ta|kg|met)(?![a-z])")
"""Behind a fraction: how much of a sum or of a stretch (`12,5/15 tỷ đồng`)."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("claim_words.toml").read_text(encoding="utf-8")
    )
    return table


def words(section: str, name: str = "words") -> list[str]:
    """One list of the table."""
    return _table()[section][name]


def either(choices: Iterable[str]) -> str:
    """A pattern of these words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True)) + ")"


@cache
def _mask() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z0-9]){pattern}" for pattern in words("mask", "patterns")))


def masked(folded: str) -> str:
    """Folded text in which numbers that report nothing (dates, periods, document numbers) are written `~`.

    >>> masked("ngay 10/11/2009 ket nap 17 dang vien theo nghi quyet so 28-nq/tu")
    'ngay ~~/~~/~~~~ ket nap 17 dang vien theo nghi quyet so ~~-nq/tu'
    """
    return _mask().sub(lambda match: re.sub(r"\d", "~", match[0]), folded) if has_figure(folded) else folded


@cache
def body_count() -> re.Pattern[str]:
    """`10 đảng bộ có …`, `03 chi bộ còn …`: bodies counted with what they did or lack."""
    did = r"(?:co(?! so| quan| cau| ban)|con|chua|da|dat|hoan thanh|vuot|khong|no(?! luc))(?![a-z])"
    return re.compile(
        rf"(?<![\w/.,~-])(?<!tu )({WHOLE})\s+{either(words('counted', 'bodies'))}(?:\s+[a-z-]+){{0,3}}?\s+{did}"
    )


@cache
def limited_count() -> re.Pattern[str]:
    """`06 xã giải ngân dưới 30%`: bodies counted by the limit that they are under."""
    return re.compile(
        rf"(?<![\w/.,~-])(?<!tu )({WHOLE})\s+{either(words('counted', 'bodies'))}(?:\s+[a-z]+){{1,6}}?\s+"
        r"(?:duoi|chua dat|khong dat|chua den)\s+\d+(?:[.,]\d+)?\s?%"
    )


@cache
def part_count() -> re.Pattern[str]:
    """What must follow `9/40` for it to be a count: a body or a person."""
    bodies = either([*words("counted", "bodies"), *words("counted", "parts")])
    return re.compile(rf"\s+(?:[a-z]+\s+)?{bodies}(?![a-z])")


SMALL_LIMIT = re.compile(
    rf"\s*[^;:%]{{0,80}}?(?:duoi|tren|tu|chua dat|khong dat|vuot)\s+{NUMBER}(?:\s?[-–]\s?{NUMBER})?\s?%"
    r"(?:(?:\s+(?:chi tieu|ke hoach|du toan|muc tieu)(?:\s[a-z]+){0,2}?)?\s+tro len)?"
)
"""Behind bodies that are counted, the limit that they are over or under."""


@cache
def listed_count() -> re.Pattern[str]:
    """`6 nhiệm vụ, giải pháp`, `02 Hướng dẫn`, `05 tập thể`."""
    things = either(words("counted", "listed"))
    return re.compile(rf"(?<![\w/.,~-])({WHOLE})\s+{things}(?:,?\s+{things})*(?![a-z])")


@cache
def announced_list() -> re.Pattern[str]:
    """Behind a number in words: things or bodies whose list a colon opens: `giải pháp sau:`, `đơn vị chưa gửi:`."""
    things = either([*words("counted", "listed"), *words("counted", "bodies")])
    return re.compile(rf"({things}(?![a-z])[a-z, ]{{0,60}}?)\s?(?:(?:sau day|sau|nhu sau|do la|gom|la)\s?)?:")


@cache
def gained_count() -> re.Pattern[str]:
    """`kết nạp 10 đồng chí`, behind the name of a unit."""
    verbs, things = either(words("counted", "verbs")), either(words("counted", "gained"))
    return re.compile(rf"(?<![a-z]){verbs}\s+({WHOLE})\s+{things}(?![a-z])")


@cache
def whole_count() -> re.Pattern[str]:
    """`trong số 53 đảng viên`, `Tổng cộng: 220 đảng viên`, `Tổng số phụ nữ đẻ trong tháng là 2.596 người`."""
    named = r"(?:[a-z ]{2,60}?\s(?:la|:|dat|co)\s*)?"
    among = r"(?!trong (?:so|tong so)\s[a-z ]{2,60}?\sco\s*\d)"  # `trong số đảng viên mới có 54 nữ` tells a part
    return re.compile(rf"(?<![a-z]){among}{either(words('whole'))}\s*(?::|la)?\s*{named}({NUMBER})\s+[a-z]{{2,}}")


@cache
def whole_behind() -> re.Pattern[str]:
    """Behind a percentage what it is of: `so với chỉ tiêu giao là 6.000 đoàn viên`, `kế hoạch (kế hoạch 200 người)`."""
    plans = either(words("whole", "plans"))
    return re.compile(
        rf"\s*\)?\s*\(?(?:so voi\s+|cua\s+)?[a-z~ ]{{0,30}}?(?<![a-z]){plans}(?![a-z])[a-z~/ ]{{0,40}}?"
        rf"(?:\s*\(\s*(?:[a-z~ ]{{0,30}}?(?:\s|:\s*))?|\s?(?:la|giao|:)\s*|\s(?={NUMBER}\s*[a-z ]*\)))"
        rf"({NUMBER})\s*(?:([a-z]+)|(?=\)))"
    )


@cache
def plan_before() -> re.Pattern[str]:
    """A plan with its number: `tổng kế hoạch vốn năm 2023 là 120 tỷ đồng`, no word of doing between."""
    plans, done = either(words("whole", "set")), either(words("whole", "done"))
    return re.compile(rf"(?<![a-z]){plans}(?![a-z])(?:(?!{done}(?![a-z]))[a-z~/: ]){{0,60}}?\s({NUMBER})\s*([a-z]+)")


@cache
def plan_in_brackets() -> re.Pattern[str]:
    """A plan put beside what was done: `45 đảng viên (chỉ tiêu giao 40 đảng viên), vượt …`."""
    plans = either(words("whole", "set"))
    beside = rf"{plans}(?![a-z])[a-z~ ]{{0,30}}?\(\s*"
    inside = rf"\(\s*(?:[a-z~ ]{{0,20}}?\s)?{plans}(?![a-z])[a-z~:/ ]{{0,40}}?"
    return re.compile(rf"(?:(?<![a-z]){beside}|{inside})({NUMBER})")


@cache
def changed_count() -> re.Pattern[str]:
    """`208 vụ, so với tháng trước tăng 31 vụ (+17,5%)`: the number that there is now, before its change."""
    return re.compile(
        rf"(?<![\w/.,~-])({WHOLE})\s+([a-z]+)(?![a-z])(?:[^.:\d%()]{{0,50}}?(?:{WHOLE})\s(?!\2(?![a-z]))[a-z]+){{0,3}}?"
        rf"[^.:\d%()]{{0,90}}?(?<![a-z])(?:tang|giam)(?! cuong)"
        rf"(?:\s[a-z]+){{0,2}}?\s+(?:{WHOLE})\s+\2(?![a-z])[^.;:\d%()]{{0,40}}?"
        rf"(?:\([^()\d]{{0,30}}|,\s?(?:tuc |tuong duong |tuong ung |bang )?(?:tang|giam)\s){NUMBER}\s?%"
    )


@cache
def stock() -> re.Pattern[str]:
    """`toàn huyện có 115 trường, 1.118 lớp, 36.745 học sinh`: the whole run, up to the last number's noun."""
    owner, limit = either(words("counted", "owners")), either(words("counted", "limits"))
    item = rf"(?:{WHOLE})\s+(?!{limit}(?![a-z]))[a-z]{{2,}}(?:\s+[a-z]+){{0,4}}?"
    return re.compile(rf"(?<![a-z]){owner}\s+(?:hien\s+|hien nay\s+)?co\s+{item}(?:(?:,| va)\s+{item})*(?=[,;.(]|\s*$)")


@cache
def told_of_all() -> re.Pattern[str]:
    """`toàn huyện thu được 1.745 triệu đồng`: one amount told of all units."""
    owner = either(words("counted", "owners")[:-2])
    done = (
        r"(?:thu|chi|giai ngan|thuc hien|dat|trong|kham|cap|ho tro|huy dong|nop|quyen gop|ung ho|tiep nhan|giai quyet)"
    )
    return re.compile(
        rf"(?<![a-z]){owner}\s(?:da\s|hien\s)?{done}(?:\s[a-z]+){{0,4}}?\s({NUMBER})\s(?:ty|trieu|nghin|ngan|dong|ha|tan|[a-z]+)(?![a-z%])"
    )


UNIT_DID = re.compile(
    r"(?<!\w)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Tt]hôn|[Tt]rường|[Cc]hi bộ|[Đđ]ảng bộ)((?:\s[^\W\d_]+){1,4}?)"
    r"\s(?:đã\s|mới\s)?(?:thu|chi|nộp|giải ngân|thực hiện|tiếp nhận|giải quyết|trồng|cấp|hỗ trợ|huy động|vận động|khám)"
    r"(?:\s(?:được|nộp|đạt))?\s(\d+(?:[.,]\d+)*)\s(?=\w)"
)
"""`Xã An Hòa đã giải quyết 225 hồ sơ`: what one unit did, told by the name and the marks of the words."""


@cache
def wanted_count() -> re.Pattern[str]:
    """`kết nạp 200 đảng viên mới trở lên`, `khoảng 150 đảng viên/năm`, `ít nhất là 12 cuộc`."""
    return re.compile(rf"(?<![\w/.,~-])({WHOLE})\s+[a-z]{{2,}}(?:\s+[a-z]+){{0,5}}")
