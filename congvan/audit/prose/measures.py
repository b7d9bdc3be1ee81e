"""Which column of a table a claim speaks of, by the words of headings and caption, and in what unit of money."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.read.judge import Printed
from congvan.audit.read.sheet import Head, Sheet
from schemas.dispatch import Claim
from vietnamese.amounts import amounts
from vietnamese.fold import fold

_NEGATED = re.compile(r"(?<![a-z])(?:chua|khong|con|thieu)(?![a-z])")
_WITHIN = re.compile(r"(?<![a-z])trong do(?![a-z])")
TELLS_OF = re.compile(r"(?:,\s*)?(?<![a-z])(?:dat|bang|chiem)(?![a-z])\s.*|\(.*|(?<![a-z])so voi(?![a-z])[^,]*")
DULL = frozenset({"dang vien", "so luong", "tong so", "nam nay", "chi tieu", "ke hoach", "dong chi", "den ngay"})

_MONEY = re.compile(r"(?<![a-z])(?:(ty|trieu|nghin|ngan)\s)?(?:dong|vnd)(?![a-z])")
_TIMES = {"ty": 9, "trieu": 6, "nghin": 3, "ngan": 3}


def in_units_of(claim: Claim, head: Head) -> Printed | None:
    """A claimed amount of money in the unit that the column names (`16,87 tỷ đồng` under `triệu đồng`), to the place
    that the claim prints; None where either tells no unit of money."""
    unit = _MONEY.search(f"{head.words} {fold(head.column.measure or '')}")
    printed = Printed.of(str(claim.numerator))
    said = next(
        (
            one
            for one in amounts(fold(claim.text))
            if one.base == "dong" and one.printed.replace(".", "").replace(",", ".") == str(claim.numerator)
        ),
        None,
    )
    if unit is None or said is None:
        return None
    shift = len(str(int(said.step * 10**printed.decimals))) - 1 - _TIMES.get(unit[1] or "", 0)
    return printed if shift == 0 else Shifted(printed.units, printed.decimals, shift)


@dataclass(frozen=True)
class Shifted(Printed):
    """A printed figure in a unit `10 ** shift` times smaller than the one it is printed in."""

    shift: int = 0

    @property
    def value(self) -> Fraction:
        return super().value * Fraction(10) ** self.shift

    @property
    def step(self) -> Fraction:
        return super().step * Fraction(10) ** self.shift


def measure_column(claim: Claim, sheet: Sheet) -> int | None:
    """The one number column whose heading shares most pairs of words with what the number is told of."""
    told = TELLS_OF.sub("", fold(claim.text))
    pairs = pairs_of(told) - DULL
    scored = []
    for head in sheet.heads:
        if not head.numeric or head.percent or bool(_NEGATED.search(head.words)) != bool(_NEGATED.search(told)):
            continue
        score = len(pairs & pairs_of(_spelt_out(head.words)))
        if score and not _WITHIN.search(head.words):
            scored.append((score, -len(head.column.path), head.place))
    scored.sort(reverse=True)
    if not scored:
        return _results_column(told, sheet)
    best = [place for *score, place in scored if tuple(score) == scored[0][:2]]
    whole = [
        place for place in best if not set(_spelt_out(sheet.heads[place].words).split()) - set(told.split()) - _ALL
    ]
    best = whole if len(best) > 1 else best
    return best[0] if len(best) == 1 else None


_ALL = frozenset({"tong", "so", "luong", "cong"})
"""What a heading says besides of what is counted as a whole: `Tổng số học sinh`, beside `Số học sinh giỏi`."""


_HAS = re.compile(r"(?<![a-z])co\s\d[\d.,]*\s(?P<what>[a-z]+(?:\s[a-z]+){0,3})")
_SHORT = {"hs": "hoc sinh", "gv": "giao vien", "cb": "can bo", "hv": "hoi vien", "dv": "dang vien", "sv": "sinh vien"}


def counts_as_headed(claim: Claim, head: Head) -> bool:
    """Does a count that is told with no more than `có` count just what the column is headed with, by all its words?"""
    told = _HAS.search(fold(claim.text))
    return told is None or set(told["what"].split()) <= set(_spelt_out(head.words).split())


def _spelt_out(words: str) -> str:
    """Folded words of a heading with what offices shorten spelt out: `so hs` is `so hoc sinh`."""
    return re.sub(r"[a-z]+", lambda word: _SHORT.get(word[0], word[0]), words)


_RESULT = re.compile(
    r"(?:ket qua|thuc hien|so luong|th|da thuc hien|ket qua thuc hien)(?: \(?(?:nam|\d+ thang).*)?(?: \(.*)?"
)


def _results_column(told: str, sheet: Sheet) -> int | None:
    """The one column of results, where the caption and not the heading says what they are of, in the claim's words;
    of money only where the claim is of money."""
    heads = [head for head in sheet.heads if head.numeric and not head.percent and _RESULT.fullmatch(head.leaf)]
    if len(heads) != 1:
        return None
    caption = fold(sheet.table.caption or "")
    money = _MONEY.search(f"{heads[0].words} {fold(heads[0].column.measure or '')}") is not None
    spoken = bool(pairs_of(told) & pairs_of(caption) - DULL) or (
        money and _CAME_IN.search(told) is not None and _COLLECTED.search(caption) is not None
    )
    return heads[0].place if spoken and money == bool(_SUM.search(told)) else None


_SUM = re.compile(r"\d\s(?:ty|trieu|nghin|ngan|dong)(?![a-z])(?!\s(?:chi|bao))")
_CAME_IN = re.compile(r"(?<![a-z])thu(?:\sduoc|\snop)?\s\d")
_COLLECTED = re.compile(r"(?<![a-z])thu(?![a-z])")


def pairs_of(folded: str) -> set[str]:
    words = re.findall(r"[a-z]+", folded)
    return {f"{one} {other}" for one, other in itertools.pairwise(words)}
