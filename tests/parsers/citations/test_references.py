"""Documents that a dispatch cites."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from parsers.citations.references import read_references
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from schemas.dispatch import Reference
from schemas.document import Paragraph
from tests.support.sources import KNOWN

CASES = tomllib.loads((KNOWN / "references.toml").read_text(encoding="utf-8"))["case"]


def read(*texts: str, own: str | None = None) -> tuple[Reference, ...]:
    return read_references([Passage.of([Paragraph(text=text)]) for text in texts], own, Trail())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_cited_documents(case: dict[str, Any]) -> None:
    found = [
        [one.doc_type or "", one.so_hieu or "", one.date.isoformat() if one.date else "", one.issuer or ""]
        for one in read(case["text"])
    ]
    assert found == case["cited"]


def test_own_number_is_no_reference() -> None:
    text = "Kèm theo Công văn số 9-CV/HU ngày 06/7/2023 của Huyện ủy; Công văn số 10-CV/HU ngày 07/7/2023."
    assert [one.so_hieu for one in read(text, own="9-CV/HU")] == ["10-CV/HU"]


def test_a_later_mention_adds_what_the_first_left_out() -> None:
    first, later = (
        "Theo Kế hoạch số 12/KH-UBND, các xã rà soát.",
        "Kế hoạch số 12/KH-UBND ngày 03/02/2024 của UBND huyện",
    )
    (one,) = read(first, later)
    assert (one.text, str(one.date), one.issuer) == ("Kế hoạch số 12/KH-UBND", "2024-02-03", "UBND huyện")


def test_evidence_is_the_first_mention() -> None:
    trail = Trail()
    passages = [Passage.of([Paragraph(text="Căn cứ Luật Đất đai;")]), Passage.of([Paragraph(text="Luật Đất đai")])]
    (one,) = read_references(passages, None, trail)
    assert one.text == "Luật Đất đai"
    assert [piece.quote for piece in trail.evidence["/references/0"]] == ["Luật Đất đai"]


@pytest.mark.parametrize("date", ["20/60/2025", "31/9/2025", "2O/6Ó/2025", "20 tháng 60 năm 2025"])
def test_a_date_that_no_calendar_has_stays_whole_and_is_told(date: str) -> None:
    trail = Trail()
    text = f"Căn cứ Công văn số 67/UBND-VX, ngày {date} của UBND huyện về giống lúa;"
    (one,) = read_references([Passage.of([Paragraph(text=text)])], None, trail)
    assert (one.text, one.date) == (f"Công văn số 67/UBND-VX, ngày {date} của UBND huyện", None)
    assert [notice.code for notice in trail.warnings] == ["unreadable_date"]
