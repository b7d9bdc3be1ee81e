"""Scores the audit on the planted set: each error must be told wrong with its printed and its right number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congvan.audit.audit import audit
from parsers.claims.claims import read_claims
from parsers.record.passage import Passage
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from parsers.tables.tables import read_tables
from schemas.dispatch import Dispatch, Header
from schemas.document import Cell, Grid, Paragraph
from schemas.finding import Finding
from schemas.source import Source

_SPANS = re.compile(r"(.*?)(?:<(\d+))?(?:\^(\d+))?")


@dataclass
class Score:
    """One case: how many errors and decoys it holds, what was missed and what was falsely called wrong."""

    title: str
    planted: int
    decoys: int
    missed: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


def cases() -> list[dict[str, Any]]:
    """The cases of the set."""
    path = Path(__file__).with_name("offices.toml")
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return found


def dispatch_of(case: dict[str, Any]) -> Dispatch:
    """A dispatch with the sentences and tables of a case."""
    lines = [Paragraph(text=line) for line in case.get("text", "").splitlines()]
    claims = read_claims([Passage.of([line]) for line in lines], Trail())
    grids = tuple(_grid(drawing) for drawing in case.get("tables", []))
    tables = read_tables(Parts(head=(), body=(), appendices=grids), Trail())
    source = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")
    return Dispatch(id="0" * 64, source=source, header=Header(), claims=claims, tables=tables)


def score(case: dict[str, Any]) -> Score:
    """The score of one case. Two findings on one planted error count once; `follows` may be called wrong too."""
    accused = [one for one in audit(dispatch_of(case)).findings if one.verdict == "disagrees"]
    title = case.get("text") or case["tables"][0].strip().splitlines()[0]
    made = Score(title, planted=len(case["wrong"]), decoys=not case["wrong"])
    for printed, right in case["wrong"]:
        if not any(_tells(one, printed, right) for one in accused):
            made.missed.append(f"missed {printed} (should be {right})")
    excused = [_plain(text) for pair in case["wrong"] for text in pair] + [_plain(x) for x in case.get("follows", [])]
    for one in accused:
        if _plain(one.reported or "") not in excused:
            made.taken.append(f"falsely accused: {one.explanation}")
    return made


def _tells(one: Finding, printed: str, right: str) -> bool:
    """Does a finding name the printed figure and the right one?"""
    return {_plain(one.reported or ""), _plain(one.computed or "")} == {_plain(printed), _plain(right)}


def _plain(text: str) -> str:
    """A figure however it is printed: `1.735`, `1735`, `45,0%` and `45.0` alike."""
    text = re.sub(r"[^\d.,]", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    whole, _, rest = text.replace(",", ".").partition(".")
    return f"{whole}.{rest.rstrip('0')}".rstrip(".")


def _grid(drawing: str) -> Grid:
    """The grid that is drawn: `text<3` spans three columns, `text^2` two rows, `<` and `^` are covered places."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            match = _SPANS.fullmatch(text)
            if text in ("<", "^") or match is None:
                continue
            over, under = int(match[2] or 1), int(match[3] or 1)
            cells.append(Cell(row=row, column=column, text=match[1], column_span=over, row_span=under, page=1))
    return Grid(page=1, n_rows=len(rows), n_columns=len(rows[0]), cells=tuple(cells), ruled=True)
