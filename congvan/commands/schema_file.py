"""The JSON Schema of the record, made from its one definition in code."""

from __future__ import annotations

import json

from schemas.dispatch import Dispatch


def schema_json() -> str:
    """The JSON Schema of a Dispatch, indented, ending in a line break; `docs/dispatch.schema.json` is this text."""
    return json.dumps(Dispatch.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
