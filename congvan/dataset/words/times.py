"""The period of a figure: from its column's heading, then the table's caption, then the title of the dispatch."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from congvan.dataset.words.headings import Meaning
from congvan.dataset.words.vocabulary import measures
from congvan.dataset.words.when import Time, read_time, whole_year
from vietnamese.dates import make_date
from vietnamese.fold import fold, nfc

_CITED = re.compile(
    r"\b(?:chi thi|nghi quyet|quyet dinh|ke hoach|cong van|thong tu|nghi dinh|luat|ket luan|huong dan"
    r"|de an|chuong trinh) (?:so )?\d.*"
)
"""From here on a title speaks of another document, whose days are not those of the figures."""


@lru_cache(maxsize=100_000)
def time_of(path: tuple[str, ...], caption: str, meaning: Meaning, year: int | None, title: str = "") -> Time:
    """The time of a column. A plan without a time of its own is for the whole year that the caption speaks of."""
    of_caption = read_time(caption, year) or _of_title(title, year)
    known = of_caption.end.year if of_caption and of_caption.end else year
    found = read_time(" ".join(path), known)
    if found is None and meaning.status == "plan":
        whole = of_caption is not None and of_caption.start is not None and not of_caption.cumulative
        found = of_caption if whole else whole_year(known)
    found = found or of_caption or Time()
    if meaning.measure and measures()[meaning.measure].stock and meaning.status != "plan":
        found = Time(None, found.as_of or found.end, found.as_of)
    return _year_before(found) if meaning.last_year else found


@lru_cache(maxsize=20_000)
def _of_title(title: str, year: int | None) -> Time | None:
    cited = _CITED.search(fold(nfc(title)))
    return read_time(title[: cited.start()] if cited else title, year)


def _year_before(time: Time) -> Time:
    return Time(_back(time.start), _back(time.end), _back(time.as_of), time.cumulative)


def _back(day: dt.date | None) -> dt.date | None:
    """The same day a year before; 29 February becomes the 28th."""
    if day is None:
        return None
    return make_date(day.year - 1, day.month, day.day) or dt.date(day.year - 1, day.month, day.day - 1)
