"""Limits and decoys in words of our own: what each means, and that nothing else is taken."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

import pytest

from parsers.deadlines.deadlines import read_deadlines
from parsers.record.passage import Passage
from parsers.record.text_body import Body
from parsers.record.trail import Trail
from parsers.tasks.item import Item
from parsers.tasks.tasks import read_directives
from schemas.dispatch import Deadline, Directive, Header
from schemas.document import Paragraph
from tests.support.sources import KNOWN

FOLDER = KNOWN
PHRASES = tomllib.loads((FOLDER / "deadline_phrases.toml").read_text(encoding="utf-8"))
DECOYS = tomllib.loads((FOLDER / "deadline_decoys.toml").read_text(encoding="utf-8"))
CASES = [
    *([f"Các xã gửi báo cáo về Phòng {row[0]}.", *row[1:]] for row in PHRASES["clauses"]),
    *PHRASES["sentences"],
]


def read(text: str, issued: str, *, directive: bool = True) -> tuple[tuple[Deadline, ...], Trail]:
    passage, trail = Passage.of([Paragraph(text=text)]), Trail()
    date = dt.date.fromisoformat(issued) if issued else None
    item = Item(Directive(id="1", text=text, assignees=("Các xã",)), passage) if directive else None
    return read_deadlines([(passage, item)], date, trail), trail


def more_of(deadline: Deadline, trail: Trail, form: str) -> str:
    """What the last column of a case says, read off a deadline in the same form."""
    if form.startswith("!"):
        return "".join(f"!{notice.code}" for notice in trail.warnings)
    if form.startswith("FREQ"):
        return deadline.recurrence or ""
    if re.match(r"PT?\d", form):
        return (deadline.timex or "") + (" w" if deadline.working_days else "")
    return deadline.due_time or ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} [{case[1]}]")
def test_phrase(case: list[Any]) -> None:
    text, issued, kind, start, due, more = case
    found, trail = read(text, issued)
    assert len(found) == 1
    one = found[0]
    iso = [day.isoformat() if day else "" for day in (one.start, one.due)]
    assert [one.kind, *iso, more_of(one, trail, more)] == [kind, start, due, more]
    assert one.phrase in text
    assert one.assignees == ("Các xã",)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200
    assert len(DECOYS["directive"]) + len(DECOYS["other"]) >= 100


@pytest.mark.parametrize("case", DECOYS["directive"], ids=lambda case: f"{case[0]} [{case[1]}]")
def test_decoy_in_a_directive(case: list[str]) -> None:
    assert read(case[0], case[1])[0] == ()


@pytest.mark.parametrize("case", DECOYS["other"], ids=lambda case: f"{case[0]} [{case[1]}]")
def test_decoy_elsewhere(case: list[str]) -> None:
    assert read(case[0], case[1], directive=False)[0] == ()


def test_before_a_day_has_the_day_itself_as_the_other_reading() -> None:
    (one,), _ = read("Báo cáo trước ngày 15/8/2024.", "2024-07-29")
    assert (one.alternative_due, one.timex, one.granularity) == (dt.date(2024, 8, 15), "2024-08-15", "day")


def test_before_an_hour_has_one_reading() -> None:
    (one,), _ = read("Báo cáo trước 17 giờ 00 ngày 15/8/2024.", "2024-07-29")
    assert (one.alternative_due, one.timex) == (None, "2024-08-15T17:00")


@pytest.mark.parametrize(
    ("text", "granularity", "timex"),
    [
        ("trong tháng 10/2024", "month", "2024-10"),
        ("trong quý III/2024", "quarter", "2024-Q3"),
        ("trong 6 tháng cuối năm 2024", "half", "2024-H2"),
        ("trong năm 2024", "year", "2024"),
        ("từ ngày 01/8/2024 đến ngày 15/8/2024", "day", "2024-08-01/2024-08-15"),
        ("định kỳ 6 tháng", "half", "P6M"),
        ("hằng quý", "quarter", "P3M"),
    ],
)
def test_granularity_and_timex(text: str, granularity: str, timex: str) -> None:
    (one,), _ = read(f"Gửi báo cáo {text}.", "2024-07-29")
    assert (one.granularity, one.timex) == (granularity, timex)


def test_a_year_that_is_not_printed_is_marked_inferred() -> None:
    trail = read("Báo cáo trước ngày 15/8.", "2024-07-29")[1]
    assert [piece.origin for piece in trail.evidence["/deadlines/0/due"]] == ["inferred"]
    assert [piece.quote for piece in trail.evidence["/deadlines/0"]] == ["trước ngày 15/8"]
    assert "/deadlines/0/due" not in read("Báo cáo trước ngày 15/8/2024.", "2024-07-29")[1].evidence


def test_expected_is_tentative() -> None:
    assert read("Mở lớp (dự kiến tháng 10/2024).", "2024-07-29")[0][0].tentative
    assert not read("Mở lớp trong tháng 10/2024.", "2024-07-29")[0][0].tentative


def test_several_recurrences_are_several_deadlines() -> None:
    found, _ = read("Báo cáo định kỳ hằng tháng, quý, 6 tháng và năm.", "2024-07-29")
    assert [one.recurrence for one in found] == [
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY",
    ]


def test_anchor_is_what_is_counted_from() -> None:
    (one,), _ = read("Trả lời trong thời hạn 05 ngày kể từ ngày nhận đơn.", "2024-07-29")
    assert (one.anchor, one.due) == ("ngày nhận đơn", None)


def test_a_limit_said_twice_in_an_item_is_one() -> None:
    text = "Rà soát xong trước ngày 15/8/2024; gửi kết quả về Sở trước ngày 15/8/2024."
    assert len(read(text, "2024-07-29")[0]) == 1


def test_two_limits_of_an_item_are_two() -> None:
    found, _ = read("Đợt 1 trước ngày 15/8/2024; đợt 2 trước ngày 15/9/2024.", "2024-07-29")
    assert [one.due for one in found] == [dt.date(2024, 8, 14), dt.date(2024, 9, 14)]
    assert [one.id for one in found] == ["1", "2"]


def test_a_limit_in_the_closing_request_counts() -> None:
    text = "Đề nghị các đơn vị gửi kết quả về Sở Tư pháp trước ngày 20/8/2024 để tổng hợp."
    (one,), _ = read(text, "2024-07-29", directive=False)
    assert (one.due, one.directive, one.assignees) == (dt.date(2024, 8, 19), None, ("các đơn vị",))


def test_a_closing_line_that_names_nobody_binds_those_who_were_asked() -> None:
    item = Passage.of([Paragraph(text="Kiểm đếm ghế.")])
    end = Passage.of([Paragraph(text="Báo cáo gửi về Phòng trước ngày 20/8/2024.")])
    for others, who in ((), ("Các xã",)), (("Công an xã",), ()):
        items = [Item(Directive(id="1", text="Kiểm đếm ghế.", assignees=("Các xã",)), item)]
        items += [Item(Directive(id="2", text="Kiểm đếm ghế.", assignees=(name,)), item) for name in others]
        (one,) = read_deadlines([*((item, one) for one in items), (end, None)], dt.date(2024, 7, 29), Trail())
        assert one.assignees == who


def test_who_is_to_act_on_what_is_sent_is_bound_by_the_later_limit() -> None:
    text = "Gửi phiếu trước ngày 15/8/2024 để Sở Y tế thẩm định, trình UBND tỉnh trước ngày 20/8/2024."
    found, _ = read(text, "2024-07-29")
    assert [(one.due, one.assignees) for one in found] == [
        (dt.date(2024, 8, 14), ("Các xã",)),
        (dt.date(2024, 8, 19), ("Sở Y tế",)),
    ]


def test_a_clause_behind_a_limit_may_name_who_acts_next() -> None:
    text = "Nộp phiếu trước ngày 10/9/2024, Phòng Kinh tế tổng hợp báo cáo UBND huyện trước ngày 15/9/2024."
    found, _ = read(text, "2024-07-29")
    assert [one.assignees for one in found] == [("Các xã",), ("Phòng Kinh tế",)]


def test_the_label_of_an_item_is_no_word_of_its_limit() -> None:
    found, _ = read("- Tháng 9/2024: Khảo sát các bến đò.", "2024-07-29")
    assert [one.phrase for one in found] == ["Tháng 9/2024"]


def test_a_draft_takes_the_year_alone() -> None:
    passage, trail = Passage.of([Paragraph(text="Các xã báo cáo trước ngày 15/8.")]), Trail()
    (one,) = read_deadlines([(passage, None)], None, trail, year=2024)
    assert one.due == dt.date(2024, 8, 14)
    february = Passage.of([Paragraph(text="Các xã báo cáo trước ngày 15/02.")])
    (early,) = read_deadlines([(february, None)], None, trail, 2024)
    assert early.due is None


def test_a_limit_that_was_past_at_issue_is_told_of() -> None:
    found, trail = read("Các xã báo cáo trước ngày 15/7/2024.", "2024-07-29")
    assert found == ()
    assert [notice.code for notice in trail.warnings] == ["past_date"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Phiếu khảo sát của các đơn vị gửi về Sở trước ngày 15/8/2024.", ("các đơn vị",)),
        ("Báo cáo của Ủy ban nhân dân các xã gửi về Phòng trước ngày 15/8/2024.", ("Ủy ban nhân dân các xã",)),
        ("Kết quả thực hiện Kế hoạch của Ủy ban nhân dân tỉnh gửi về Sở trước ngày 15/8/2024.", ()),
        ("Kết quả gửi về Phòng trước ngày 15/8/2024.", ()),
    ],
)
def test_who_sends_by_a_sentence_about_what_is_sent(text: str, who: tuple[str, ...]) -> None:
    assert [one.assignees for one in read(text, "2024-07-29", directive=False)[0]] == [who]


def test_a_later_sentence_that_begins_with_a_stroke_d_names_its_own() -> None:
    text = "Các xã gửi hồ sơ đến ngày 25/8/2024. Đối với các xã còn thiếu tiếp tục gửi trước ngày 30/9/2024."
    assert [one.assignees for one in read(text, "2024-07-29")[0]] == [("Các xã",), ("các xã còn thiếu",)]


def test_limits_come_in_the_order_of_the_page() -> None:
    lines = "Huyện nhận báo cáo trước ngày 20/8/2024.", "UBND huyện yêu cầu:", "1. Các xã họp trước ngày 10/8/2024."
    items = read_directives(Body([Paragraph(text=line) for line in lines]), Header(doc_type="cong_van"), Trail())
    found = read_deadlines(items.among_others(), dt.date(2024, 7, 29), Trail())
    assert [(one.due, one.directive) for one in found] == [
        (dt.date(2024, 8, 19), None),
        (dt.date(2024, 8, 9), "1"),
    ]
