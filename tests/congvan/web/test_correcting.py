"""Corrections in place beyond the header: the words of a task, who does it, a deadline's day; the machine's one click
away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.congvan.web.test_pages import TODAY
from tests.support.desks import DrawnLetter, open_desk, put_drawn, send, visit

TASK = DrawnLetter().task


def test_a_deadline_s_day_is_corrected_and_the_register_follows(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    send(client, f"/van-ban/{sha256}/sua", truong="deadlines.0.due", thay="22/03/2026", gia_tri="25/3/2026")
    assert desk.archive.record(sha256).deadlines[0].due == dt.date(2026, 3, 25)
    page = client.get(f"/van-ban/{sha256}").text
    assert "máy đọc: 22/03/2026" in page
    assert "25/03/2026" in client.get("/thoi-han?nhom=week").text
    send(client, f"/van-ban/{sha256}/sua", truong="deadlines.0.due", thay="25/03/2026", gia_tri="22/03/2026")
    assert "máy đọc" not in client.get(f"/van-ban/{sha256}").text


def test_who_and_what_are_corrected_and_the_deadline_goes_with_its_task(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    units = "Phòng Nội vụ\nPhòng Tài chính"
    send(client, f"/van-ban/{sha256}/sua", truong="directives.0.assignees", thay="", gia_tri=units)
    send(client, f"/van-ban/{sha256}/sua", truong="directives.0.text", thay=TASK, gia_tri="Tổng hợp, báo cáo.")
    task = desk.archive.record(sha256).directives[0]
    assert task.assignees == ("Phòng Nội vụ", "Phòng Tài chính") and task.text == "Tổng hợp, báo cáo."
    assert "Phòng Tài chính" in client.get(f"/van-ban/{sha256}").text
    send(client, "/hoan-tac")
    assert desk.archive.record(sha256).directives[0].text == TASK


def test_what_cannot_be_is_refused_and_the_second_of_two_is_told(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    for field, value, status in (
        ("deadlines.0.due", "hôm nào đó", 409), ("directives.0.text", " ", 409), ("directives.7.text", "x", 422),
        ("deadlines.0.phrase", "x", 422), ("signers", "x", 422), ("id", "x", 422),
    ):  # fmt: skip
        seen = {"deadlines.0.due": "22/03/2026", "directives.0.text": TASK}.get(field, "")
        answer = send(client, f"/van-ban/{sha256}/sua", truong=field, thay=seen, gia_tri=value)
        assert answer.status_code == status, field
    assert desk.archive.corrections(sha256) == []
    late = send(client, f"/van-ban/{sha256}/sua", truong="deadlines.0.due", thay="21/03/2026", gia_tri="30/03/2026")
    assert late.status_code == 409 and "22/03/2026" in late.text and "30/03/2026" in late.text
