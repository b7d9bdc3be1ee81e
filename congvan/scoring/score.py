"""Scores one record against its gold record: what is right, what is missing, what is too much.

`optional` gold entries count neither as hit nor as miss, `*_alternatives` are accepted, a header field named under
`handwritten` may be null with the warning `handwritten`. A gold area that is null was not annotated and is not scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congvan.scoring.compared import Compared
from congvan.scoring.likeness import as_told, soft, strict
from congvan.scoring.score_lists import score_lists
from congvan.scoring.score_tables import score_tables
from congvan.scoring.silence import is_doubted

HEADER = (
    "parent_body",
    "issuing_body",
    "number",
    "symbol",
    "so_hieu",
    "doc_type",
    "subject",
    "place",
    "date",
    "year",
    "recipients",
    "distribution",
    "signers",
    "urgency",
    "secrecy",
    "is_draft",
)
AREAS = (
    "read",
    "regime",
    "header_strict",
    "header_soft",
    "header_whole",
    "deadlines",
    "deadline_who",
    "directives",
    "directive_ids",
    "assignees",
    "references",
    "reference_facts",
    "tables",
    "rows",
    "cells",
    "figures",
    "columns",
    "claims",
    "claim_kinds",
    "attached",
    "silent",
    "characters",
)


def score(gold: dict[str, Any], record: dict[str, Any] | None) -> list[Compared]:
    """All marks of one file. `record` is None where the file could not be read or parsed: then all is missed."""
    found = record or {}
    marks = [] if gold.get("regime") is None else [_mark("regime", "regime", gold["regime"], found.get("regime"))]
    marks += _header(gold.get("header") or {}, found)
    marks += score_lists(gold, found)
    marks += score_tables(gold, found)
    return marks + list(_attached(gold, found))


def _mark(area: str, field: str, expected: Any, got: Any) -> Compared:
    return Compared(area, "right" if expected == got else "missed", field, expected, got)


def _header(gold: dict[str, Any], record: dict[str, Any]) -> list[Compared]:
    found = record.get("header") or {}
    marks: list[Compared] = []
    for field in (field for field in HEADER if field in gold):
        got = found.get(field, "(no record)" if not record else None)
        for area, form in (("header_strict", strict), ("header_soft", soft)):
            accepted = _accepted(gold, field)
            right = any(form(one) == form(as_told(one, got)) for one in accepted) or _pen(gold, field, got, record)
            marks.append(Compared(area, "right" if right else "missed", field, gold[field], got))
        if area == "header_soft" and record and not right and got not in (None, []):
            doubted = is_doubted(record, f"/header/{field}")
            marks.append(Compared("silent", "right" if doubted else "missed", f"/header/{field}", gold[field], got))
    whole = all(mark.verdict == "right" for mark in marks if mark.area == "header_soft")
    return [*marks, Compared("header_whole", "right" if whole else "missed", "header")] if marks else []


def _accepted(gold: dict[str, Any], field: str) -> Iterator[Any]:
    yield gold[field]
    yield from gold.get(f"{field}_alternatives", ())
    if field == "signers" and len(gold[field]) == 1:
        for part in ("authority", "title", "name"):
            for other in gold.get(f"signer_{part}_alternatives", ()):
                yield [gold[field][0] | {part: other}]


def _pen(gold: dict[str, Any], field: str, got: Any, record: dict[str, Any]) -> bool:
    """Whether a field written by pen was left null, and said so."""
    pen = set(gold.get("handwritten", ()))
    if "number" in pen:
        pen.add("so_hieu")
    warned = any(warning["code"] == "handwritten" for warning in record.get("warnings", ()))
    return field in pen and got is None and warned


def _attached(gold: dict[str, Any], record: dict[str, Any]) -> Iterator[Compared]:
    expected = [_whole_record(one) for one in gold.get("attached") or ()]
    found = list(record.get("attached") or ())
    for place, one in enumerate(expected):
        got = found[place] if place < len(found) else None
        subject = one["header"].get("subject")
        yield Compared("attached", "right" if got else "missed", f"attached/{place}", subject, got and "present")
        for mark in score(one, got):
            yield mark.within(f"attached/{place}/")
    if gold.get("attached") is not None or gold.get("header"):
        for place, one in enumerate(found[len(expected) :], len(expected)):
            yield Compared("attached", "extra", f"attached/{place}", None, one["header"].get("subject"))


def _whole_record(gold: dict[str, Any]) -> dict[str, Any]:
    """An attached gold record that names only some header fields, at its top level, as a record of its own."""
    if "header" in gold:
        return gold
    return {"header": {field: gold[field] for field in HEADER if field in gold}}
