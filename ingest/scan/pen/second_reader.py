"""Print read by the recogniser of pen strokes: a second reader of figures, whose errors are not Tesseract's.

On a line of figures it is right where Tesseract drops a comma or takes an 8 for a letter; Vietnamese letters it does
not know. It costs more than Tesseract does, so only figures are shown to it on which other readings differ.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ingest.scan.pen.recogniser import Chances, recogniser
from ingest.scan.picture.picture import Grey

_SIGNS = "0123456789.,%‰-+/="
"""What figures, fractions and the formulas over columns are written with."""
_BROADER = str.maketrans("，。．：—–", ",..:--")


class SecondReading(NamedTuple):
    """What the recogniser sees, and how sure it is of the sign that it is least sure of."""

    text: str
    confidence: float


def second_reading(cut: Grey) -> SecondReading | None:
    """A line of figures (`cut`: dark on white), read; None where there is no recogniser on this machine.

    A sign that no figure holds makes the reading empty: nothing is forced into a digit.
    """
    reader = recogniser()
    if reader is None:
        return None
    text, sure = _likeliest(reader.chances(cut), reader.signs)
    return SecondReading(text, sure) if text and not text.strip(_SIGNS) else SecondReading("", 0.0)


def _likeliest(chances: Chances, signs: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest sign of each step, the same one over several steps once (as CTC has it)."""
    best = chances.argmax(axis=1)
    begun = np.flatnonzero((best > 0) & (np.concatenate(([0], best[:-1])) != best))
    text = "".join(signs[best[step]] for step in begun).translate(_BROADER).replace(" ", "")
    return text, round(float(chances[begun].max(axis=1).min()), 3) if len(begun) else 0.0
