"""What a pen wrote into the letterhead: taken where the reader is sure, else suggested, always told."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document, Furniture, PenBlank, PenValue
from schemas.source import Notice
from tests.parsers.header.test_header_scans import scan

_BLANK_NUMBER = ("Số: /SYT-NVY", 0.95)
_BLANK_DAY = ("Sơn Hạ, ngày tháng 3 năm 2019", 0.95)
_BLANK_BOTH = ("Sơn Hạ, ngày tháng năm 2019", 0.95)

Ink = tuple[PenBlank, int, list[tuple[str, float]] | None]


def written(changes: dict[int, tuple[str, float]], *inks: Ink) -> Document:
    furniture = tuple(
        Furniture(
            kind="handwriting",
            text="4‡",
            page=1,
            box=(100.0, 60.0 + 20 * line, 130.0, 72.0 + 20 * line),
            blank=blank,
            readings=None if readings is None else tuple(PenValue(*reading) for reading in readings),
        )
        for blank, line, readings in inks
    )
    return scan(changes).model_copy(update={"furniture": furniture})


def told(record: Dispatch, pointer: str) -> Notice:
    return next(notice for notice in record.warnings if notice.pointer == pointer)


def seen(record: Dispatch, pointer: str) -> list[tuple[str, str, float | None]]:
    return [(one.value, one.source, one.confidence) for one in told(record, pointer).suggestions]


@pytest.mark.parametrize(
    ("value", "number", "so_hieu"), [("07", 7, "07/SYT-NVY"), ("512", 512, "512/SYT-NVY"), ("27a", 27, "27a/SYT-NVY")]
)
def test_a_sure_number_is_taken_and_told(value: str, number: int, so_hieu: str) -> None:
    record = parse(written({2: _BLANK_NUMBER}, ("number", 2, [(value, 0.99), ("1", 0.1)])))
    assert (record.header.number, record.header.so_hieu, record.header.is_draft) == (number, so_hieu, False)
    evidence = record.evidence["/header/number"][0]
    assert (evidence.origin, evidence.confidence, evidence.bbox) == ("pen", 0.99, (100.0, 100.0, 130.0, 112.0))
    assert told(record, "/header/number").code == "handwritten"
    assert seen(record, "/header/number") == [("1", "pen", 0.1)]


def test_an_unsure_number_is_suggested_the_likeliest_first() -> None:
    record = parse(written({2: _BLANK_NUMBER}, ("number", 2, [("11", 0.7), ("44", 0.4)])))
    assert (record.header.number, record.header.so_hieu, record.header.symbol) == (None, None, "SYT-NVY")
    assert seen(record, "/header/number") == [("11", "pen", 0.7), ("44", "pen", 0.4)]


def test_the_number_of_a_party_dispatch_stands_before_a_dash() -> None:
    record = parse(written({2: ("Số -CV/HU", 0.95)}, ("number", 2, [("148", 0.99)])))
    assert (record.header.number, record.header.so_hieu) == (148, "148-CV/HU")


def test_a_sure_day_completes_the_printed_date() -> None:
    record = parse(written({6: _BLANK_DAY}, ("day", 6, [("05", 0.99), ("6", 0.05)])))
    assert record.header.date == dt.date(2019, 3, 5)
    assert [one.origin for one in record.evidence["/header/date"]] == ["pen"]
    assert seen(record, "/header/date") == [("2019-03-06", "pen", 0.05)]


def test_day_and_month_are_as_sure_as_the_less_sure_of_them() -> None:
    record = parse(written({6: _BLANK_BOTH}, ("day", 6, [("30", 0.99)]), ("month", 6, [("4", 0.8), ("2", 0.3)])))
    assert record.header.date is None
    # The 30th of February is no day.
    assert seen(record, "/header/date") == [("2019-04-30", "pen", 0.8)]


def test_without_a_recogniser_the_warning_says_so() -> None:
    record = parse(written({2: _BLANK_NUMBER}, ("number", 2, None)))
    assert record.header.number is None
    assert "không có bộ đọc" in told(record, "/header/number").message
    assert seen(record, "/header/number") == []


def test_a_day_after_the_arrival_stamp_is_suggested_last() -> None:
    document = written({6: _BLANK_DAY}, ("day", 6, [("25", 0.6), ("15", 0.4)]))
    stamp = Furniture(kind="arrival_stamp", text="ĐẾN Số: 88 Ngày: 18/3/2019", page=1)
    stamped = document.model_copy(update={"furniture": (*document.furniture, stamp)})
    assert [value for value, _, _ in seen(parse(document), "/header/date")] == ["2019-03-25", "2019-03-15"]
    assert [value for value, _, _ in seen(parse(stamped), "/header/date")] == ["2019-03-15", "2019-03-25"]


def test_a_day_taken_that_lies_after_the_arrival_stamp_is_doubted_with_both() -> None:
    document = written({6: _BLANK_DAY}, ("day", 6, [("25", 0.99)]))
    stamp = Furniture(kind="arrival_stamp", text="ĐẾN Số: 88 Ngày: 18/3/2019", page=1)
    record = parse(document.model_copy(update={"furniture": (*document.furniture, stamp)}))
    [conflict] = [notice for notice in record.warnings if notice.code == "date_conflict"]
    assert "25/03/2019" in conflict.message and "18/03/2019" in conflict.message
