"""What a pen wrote is held against the numbers and days of the same office."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.archive.review.neighbours import judged_by_neighbours
from schemas.dispatch import Dispatch
from schemas.source import Notice, Suggestion
from tests.support.kept_letters import Letter, put_letter

_OFFICE = {"issuing_body": "UBND xã Vĩnh Lạc", "symbol": "UBND-VP", "is_draft": False}


def by_pen(pointer: str, *values: str) -> Notice:
    seen = tuple(Suggestion(value=value, source="pen", confidence=0.5) for value in values)
    return Notice(code="handwritten", message="Viết tay.", pointer=pointer, suggestions=seen)


def letter(number: int | None, date: str | None, *warnings: Notice, symbol: str = "UBND-VP") -> Letter:
    so_hieu = f"{number}/{symbol}" if number else None
    facts = {**_OFFICE, "number": number, "so_hieu": so_hieu, "symbol": symbol, "date": date, "year": 2024}
    return Letter(f"{number}-{date}.pdf", facts, text=f"Báo cáo việc số {number} ngày {date}.", warnings=warnings)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    kept = Archive(tmp_path)
    for number, date in ((40, "2024-03-04"), (46, "2024-03-11"), (48, "2024-03-20")):
        put_letter(kept, letter(number, date))
    return kept


def judged(archive: Archive, one: Letter) -> Dispatch:
    record = one.record()[1]
    if record.header.date is None:
        record = record.model_copy(update={"header": record.header.model_copy(update={"year": 2024})})
    return judged_by_neighbours(archive.engine, record)


def test_readings_in_order_come_first(archive: Archive) -> None:
    notice = by_pen("/header/number", "77", "47", "17")
    [seen] = judged(archive, letter(None, "2024-03-15", notice)).warnings
    assert [one.value for one in seen.suggestions] == ["47", "77", "17"]


def test_the_one_number_left_is_offered(archive: Archive) -> None:
    [seen] = judged(archive, letter(None, "2024-03-15", by_pen("/header/number", "77"))).warnings
    assert [(one.value, one.source) for one in seen.suggestions] == [("77", "pen"), ("47", "neighbours")]


def test_days_in_order_come_first(archive: Archive) -> None:
    notice = by_pen("/header/date", "2024-03-21", "2024-03-08")
    [seen] = judged(archive, letter(44, None, notice)).warnings
    assert [one.value for one in seen.suggestions] == ["2024-03-08", "2024-03-21"]


def test_a_number_taken_out_of_order_is_doubted_with_what_says_so(archive: Archive) -> None:
    record = judged(archive, letter(41, "2024-03-25", by_pen("/header/number")))
    assert record.header.number == 41
    assert [notice.code for notice in record.warnings] == ["handwritten", "date_conflict"]
    assert "46/UBND-VP ngày 11/03/2024" in record.warnings[1].message
    assert record.warnings[1].pointer == "/header/number"
    of_day = judged(archive, letter(41, "2024-03-25", by_pen("/header/date")))
    assert of_day.warnings[1].pointer == "/header/date"


@pytest.mark.parametrize(("number", "date"), [(47, "2024-03-15"), (47, "2024-03-11"), (49, "2024-03-20")])
def test_what_is_in_order_is_not_doubted(archive: Archive, number: int, date: str) -> None:
    record = judged(archive, letter(number, date, by_pen("/header/number")))
    assert [notice.code for notice in record.warnings] == ["handwritten"]


def test_only_pen_and_only_its_own_series_are_judged(archive: Archive) -> None:
    printed = letter(41, "2024-03-25").record()[1]
    assert judged_by_neighbours(archive.engine, printed) == printed
    other_symbol = letter(41, "2024-03-25", by_pen("/header/number"), symbol="BC-UBND")
    other_office = dataclasses.replace(letter(41, "2024-03-25", by_pen("/header/number")))
    other_office.header = {**other_office.header, "issuing_body": "UBND xã Tân Hòa"}
    for one in (other_symbol, other_office):
        assert len(judged(archive, one).warnings) == 1


def test_another_year_begins_anew(archive: Archive) -> None:
    one = letter(3, "2025-01-06", by_pen("/header/number"))
    assert len(judged(archive, one).warnings) == 1


def test_a_dispatch_is_no_neighbour_of_itself(archive: Archive) -> None:
    one = letter(41, "2024-03-05", by_pen("/header/number"))
    put_letter(archive, one)
    assert len(judged(archive, one).warnings) == 1
    assert judged(archive, one).header.date == dt.date(2024, 3, 5)
