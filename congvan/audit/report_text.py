"""Reports for the screen and for programs: a table of what does not agree, JSON a line for each dispatch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from congvan.audit.places import Checked, gravest, local, place_of
from congvan.audit.wording import Wording


def json_lines(checked: Iterable[Checked]) -> str:
    """A JSON object for each dispatch: `dispatch`, `so_hieu`, `findings`, `counts`."""
    return "".join(
        json.dumps(
            {
                "dispatch": one.audit.dispatch,
                "so_hieu": one.audit.so_hieu,
                "findings": [finding.model_dump() for finding in one.audit.findings],
                "counts": one.audit.counts,
            },
            ensure_ascii=False,
        )
        + "\n"
        for one in checked
    )


def summary(one: Checked, words: Wording) -> str:
    """How many figures there are and what became of each, in one sentence; reasons of the unchecked behind it."""
    counts = one.audit.counts
    if not counts["figures"]:
        return words.say("nothing")
    plain = {key: str(value) for key, value in counts.items() if isinstance(value, int)}
    reasons = counts["reasons"]
    listed = reasons.items() if isinstance(reasons, dict) else ()
    said = [f"{words.say(f'reason_{name}')}: {number}" for name, number in listed]
    return words.say("summary", plain) + (f" ({'; '.join(said)})" if said else "")


def print_table(checked: Sequence[Checked], words: Wording) -> None:
    """Print, for each dispatch, what does not plainly agree, and the summary."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    for one in checked:
        table = Table(title=escape(one.full_title), title_justify="left", show_lines=True)
        for key in ("check", "verdict", "reported", "computed", "explanation", "page"):
            table.add_column(words.say(f"heading_{key}"), overflow="fold")
        for finding in gravest(one):
            pages = {place_of(one.dispatch, pointer).page for pointer in local(finding)[:2]}
            cells = [
                words.say(f"check_{finding.check}"),
                words.say(f"verdict_{finding.verdict}"),
                finding.reported or "",
                finding.computed or "",
                finding.explanation,
                ", ".join(str(page) for page in sorted(page for page in pages if page)),
            ]
            table.add_row(*map(escape, cells), style="red" if finding.verdict == "disagrees" else None)
        if table.row_count:
            console.print(table)
        console.print(f"{one.full_title}: {summary(one, words)}", markup=False, highlight=False)
