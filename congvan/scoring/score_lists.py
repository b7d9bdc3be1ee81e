"""Scores the lists of a record: deadlines, directives, references, claims. Entries are paired, best likeness first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from congvan.scoring.compared import Compared
from congvan.scoring.likeness import ALIKE, alike, contained, number, same_names, soft, starts_alike

Entry = dict[str, Any]
Likeness = Callable[[Entry, Entry], float]
"""How well a record's entry answers a gold entry: 0 not at all, higher is better."""


def score_lists(gold: Entry, record: Entry) -> list[Compared]:
    """Marks of deadlines, directives, references and claims; an area that is null in the gold is left out."""
    marks: list[Compared] = []
    for area, scorer in (
        ("deadlines", _deadlines),
        ("directives", _directives),
        ("references", _references),
        ("claims", _claims),
    ):
        if gold.get(area) is not None:
            marks += scorer(gold, record)
    return marks


def pair(expected: list[Entry], found: list[Entry], likeness: Likeness) -> list[tuple[int, int]]:
    """Pairs of positions, each used once, the likest first; only pairs with a likeness above 0."""
    ranked = sorted(
        ((likeness(one, other), i, j) for i, one in enumerate(expected) for j, other in enumerate(found)),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    left, right, pairs = set(), set(), []
    for value, i, j in ranked:
        if value > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _match(
    area: str, gold: Entry, record: Entry, likeness: Likeness
) -> tuple[list[Compared], list[tuple[Entry, Entry]]]:
    """Marks of one list, and the pairs of required entries that met."""
    required = [entry for entry in gold[area] if not entry.get("optional")]
    optional = [entry for entry in gold[area] if entry.get("optional")]
    found = list(record.get(area) or ())
    pairs = pair(required, found, likeness)
    met, used = {i for i, _ in pairs}, {j for _, j in pairs}
    marks = [Compared(area, "right", _label(required[i]), _short(required[i]), _short(found[j])) for i, j in pairs]
    marks += [Compared(area, "missed", _label(one), _short(one)) for i, one in enumerate(required) if i not in met]
    rest = [entry for j, entry in enumerate(found) if j not in used]
    excused = {j for _, j in pair(optional, rest, lambda one, other: max(likeness(one, other), _near(one, other)))}
    marks += [Compared(area, "extra", _label(one), None, _short(one)) for j, one in enumerate(rest) if j not in excused]
    return marks, [(required[i], found[j]) for i, j in pairs]


def _label(entry: Entry) -> str:
    return str(entry.get("id") or entry.get("directive") or entry.get("so_hieu") or "")


def _short(entry: Entry) -> str:
    keys = ("kind", "start", "due", "recurrence", "so_hieu", "doc_type", "date", "numerator", "denominator", "percent")
    facts = [f"{key}={entry[key]}" for key in keys if entry.get(key) is not None]
    return f"«{_words(entry)[:110]}» " + " ".join(facts)


def _words(entry: Entry) -> str:
    return str(
        entry.get("phrase")
        or entry.get("first_words")
        or entry.get("text")
        or entry.get("title")
        or entry.get("issuer")
    )


def _near(one: Entry, other: Entry) -> float:
    """An optional gold entry excuses what stands in the same words."""
    return 1.0 if contained(_words(one), _words(other)) >= 90 else 0.0


def _deadlines(gold: Entry, record: Entry) -> Iterable[Compared]:
    marks, pairs = _match("deadlines", gold, record, _same_deadline)
    told = gold.get("not_deadlines") or ()
    decoys = [one if isinstance(one, str) else one.get("printed") or one["phrase"] for one in told]
    for mark in marks:
        decoy = mark.verdict == "extra" and any(contained(str(mark.got).split("»")[0], one) >= 95 for one in decoys)
        yield Compared(mark.area, mark.verdict, f"{mark.field} DECOY", mark.expected, mark.got) if decoy else mark
    for one, other in pairs:
        if "assignees" in one or one.get("actor"):
            yield _who(one, other)


def _same_deadline(one: Entry, other: Entry) -> float:
    if other["kind"] not in (one["kind"], *one.get("kind_alternatives", ())):
        return 0.0
    if other.get("due") != one.get("due") or other.get("recurrence") != one.get("recurrence"):
        return 0.0
    words = max(contained(phrase, other["phrase"]) for phrase in (one["phrase"], *one.get("phrase_alternatives", ())))
    if one.get("due") is None and words < ALIKE:
        return 0.0
    same_item = one.get("directive") == other.get("directive")
    return 1.0 + words / 100 + same_item


def _who(one: Entry, other: Entry) -> Compared:
    got = list(other.get("assignees") or ())
    if "assignees" in one:
        wanted = [one["assignees"], *one.get("assignees_alternatives", ())]
        right = any(same_names(names, got) for names in wanted)
    else:
        wanted = [one["actor"]]
        right = bool(got) and all(contained(name, one["actor"]) >= ALIKE for name in got)
    return Compared("deadline_who", "right" if right else "missed", one["phrase"][:60], wanted[0], got)


def _directives(gold: Entry, record: Entry) -> Iterator[Compared]:
    marks, pairs = _match("directives", gold, record, _same_directive)
    loose = {one["id"] for one in gold["directives"] if one.get("unlabelled_paragraphs") or _child(one)}
    unlabelled = {other["id"] for other in record.get("directives") or () if other.get("label") is None}
    for mark in marks:
        parent = mark.field.rpartition(".")[0]
        if not (mark.verdict == "extra" and parent in loose and mark.field in unlabelled):
            yield mark
    for one, other in pairs:
        yield Compared(
            "directive_ids", "right" if one["id"] == other["id"] else "missed", one["id"], one["id"], other["id"]
        )
        wanted = [one.get("assignees") or [], *one.get("assignees_alternatives", ())]
        got = list(other.get("assignees") or ())
        right = any(same_names(names, got) for names in wanted)
        yield Compared("assignees", "right" if right else "missed", one["id"], wanted[0], got)


def _child(one: Entry) -> bool:
    return "unlabelled_child_first_words" in one


def _same_directive(one: Entry, other: Entry) -> float:
    words = one.get("first_words") or " ".join(one["text"].split()[:12])
    likeness = max(starts_alike(text, words) for text in (other["text"], _headed(other)))
    if likeness < ALIKE:
        return 0.0
    whole = alike(one["text"], other["text"]) if "text" in one else 100.0
    return likeness + whole + 50 * (one["id"] == other["id"]) if whole >= 70 else 0.0


def _headed(entry: Entry) -> str:
    return f"{entry.get('heading') or ''} {entry['text']}"


def _references(gold: Entry, record: Entry) -> Iterator[Compared]:
    marks, pairs = _match("references", gold, record, _same_reference)
    yield from marks
    for one, other in pairs:
        for field in ("doc_type", "date", "issuer"):
            wanted = [one.get(field), *one.get(f"{field}_alternatives", ())]
            right = soft(other.get(field)) in [soft(value) for value in wanted]
            label = f"{one.get('so_hieu') or _words(one)[:40]} {field}"
            yield Compared("reference_facts", "right" if right else "missed", label, one.get(field), other.get(field))


def _same_reference(one: Entry, other: Entry) -> float:
    if one.get("so_hieu") or other.get("so_hieu"):
        same = soft(one.get("so_hieu")) == soft(other.get("so_hieu"))
        return (2.0 + (one.get("date") == other.get("date"))) if same and one.get("so_hieu") else 0.0
    if one.get("doc_type") != other.get("doc_type"):
        return 0.0
    likeness = contained(str(one.get("text") or one.get("title") or one.get("symbol") or ""), other["text"])
    return likeness / 100 if likeness >= 75 else 0.0


def _claims(gold: Entry, record: Entry) -> Iterator[Compared]:
    marks, pairs = _match("claims", gold, record, _same_claim)
    yield from marks
    for one, other in pairs:
        right = other["kind"] in (one["kind"], *one.get("kind_alternatives", ()))
        qualifiers = (one.get("qualifier"), *one.get("qualifier_alternatives", ()))
        right = right and other.get("qualifier") in qualifiers
        got = f"{other['kind']} {other.get('qualifier')}"
        wanted = f"{one['kind']} {one.get('qualifier')}"
        yield Compared("claim_kinds", "right" if right else "missed", one["text"][:60], wanted, got)


def _same_claim(one: Entry, other: Entry) -> float:
    if number(one.get("percent")) != number(other.get("percent")):
        return 0.0
    if number(one.get("numerator")) != number(other.get("numerator")):
        return 0.0
    likeness = contained(one["text"], other["text"])
    return likeness if likeness >= 60 else 0.0
