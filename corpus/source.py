"""Reads a dispatch's source (`dispatch.toml`) and makes its gold record from it, never from a parser's output.

The format is described in docs/corpus.md.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import gold_header, gold_lists
from corpus.markup import Marked, read
from corpus.tables import SourceTable, read_tables

Gold = dict[str, Any]
_LABEL = re.compile(r"(Điều \d+\.|[IVX]+[.-]|\d+(?:\.\d+)*\.|[a-zđ]\)|[-+]) +")
_ASSIGNED = re.compile(r" =>(\??) *(.*)$")


@dataclass
class Line:
    """A paragraph of the body. `id` is its path where it is an item; `asked` whether it is a directive."""

    marked: Marked
    label: str | None = None
    id: str | None = None
    asked: bool = False
    optional: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)
    continues: bool = False


@dataclass
class Dispatch:
    """One dispatch as its source tells it: how it is printed (`form`) and what it says."""

    header: dict[str, Any]
    form: dict[str, Any]
    lines: list[Line]
    footnotes: list[Marked]
    tables: list[SourceTable]
    attached: list[Dispatch]

    def gold(self) -> Gold:
        """The gold record, in the shape of the record."""
        gold: Gold = {"regime": self.header.get("regime"), "header": gold_header.make(self.header)}
        gold |= gold_lists.make(self.lines, self.footnotes)
        gold["tables"] = [table.gold() for table in self.tables]
        gold["attached"] = [one.gold() for one in self.attached]
        return gold


def load(path: Path) -> Dispatch:
    """Read a `dispatch.toml`."""
    return _dispatch(tomllib.loads(path.read_text(encoding="utf-8")))


def _dispatch(raw: dict[str, Any]) -> Dispatch:
    return Dispatch(
        header=raw["header"],
        form=raw.get("form", {}),
        lines=_lines(raw["body"]),
        footnotes=[read(note) for note in raw.get("footnotes", [])],
        tables=read_tables(raw.get("tables", [])),
        attached=[_dispatch(one) for one in raw.get("attached", [])],
    )


def _lines(body: str) -> list[Line]:
    lines: list[Line] = []
    stack: list[tuple[str, str, int]] = []
    for raw in filter(None, (one.strip() for one in body.splitlines())):
        lines.append(_continuation(raw) if raw.startswith("~ ") else _line(raw, stack, lines))
    return lines


def _continuation(raw: str) -> Line:
    return Line(read(raw[2:]), continues=True)


def _line(raw: str, stack: list[tuple[str, str, int]], before: list[Line]) -> Line:
    assigned = _ASSIGNED.search(raw)
    text = raw[: assigned.start()] if assigned else raw
    label = _LABEL.match(text)
    line = Line(read(text[label.end() :] if label else text), asked=assigned is not None)
    if label:
        line.label = label.group(1)
        line.id = _path(line.label, stack)
    elif assigned:
        line.id = str(1 + sum(one.asked and one.label is None for one in before))
    if assigned:
        line.optional = assigned.group(1) == "?"
        line.names = _names(assigned.group(2), line.id or "", before)
    return line


def _path(label: str, stack: list[tuple[str, str, int]]) -> str:
    """The id of the next item with this label; `stack` holds kind of label, id and position of the open items."""
    kind = _kind(label)
    kinds = [one[0] for one in stack]
    position = 1
    if kind in ("article", "roman") and kind not in kinds:
        stack.clear()
        kinds = []
    if kind in kinds:
        position = stack[kinds.index(kind)][2] + 1
        del stack[kinds.index(kind) :]
    last = label.strip(".-").removeprefix("Điều ").split(".")[-1]
    own = last if kind in ("roman", "article") or kind.startswith("number") else str(position)
    path = f"{stack[-1][1]}.{own}" if stack else own
    stack.append((kind, path, position))
    return path


def _kind(label: str) -> str:
    if label.startswith("Điều"):
        return "article"
    if label[0] in "IVX":
        return "roman"
    if label[0].isdigit():
        return f"number{label.count('.')}"
    return "letter" if label.endswith(")") else label


def _names(told: str, own_id: str, before: list[Line]) -> dict[str, list[str]]:
    """Who must act (`^`: whoever must in the item above), with whom, and to whom it is reported."""
    parts = re.split(r" / (with|to): ", told)
    groups = dict(zip(parts[1::2], parts[2::2], strict=True))
    who = _split(parts[0])
    if who == ["^"]:
        above = own_id.rpartition(".")[0]
        who = next((one.names["assignees"] for one in before if one.id == above and one.names), [])
    return {
        "assignees": who,
        "coordinate_with": _split(groups.get("with", "")),
        "report_to": _split(groups.get("to", "")),
    }


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("; ") if name.strip()]
