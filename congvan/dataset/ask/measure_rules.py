"""Which headings are one measure: rules that a person confirmed, in `measures.toml` in the archive folder.

    [[measure]]
    name = "Học sinh"
    headings = ["hoc sinh", "so hs", "hoc sinh phổ thông"]

Headings that read alike are proposed, never joined: `số học sinh nghèo` and `số học sinh người` differ by one letter.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.files import write_atomic
from congvan.dataset.keep.build import RULES
from congvan.dataset.words.concepts import asked_words
from schemas.base import Record

_LEAST_LIKENESS = 85
_HEAD = "# Tiêu đề nào là một chỉ tiêu: mỗi khối [[measure]] do người dùng xác nhận (congvan dataset join).\n"


class MeasureRule(Record):
    """Headings that are one measure, and what it is called."""

    name: str
    headings: tuple[str, ...]


class _Rules(Record):
    measure: tuple[MeasureRule, ...] = ()


class AlikeHeadings(NamedTuple):
    """Two headings that read alike, how alike (of 100), and how many figures each has."""

    heading: str
    like: str
    likeness: int
    figures: int
    figures_like: int


def load_rules(folder: Path) -> tuple[MeasureRule, ...]:
    """The rules in an archive folder; none where there is no file. Raises PlainError where it cannot be read."""
    path = folder / RULES
    if not path.exists():
        return ()
    try:
        return _Rules.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).measure
    except ValueError as error:
        raise PlainError(f"Tệp {path} không đúng khuôn dạng: cần các khối [[measure]] có name và headings.") from error


def names_of(rules: Iterable[MeasureRule]) -> dict[str, str]:
    """Of each heading's words the name of its measure; the first rule that names a heading holds."""
    found: dict[str, str] = {}
    for rule in rules:
        for heading in (*rule.headings, rule.name):
            found.setdefault(asked_words(heading), rule.name)
    return found


def join(folder: Path, name: str, headings: Sequence[str]) -> MeasureRule:
    """Add a rule to those of an archive folder."""
    path = folder / RULES
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    rule = MeasureRule(name=name, headings=tuple(dict.fromkeys(asked_words(heading) for heading in headings)))
    told = json.dumps(list(rule.headings), ensure_ascii=False)
    block = f"\n[[measure]]\nname = {json.dumps(name, ensure_ascii=False)}\nheadings = {told}\n"
    write_atomic(path, (before + block).encode())
    return rule


def propose(figures: dict[str, int], names: dict[str, str]) -> Iterator[AlikeHeadings]:
    """Headings that read alike and are not joined yet, the most alike first. `figures` counts those of each heading."""
    words = sorted(figures)
    found = []
    for number, one in enumerate(words):
        alike = process.extract(
            one, words[number + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_LIKENESS, limit=None
        )
        for other, likeness, _ in alike:
            if names.get(one, one) != names.get(other, other) and _same_numbers(one, other):
                found.append(AlikeHeadings(one, other, round(likeness), figures[one], figures[other]))
    return iter(sorted(found, key=lambda each: (-each.likeness, -each.figures - each.figures_like, each.heading)))


def nearest(asked: str, words: Iterable[str], most: int = 5) -> list[str]:
    """The headings that are most like what was asked for."""
    return [each for each, _, _ in process.extract(asked, list(words), scorer=fuzz.token_set_ratio, limit=most)]


def _same_numbers(one: str, other: str) -> bool:
    """`lớp 6` and `lớp 7` read alike and are not."""
    numbers = ([word for word in each.split() if word.isdigit()] for each in (one, other))
    return next(numbers) == next(numbers)
