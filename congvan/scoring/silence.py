"""Whether a record says itself that a value is doubtful: a wrong value in silence is the worst outcome."""

from __future__ import annotations

from typing import Any

DOUBTFUL = 0.9
"""Evidence below this confidence tells a person to look."""


def is_doubted(record: dict[str, Any], pointer: str) -> bool:
    """Whether a warning points at the value (or at what holds it, or at nothing), or its evidence is weak."""
    for warning in record.get("warnings") or ():
        at = warning.get("pointer")
        if at and (pointer == at or pointer.startswith(f"{at}/") or at.startswith(f"{pointer}/")):
            return True
    return any(one["confidence"] < DOUBTFUL for one in (record.get("evidence") or {}).get(pointer, ()))
