"""Cited documents that print no số hiệu: laws, charters, resolutions of a congress, and short forms of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from form.doc_types import names_pattern, type_named
from parsers.citations.citation_words import find_stop, fold_name
from parsers.citations.cited_issuer import issuer_after
from parsers.record.passage import Passage
from vietnamese.dates import find_dates
from vietnamese.figures import has_figure
from vietnamese.fold import fold

Found = tuple[int, int, dict[str, Any]]
"""Start, end and the facts of a mention."""

_GOES_ON = (
    r"(?i:khen thưởng|giáo dục|chống|bổ sung|hủy bỏ|quản lý|sử dụng|cải tạo|chỉnh lý|tuyên truyền|vệ sinh|chữa cháy|"
    r"cứu nạn|cứu hộ|sinh vật|xuất cảnh|nhập cảnh|quá cảnh|cư trú|lợi ích|bia|công chức|công nhân|tố cáo|chữa bệnh|"
    r"lấy, |lấy xác|ghép|bộ phận cơ thể|tôn giáo|đối thoại|an toàn giao thông|chăm sóc|vật liệu nổ|thuế nhập khẩu|"
    r"hàng hóa|hàng hoá|công nghệ|môi trường biển|trật tự)"
)
"""How the name of a law goes on after a comma (`Luật Thi đua, khen thưởng`)."""
_NAME_END = re.compile(rf"[;:()“”\"…]|\.(?=\s|$|/)|\.\.\.|,(?!\s{_GOES_ON})|\s[-–]\s")
_LAW = re.compile(r"(?<!Đoàn )(?<!đoàn )(?<!Điều )\b(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh|Hiến pháp)\s+(?=\w)(?!Điều\b)")
_AMENDING = re.compile(r"(?:luat |bo luat |phap lenh )?sua doi,? bo sung (?:mot so )?dieu (?:cua )?")
_AMENDED = re.compile(r"sua doi,? bo sung (?:mot so )?dieu (?:cua )[^;.:(]*?(?=[;.:(]|\sngay\s|$)")
"""The laws that another one amends are named in its title; they are not cited for themselves."""
_TITLE_END = re.compile(r"[;:(“”\"]|\.(?=\s|$|/)|\s(?:ngay|nam|da|quy dinh|so)\s|$")
_AFTER_LAW = re.compile(r"\s*(?:,\s*)?(?:so\s*:?\s*)?$")
_NOT_A_LAW = re.compile(r"(?:nay|su|gia|nha nuoc|phap|dinh|so|tren|cua|va|su\b.*)\b")


def find_named(passage: Passage) -> Iterator[Found]:
    """Laws by name, charters (Điều lệ Đảng), and resolutions of a congress."""
    amended = [match.span() for match in _AMENDED.finditer(passage.folded)]
    taken = -1
    for match in _LAW.finditer(passage.text):
        inside = match.start() < taken or any(start < match.start() < end for start, end in amended)
        if not inside and (law := _law(passage, match)):
            taken = law[1]
            yield law
    yield from _charters(passage)
    yield from _congress(passage)


def _law(passage: Passage, match: re.Match[str]) -> Found | None:
    begin, folded = match.end(), passage.folded
    amending = _AMENDING.match(folded, begin)
    constitution = match.group().startswith("Hiến pháp")
    if not (amending or constitution or passage.text[begin].isupper()) or _NOT_A_LAW.fullmatch(
        folded[begin:].split(" ")[0]
    ):
        return None
    if re.match(r"su\b", folded[begin:]) or folded.startswith("luat nay", match.start()):
        return None
    end = _law_end(passage, amending.end() if amending else begin, amending is not None)
    name = fold_name(folded[match.start() : end])
    dates = find_dates(folded[end : end + 40])
    date = None
    if dates and _AFTER_LAW.match(folded[end : end + dates[0].start]) and dates[0].year:
        date = dates[0].within(None, None)
        end += dates[0].end
    elif year := re.match(r"\s*,?\s*nam \d{4}\b", folded[end:]):
        end += year.end()
    kind = type_named(match.group())
    return match.start(), end, {"doc_type": kind.key if kind else "luat", "date": date, "name": name}


def _law_end(passage: Passage, begin: int, amending: bool) -> int:
    limit = min(len(passage.text), begin + 200)
    text, folded = passage.text, passage.folded
    if amending:
        title = _TITLE_END.search(folded, begin, limit)
        return title.start() if title else limit
    ends = _NAME_END.search(text, begin, limit)
    end = ends.start() if ends else limit
    return find_stop(passage, begin, end, "law_stops")


_CHARTER = re.compile(
    r"\bĐiều lệ (?:Đảng(?: Cộng sản Việt Nam)?(?! viên)|Đoàn (?:TNCS|Thanh niên Cộng sản) Hồ Chí Minh"
    r"|(?:Công đoàn|Hội (?:Liên hiệp [Pp]hụ nữ|LHPN|Nông dân|Cựu chiến binh)|MTTQ|Mặt trận Tổ quốc) Việt Nam)"
)
"""The charters of the Party and of the mass organisations, by which their dispatches go."""


def _charters(passage: Passage) -> Iterator[Found]:
    for match in _CHARTER.finditer(passage.text):
        name = "dieu le dang" if " Đảng" in match.group() else fold_name(fold(match.group()))
        yield match.start(), match.end(), {"doc_type": "dieu_le", "name": name}
    for match in re.finditer(r"Quy chế (?:làm việc|hoạt động|phối hợp) của (?=[A-ZĐ])", passage.text):
        end = _until_sentence(passage, match.end(), ", (?:Bộ|Ban|Ủy|Uỷ|khóa|khoá)")
        yield match.start(), end, {"doc_type": "quy_che", "name": fold_name(passage.folded[match.start() : end])}


_CONGRESS = re.compile(
    r"\b(?P<type>Nghị quyết|NGHỊ QUYẾT|Kết luận|Chỉ thị)\s+(?:số \S+\s+)?"
    r"(?=(?:của\s+)?(?:Đại hội|Hội nghị|Trung ương \d|[XVI]{2,6}\s+(?:Đảng|của))(?!\s+này))"
)
_TERM = re.compile(
    r",?\s*nhiem ky\s+(?:[ivx]+\s*)?\(?\d{4}\s*[-–]\s*\d{4}\)?(?:\s*\(sau day[^)]*\))?|\s*\(sau day[^)]*\)"
)
_PASSED = re.compile(r",?\s*(?:duoc\s+)?(?:da\s+)?thong qua\s+$")


def _congress(passage: Passage) -> Iterator[Found]:
    for match in _CONGRESS.finditer(passage.text):
        begin = match.end() + (4 if passage.folded.startswith("cua ", match.end()) else 0)
        end = _until_sentence(passage, begin, ", (?:nhiệm|khóa|khoá|lần)")
        end = find_stop(passage, begin, end, "congress_stops")
        term = _TERM.search(passage.folded, begin, end + 50)
        term = term if term and term.start() <= end else None
        body_end = min(end, term.start()) if term else end
        issuer = passage.text[begin:body_end].strip(" ,")
        whole = term.end() if term else end
        kind = type_named(match["type"])
        facts: dict[str, Any] = {
            "doc_type": kind.key if kind else None,
            "issuer": issuer if issuer.startswith(("Đại hội", "Hội nghị")) and " " in issuer[8:] else None,
            "name": fold_name(passage.folded[match.start() : whole]),
        }
        dates = find_dates(passage.folded[whole : whole + 50])
        if dates and dates[0].year and _PASSED.match(passage.folded[whole : whole + dates[0].start]):
            facts["date"] = dates[0].within(None, None)
            whole += dates[0].end
        yield match.start(), whole, facts


def _until_sentence(passage: Passage, begin: int, going_on: str) -> int:
    """The end of a name: the next stop, but not a comma at which the pattern `going_on` matches."""
    limit = min(len(passage.text), begin + 160)
    end = re.compile(rf"[;:(“”\"…]|\.(?=\s|$|/)|(?!{going_on}),").search(passage.text, begin, limit)
    return end.start() if end else limit


_NAMED_BY_NUMBER = ("Đề án", "Dự án", "Chương trình", "Phương án")
"""Programmes that have a number for a name (`Đề án 06`): not short for a số hiệu."""


@cache
def _numbered_types() -> str:
    return rf"(?!{fold('|'.join(_NAMED_BY_NUMBER))})(?:{names_pattern(frozenset({'dispatch', 'legal'}))})"


@cache
def _short() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<type>{_numbered_types()})\s+(?:so\s*:?\s*)?(?P<number>\d{{1,4}})"
        r"(?=\s*(?:[,;.)]|$|ngay\s\d|cua\s|ve\s|da\s|va\s|(?:neu|noi) tren))(?!\s*[.,]\d)(?!,? ngay \d{1,2}\b(?![/\s]))"
    )


def find_short(passage: Passage) -> Iterator[Found]:
    """Mentions by type and number alone (`Nghị quyết 05`, `Nghị quyết số 28`), and by type and date alone."""
    for match in _short().finditer(passage.folded) if has_figure(passage.folded) else ():
        if not passage.text[match.start()].isupper():
            continue
        kind = type_named(match["type"])
        end, date = _date_after(passage, match.end())
        issuer, end = issuer_after(passage, end)
        facts = {"doc_type": kind.key if kind else None, "number": int(match["number"]), "date": date, "issuer": issuer}
        yield match.start(), end, {**facts, "short": True}
    yield from _dated(passage)


def _date_after(passage: Passage, end: int) -> tuple[int, Any]:
    dates = find_dates(passage.folded[end : end + 40])
    if dates and dates[0].year and not passage.folded[end : end + dates[0].start].strip(" ,"):
        return end + dates[0].end, dates[0].within(None, None)
    return end, None


_DAY = re.compile(r"ngay\s+\d")


@cache
def _type_before_date() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<type>{names_pattern(frozenset({'dispatch', 'legal'}))}),?\s+(?=ngay\s+\d)")


def _dated(passage: Passage) -> Iterator[Found]:
    """`Công văn ngày 05/6/2024 của Sở Y tế`: no number, but a day and an issuer."""
    for match in _type_before_date().finditer(passage.folded) if _DAY.search(passage.folded) else ():
        kind = type_named(match["type"])
        end, date = _date_after(passage, match.end())
        issuer, end = issuer_after(passage, end)
        if date and issuer and kind and passage.text[match.start()].isupper():
            yield match.start(), end, {"doc_type": kind.key, "date": date, "issuer": issuer}
