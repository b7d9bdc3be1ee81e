"""One self-contained HTML page: findings with both places, and all figures folded away under them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from congvan.audit.report.overview import by_findings, overview_lines
from congvan.audit.report.text_report import headline, place_said, shown_number, summary
from congvan.audit.report.weight import mistakes
from congvan.audit.report.xlsx_report import say_state
from congvan.audit.where import Checked, FindingPlace, local, place_of
from congvan.audit.wording import Wording
from schemas.finding import Finding

_MOST_PLACES = 4


def write_html(checked: Sequence[Checked], out: Path, words: Wording) -> None:
    """Write the page; all text of the dispatches is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("congvan.audit.report", "."), autoescape=True)
    page = environment.get_template("report.html").render(
        checked=by_findings(checked),
        words=words,
        say=words.say,
        summary=summary,
        headline=headline,
        shown_number=shown_number,
        others=_others,
        places=_places,
        place_of=place_of,
        say_state=say_state,
        mistakes=mistakes,
        place_said=lambda place: place_said(place, words),
        overview=overview_lines(checked, words) if len(checked) > 1 else [],
    )
    out.write_text(page, encoding="utf-8")


def _places(one: Checked, finding: Finding) -> list[FindingPlace]:
    return [place_of(one.dispatch, pointer) for pointer in local(finding)[:_MOST_PLACES]]


def _others(finding: Finding) -> int:
    """How many places more there are than are listed."""
    return max(len(local(finding)) - _MOST_PLACES, 0)
