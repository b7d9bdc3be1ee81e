"""The audit against planted errors (found) and decoys that look wrong and are right (left in peace)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from congvan.audit.audit import audit
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.finding import Finding
from tests.support.decoys import DECOYS, decoys
from tests.support.planted import ERRORS, Planted, errors


def findings(text: str) -> tuple[Finding, ...]:
    source = SourceFile(Path("made-up.txt"), "text/plain", text.encode())
    return audit(parse(read_text(source))).findings


def found(error: Planted) -> bool:
    return any(
        one.verdict == "disagrees" and one.check in error.checks and (one.reported or "").rstrip("%") in (
            error.reported.rstrip("%"), error.reported
        )
        for one in findings(error.text)
    )  # fmt: skip


def test_planted_errors_are_found() -> None:
    made = list(errors())
    assert len(made) >= 150 and len(ERRORS) >= 15
    missed = Counter(error.kind for error in made if not found(error))
    assert sum(missed.values()) <= len(made) * 2 // 100, missed


def test_no_decoy_is_called_wrong() -> None:
    made = list(decoys())
    assert len(made) >= 300 and len(DECOYS) >= 15
    accused = Counter(
        f"{decoy.kind}: {one.explanation}"
        for decoy in made
        for one in findings(decoy.text)
        if one.verdict == "disagrees"
    )
    assert not accused
