"""Where a dispatch comes from: province and district, by its letterhead, by names, or by the communes of its tables."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from congvan.dataset.see.facts import HeaderFacts
from congvan.dataset.see.places import Gazetteer, Place, gazetteer
from schemas.dispatch import Header
from vietnamese.fold import fold, nfc

_PROVINCE = re.compile(r"\b(?P<kind>tinh uy|tinh|thanh pho|tp\.?|thanh uy)\s+(?P<name>[^,;()]+)")
_DISTRICT = re.compile(
    r"\b(?P<kind>huyen uy|huyen|quan uy|quan|thi xa|thi uy|thanh pho|thanh uy|tp\.?)\s+(?P<name>[^,;()]+)"
)
_KINDS = {"huyen": "huyện", "quan": "quận", "thi": "thị xã", "thanh": "thành phố", "tp": "thành phố", "tinh": "tỉnh"}
_MOST_WORDS = 4
_LEAST_COMMUNES = 5
_SURE_SHARE = 0.8


@dataclass(frozen=True)
class Origin:
    """Province and district of a dispatch; either may be unknown. `day` is one on which the same places stood."""

    province: Place | None = None
    district: Place | None = None
    day: dt.date | None = None

    @cached_property
    def district_name(self) -> str | None:
        """The district's name, with its kind where its province had two of that name (huyện and thị xã Kỳ Anh)."""
        if self.district is None:
            return None
        same = _districts(gazetteer(), self.day, self.province).get(fold(self.district.name), [])
        return f"{self.district.kind} {self.district.name}" if len(same) > 1 else self.district.name


def origin_of(header: Header | HeaderFacts, notes: Iterable[str | None], communes: Iterable[str]) -> Origin:
    """The origin of a dispatch by its header and what stands beside its tables; `communes` are the bare names in them.

    A district is taken only where one fits: named with its province, or alone under a name that no other district has,
    or by at least five communes of the tables, four fifths of which are its own and no other's to that extent.
    """
    day = header.date or (dt.date(header.year, 6, 30) if header.year else None)
    names = (header.parent_body, header.issuing_body, header.place, *notes)
    origin = _by_names(tuple(name for name in names if name), gazetteer().same_days(day))
    if origin.district is not None:
        return origin
    district = _by_communes(gazetteer(), [*communes], origin.day, origin.province)
    return _with_district(origin, district)


@lru_cache(maxsize=50_000)
def _by_names(names: tuple[str, ...], day: dt.date | None) -> Origin:
    texts = [fold(nfc(name)) for name in names]
    places = gazetteer()
    province = next((found for text in texts for found in _named(text, _PROVINCE, _provinces(places, day))), None)
    districts = _districts(places, day, province)
    district = next((found for text in texts for found in _named(text, _DISTRICT, districts)), None)
    return _with_district(Origin(province, day=day), district)


def _with_district(origin: Origin, district: Place | None) -> Origin:
    if district is None:
        return origin
    return Origin(origin.province or gazetteer().by_id[district.parent or ""], district, origin.day)


def _named(text: str, pattern: re.Pattern[str], places: dict[str, list[Place]]) -> Iterator[Place]:
    """The places whose names follow the pattern's words, the longest name first, where only one has that name.

    Of two of one name the one of the kind that is printed: `Thị uỷ Kỳ Anh` is not of huyện Kỳ Anh.
    """
    for match in pattern.finditer(text):
        words = match["name"].split()[:_MOST_WORDS]
        for length in range(len(words), 0, -1):
            found = places.get(" ".join(words[:length]).strip(" .-"), [])
            if len(found) > 1:
                kind = _KINDS[match["kind"].split()[0].strip(".")]
                found = [place for place in found if place.kind == kind]
            if len(found) == 1:
                yield found[0]
                break


@cache
def _provinces(places: Gazetteer, day: dt.date | None) -> dict[str, list[Place]]:
    return _by_name(place for place in places.provinces if place.existed(day))


@cache
def _districts(places: Gazetteer, day: dt.date | None, province: Place | None) -> dict[str, list[Place]]:
    return _by_name(
        place for place in places.districts if place.existed(day) and (province is None or place.parent == province.id)
    )


def _by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(fold(place.name), []).append(place)
    return found


@cache
def _districts_of_commune(places: Gazetteer) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places.by_id.values():
        if place.level == "commune":
            found.setdefault(fold(place.name), []).append(place)
    return found


def _by_communes(places: Gazetteer, communes: list[str], day: dt.date | None, province: Place | None) -> Place | None:
    names = {fold(nfc(name)) for name in communes}
    if len(names) < _LEAST_COMMUNES:
        return None
    votes: Counter[str] = Counter()
    for name in names:
        homes = {place.parent for place in _districts_of_commune(places).get(name, ()) if place.existed(day)}
        votes.update(home for home in homes if home is not None)
    ranked = [(places.by_id[home], count) for home, count in votes.most_common(2)]
    ranked = [(home, count) for home, count in ranked if count >= _SURE_SHARE * len(names)]
    if len(ranked) != 1 or ranked[0][0].level != "district":
        return None
    home = ranked[0][0]
    return home if province is None or home.parent == province.id else None
