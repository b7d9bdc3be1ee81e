"""What a figure is of, in the plain words of its heading, whether or not a vocabulary knows it.

A level of a heading that says only how a figure is broken down, of what status or of which time it is, is no part of
its concept; of the others the words are kept, folded, without `tổng số` before and `tính đến` behind. No other words
are taken away: two headings with other words are one measure only by a person's rule (`ask/measure_rules.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from congvan.dataset.words.vocabulary import Phrase, cover, marked_words, plain_words, plainly
from congvan.dataset.words.when import without_times
from schemas.observation import Status
from vietnamese.fold import fold, nfc

_BRACKETS = re.compile(r"\([^()]*\)")
_EVERY = re.compile(r"\b(?:hàng|hằng|mỗi|từng) \w+$")
_MALE = ("nam", "là nam", "nam giới")
RATIO = "ty le"
"""The words of a ratio of the result to the plan, or of a part to its whole, however it is headed."""
FORMULA = re.compile(r"[(\[]?(\d{1,2})[)\]]?\s*=\s*[(\[]*(\d{1,2})[)\]]*\s*([-+/:x×*]).*")
"""A level that only tells how a column is reckoned from others: `9=7/4`, `(5)=(4)/(3)*100`."""
_LABEL = re.compile(
    r"^\d+(?:\.\d+)*[.)] |^(?:phụ lục|phụ biểu|biểu|mẫu|bảng)(?: mẫu)?(?: số)? ?(?:\d+[\w.-]*|[ivx]+|[a-z])\b[ .:-]*"
    r"|\s(?:phụ lục|phụ biểu|biểu|bảng)(?: số)?(?: (?:\d+[\w.-]*|[ivx]+))?$|^phụ lục$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Concept:
    """The words, empty where a heading names nothing of its own; its breakdowns, and what says plan or result."""

    words: str
    dimensions: tuple[str, ...] = ()
    status: Status | None = None


@cache
def read_concept(path: tuple[str, ...]) -> Concept:
    """What a heading's levels say, each by itself."""
    kept: list[str] = []
    found: list[Phrase] = []
    for level in path:
        if FORMULA.fullmatch(level.strip()):
            continue
        if plainly(level) in _MALE:
            found.append(Phrase("dimension", "nam"))
            continue
        words = heading_words(level)
        phrases = cover(tuple(plain_words(words)))
        if phrases is not None and not any(phrase.role == "measure" for phrase in phrases):
            found += phrases
        elif (text := _own(words)) and text not in kept:
            kept.append(text)
    if any(phrase.role == "ratio" for phrase in found):
        kept.append(RATIO)
    dimensions = dict.fromkeys(phrase.key for phrase in found if phrase.role == "dimension")
    return Concept(" / ".join(kept), tuple(dimensions), _status(found))


@cache
def concept_of(path: tuple[str, ...], caption: str) -> str:
    """The words of a figure: its heading's; else those of what the caption speaks of; else the heading as it is."""
    own = read_concept(path).words
    if own and own != RATIO:
        return own
    of_caption = caption_words(caption)
    if of_caption:
        return f"{of_caption} / {own}" if own else of_caption
    return own or " ".join(plain_words(" ".join(path)))


@cache
def caption_words(caption: str) -> str:
    """What a caption speaks of: its words without label, time and what says only that it is a table."""
    words = heading_words(_LABEL.sub("", nfc(caption).strip()))
    return _own(_without(words, "caption", before=True))


@cache
def asked_words(text: str) -> str:
    """The words that a person asks for, made as those of a heading are."""
    own = [_own(plainly(level)) for level in text.split("/")]
    return " / ".join(level for level in own if level)


def heading_words(text: str) -> str:
    """The words of a heading with their marks, without times and what stands in brackets."""
    return plainly(without_times(_BRACKETS.sub(" ", text)))


def _own(words: str) -> str:
    """The words folded, without what says nothing at both ends. Marks count: `đầu tư` does not end in `từ`."""
    return fold(_without(_without(words, "before", before=True), "behind", before=False))


def _without(words: str, name: str, *, before: bool) -> str:
    """The words without phrases of a list at one end, the longest first; never none of them."""
    phrases = sorted(marked_words("concept", name), key=len, reverse=True)
    kept = marked_words("concept", "whole") if name == "before" else ()
    while not any(f"{words} ".startswith(f"{whole} ") for whole in kept):
        for phrase in phrases:
            if words.startswith(f"{phrase} ") if before else words.endswith(f" {phrase}") and not _EVERY.search(words):
                words = words[len(phrase) :].strip() if before else words[: -len(phrase)].strip()
                break
        else:
            break
    return words


def _status(found: Sequence[Phrase]) -> Status | None:
    statuses: tuple[Status, ...] = ("plan", "estimate", "result")
    return next((status for status in statuses if any(phrase.role == status for phrase in found)), None)
