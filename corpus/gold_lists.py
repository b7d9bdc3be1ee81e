"""The gold lists, from the annotated lines of a source: directives, deadlines, references, claims, decoys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from corpus.markup import Marked, Span

if TYPE_CHECKING:
    from corpus.source import Line

Entry = dict[str, Any]


def make(lines: list[Line], footnotes: list[Marked]) -> dict[str, Any]:
    """Directives, deadlines, references, claims, what is no deadline, and footnotes."""
    texts = [line.marked for line in lines]
    marked = _in_order(texts, footnotes)
    return {
        "directives": _directives(lines),
        "deadlines": _deadlines(lines),
        "not_deadlines": [{"printed": one.words_of(span)} for one in marked for span in one.of("x")],
        "references": _once([_reference(one, span) for one in marked for span in one.of("r")]),
        "claims": [_claim(one, span) for one in texts for span in one.of("c")],
        "footnotes": [{"mark": str(place), "text": note.text} for place, note in enumerate(footnotes, 1)],
    }


def _in_order(texts: list[Marked], footnotes: list[Marked]) -> list[Marked]:
    """Body paragraphs, each followed by the footnotes that it points to."""
    ordered: list[Marked] = []
    for text in texts:
        ordered += [text, *(footnotes[int(span.words[0]) - 1] for span in text.of("n"))]
    return ordered


def _directives(lines: list[Line]) -> list[Entry]:
    directives: list[Entry] = []
    item: Entry | None = None
    for line in lines:
        if line.continues and item is not None:
            item["text"] += f" {line.marked.text}"
            continue
        item = None
        if line.asked:
            parent = line.id.rpartition(".")[0] if line.id else ""
            item = {"id": line.id, "parent": parent or None, "label": _label(line.label), "text": line.marked.text}
            directives.append(item | line.names | {"optional": line.optional})
            item = directives[-1]
    known = {one["id"] for one in directives}
    for one in directives:
        one["parent"] = one["parent"] if one["parent"] in known else None
    return directives


def _label(label: str | None) -> str | None:
    """As printed, without the full stop behind a number: `1`, `a)`, `-`, `III`, `Điều 1`."""
    return label.rstrip(".") if label and label != "-" else label


def _deadlines(lines: list[Line]) -> list[Entry]:
    deadlines: list[Entry] = []
    above: Line | None = None
    for line in lines:
        if not line.continues:
            above = line if line.asked else None
        for span in line.marked.of("d"):
            deadlines.append(_deadline(line.marked.words_of(span), span, above))
    return deadlines


def _deadline(phrase: str, span: Span, item: Line | None) -> Entry:
    named, flags = span.named, span.words[1:]
    who = named["who"].split("; ") if "who" in named else item.names["assignees"] if item else []
    deadline: Entry = {
        "phrase": phrase,
        "kind": span.words[0],
        "start": named.get("start"),
        "due": named.get("due"),
        "due_time": named.get("time"),
        "alternative_due": None,
        "granularity": named.get("gran", "day"),
        "recurrence": named.get("rec"),
        "timex": named.get("timex"),
        "tentative": "tentative" in flags,
        "anchor": named.get("anchor"),
        "working_days": "working" in flags,
        "directive": item.id if item else None,
        "assignees": who,
        "optional": "optional" in flags,
    }
    if deadline["kind"] == "before" and deadline["due"] and not deadline["due_time"]:
        deadline["alternative_due"] = (dt.date.fromisoformat(deadline["due"]) + dt.timedelta(days=1)).isoformat()
    return deadline


def _reference(text: Marked, span: Span) -> Entry:
    return {
        "text": text.words_of(span),
        "doc_type": span.words[0],
        "so_hieu": span.named.get("no"),
        "date": span.named.get("date"),
        "issuer": span.named.get("by"),
        "optional": "optional" in span.words,
    }


def _once(references: Iterable[Entry]) -> list[Entry]:
    """Each document once, where it is first mentioned."""
    first: dict[Any, Entry] = {}
    for one in references:
        first.setdefault(one["so_hieu"] or one["text"], one)
    return list(first.values())


def _claim(text: Marked, span: Span) -> Entry:
    """`{c share 32/53 60.4 …}`: kind, numerator and denominator (either may be `?`), percent as printed."""
    kind, figures, percent = (*span.words, None, None)[:3]
    numerator, _, denominator = (figures or "?").partition("/")
    percent = None if percent in ("optional", None) else percent
    return {
        "text": text.words_of(span),
        "kind": kind,
        "numerator": _figure(numerator),
        "denominator": _figure(denominator),
        "percent": percent,
        "decimals": len(percent.partition(".")[2]) if percent else None,
        "qualifier": span.named.get("q"),
        "optional": "optional" in span.words,
    }


def _figure(figure: str) -> int | str | None:
    if figure in ("", "?"):
        return None
    return int(figure) if figure.isdigit() else figure
