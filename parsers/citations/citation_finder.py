"""Finds the documents that a passage cites: by số hiệu, by a blank number, by name, and by short forms.

Forms of a số hiệu: `15/KH-UBND`, `30/2020/NĐ-CP`, `85/2015/QH13` (Nghị định 30/2020/NĐ-CP, Phụ lục I; Luật Ban hành
văn bản quy phạm pháp luật), `28-NQ/TU` (Hướng dẫn 36-HD/VPTW).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from form.doc_types import names_pattern, signs_pattern, type_named, type_of_symbol, types_of_sign
from parsers.citations.citation_words import either, fold_name, words_table
from parsers.citations.cited_issuer import issuer_after, issuer_before
from parsers.citations.law_names import find_named, find_short
from parsers.record.passage import Passage
from vietnamese.dates import find_dates
from vietnamese.figures import has_figure


@dataclass(frozen=True)
class Citation:
    """One mention of a document at characters `start:end`. `number` alone is known of a short form.

    `name` is the folded name of a law or of a congress, by which a later mention finds the first.
    """

    start: int
    end: int
    doc_type: str | None = None
    so_hieu: str | None = None
    number: int | None = None
    date: dt.date | None = None
    issuer: str | None = None
    name: str | None = None
    short: bool = False


_COUNCIL = re.compile(r"\b(QH|(?:NQ-?)?UBTVQH)([IilO\d]{1,2})\b")
_FIGURES = str.maketrans("IilO", "1110")
"""The number of the National Assembly behind its sign, and how OCR misreads its figures: `UBTVQHl5`."""
_DASH = r"[-–‐‑−]"
_JOIN = rf"(?:{_DASH}\s?|\s{_DASH}(?!\s)|\s{_DASH}\s(?=[A-ZĐ]{{2,6}},? ngày\b))"
"""A hyphen inside a ký hiệu; at most one space, left there by a line's end, beside it, or two before `TH ngày …`."""
_SIGN = r"[A-ZĐÐƯÂÔĂÊƠ][A-Za-zĐđÐưâôăêơƯÂÔĂÊƠ&.]*\d{0,3}[A-Za-z]?"
_NUMBER = r"(?<![\w/.,])(?<!\d-)(?:[A-ZĐ]{2,3})?(?P<number>\d{1,5}[a-zA-Z]?)"
_STATE = re.compile(
    rf"{_NUMBER}(?:\s?/\s?|-(?=(?:19|20)\d\d/NQ-CP\b))(?P<symbol>(?:(?:19|20)\d\d\s?/\s?)?{_SIGN}(?:{_JOIN}{_SIGN}|/{_SIGN})*(?:{_DASH}\d{{2,4}}(?![\d/.,]))?)"
    r"(?P<loose> [A-ZĐ][A-Za-zĐđ]{1,4}(?=,? ngày\b|[.;)]|$))?"
)
_PARTY = re.compile(rf"{_NUMBER}\s?{_DASH}\s?(?P<symbol>[A-ZĐÐ][A-Za-zĐđÐ]{{0,5}}\s?/\s?{_SIGN}(?:{_JOIN}{_SIGN})*)")
_OLD = re.compile(rf"(?i:số)\s*:?\s*(?P<number>\d{{1,4}}){_DASH}(?P<symbol>CP|HĐBT|TTg|CT|TTLB|TT)\b(?!\s?[/-])")
_BLANK = re.compile(
    rf"(?i:số)\s*:?\s*[.…_ ]*(?P<symbol>(?:/|{_DASH}(?=[A-ZĐ]+\s?/))\s?(?:\d{{4}}/)?{_SIGN}(?:(?:{_JOIN}|/){_SIGN})*)"
)
_BLANK_DATE = re.compile(r",?\s*ngay\b[\s.…_/]*(?:thang\b[\s.…_/]*)?(?:\d{1,2}[\s.…_/]*)?(?:nam\b[\s.…_/]*)?(?:\d{4})?")

_FIGURES_OF_DATE = r"[\doil|]*\d[\w|]*"
MISREAD_DATE = re.compile(
    rf",?\s*ngay\s+(?:{_FIGURES_OF_DATE}\s?[/.\-]\s?\w{{1,3}}\s?[/.\-]\s?\w{{4}}|\w{{1,3}}\s+thang\s+\w{{1,3}}\s+nam\s+\w{{4}})"
    r"(?![\w/])"
)
"""A whole date that no calendar has (`ngày 20/60/2025`): figures misread, or mistyped. For folded text."""


@cache
def _spaced() -> re.Pattern[str]:
    """A Party number without its hyphen: `số 84 QĐ/TWĐTN`."""
    signs = signs_pattern()
    return re.compile(rf"(?i:số)\s*:?\s*(?P<number>\d{{1,4}})\s(?P<symbol>(?:{signs})/{_SIGN}(?:{_JOIN}{_SIGN})*)")


def find_citations(passage: Passage) -> tuple[Citation, ...]:
    """The citations in a passage, in order, none inside another."""
    return _citations(passage.text)


@lru_cache(maxsize=1024)
def _citations(text: str) -> tuple[Citation, ...]:
    """Kept for the last texts: a passage is asked for its references, and for the dates that are theirs."""
    passage = Passage(text, ())
    signed = "/" in passage.text or has_figure(passage.text)
    found = [*_numbered(passage), *_blank(passage)] if signed else []
    for further in (find_named(passage), find_short(passage)):
        for start, end, facts in further:
            if not any(start < one.end and one.start < end for one in found):
                found.append(Citation(start, end, **facts))
    return tuple(sorted(found, key=lambda one: one.start))


def _numbered(passage: Passage) -> Iterator[Citation]:
    taken = -1
    matches = [match for pattern in (_PARTY, _STATE, _OLD, _spaced()) for match in pattern.finditer(passage.text)]
    for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
        if match.start() < taken or not _is_sign(match["symbol"]) or _is_form(passage, match.start()):
            continue
        taken = match.end()
        rest = match.group().partition(match["number"])[2]
        mark = "-" if match.re is _spaced() else ""
        yield _citation(passage, match, tidy(mark + rest, match["number"]))


def _is_sign(symbol: str) -> bool:
    return sum(letter.isupper() for letter in symbol) >= 2 or symbol.endswith("CP")


@cache
def _form_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{either(words_table()['form_words'])}\s*:?\s*$")


def _is_form(passage: Passage, start: int) -> bool:
    return _form_pattern().search(passage.folded, max(0, start - 20), start) is not None


def tidy(rest: str, number: str) -> str:
    """A số hiệu without spaces, with plain hyphens and the marks that its parts can only have had.

    One Đ that OCR read as two different letters is one.
    """
    once = re.sub(r"ĐÐ|ÐĐ", "Đ", re.sub(r"\s", "", rest))
    plain = re.sub(r"[-–‐‑−]", "-", once).replace("Ð", "Đ").rstrip(".-/")
    marks: dict[str, str] = words_table()["marks"]
    parts = re.split(r"([-/])", _COUNCIL.sub(lambda found: found[1] + found[2].translate(_FIGURES), plain))
    return number + "".join(marks.get(part, part) for part in parts)


def _citation(passage: Passage, match: re.Match[str], so_hieu: str) -> Citation:
    symbol = re.sub(r"^\d+[a-zA-Z]?[-/]", "", so_hieu)
    start, doc_type, name = _left(passage, match.start(), symbol)
    last = match.start() + len(match.group().rstrip("."))
    end, date, issuer = _right(passage, last, doc_type)
    issuer = issuer or _issuer_between(passage, start, match.start()) or issuer_before(passage, start)
    return Citation(start, end, doc_type, so_hieu, int(re.sub(r"\D", "", match["number"])), date, issuer, name)


def _issuer_between(passage: Passage, start: int, sign: int) -> str | None:
    """The issuer of `Công văn của Sở Tài chính số 12/STC`."""
    of = re.search(r" (?=cua )", passage.folded[start:sign])
    return issuer_after(passage, start + of.start())[0] if of else None


@cache
def _types() -> str:
    return f"{names_pattern()}|{either(words_table()['other_names'])}"


@cache
def _type_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_types()})\b")


@cache
def _left_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<type>{_types()})(?:(?<!luat)(?<!lenh)(?P<more>\s+{either(words_table()['qualifiers'])}\b))?"
        rf"(?P<name>\s+(?:(?!{names_pattern()}\b)[^;.:()“”\"]){{1,150}}?)??"
        r"(?:\s*\([\w-]{2,12}\))?\s*[,(]?\s*(?:so\b)?\s*[:.]?\s*$"
    )


_LAW_NAME = re.compile(r"(?:luat|phap lenh)$")
_NAME_GAP = re.compile(r"\s+(?:cua\s|lien tich|lien nganh|so$|nay$)")


def _left(passage: Passage, sign: int, symbol: str) -> tuple[int, str | None, str | None]:
    """Where the words for the document begin, its type, and the name of a law between type and number."""
    from_symbol = type_of_symbol(symbol)
    law = _legal(symbol)
    default = law or (from_symbol.key if from_symbol else "cong_van")
    window = max(0, sign - 170)
    match = None
    for candidate in _type_word().finditer(passage.folded, window, sign):
        found = _left_pattern().match(passage.folded, candidate.start(), sign)
        if match is not None and candidate.start() < match.end("more"):
            continue  # `kết luận` of `Thông báo kết luận số …`
        if found and _fits(passage.text, found, law is not None):
            match = found
    if match is None:
        return _number_word(passage, sign), default, None
    printed = type_named(match["type"])
    kinds = types_of_sign(match["type"]) if printed is None and match["type"] != "van ban" else ()
    doc_type = printed.key if printed else kinds[0].key if kinds else default
    name = match["name"] if match["name"] and _LAW_NAME.search(match["type"]) else None
    return match.start(), doc_type, fold_name(f"{match['type']} {name}") if name else None


def _fits(text: str, match: re.Match[str], law: bool) -> bool:
    """Words between type and number are only the name of a law (that the number proves, `law`), or an issuer."""
    name = match["name"]
    if not name or not name.strip(" ,("):
        return True
    between = text[match.start("name") : match.end("name")].strip()
    if _LAW_NAME.search(match["type"]):
        return (law or between[0].isupper()) and " số" not in between
    return _NAME_GAP.match(name) is not None and len(name) < 90 and "," not in name


def _number_word(passage: Passage, sign: int) -> int:
    word = re.search(r"\bso\s*:?\s*$", passage.folded[max(0, sign - 8) : sign])
    return max(0, sign - 8) + word.start() if word else sign


def _legal(symbol: str) -> str | None:
    if re.search(r"(?:^|/)QH\d", symbol):
        return "luat"
    return "nghi_quyet" if re.search(r"(?:^|/)UBTVQH", symbol) else None


_BEFORE_DATE = re.compile(r"\s*\)?,?\s*(?:(?:duoc\s+)?(?:ky|ban hanh|thong qua)\s+)?$")


def _right(passage: Passage, end: int, doc_type: str | None) -> tuple[int, dt.date | None, str | None]:
    """Where the citation ends, with the date and the issuer that follow the number."""
    issuer, after = issuer_after(passage, end, joint="lien_tich" in (doc_type or ""))
    folded = passage.folded
    end = after
    ahead = [one for one in find_dates(folded[end : end + 60]) if _BEFORE_DATE.match(folded[end : end + one.start])]
    date = ahead[0].within(None, None) if ahead and ahead[0].year else None
    if date is not None:
        end += ahead[0].end
    elif blank := MISREAD_DATE.match(folded, end) or _BLANK_DATE.match(folded, end):
        end = end + len(folded[end : blank.end()].rstrip())
    if issuer is None:
        issuer, end = issuer_after(passage, end, joint="lien_tich" in (doc_type or ""))
    return end, date, issuer


def _blank(passage: Passage) -> Iterator[Citation]:
    """Documents whose number is left blank: `Tờ trình số /TTr-SNV ngày tháng năm`; not the dispatch's own caption."""
    for match in _BLANK.finditer(passage.text):
        symbol = tidy(match["symbol"].lstrip("/ -–"), "")
        start, doc_type, _ = _left(passage, match.start(), symbol)
        if start == match.start() or re.search(r"kem theo(?: \S+){0,2}\s*$", passage.folded[:start]):
            continue
        end, date, issuer = _right(passage, match.end(), doc_type)
        yield Citation(start, end, doc_type, None, None, date, issuer or issuer_before(passage, start))
