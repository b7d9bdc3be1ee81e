"""Where the real dispatches lie that tests measure on but the project does not contain."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

KNOWN = ROOT / "tests" / "cases"
"""Inputs of our own with what is to be read from them."""

_SHARED = ROOT.parent / "shared"


def _folder(name: str) -> Path | None:
    folder = _SHARED / name
    return folder if folder.is_dir() else None


SEEDS = _folder("seeds")
GOLD = _folder("gold")
REAL = _folder("real")

needs_seeds = pytest.mark.skipif(SEEDS is None or GOLD is None, reason="the source dispatches (../shared) are absent")
needs_real = pytest.mark.skipif(REAL is None, reason="the real dispatches (../shared/real) are absent")
