"""Where a claim's words begin and end: sentences, clauses and the lists that a count announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[\w%)\]”\"])(?<!\bTP)(?<!\bđ)[.!?…](?=\s+[A-ZĐÀ-Ỹ“\"(-]|\s*$)")
_DASH = r"(?<!\b(?:19|20)\d\d)\s[–—-]\s|(?<=\d)\s[–—-]\s(?!(?:19|20)\d\d\b)"
"""A dash between words; that between two years (`2020 - 2025`) is a part of their span."""
_KINDS = r"(?<!\bxã),\s|(?<=\bxã),\s(?!phường|thị trấn|đặc khu)"
"""A comma, but for that of `các xã, thị trấn`, which are named in one breath."""
_STOPS = re.compile(rf"[;:()]|{_KINDS}|{_DASH}|(?<!\s)[–—]\s")
_HARD_STOPS = re.compile(rf"[;:]|[()]|{_DASH}")
_LEAD = re.compile(r"(?:là|gồm|bao gồm|như|đó là|cụ thể|trong đó có)?\s*[^:;.]{0,40}:\s")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def clause(text: str, span: tuple[int, int], bounds: tuple[int, int], soft: bool = True) -> tuple[int, int]:
    """The clause around `span` within `bounds`; where `soft`, a comma ends it too."""
    stops = _STOPS if soft else _HARD_STOPS
    start, end = bounds
    for match in stops.finditer(text, start, span[0]):
        start = match.end()
    tail = stops.search(text, span[1], end)
    if tail:
        closes = tail[0] == ")" and "(" in text[start : span[1]]
        end = tail.end() if closes else tail.start()
    return trim(text, start, end)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and loose punctuation at its ends."""
    while start < end and text[start] in ' ,;:.-–*“"':
        start += 1
    while end > start and text[end - 1] in " ,;:.-–*“":
        end -= 1
    return start, end


def split_list(text: str, joined: bool = True) -> list[str]:
    """The items of an enumeration, separated by semicolons or else by commas and, if `joined`, a closing `và`.

    >>> split_list("Trung tâm Y tế, Bảo hiểm xã hội và Trạm Khuyến nông")
    ['Trung tâm Y tế', 'Bảo hiểm xã hội', 'Trạm Khuyến nông']
    """
    text = re.sub(r"\s*\([^()]*\)", "", text).strip(" .;,")
    if ";" in text:
        parts = text.split(";")
    else:
        head, last_joined, last = text.rpartition(" và ")
        parts = [*head.split(", "), last] if joined and last_joined else text.split(", ")
    return [part.strip(" .,;") for part in parts if part.strip(" .,;")]
