"""The JSON Schema in the docs is the one that the code has."""

from __future__ import annotations

from congvan.commands.schema_file import schema_json
from tests.support.sources import ROOT

COMMITTED = ROOT / "docs" / "dispatch.schema.json"


def test_the_committed_schema_is_the_schema_of_the_code() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_json(), "run: congvan schema > docs/dispatch.schema.json"
