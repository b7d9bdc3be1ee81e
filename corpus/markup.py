"""The markup of a dispatch's body: what stands in braces is annotated, and becomes gold.

    {d before due=2024-08-14|trước ngày 15/8/2024}       a deadline
    {r nghi_quyet no=05-NQ/HU date=2021-05-05|Nghị quyết số 05-NQ/HU, ngày 05/5/2021}     a reference
    {c share 32/53 60.4|32 đồng chí (chiếm 60,4%)}        a claim
    {x|tính đến ngày 22/7/2024}                           a time that is no deadline
    {b|đậm} {i|nghiêng}                                   bold, italic
    {n 1}                                                 the mark of footnote 1

Arguments are words; `_` stands for a space in those with `=`. Annotations nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass
class Span:
    """An annotated stretch of a text: `text[start:end]`."""

    kind: str
    words: list[str]
    named: dict[str, str]
    start: int
    end: int = -1


@dataclass
class Marked:
    """A text without its markup, and what was marked in it, in order of appearance."""

    text: str
    spans: list[Span] = field(default_factory=list)

    def of(self, kind: str) -> list[Span]:
        """The spans of one kind."""
        return [span for span in self.spans if span.kind == kind]

    def words_of(self, span: Span) -> str:
        """What stands in a span."""
        return self.text[span.start : span.end]

    def runs(self) -> Iterator[tuple[str, bool, bool, str | None]]:
        """Pieces of the text: the text, bold, italic, and the mark of a footnote that follows it."""
        cuts = {0, len(self.text)} | {place for span in self._styled() for place in (span.start, span.end)}
        edges = sorted(cuts)
        for start, end in pairwise(edges):
            inside = {span.kind for span in self._styled() if span.start <= start and end <= span.end}
            marks = [span.words[0] for span in self.of("n") if span.start == end]
            yield self.text[start:end], "b" in inside, "i" in inside, marks[0] if marks else None

    def _styled(self) -> list[Span]:
        return [span for span in self.spans if span.kind in ("b", "i", "n")]


_TOKEN = re.compile(r"\{n (?P<note>\d+)\}|\{(?P<kind>[a-z])(?P<arguments>(?: [^|{}]*)?)\||\}")


def read(marked: str) -> Marked:
    """Take the markup out of a text."""
    text, place = "", 0
    spans: list[Span] = []
    open_spans: list[Span] = []
    for token in _TOKEN.finditer(marked):
        text += marked[place : token.start()]
        place = token.end()
        if token["note"]:
            spans.append(Span("n", [token["note"]], {}, len(text), len(text)))
        elif token["kind"]:
            spans.append(_span(token["kind"], token["arguments"].split(), len(text)))
            open_spans.append(spans[-1])
        else:
            open_spans.pop().end = len(text)
    if open_spans:
        raise ValueError(f"unclosed markup in: {marked}")
    return Marked(text + marked[place:], spans)


def _span(kind: str, arguments: list[str], start: int) -> Span:
    plain = [word for word in arguments if "=" not in word]
    named = dict(word.replace("_", " ").split("=", 1) for word in arguments if "=" in word)
    return Span(kind, plain, named, start)
