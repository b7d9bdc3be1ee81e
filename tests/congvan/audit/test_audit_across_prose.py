"""`tăng 15,4% so với cùng kỳ` against the report that the same body made a year before."""

from __future__ import annotations

import datetime as dt

import pytest

from congvan.audit.across.batch import check_all
from parsers.claims.claim_finder import find_claims
from schemas.dispatch import Claim, Dispatch, Evidence, Header
from schemas.finding import Finding
from schemas.source import Source

BODY = "HUYỆN ỦY SƠN HẢI"
SUBJECT = "kết quả công tác 6 tháng đầu năm {}"
NOW = "kết nạp được 120 đảng viên mới, tăng 18,2% so với cùng kỳ"
LAST = "Toàn huyện đã kết nạp được 104 đảng viên mới."


def record(year: int, text: str, subject: str = SUBJECT, body: str = BODY, confidence: float = 1.0) -> Dispatch:
    drafts, _ = find_claims(text)
    claims = tuple(
        Claim(
            id=f"C{place}", text=text[draft.span[0] : draft.span[1]], kind=draft.kind, numerator=draft.numerator,
            denominator=draft.denominator, percent=draft.percent, decimals=draft.decimals, qualifier=draft.qualifier,
        )
        for place, draft in enumerate(drafts, start=1)
    )  # fmt: skip
    header = Header(so_hieu=f"{year}-BC/HU", issuing_body=body, subject=subject.format(year), date=dt.date(year, 6, 20))
    source = Source(name=f"{year}.txt", media_type="text/plain", size=1, sha256=str(year) * 16, reader="text")
    seen = {
        f"/claims/{place}": (Evidence(page=1, bbox=None, quote="", origin="body", confidence=confidence),)
        for place in range(len(claims))
    }
    return Dispatch(id=source.sha256, source=source, header=header, claims=claims, evidence=seen)


def across(*records: Dispatch) -> list[Finding]:
    checked = check_all([(None, one) for one in records])
    return [finding for one in checked for finding in one.audit.findings if finding.check == "cross_document"]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("tăng 15,4% so với cùng kỳ năm trước", "agrees"),  # 120/104 = 115,38
        ("tăng 15,4% so với cùng kỳ năm 2023", "agrees"),
        ("bằng 115,4% so với cùng kỳ", "agrees"),
        ("tăng 18,2% so với cùng kỳ năm trước", "disagrees"),
        ("bằng 118% so với cùng kỳ", "disagrees"),
        ("giảm 15,4% so với cùng kỳ", "disagrees"),
    ],
)
def test_a_change_against_the_number_that_last_year_s_report_prints(change: str, verdict: str) -> None:
    found = across(record(2023, LAST), record(2024, f"Toàn huyện đã kết nạp được 120 đảng viên mới, {change}."))
    assert [one.verdict for one in found] == [verdict]
    assert found[0].dispatch == "2024" * 16 and found[0].pointers[1].startswith("2023" * 16 + "#/claims/")
    assert "120" in found[0].explanation and "104" in found[0].explanation and "2023-BC/HU" in found[0].explanation


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        (record(2022, LAST), NOW),  # two years before
        (record(2023, LAST, "kết quả công tác năm {}"), NOW),
        (record(2023, LAST, body="HUYỆN ỦY TAM QUAN"), NOW),
        (record(2023, LAST), "kết nạp được 120 đoàn viên mới, tăng 18,2% so với cùng kỳ"),  # of others
        (record(2023, LAST), "kết nạp được 120 đảng viên mới, tăng 18,2% so với nghị quyết"),
        (record(2023, LAST), "kết nạp được 120 đảng viên mới, tăng 18 đảng viên so với cùng kỳ"),
        (record(2023, "Đã kết nạp khoảng 104 đảng viên mới."), NOW),
        (record(2023, f"{LAST} {LAST}"), NOW),  # told twice
    ],
)
def test_what_is_not_surely_the_same_is_not_compared(earlier: Dispatch, now: str) -> None:
    assert across(earlier, record(2024, f"Toàn huyện đã {now}.")) == []


def test_a_sentence_read_with_doubt_accuses_nobody() -> None:
    found = across(record(2023, LAST, confidence=0.4), record(2024, f"Toàn huyện đã {NOW}."))
    assert [one.verdict for one in found] == ["cannot_tell"]
