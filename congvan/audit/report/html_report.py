"""One self-contained HTML page: findings with both places, and all figures folded away under them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from congvan.audit.report.overview import OVERVIEW, by_findings, overview_lines, overview_rows
from congvan.audit.report.page_strips import Cutting, Pages, cuttings_of
from congvan.audit.report.text_report import answered, headline, place_said, shown_number, summary
from congvan.audit.report.weight import mistakes
from congvan.audit.report.xlsx_report import say_state
from congvan.audit.where import Checked, FindingPlace, local, place_of
from congvan.audit.wording import Wording
from schemas.document import Document
from schemas.finding import Finding

_MOST_PLACES, _MOST_SHOWN, _MOST_CUTTINGS = 4, 200, 3
Opened = Callable[[Checked], Document | None]
"""What the reader saw of a dispatch's file, for the places on its pages."""


def write_html(checked: Sequence[Checked], out: Path, words: Wording, opened: Opened = lambda one: None) -> None:
    """Write the page; all text of the dispatches is escaped. The first 200 findings are shown as they are printed."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("congvan.audit.report", "."), autoescape=True)
    left = [_MOST_SHOWN]
    page = environment.get_template("report.html").render(
        checked=by_findings(checked),
        words=words,
        say=words.say,
        summary=summary,
        headline=headline,
        shown_number=shown_number,
        answered=answered,
        pages_of=lambda one: Pages(one.path, opened(one)) if left[0] > 0 and mistakes(one) else Pages(None, None),
        cuttings=lambda one, finding, pages: _cuttings(one, finding, pages, left),
        others=_others,
        places=_places,
        place_of=place_of,
        say_state=say_state,
        mistakes=mistakes,
        place_said=lambda place: place_said(place, words),
        overview=overview_lines(checked, words) if len(checked) > 1 else [],
        overview_heads=OVERVIEW,
        overview_rows=overview_rows(checked) if len(checked) > 1 else [],
    )
    out.write_text(page, encoding="utf-8")


def _cuttings(one: Checked, finding: Finding, pages: Pages, left: list[int]) -> list[tuple[Cutting, str]]:
    """The cuttings of a finding with their pictures as addresses; none once so many findings have theirs."""
    if left[0] <= 0:
        return []
    left[0] -= 1
    found = list(islice(cuttings_of(one, finding, pages), _MOST_CUTTINGS))
    return [(each, _address(each.picture)) for each in found]


def _address(picture: bytes | None) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture).decode()}" if picture else ""


def _places(one: Checked, finding: Finding) -> list[FindingPlace]:
    return [place_of(one.dispatch, pointer) for pointer in local(finding)[:_MOST_PLACES]]


def _others(finding: Finding) -> int:
    """How many places more there are than are listed."""
    return max(len(local(finding)) - _MOST_PLACES, 0)
