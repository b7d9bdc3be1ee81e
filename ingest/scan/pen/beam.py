"""What digits a reading of the recogniser can mean: a beam search over digits alone, with the chance of each string.

The recogniser knows eighteen thousand signs, and a digit in some hands is likest to another one of them (a crossed 7,
a 4 like an A). In a blank only digits stand: whatever else it saw there was some digit, and which one its lesser
chances tell. Behind the digits of a number a small letter may stand (`27a`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from ingest.scan.pen.recogniser import Chances

DIGITS = "0123456789"
LETTERS = "abcd"
"""The letters that a number put in between two others carries."""
_EMPTY_SIGNS = " .,:;_-–—'\"`·…。、•~/"
"""Signs that are no digits and stand for none: dots to write on, specks, the printed stroke and colon."""
_LEAST, _FLOOR, _LONGEST, _WIDTH = 1e-3, 1e-4, 5, 12


def digit_chances(chances: Chances, signs: Sequence[str], *, letters: bool = False) -> Chances:
    """From the chances of all signs those of nothing (column 0), of each digit and, with `letters`, of each letter."""
    wanted = DIGITS + (LETTERS if letters else "")
    places = {sign: place for place, sign in enumerate(signs)}
    empty = [0, *(places[sign] for sign in _EMPTY_SIGNS if sign in places)]
    kept = [places[sign] for sign in wanted]
    nothing = chances[:, empty].sum(axis=1)
    known = chances[:, kept]
    other = np.clip(1.0 - nothing - known.sum(axis=1), 0.0, 1.0)
    shares = known[:, : len(DIGITS)] + _FLOOR
    shares /= shares.sum(axis=1, keepdims=True)
    known[:, : len(DIGITS)] += other[:, None] * shares
    found = np.column_stack((nothing, known)) + _FLOOR
    return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)


def strings(chances: Chances, *, longest: int = _LONGEST) -> dict[str, float]:
    """The likeliest strings of `digit_chances`, with the chance of each; a letter stands only behind a digit, last.

    A prefix beam search as CTC has it (Graves et al. 2006): each string holds the chance that its last sign is
    followed by nothing and the chance that it still goes on.
    """
    signs = (DIGITS + LETTERS)[: chances.shape[1] - 1]
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for row in chances.tolist():
        nothing, likely = (
            row[0],
            [(sign, chance) for sign, chance in zip(signs, row[1:], strict=True) if chance > _LEAST],
        )
        beam = _widest(_step(beam, nothing, likely, dict(zip(signs, row[1:], strict=True)), longest))
    return {text: ended + open_ for text, (ended, open_) in beam.items()}


def _step(
    beam: Mapping[str, tuple[float, float]],
    nothing: float,
    likely: Sequence[tuple[str, float]],
    row: Mapping[str, float],
    longest: int,
) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text, (ended, open_) in beam.items():
        found[text][0] += (ended + open_) * nothing
        if text:
            found[text][1] += open_ * row[text[-1]]
        if len(text) >= longest or text[-1:] in tuple(LETTERS):
            continue
        for sign, chance in likely:
            if sign in LETTERS and not text:
                continue
            before = ended if text.endswith(sign) else ended + open_
            found[text + sign][1] += before * chance
    return found


def _widest(found: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    best = sorted(found.items(), key=lambda item: -sum(item[1]))[:_WIDTH]
    whole = sum(sum(parts) for _, parts in best) or 1.0
    return {text: (parts[0] / whole, parts[1] / whole) for text, parts in best}
