"""The desk for programs: what the API answers, that it keeps to its description, health, metrics, and the MCP tools."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from congvan.archive.truth.archive_errors import PlainError
from congvan.dataset.keep.build import build
from congvan.web.api.mcp_server import ReadOnly, make_server
from congvan.web.app import make_app
from tests.support.desks import DrawnLetter, open_desk, put_drawn, put_report, visit

TODAY = dt.date(2026, 3, 20)
_FEW = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def test_dispatches_deadlines_and_findings(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    found = client.get("/api/v1/dispatches", params={"q": "cong tac"}).json()
    assert found["total"] == 1 and found["items"][0]["so_hieu"] == "15/UBND-NV"
    assert "«công» «tác»" in found["items"][0]["snippet"]
    assert client.get(f"/api/v1/dispatches/{sha256}").json()["header"]["number"] == 15
    assert client.get(f"/api/v1/dispatches/{sha256}/findings").json() == []
    line = client.get("/api/v1/deadlines", params={"end": "2026-03-31"}).json()[0]
    assert (line["due"], line["days_left"], line["task"]) == ("2026-03-22", 2, DrawnLetter().task)
    assert client.put(f"/api/v1/deadlines/{line['id']}", json={"status": "done"}).status_code == 200
    assert client.get("/api/v1/deadlines", params={"status": "done"}).json()[0]["id"] == line["id"]
    assert client.get(f"/api/v1/dispatches/{'0' * 64}").status_code == 404


def test_programs_correct_answer_and_enter_as_people_do(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    doubted = put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16", due="2026-03-22"))
    report = put_report(desk.archive)
    desk.findings.refresh()
    client = visit(desk)
    assert [one["dispatch"] for one in client.get("/api/v1/queue").json()] == [doubted]
    path = f"/api/v1/dispatches/{doubted}/fields"
    assert client.put(f"{path}/deadlines.0.due", json={"value": "23/3/2026", "seen": "22/03/2026"}).status_code == 200
    late = client.put(f"{path}/deadlines.0.due", json={"value": "24/3/2026", "seen": "22/03/2026"})
    assert late.status_code == 409 and late.json()["value"] == "23/03/2026"
    assert client.put(f"{path}/evidence", json={"value": "x", "seen": ""}).status_code == 404
    assert desk.archive.record(doubted).deadlines[0].due == dt.date(2026, 3, 23)
    mistake = client.get("/api/v1/findings").json()[0]
    assert (mistake["dispatch"], mistake["reported"], mistake["computed"]) == (report, "25", "24")
    answered = f"/api/v1/dispatches/{report}/findings/{mistake['key']}"
    assert client.put(answered, json={"answer": "mistake"}).status_code == 200
    assert client.get("/api/v1/findings").json()[0]["answer"] == "mistake"
    assert client.put(f"/api/v1/dispatches/{report}/findings/khong-co", json={"answer": "ours"}).status_code == 404
    entered = client.put(f"/api/v1/dispatches/{report}/arrival", json={"unit": "Văn phòng"})
    assert entered.json() == {"number": 1, "date": "2026-03-20", "unit": "Văn phòng"}


def test_programs_ask_the_dataset_over_the_api_and_mcp(tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    desk = open_desk(tmp_path, today=TODAY, dataset=folder)
    report = put_report(desk.archive)
    client, asked = visit(desk), ReadOnly(desk.archive, False, folder)
    assert client.get("/api/v1/indicators").status_code == 409
    with pytest.raises(PlainError, match="Chưa dựng bộ số liệu"):
        asked.indicators()
    build(desk.archive, folder, None, False)
    assert {one["figures"] for one in client.get("/api/v1/indicators").json()} == {4}
    (known,) = asked.indicators("so ho thoat")
    by_name = {"indicator": known["indicator"], "place": "kim anh"}
    (figure,) = client.get("/api/v1/figures", params=by_name).json()
    assert (figure["value_number"], figure["dispatch"], figure["page"]) == (9, report, 1)
    assert figure["pointer"] == "/tables/0/rows/0/cells/3" and figure["district"] == "Kim Thành"
    assert [one["value_number"] for one in asked.figures("Số hộ thoát nghèo", place="Kim Liên")] == [7]
    assert asked.figures("Số hộ thoát nghèo", year=1990) == []
    refused = client.get("/api/v1/figures", params={"indicator": "số voi rừng"})
    assert refused.status_code == 409 and "Không có chỉ tiêu" in refused.json()["detail"]


@pytest.mark.slow
def test_the_api_keeps_to_its_description(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    put_report(desk.archive)
    desk.findings.refresh()
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(desk))
    checks = [not_a_server_error, status_code_conformance, response_schema_conformance]

    for operation in described.get_all_operations():

        @_FEW
        @given(case=operation.ok().as_strategy())
        def call(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks)

        call()


def test_health_and_metrics_are_numbers_only(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(subject="bí mật gia truyền"))
    client = visit(desk)
    assert client.get("/health").json()["status"] == "ok"
    text = client.get("/metrics").text
    assert "congvan_dispatches 1" in text and "congvan_requests_total" in text
    assert "gia truyền" not in text and "UBND" not in text


def test_the_tools_of_the_mcp_server_read_only_and_leave_secrets_out(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    secret = put_drawn(desk.archive, DrawnLetter(subject="công tác diễn tập", number=9, secrecy="MẬT"))
    asked = ReadOnly(desk.archive, secret=False)
    assert [hit["dispatch"] for hit in asked.search("cong tac")] == [sha256]
    assert asked.dispatch("15/UBND-NV")["header"]["number"] == 15
    assert asked.deadlines(start="2026-03-01", end="2026-03-31")[0]["due"] == "2026-03-22"
    assert asked.findings(sha256[:10]) == []
    for name in (secret, "9/UBND-NV"):
        with pytest.raises(PlainError):
            asked.dispatch(name)
    assert make_server(desk.archive) is not None
