"""The JSON Schema in the docs is the one that the code has."""

from __future__ import annotations

from pathlib import Path

from congvan.schema import schema_json

COMMITTED = Path(__file__).resolve().parents[1] / "docs" / "dispatch.schema.json"


def test_the_committed_schema_is_the_schema_of_the_code() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_json(), "run: congvan schema > docs/dispatch.schema.json"
