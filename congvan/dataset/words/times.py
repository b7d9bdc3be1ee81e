"""The period of a figure: from its column's heading, then the table's caption, then the title of the dispatch."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from congvan.dataset.words.headings import Meaning
from congvan.dataset.words.vocabulary import measures
from congvan.dataset.words.when import Time, is_school_year, read_time, whole_year
from vietnamese.dates import make_date
from vietnamese.fold import fold, nfc

_CITED = re.compile(
    r"\b(?:chi thi|nghi quyet|quyet dinh|ke hoach|cong van|thong tu|nghi dinh|luat|ket luan|huong dan"
    r"|de an|chuong trinh) (?:so )?\d.*"
)
"""From here on a title speaks of another document, whose days are not those of the figures."""
_COMING = re.compile(
    r"(?:[,;]|\sva)\s(?:chuong trinh|phuong huong|nhiem vu|ke hoach|dang ky|du kien|trong tam|giai phap|muc tieu"
    r"|mot so (?:cong tac|nhiem vu|giai phap))\b"
)
"""From here on a title speaks of what is to come (`kết quả 6 tháng đầu năm và phương hướng 6 tháng cuối năm`)."""
_HORIZON = re.compile(r"(?<!\d )(?<!- )\b(?:den|tam nhin(?: den)?)(?: het)? nam 20\d\d")
"""By when something is to be reached; no figure of today is of that year."""
_EDGE = re.compile(r"\b(dau|cuoi) nam (20\d\d)\b")
_NAMED = re.compile(r"(?<![\d/.-])20\d\d(?!\d)|\b(?:quy|thang) (?:\d|[iv]+\b)")


@lru_cache(maxsize=100_000)
def time_of(path: tuple[str, ...], caption: str, meaning: Meaning, year: int | None, title: str = "") -> Time:
    """The time of a column. A plan without a time of its own is for the whole year that the caption speaks of.

    A caption that names a time which is not understood leaves none: the title is then no better.
    """
    is_stock = meaning.measure is not None and measures()[meaning.measure].stock
    of_caption = read_time(caption, year) or (_edge_of_year(caption) if is_stock else None)
    if of_caption is None and not _NAMED.search(fold(nfc(caption))):
        of_caption = _of_title(title, year, meaning.status == "plan")
    known = of_caption.end.year if of_caption and of_caption.end else year
    found = read_time(" ".join(path), known)
    if found is None and meaning.status == "plan":
        whole = of_caption is not None and of_caption.start is not None and not of_caption.cumulative
        found = of_caption if whole else whole_year(known)
    found = found or of_caption or Time()
    if is_stock and meaning.status != "plan" and not is_school_year(found):
        found = Time(None, found.as_of or found.end, found.as_of)
    return _year_before(found) if meaning.last_year else found


def of_what_was_done(title: str) -> str:
    """A title without what it says of the time to come."""
    coming = _COMING.search(fold(nfc(title)))
    return title[: coming.start()] if coming else title


def _edge_of_year(caption: str) -> Time | None:
    """`đầu năm 2023`: what there was on its first day; `cuối năm 2022`, on its last."""
    match = _EDGE.search(fold(nfc(caption)))
    if match is None:
        return None
    day = dt.date(int(match[2]), 1, 1) if match[1] == "dau" else dt.date(int(match[2]), 12, 31)
    return Time(None, day, day)


@lru_cache(maxsize=20_000)
def _of_title(title: str, year: int | None, is_plan: bool) -> Time | None:
    """The time that a title speaks of: of what was done, or of what is to come where the figures are a plan."""
    folded = fold(nfc(title))
    if cited := _CITED.search(folded):
        title, folded = title[: cited.start()], folded[: cited.start()]
    coming = _COMING.search(folded)
    if is_plan:
        return (read_time(title[coming.start() :], year) if coming else None) or read_time(title, year)
    title = of_what_was_done(title)
    horizon = _HORIZON.search(folded)
    return read_time(title[: horizon.start()] if horizon else title, year)


def _year_before(time: Time) -> Time:
    return Time(_back(time.start), _back(time.end), _back(time.as_of), time.cumulative)


def _back(day: dt.date | None) -> dt.date | None:
    """The same day a year before; 29 February becomes the 28th."""
    if day is None:
        return None
    return make_date(day.year - 1, day.month, day.day) or dt.date(day.year - 1, day.month, day.day - 1)
