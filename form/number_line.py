"""Số and ký hiệu: `Số: 15/KH-UBND` of the State, `Số 1499-CV/HU` of the Party, legal `30/2020/NĐ-CP`, and blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from form.spans import plain_dashes
from schemas.dispatch import Regime
from vietnamese.fold import fold

_LABEL = re.compile(
    r"\W{0,3}(?:(?:nghi quyet|luat|phap lenh|lenh|thong bao|cong dien|chi thi)\s+(?=so\W))?"
    r"(?:[s$5]\s?[o06][^\w/-]{0,4}|s\w{0,2}\W{0,2}:\s*)"
)
_SYMBOL = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?/?\s?(?=[A-ZĐ]))?"
    r"(?P<symbol>(?=[A-ZÀ-ỸĐƯƠ])[\w&.+]+(?:\s[A-ZĐ0-9]{1,6}(?=[-/][A-ZĐ]))?"
    r"(?:(?:\s?[-/]\s?|,|:\s?(?=[A-ZĐ]{2,}-))(?=[^\W_])(?!(?<=,)\d)[\w&.()+]+)*)"
)
"""Each office sets its own ký hiệu (Nghị định 30/2020, Điều 8): groups behind dashes and slashes, a figure between them
(`BCĐ 127/TP`), commas without space between those who issue jointly, a colon before their list (`KHLN: STC-SXD`).
"""
_CLEAN = re.compile(r"\W{0,3}([a-z ]{4,10} )?(s[o06]\b|so(?=\d)|\d)")
"""The word Số, or a number without it: a label read as something else is a label with ink over it."""
_TYPE_FIRST = re.compile(r"\W*[Ss]\S{0,2}[:.]?\s*\S{0,6}\s+[A-ZĐ]{2,4}/[A-ZĐ]")
"""`Số: 1247 CV/TĐTN`: the dash before the type left out."""
_MARK = re.compile(r"\s*(?:/{1,2}|-)\s*")
_REACH = 20
"""How far behind the label the mark before the ký hiệu may stand."""
_NUMBER = re.compile(
    r"(?P<digits>[\dOolI|]{1,6}|\d\.\d{3})\s*(?P<letter>[a-zA-ZđĐ]?)(?:(?:\s+|(?<=\d))(?P<type>[A-ZĐ]\w{1,4}))?$"
)
_BLANK = re.compile(r"[\s._…*,:;]*$")


@dataclass(frozen=True)
class OfficialNumber:
    """A số hiệu as read. `blank`: left open; neither blank nor number: illegible; `labelled`: behind a clear Số."""

    number: int | None
    symbol: str
    so_hieu: str | None
    year: int | None
    blank: bool
    labelled: bool
    number_span: tuple[int, int]
    symbol_span: tuple[int, int]

    @property
    def end(self) -> int:
        """Where it ends in its line."""
        return self.symbol_span[1]


def read_official_number(text: str, start: int = 0) -> OfficialNumber | None:
    """The số hiệu that begins a line, with or without the word Số; None where there is none.

    >>> read_official_number("Số 259- CV/ĐUK").so_hieu
    '259-CV/ĐUK'
    >>> read_official_number("Số: /QĐ-UBND").blank
    True
    """
    plain = plain_dashes(text)
    label = _LABEL.match(fold(plain), start)
    begin = label.end() if label else start
    for mark in _MARK.finditer(plain, begin, begin + _REACH):
        found = _SYMBOL.match(plain, mark.end())
        if found is not None:
            return _build((begin, mark.start()), plain, mark, found)
    return None


def _build(slot_span: tuple[int, int], plain: str, mark: re.Match[str], found: re.Match[str]) -> OfficialNumber:
    slot = plain[slice(*slot_span)]
    # Đ and its double Ð side by side are one letter that OCR read twice.
    symbol = re.sub("ĐÐ|ÐĐ", "Đ", re.sub(r"\s+", "", found["symbol"])).rstrip(".(")
    read = _NUMBER.match(slot.strip(" .,:;_…*"))
    digits = _digits(read["digits"]) if read else ""
    sign = mark[0].strip()[:1]
    if read and read["type"]:
        symbol, sign = f"{read['type']}{sign}{symbol}", "-"
    year = found["year"]
    so_hieu = None
    if digits and read:
        so_hieu = f"{digits}{read['letter']}{sign}{year + '/' if year else ''}{symbol}"
    return OfficialNumber(
        number=int(digits) if digits else None,
        symbol=symbol,
        so_hieu=so_hieu,
        year=int(year) if year else None,
        blank=_BLANK.match(slot) is not None,
        labelled=_CLEAN.match(fold(plain)) is not None,
        number_span=slot_span,
        symbol_span=found.span("symbol"),
    )


def _digits(text: str) -> str:
    return text.translate(str.maketrans("OolI|", "00111", "."))


def regime_of(symbol_line: str) -> Regime | None:
    """The rule of form that the shape of a số hiệu follows: `15/KH-UBND` State, `15-KH/HU` Party, else None.

    >>> regime_of("Số 72-KH/HU"), regime_of("72/KH-UBND")
    ('party', 'state')
    """
    found = read_official_number(symbol_line)
    if found is None:
        return None
    mark = plain_dashes(symbol_line)[found.number_span[1] : found.symbol_span[0]].strip()
    if (
        mark[:1] == "-" or re.match(r"\d+\w?-", found.so_hieu or "") or _TYPE_FIRST.match(plain_dashes(symbol_line))
    ) and "/" in found.symbol:
        return "party"
    return "state" if mark[:1] == "/" else None
