"""Header fields that rest on doubtful words are shown to a person."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.header.head_doubts import warn_absent_directives, warn_absent_header, warn_doubtful_header
from parsers.record.trail import Trail
from schemas.dispatch import Evidence, Header


def evidence(confidence: float) -> Evidence:
    return Evidence(page=1, bbox=None, quote="Lê Thị A", origin="signature_block", confidence=confidence)


def test_weak_evidence_is_warned_of_once() -> None:
    trail = Trail()
    trail.show("/header/signers/0", [evidence(0.97), evidence(0.72)])
    trail.show("/header/date", [evidence(0.95)])
    trail.show("/header/place", [evidence(0.4)])
    trail.show("/deadlines/0", [evidence(0.4)])
    trail.warn("handwritten", "…", "/header/place")
    warn_doubtful_header(Header(), trail)
    assert [(one.code, one.pointer) for one in trail.warnings[1:]] == [("unsure_reading", "/header/signers/0")]


@pytest.mark.parametrize(
    ("symbol", "doubted"), [("TIr-UBND", True), ("QĐ/HỦ", True), ("TTr-UBND", False), ("QĐ/HU", False)]
)
def test_a_symbol_that_no_abbreviation_is_written_like(symbol: str, doubted: bool) -> None:
    trail = Trail()
    warn_doubtful_header(Header(symbol=symbol), trail)
    assert bool(trail.warnings) == doubted


def test_what_was_not_found_is_named_once() -> None:
    trail = Trail()
    trail.warn("blank_date", "…", "/header/date")
    warn_absent_header(Header(issuing_body="UBND HUYỆN Y YÊN", so_hieu="3/CV-UBND"), trail)
    assert [one.pointer for one in trail.warnings[1:]] == ["/header/subject", "/header/signers"]


def test_no_letterhead_is_said_once() -> None:
    trail = Trail()
    trail.warn("no_letterhead", "…", "/header")
    warn_absent_header(Header(date=date(2024, 5, 6)), trail)
    assert len(trail.warnings) == 1


@pytest.mark.parametrize(
    ("doc_type", "found", "warned"), [("ke_hoach", False, True), ("ke_hoach", True, False), ("bao_cao", False, False)]
)
def test_a_plan_without_tasks_is_doubted(doc_type: str, found: bool, warned: bool) -> None:
    trail = Trail()
    warn_absent_directives(doc_type, found, trail)
    assert bool(trail.warnings) == warned
