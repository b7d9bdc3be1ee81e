"""Header fields that rest on doubtful words are shown to a person."""

from __future__ import annotations

import pytest

from parsers.doubts import warn_doubtful_header
from parsers.trail import Trail
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
    assert [(one.code, one.pointer) for one in trail.warnings[1:]] == [("low_confidence", "/header/signers/0")]


@pytest.mark.parametrize(
    ("symbol", "doubted"), [("TIr-UBND", True), ("QĐ/HỦ", True), ("TTr-UBND", False), ("QĐ/HU", False)]
)
def test_a_symbol_that_no_abbreviation_is_written_like(symbol: str, doubted: bool) -> None:
    trail = Trail()
    warn_doubtful_header(Header(symbol=symbol), trail)
    assert bool(trail.warnings) == doubted
