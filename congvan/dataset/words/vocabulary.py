"""The vocabulary of the dataset: measures (`measures.toml`) and the other words of headings (`headings.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from vietnamese.fold import fold, nfc
from vietnamese.tones import tone_key

Words = tuple[str, ...]
_LONGEST_PHRASE = 10
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
def cover(words: Words) -> tuple[Phrase, ...] | None:
    """The phrases that make up the words without rest, measures and long phrases preferred; None where there are none.

    `%` may stand anywhere.
    """
    words = tuple(word for word in words if word != "%")
    best: list[tuple[int, int, tuple[Phrase, ...]] | None] = [(0, 0, ())] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - _LONGEST_PHRASE), end):
            before = best[start]
            for phrase in phrases().get(words[start:end], ()) if before is not None else ():
                assert before is not None
                covered = before[0] + (end - start if phrase.role == "measure" else 0)
                made = (covered, before[1] - 1, (*before[2], phrase))
                if best[end] is None or made[:2] > best[end][:2]:  # type: ignore[index]  # just tested
                    best[end] = made
    last = best[-1]
    return last[2] if last else None


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
def conversions() -> dict[str, tuple[str, int]]:
    """Of each unit that is converted, the unit it becomes and how many of it it is."""
    return {unit: (base, factor) for unit, (base, factor) in _table("headings.toml")["units"]["same"].items()}


@cache
def words_of(section: str, name: str) -> frozenset[Words]:
    """The runs of words of one list of `headings.toml`."""
    return frozenset(plain_words(text) for text in _table("headings.toml")[section][name])


@cache
def marked_words(section: str, name: str) -> tuple[str, ...]:
    """The same with their marks, for words that are told apart by them alone (`năm`, `nam`)."""
    return tuple(plainly(text) for text in _table("headings.toml")[section][name])


def plainly(text: str) -> str:
    """A text in lower case with its marks, tones in one place, punctuation as spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in tone_key(nfc(text).lower())).split())


@cache
def is_of_units(path: tuple[str, ...]) -> bool:
    """Whether a heading is that of the column that gives rows their unit."""
    units = (plain_words(text) for text in _table("headings.toml")["units"]["column"]["words"])
    return bool(path) and plain_words(path[-1]) in frozenset(units)


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
