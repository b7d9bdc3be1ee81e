"""A pen-written day and the day of the digital signature: they agree, or both are told."""

from __future__ import annotations

import datetime as dt

from congvan.intake.signed.digital_signatures import with_signatures
from schemas.dispatch import Dispatch, Evidence, Header
from schemas.source import Notice, Signature, Source, Suggestion

_SOURCE = Source(name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, reader="pdf")


def record(date: dt.date | None, *readings: tuple[str, float]) -> Dispatch:
    seen = tuple(Suggestion(value=value, source="pen", confidence=sure) for value, sure in readings)
    notice = Notice(code="handwritten", message="Ngày viết tay.", pointer="/header/date", page=1, suggestions=seen)
    shown = {"/header/date": (Evidence(page=1, quote="", origin="pen", confidence=0.99),)} if date else {}
    return Dispatch(id="0" * 64, source=_SOURCE, header=Header(date=date), warnings=(notice,), evidence=shown)


def signed(one: Dispatch, day: dt.date) -> Dispatch:
    return with_signatures(one, (Signature(by="A", time=dt.datetime(day.year, day.month, day.day, 3, tzinfo=dt.UTC)),))


def seen(one: Dispatch) -> list[tuple[str, str]]:
    return [(each.value, each.source) for each in one.warnings[0].suggestions]


def test_a_day_behind_the_signature_is_taken_back_and_both_are_told() -> None:
    judged = signed(record(dt.date(2024, 5, 21), ("2024-05-11", 0.1)), dt.date(2024, 5, 12))
    assert judged.header.date is None
    assert "/header/date" not in judged.evidence
    assert seen(judged) == [("2024-05-11", "pen"), ("2024-05-21", "pen"), ("2024-05-12", "signature_time")]
    assert [(one.code, one.pointer) for one in judged.warnings][1] == ("date_conflict", "/header/date")


def test_a_day_up_to_the_signature_stays() -> None:
    for day in (9, 12):
        judged = signed(record(dt.date(2024, 5, day)), dt.date(2024, 5, 12))
        assert judged.header.date == dt.date(2024, 5, day)
        assert seen(judged) == ([] if day == 12 else [("2024-05-12", "signature_time")])


def test_readings_are_ranked_by_what_can_be() -> None:
    judged = signed(record(None, ("2024-05-21", 0.7), ("2024-05-11", 0.5)), dt.date(2024, 5, 11))
    assert judged.header.date is None
    assert seen(judged) == [("2024-05-11", "pen"), ("2024-05-21", "pen")]


def test_a_reading_that_is_the_day_of_the_signature_is_taken() -> None:
    judged = signed(record(None, ("2024-05-11", 0.9), ("2024-05-17", 0.2)), dt.date(2024, 5, 11))
    assert judged.header.date == dt.date(2024, 5, 11)
    assert judged.evidence["/header/date"][0].origin == "pen"
    assert seen(judged) == [("2024-05-17", "pen")]


def test_no_day_is_made_up_from_the_signature_alone() -> None:
    judged = signed(record(None, ("2024-05-03", 0.6)), dt.date(2024, 5, 11))
    assert judged.header.date is None
    assert seen(judged) == [("2024-05-03", "pen"), ("2024-05-11", "signature_time")]
