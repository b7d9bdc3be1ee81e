"""Figures in prose as observations: what was reached, what was aimed at, and the printed percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvan.dataset.headings import Meaning
from congvan.dataset.origin import Origin
from congvan.dataset.times import Time, time_of
from congvan.dataset.units import read_unit, with_place
from congvan.dataset.vocabulary import measure_in_sentence, measures, ratio_of
from schemas.dispatch import Claim, Dispatch
from schemas.observation import Observation, Status
from vietnamese.fold import fold, nfc

_NOUN = r"(?:\s*/\s*\d+)?\s+(?P<noun>[a-z/]+(?: [a-z]+)?)"
_COMPARED = re.compile(r"\b(?:so voi|cung ky)\b")
_OF_PEOPLE = ("đảng viên", "người", "học sinh", "trẻ", "quần chúng")
_PEOPLE = ("dong chi", "nguoi", "d/c", "quan chung", "chau", "em")
_REACHED = ("ratio", "achievement")
_SHARES_MEASURE = ("total", "count", "achievement", "ratio", "comparison")


def observe_claims(dispatch: Dispatch, origin: Origin) -> Iterator[Observation]:
    """The figures that the prose reports; limits (`dưới 50%`) are none, goals are plans."""
    for number, claim in enumerate(dispatch.claims):
        if claim.qualifier == "threshold" or claim.kind not in _SHARES_MEASURE:
            continue
        measure = _measure(claim)
        for value, status, key in _figures(claim, measure):
            yield _observation(dispatch, origin, number, (value, status, key))


def _measure(claim: Claim) -> str | None:
    """The measure that a claim speaks of, where what it counts is what the measure counts (people, not units)."""
    measure = measure_in_sentence(_own_words(claim.text))
    if measure is None or claim.numerator is None:
        return measure
    counted = re.search(rf"\b0*{claim.numerator}{_NOUN}", fold(nfc(claim.text)))
    nouns = {fold(measures()[measure].unit), *_PEOPLE} if measures()[measure].unit in _OF_PEOPLE else set[str]()
    if counted and nouns and not counted["noun"].startswith(tuple(nouns)):
        return None
    return measure


def _own_words(text: str) -> str:
    """A claim without what it is compared with, whose period is another."""
    return text[: match.start()] if (match := _COMPARED.search(fold(nfc(text)))) else text


def _figures(claim: Claim, measure: str | None) -> Iterator[tuple[str, Status, str | None]]:
    goal = claim.qualifier == "goal"
    if claim.numerator is not None:
        yield str(claim.numerator), "plan" if goal else "result", measure
    if claim.kind in _REACHED and claim.denominator is not None and not goal:
        yield str(claim.denominator), "plan", measure
    if claim.kind in _REACHED and claim.percent is not None:
        yield claim.percent, "plan" if goal else "result", ratio_of(measure) if measure else None


def _observation(
    dispatch: Dispatch, origin: Origin, number: int, figure: tuple[str, Status, str | None]
) -> Observation:
    claim = dispatch.claims[number]
    value, status, measure = figure
    pointer = f"/claims/{number}"
    header, shown = dispatch.header, dispatch.evidence.get(pointer)
    meaning = Meaning(measure, status=status, unit=measures()[measure].unit if measure else None)
    time = time_of((), _own_words(claim.text), meaning, header.year) if measure else Time()
    unit = read_unit(claim.subject) if claim.subject else None
    known, place = with_place(unit, origin.district, header.date) if unit and unit.kind else (None, None)
    return Observation(
        province=origin.province.name if origin.province else None,
        district=origin.district.name if origin.district else None,
        body=header.issuing_body,
        unit=known.printed if known else None,
        unit_kind=known.kind if known else None,
        unit_name=known.name if known else None,
        place=place,
        measure=measure,
        heading=claim.text,
        dimensions="",
        period_start=time.start,
        period_end=time.end,
        as_of=time.as_of,
        cumulative=time.cumulative,
        value=value,
        unit_of_value=meaning.unit,
        status=status,
        part="unit" if known else "total",
        dispatch=dispatch.id,
        so_hieu=header.so_hieu,
        issued=header.date,
        table=None,
        row=None,
        column=None,
        page=shown[0].page if shown else None,
        pointer=pointer,
        confidence=shown[0].confidence if shown else 1.0,
        disagrees=False,
        corrected=False,
    )
