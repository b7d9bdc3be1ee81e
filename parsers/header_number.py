"""Số and ký hiệu: `Số: 15/KH-UBND` of the State, `Số 1499-CV/HU` of the Party, legal `30/2020/NĐ-CP`, and blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.fields import plain_dashes
from schemas.dispatch import Regime
from vietnamese.fold import fold

_LABEL = re.compile(r"\W{0,3}[s$5][o06][^\w/-]{0,4}")
_SYMBOL = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<symbol>(?=[\d.]{0,4}[A-ZÀ-ỸĐƯƠ])[\w&.]+(?:\s?[-/]\s?(?=[^\W_])[\w&.()]+)*)"
)
_SLOT = re.compile(r"(?P<slot>[^/\-]{0,18}?)\s*(?P<mark>[/\-])\s*")
_NUMBER = re.compile(r"(?P<digits>[\dOolI|]{1,6})\s*(?P<letter>[a-zA-ZđĐ]?)(?:\s+(?P<type>[A-ZĐ]\w{1,4}))?$")
_BLANK = re.compile(r"[\s._…*,:;]*$")


@dataclass(frozen=True)
class OfficialNumber:
    """A số hiệu as read. `blank`: the form was left open; neither blank nor number: it is illegible."""

    number: int | None
    symbol: str
    so_hieu: str | None
    year: int | None
    blank: bool
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
    slot = _SLOT.match(plain, label.end() if label else start)
    found = _SYMBOL.match(plain, slot.end()) if slot else None
    if slot is None or found is None:
        return None
    return _build(slot, found)


def _build(slot: re.Match[str], found: re.Match[str]) -> OfficialNumber:
    symbol = re.sub(r"\s+", "", found["symbol"]).rstrip(".(")
    written = slot["slot"].strip(" .,:;_…*")
    read = _NUMBER.match(written)
    digits = _digits(read["digits"]) if read else ""
    if read and read["type"]:
        symbol = f"{read['type']}{slot['mark']}{symbol}"
    year = found["year"]
    so_hieu = None
    if digits and read:
        mark = "-" if read["type"] else slot["mark"]
        so_hieu = f"{digits}{read['letter'].lower()}{mark}{year + '/' if year else ''}{symbol}"
    return OfficialNumber(
        number=int(digits) if digits else None,
        symbol=symbol,
        so_hieu=so_hieu,
        year=int(year) if year else None,
        blank=_BLANK.match(slot["slot"]) is not None,
        number_span=slot.span("slot"),
        symbol_span=found.span("symbol"),
    )


def _digits(text: str) -> str:
    return text.translate(str.maketrans("OolI|", "00111"))


def regime_of(symbol_line: str) -> Regime | None:
    """The rule of form that the shape of a số hiệu follows: `15/KH-UBND` State, `15-KH/HU` Party, else None.

    >>> regime_of("Số 72-KH/HU"), regime_of("72/KH-UBND")
    ('party', 'state')
    """
    found = read_official_number(symbol_line)
    if found is None:
        return None
    mark = plain_dashes(symbol_line)[found.number_span[1] : found.symbol_span[0]].strip()
    if mark[:1] == "-" and "/" in found.symbol:
        return "party"
    return "state" if mark[:1] == "/" else None
