"""Figures in prose as observations: what was reached, what was aimed at, and the printed percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from congvan.dataset.see.block import Block, Headings, OfDispatch, OfHeading, OfRow, Rows
from congvan.dataset.see.facts import CellFacts, HeaderFacts
from congvan.dataset.see.origin import Origin
from congvan.dataset.see.table_columns import heading_of
from congvan.dataset.see.units import Unit, read_unit, with_place
from congvan.dataset.words.concepts import asked_words
from congvan.dataset.words.counted import Counted, counted_in, printed_figure
from congvan.dataset.words.headings import Meaning
from congvan.dataset.words.times import time_of
from congvan.dataset.words.vocabulary import measure_in_sentence, measures, ratio_of
from congvan.dataset.words.when import Time, read_time
from schemas.dispatch import Claim
from schemas.observation import Status
from vietnamese.fold import fold, nfc

_NOUN = r"\s+(?P<noun>[a-z/]+(?: [a-z]+)?)"
_COMPARED = re.compile(r"\b(?:so voi|cung ky)\b")
_OF_THE_PLAN = re.compile(
    r"(?:%\)?\s+(?:so voi )?(?:\w+ )?|\b(?:hoan thanh|vuot muc|vuot)\s+)"
    r"(?:ke hoach|chi tieu|du toan|muc tieu|nghi quyet)\b"
)
"""From here on a claim speaks of the plan, whose time is not that of what was reached."""
_TELLS_RESULTS = re.compile(
    r"\b(?:ket qua|tinh hinh|bao cao|tong ket|so ket|danh gia|tien do|thong ke|so lieu|thuc hien|cong khai|giao ban)\b"
)
"""A title of which time results are; that of a plan is of a time still to come."""
_CONDITION = re.compile(r"^\W*(?:doi voi (?:noi|truong hop|don vi|to chuc)|neu|truong hop)\b|: neu\b")
"""A rule of what is to be done, which reports no figure."""
_OF_PEOPLE = ("đảng viên", "người", "học sinh", "trẻ", "quần chúng")
_PEOPLE = ("dong chi", "nguoi", "d/c", "quan chung", "chau", "em")
_REACHED = ("ratio", "achievement")
_SHARES_MEASURE = ("total", "count", "achievement", "ratio", "comparison")


def observe_claims(claims: Sequence[Claim], origin: Origin, header: HeaderFacts, shared: OfDispatch) -> Iterator[Block]:
    """The figures that the prose reports; limits (`dưới 50%`) are none, goals are plans."""
    for number, claim in enumerate(claims):
        is_rule = claim.qualifier == "threshold" or _CONDITION.search(fold(nfc(claim.text)))
        if is_rule or claim.kind not in _SHARES_MEASURE:
            continue
        row = Rows((_row(claim, number, origin),))
        for value, status, measure in _figures(claim, _measure(claim)):
            heading = _heading(claim, measure, status, header)
            if value == claim.percent and measure is None:
                heading = heading._replace(concept=f"{heading.concept} / ty le".strip(" /"), unit_of_value="%")
            yield Block(shared, Headings((heading,)), row, [CellFacts(text=value, value=value)])


def _measure(claim: Claim) -> str | None:
    """The measure that a claim speaks of, where what it counts is what the measure counts (people, not units)."""
    measure = measure_in_sentence(_own_words(claim.text))
    if measure is None or claim.numerator is None:
        return measure
    counted = re.search(printed_figure(claim).pattern + _NOUN, fold(nfc(claim.text)))
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


def _heading(claim: Claim, measure: str | None, status: Status, header: HeaderFacts) -> OfHeading:
    known = measures()[measure] if measure else None
    unit = _named_unit(claim)
    counted = Counted(asked_words(known.label), known.unit) if known else counted_in(claim, bool(unit and unit.kind))
    meaning = Meaning(measure, status=status, unit=counted.unit, concept=counted.words)
    return heading_of(claim.text, meaning, _time(claim, meaning, header))


def _time(claim: Claim, meaning: Meaning, header: HeaderFacts) -> Time:
    """The time of its own words; else of those before it; else of a title that fits what the figure is."""
    own = _own_words(claim.text)
    if meaning.status == "result" and (of_plan := _OF_THE_PLAN.search(fold(nfc(own)))):
        own = own[: of_plan.start()]
    title = f"{(header.doc_type or '').replace('_', ' ')} {header.subject or ''}".strip()
    if meaning.status == "result" and not _TELLS_RESULTS.search(fold(nfc(title))):
        title = ""
    words = own if read_time(own, header.year) else claim.time or own
    return time_of((), words, meaning, header.year, title)


def _named_unit(claim: Claim) -> Unit | None:
    """The unit that a claim is about; `trường`, `phòng khám đa khoa` without a name are what is counted."""
    return read_unit(claim.subject) if claim.subject and claim.subject != claim.subject.lower() else None


def _row(claim: Claim, number: int, origin: Origin) -> OfRow:
    unit = _named_unit(claim)
    pointer = f"/claims/{number}"
    if unit is None or unit.kind is None:
        return OfRow(*(None,) * 7, "total", None, None, pointer)
    known, place = with_place(unit, origin.district, origin.day)
    return OfRow(known.printed, known.kind, known.name, place, None, None, None, "unit", None, None, pointer)
