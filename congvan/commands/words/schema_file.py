"""The JSON Schema of the record, made from its one definition in code."""

from __future__ import annotations

import json

from schemas.base import SCHEMA_VERSION
from schemas.dispatch import Dispatch

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME = f"urn:congvan:dispatch:{SCHEMA_VERSION}"


def schema_json() -> str:
    """The JSON Schema of a Dispatch, indented, ending in a line break; `docs/dispatch.schema.json` is this text."""
    schema = {"$schema": _DIALECT, "$id": _NAME, **Dispatch.model_json_schema(), "title": "One official dispatch"}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
