"""What all records share: frozen, no unknown fields, plain JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1"

Box = tuple[float, float, float, float]
"""`(x0, top, x1, bottom)` in points (1/72 inch) from the page's top left corner."""


class Record(BaseModel):
    """Base of every record: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
