"""Character error of what OCR read, on sentences whose right text is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from congvan.scoring.compared import Compared
from congvan.scoring.likeness import strict


def score_characters(sentences: Iterable[str], text: str) -> Iterator[Compared]:
    """For each sentence, how many of its characters are right in the best stretch of `text`, and how many are not."""
    printed = " ".join(strict(text).split())
    for sentence in sentences:
        wanted = " ".join(strict(sentence).split())
        found = fuzz.partial_ratio_alignment(wanted, printed)
        got = _best(wanted, printed, found.dest_start, found.dest_end) if found else ""
        errors = min(len(wanted), Levenshtein.distance(wanted, got))
        yield Compared("characters", "right", "", weight=len(wanted) - errors)
        if errors:
            yield Compared("characters", "missed", f"{errors} of {len(wanted)}", wanted, got, weight=errors)


def _best(wanted: str, printed: str, start: int, end: int) -> str:
    """The stretch nearest to the sentence among those that begin and end a few characters to either side."""
    ends = range(max(0, end - 6), min(len(printed), end + 7))
    stretches = (printed[begin:stop] for begin in range(max(0, start - 3), start + 4) for stop in ends)
    return min(stretches, key=lambda stretch: Levenshtein.distance(wanted, stretch), default="")
