"""The vocabulary of the dataset: measures (`measures.toml`) and the other words of headings (`headings.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from vietnamese.fold import fold, nfc

Words = tuple[str, ...]
Role = Literal["measure", "plan", "result", "estimate", "ratio", "dimension", "filler"]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted. `kind`: `additive` figures may be summed over units, a `ratio` never.

    A `stock` is what there is on a day, not what happened in a period.
    """

    key: str
    label: str
    unit: str
    kind: Literal["additive", "ratio"]
    stock: bool
    parent: str | None
    words: tuple[str, ...]
    context: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Words of a heading with their role; `key` names the measure or dimension."""

    role: Role
    key: str = ""


def plain_words(text: str) -> Words:
    """A text's words without case, marks and punctuation; numbers without leading zeros, `%` as a word of its own."""
    folded = fold(nfc(text)).replace("%", " % ")
    words = "".join(letter if letter.isalnum() or letter == "%" else " " for letter in folded).split()
    return tuple(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def measures() -> dict[str, Measure]:
    """All measures, by key, in the order of the table."""
    return {
        key: Measure(
            key=key,
            label=row["label"],
            unit=row["unit"],
            kind=row["kind"],
            stock=row.get("stock", False),
            parent=row.get("parent"),
            words=tuple(row["words"]),
            context=tuple(row.get("context", ())),
            needs=tuple(row.get("needs", ())),
        )
        for key, row in _table("measures.toml").items()
    }


@cache
def phrases() -> dict[Words, tuple[Phrase, ...]]:
    """What each run of words in a heading may mean."""
    found: dict[Words, list[Phrase]] = {}

    def add(texts: Iterable[str], phrase: Phrase) -> None:
        for text in texts:
            found.setdefault(plain_words(text), []).append(phrase)

    for measure in measures().values():
        add(measure.words, Phrase("measure", measure.key))
    table = _table("headings.toml")
    add(table["status"]["plan"], Phrase("plan"))
    add(table["status"]["result"], Phrase("result"))
    add(table["status"]["estimate"], Phrase("estimate"))
    add(table["ratio"]["words"], Phrase("ratio"))
    for key, texts in table["dimensions"].items():
        add(texts, Phrase("dimension", key))
    add(table["filler"]["words"], Phrase("filler"))
    return {words: tuple(meanings) for words, meanings in found.items()}


@cache
def dimension_labels() -> dict[str, str]:
    """What each breakdown is called: the first of its words."""
    return {key: texts[0] for key, texts in _table("headings.toml")["dimensions"].items()}


@cache
def words_of_giving() -> tuple[Words, ...]:
    """Words of a caption that make its figures a plan."""
    return tuple(plain_words(text) for text in _table("headings.toml")["status"]["gives"])


@cache
def is_of_something_else(caption: str) -> bool:
    """Whether a caption says that its figures are not what the same headings count elsewhere."""
    words = f" {' '.join(plain_words(caption))} "
    others = map(plain_words, _table("headings.toml")["captions"]["other"])
    return any(f" {' '.join(phrase)} " in words for phrase in others)


@cache
def units_of_value() -> dict[Words, str]:
    """Units as they stand in brackets after a heading."""
    return {plain_words(text): text for text in _table("headings.toml")["units"]["words"]}


@cache
def ratio_of(measure: str) -> str | None:
    """The ratio measure that belongs to a measure, or None."""
    found = [each.key for each in measures().values() if each.parent == measure and each.kind == "ratio"]
    return found[0] if len(found) == 1 else None


@cache
def measure_in_sentence(text: str) -> str | None:
    """The one measure that a sentence speaks of, by the longest words of the vocabulary in it; None where in doubt."""
    words = f" {' '.join(plain_words(text))} "
    found: dict[int, set[str]] = {}
    for measure in measures().values():
        for phrase in map(plain_words, (*measure.words, *measure.context)):
            if len(phrase) > 1 and f" {' '.join(phrase)} " in words:
                found.setdefault(len(phrase), set()).add(measure.key)
    longest = found[max(found)] if found else set()
    return next(iter(longest)) if len(longest) == 1 else None


@cache
def measure_in_caption(caption: str) -> str | None:
    """The one measure that a caption speaks of; None where it speaks of several, or of none that is known."""
    words = f" {' '.join(plain_words(caption))} "
    found = {
        measure.key
        for measure in measures().values()
        for text in measure.context
        if f" {' '.join(plain_words(text))} " in words
    }
    return found.pop() if len(found) == 1 else None
