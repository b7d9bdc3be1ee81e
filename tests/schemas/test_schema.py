"""The JSON Schema in the docs is the one that the code has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from congvan.commands.words.schema_file import schema_json
from form.doc_types import document_types
from schemas.doc_type import DocType
from tests.support.sources import ROOT

COMMITTED = ROOT / "docs" / "dispatch.schema.json"


def test_the_committed_schema_is_the_schema_of_the_code() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_json(), "run: congvan schema > docs/dispatch.schema.json"


def test_the_schema_says_what_it_is() -> None:
    schema = json.loads(schema_json())
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["$id"] and schema["title"]


def test_every_field_says_what_it_means() -> None:
    for name, record in json.loads(schema_json())["$defs"].items():
        for field, said in record.get("properties", {}).items():
            assert len(said.get("description", "")) > 5, (name, field)


def test_closed_lists_are_closed() -> None:
    records = json.loads(schema_json())["$defs"]
    header = records["Header"]["properties"]
    for field in ("doc_type", "urgency", "secrecy"):
        assert list(_lists(header[field])), field
    assert list(_lists(records["Deadline"]["properties"]["kind"]))


def _lists(said: dict[str, Any]) -> Iterator[list[str]]:
    for one in (said, *said.get("anyOf", ())):
        if "enum" in one:
            yield one["enum"]


def test_the_types_of_the_record_are_those_of_the_form() -> None:
    assert [kind.key for kind in document_types()] == list(get_args(DocType))
