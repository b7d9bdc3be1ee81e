"""A spreadsheet for an inspector: one sheet of findings, one of all figures, each linked to its file and page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from congvan.audit.report.overview import OVERVIEW, overview_rows
from congvan.audit.report.text_report import answered, headline, place_said, shown_number, summary
from congvan.audit.report.weight import mistakes
from congvan.audit.where import Checked, local, place_of, worth_a_look
from congvan.audit.wording import Wording
from congvan.writing.cells import Link, Value
from congvan.writing.spreadsheet import Worksheet, write_sheets
from schemas.finding import Finding

_FINDINGS = ("dispatch", "number", "check", "verdict", "reported", "computed", "explanation", "place", "page")
_FIGURES = ("dispatch", "figure", "place", "state", "page")
_WIDTHS = {
    "dispatch": 18,
    "office": 34,
    "number": 6,
    "check": 20,
    "verdict": 24,
    "explanation": 70,
    "place": 50,
    "figure": 18,
    "state": 28,
}
_WIDTH = 12


def write_xlsx(checked: Sequence[Checked], out: Path, words: Wording) -> None:
    """Write the two sheets, of several dispatches an overview before them. Cells are text, never formulas."""
    lines = {
        (one.dispatch.id, pointer): line
        for line, (one, pointer) in enumerate(((one, pointer) for one in checked for pointer in one.audit.states), 2)
    }
    findings = [row for one in checked for row in _finding_rows(one, words, lines)]
    figures = [row for one in checked for row in _figure_rows(one, words)]
    sheets = [_sheet("findings", _FINDINGS, findings, words), _sheet("figures", _FIGURES, figures, words)]
    if len(checked) > 1:
        overview: list[Row] = [(row, {}, row[2] != "0") for row in overview_rows(checked)]
        sheets.insert(0, _sheet("overview", OVERVIEW, overview, words))
    write_sheets(out, sheets)


Row = tuple[Sequence[str], Mapping[int, str], bool]
"""Cells, the addresses that some of them are linked to, and whether the row is marked as wrong."""

Lines = Mapping[tuple[str, str], int]
"""The row in the sheet of figures of each figure, by dispatch and pointer."""


def _sheet(name: str, keys: Sequence[str], rows: Sequence[Row], words: Wording) -> Worksheet:
    return Worksheet(
        title=words.say(f"heading_{name}"),
        headings=[words.say(f"heading_{key}") for key in keys],
        rows=[_linked(cells, links) for cells, links, _ in rows],
        widths=[_WIDTHS.get(key, _WIDTH) for key in keys],
        marked=frozenset(place for place, (_, _, wrong) in enumerate(rows) if wrong),
    )


def _linked(cells: Sequence[str], links: Mapping[int, str]) -> list[Value]:
    return [Link(cell, links[place]) if place in links else cell for place, cell in enumerate(cells)]


def _finding_rows(one: Checked, words: Wording, lines: Lines) -> Iterator[Row]:
    """What is told of the whole dispatch first, then its findings, the gravest first."""
    state, told = headline(one, words)
    cells = [one.title, "", words.say("check_whole"), told, "", "", summary(one, words), "", ""]
    yield cells, {}, state in ("wrong", "unchecked")
    agreeing = [finding for finding in one.audit.findings if not worth_a_look(finding)]
    groups = mistakes(one)
    following = {finding.id for group in groups for finding in group.consequences}
    shown = [finding for group in groups for finding in (group.lead, *group.consequences)]
    for finding in [*shown, *agreeing]:
        places = [place_of(one.dispatch, pointer) for pointer in local(finding)]
        page = next((place.page for place in places if place.page), None)
        where = "\n".join(dict.fromkeys(place_said(place, words) for place in places[:4]))
        cells = [
            one.title,
            finding.id,
            words.say(f"check_{finding.check}"),
            words.say("follows") if finding.id in following else words.say(f"verdict_{finding.verdict}"),
            finding.reported or "",
            shown_number(finding.computed, words),
            "\n".join(filter(None, (finding.explanation, answered(one, finding, words)))),
            where,
            str(page or ""),
        ]
        yield cells, _finding_links(one, finding, page, words, lines), finding.verdict == "disagrees"


def _figure_rows(one: Checked, words: Wording) -> Iterator[Row]:
    for pointer, state in one.audit.states.items():
        place = place_of(one.dispatch, pointer)
        cells = [one.title, place.text, place.where, say_state(state, words), str(place.page or "")]
        link = _link(one, place.page)
        yield cells, {len(cells) - 1: link} if link else {}, state == "disagrees"


def _finding_links(one: Checked, finding: Finding, page: int | None, words: Wording, lines: Lines) -> dict[int, str]:
    """The printed number is linked to its line in the sheet of figures, the computed one to the first figure that it
    was checked against, the page to the file."""
    found = {}
    sheet = words.say("heading_figures").replace("'", "''")
    pointers = [pointer for pointer in local(finding) if (one.dispatch.id, pointer) in lines]
    for column, pointer in zip((_FINDINGS.index("reported"), _FINDINGS.index("computed")), pointers, strict=False):
        found[column] = f"internal:'{sheet}'!A{lines[one.dispatch.id, pointer]}"
    link = _link(one, page)
    return {**found, len(_FINDINGS) - 1: link} if link else found


def say_state(state: str, words: Wording) -> str:
    """What became of a figure, in words."""
    if state in ("agrees", "truncated", "disagrees", "cannot_tell"):
        return words.say(f"verdict_{state}")
    if state == "operand":
        return words.say("state_operand")
    return f"{words.say('state_unchecked')}: {words.say(f'reason_{state}')}"


def _link(one: Checked, page: int | None) -> str | None:
    if one.path is None or page is None:
        return None
    # XlsxWriter takes the root off `file:` addresses; scheme names know no case, and `File:` it leaves whole.
    return f"{one.path.resolve().as_uri().replace('file:', 'File:', 1)}#page={page}"
