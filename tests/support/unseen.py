"""Dispatches written as they are printed, with what is to be read from them beside the words.

A file has sections `[l]` and `[r]` (left and right half of the letterhead, a printed line each), `[b]` (body), `[n]`
(Nơi nhận), `[s]` (signature block) and `[x]` (the expected header, in TOML). In the body `{phrase|due}` is a deadline
and ` => A / B` at the end of a paragraph says that it is a directive and who must act (`=> *`: not asked here).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.dispatch import Deadline, Dispatch

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_ASKED = re.compile(r"\s+=>\s*(.*)$")


@dataclass(frozen=True)
class Printed:
    """A dispatch as printed (`parts`, lines by section) and what is expected of it."""

    name: str
    parts: dict[str, list[str]]
    header: dict[str, Any]
    directives: list[tuple[str, str]]
    deadlines: list[tuple[str, str]]

    def lines(self, order: str = "lr") -> list[str]:
        """All lines in reading order; `order` of the halves of the letterhead, or `tabs` for side by side."""
        left, right = self.parts["l"], self.parts["r"]
        head = [*left, "", *right] if order == "lr" else [*right, "", *left]
        if order == "tabs":
            size = max(len(left), len(right))
            both = [(*side, *[""] * (size - len(side))) for side in (left, right)]
            head = [f"{one}\t{other}".rstrip() for one, other in zip(*both, strict=True)]
        return [*head, "", *self.parts["b"], "", *self.parts["n"], "", *self.parts["s"], "", *self.parts["a"]]


def load(path: Path) -> Printed:
    """Read a case."""
    parts: dict[str, list[str]] = {key: [] for key in "lrbnsax"}
    section = "l"
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[[lrbnsax]\]", line.strip()):
            section = line.strip()[1]
        elif line.strip() or section == "x":
            parts[section].append(line.strip())
    directives, deadlines, body = [], [], []
    for line in parts["b"]:
        asked = _ASKED.search(line)
        plain = line[: asked.start()] if asked else line
        deadlines += [(found[1], found[2]) for found in _MARK.finditer(plain)]
        plain = _MARK.sub(r"\1", plain)
        body.append(plain)
        if asked:
            directives.append((plain, asked[1].strip()))
    parts["b"] = body
    return Printed(path.stem, parts, tomllib.loads("\n".join(parts["x"])), directives, deadlines)


def as_text(case: Printed, order: str = "lr") -> str:
    """The case as a text file."""
    return "\n".join(case.lines(order)) + "\n"


def differences(case: Printed, found: Dispatch) -> list[str]:
    """What was read otherwise than expected, a line for each."""
    return [*_header(case, found), *_directives(case, found), *_deadlines(case, found)]


def _flat(text: object) -> str:
    return re.sub(r"[\W_]+", " ", str(text)).strip().casefold()


def _header(case: Printed, found: Dispatch) -> list[str]:
    header = found.header
    read: dict[str, Any] = {
        "regime": found.regime,
        "parent": header.parent_body,
        "issuer": header.issuing_body,
        "so_hieu": header.so_hieu,
        "symbol": header.symbol,
        "type": header.doc_type,
        "subject": header.subject,
        "place": header.place,
        "date": header.date,
        "draft": header.is_draft,
        "urgency": header.urgency,
        "secrecy": header.secrecy,
        "to": list(header.recipients),
        "dist": [f"{one.name}|{one.purpose or ''}" for one in header.distribution],
        "signers": [
            "|".join(str(part or "") for part in (one.authority, one.title, one.name)) for one in header.signers
        ],
        "refs": [one.so_hieu or one.text for one in found.references],
        "attached": [one.header.so_hieu for one in found.attached],
    }
    defaults: dict[str, Any] = {"to": [], "draft": False, "attached": []}
    wrong = []
    for key, value in read.items():
        if key in ("symbol", "dist", "refs") and key not in case.header:
            continue
        wanted = case.header.get(key, defaults.get(key))
        if value != wanted:
            wrong.append(f"{key}: read {value!r}, wanted {wanted!r}")
    return wrong


def _directives(case: Printed, found: Dispatch) -> list[str]:
    wanted = list(case.directives)
    wrong = []
    for one in found.directives:
        match = next((pair for pair in wanted if _same(one.text, pair[0])), None)
        if match is None:
            wrong.append(f"directive too many: {one.id} {one.text[:80]!r}")
            continue
        wanted.remove(match)
        if match[1] != "*" and [_flat(name) for name in one.assignees] != [
            _flat(name) for name in match[1].split(" / ") if name
        ]:
            wrong.append(f"assignees of {one.text[:50]!r}: read {list(one.assignees)}, wanted {match[1]!r}")
    return wrong + [f"directive missed: {text[:80]!r}" for text, _ in wanted]


def _same(read: str, wanted: str) -> bool:
    """Whether an item is the expected one; it may hold a paragraph more than the line that is marked."""
    left, right = _flat(read), _flat(wanted)
    return left[:60] in right or right.endswith(left) or left in right or _flat(wanted.split(" ", 1)[-1]) in left


def _due(one: Deadline) -> str:
    if one.recurrence:
        return one.recurrence
    if one.due is None:
        return one.timex or "?"
    due = one.due.isoformat() + (f"T{one.due_time}" if one.due_time else "")
    return f"{one.start.isoformat()}..{due}" if one.start else due


def _deadlines(case: Printed, found: Dispatch) -> list[str]:
    wanted = list(case.deadlines)
    wrong = []
    for one in found.deadlines:
        match = next((pair for pair in wanted if pair[1] == _due(one) and _close(pair[0], one.phrase)), None)
        if match is None:
            wrong.append(f"deadline too many: {one.phrase!r} -> {_due(one)}")
        else:
            wanted.remove(match)
    return wrong + [f"deadline missed: {phrase!r} -> {due}" for phrase, due in wanted]


def _close(one: str, other: str) -> bool:
    left, right = _flat(one), _flat(other)
    return left in right or right in left
