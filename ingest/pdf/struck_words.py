"""Words that a rule or a thin bar is drawn through: struck out, so dead text, left out and told.

What Word writes into a PDF for struck-out letters is such a bar; so is what a clerk draws with a PDF program.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.page.lines import to_lines
from ingest.page.placed import PlacedWord, rounded
from ingest.page.rulings import Ruling
from schemas.source import Notice

# The height above the baseline, in ems, at which a line strikes letters out. An underline lies below the baseline, an
# overline or a table's rule above the letters.
_LOWEST, _HIGHEST = 0.12, 0.5
# A rule that strikes out covers this share of each word, and words cover this share of it.
_OF_WORD, _OF_RULE = 0.75, 0.65
_LARGEST = 40.0


def take_struck(
    words: Sequence[PlacedWord], rulings: Iterable[Ruling], page: int
) -> tuple[list[PlacedWord], list[Notice]]:
    """The words of a page without those that are struck out, and a warning for each stretch of these."""
    across = [rule for rule in rulings if rule.horizontal]
    if not across or not words:
        return list(words), []
    ordered = sorted(words, key=lambda word: word.baseline)
    baselines = [word.baseline for word in ordered]
    struck: set[PlacedWord] = set()
    for rule in across:
        struck.update(_struck_by(rule, ordered, baselines))
    if not struck:
        return list(words), []
    return [word for word in words if word not in struck], [_told(line.words, page) for line in to_lines(list(struck))]


def _struck_by(rule: Ruling, words: Sequence[PlacedWord], baselines: Sequence[float]) -> list[PlacedWord]:
    """The words that a rule is drawn through; none of a rule that runs on far beyond them, as that of a table does."""
    found = []
    for word in words[bisect_left(baselines, rule.top) : bisect_left(baselines, rule.top + _HIGHEST * _LARGEST)]:
        lift = (word.baseline - rule.top) / word.size
        common = min(word.x1, rule.x1) - max(word.x0, rule.x0)
        through = _LOWEST < lift < _HIGHEST and common > _OF_WORD * (word.x1 - word.x0)
        if through and any(map(str.isalnum, word.text)):
            found.append(word)
    if not found:
        return []
    span = min(max(word.x1 for word in found), rule.x1) - max(min(word.x0 for word in found), rule.x0)
    return found if span > _OF_RULE * (rule.x1 - rule.x0) else []


def _told(words: Sequence[PlacedWord], page: int) -> Notice:
    text = " ".join(word.text for word in words)
    box = (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
    message = f"Chữ bị gạch bỏ, không tính vào văn bản: «{text}»."
    return Notice(code="struck_out", message=message, page=page, bbox=rounded(box), quote=text)
