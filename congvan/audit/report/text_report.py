"""Reports for the screen and for programs: a table of what does not agree, JSON a line for each dispatch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from congvan.audit.where import Checked, gravest, local, place_of
from congvan.audit.wording import Wording

_STYLES = {"wrong": "bold red", "clean": "bold green", "unchecked": "bold yellow", "none": "bold"}


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


State = Literal["wrong", "clean", "unchecked", "none"]


def headline(one: Checked, words: Wording) -> tuple[State, str]:
    """What an inspector should know first, and in a few words: wrong, clean, nothing checked, or nothing to check."""
    counts = one.audit.counts
    wrong = sum(1 for finding in one.audit.findings if finding.verdict == "disagrees")
    state: State = "wrong" if wrong else "clean" if counts["checked"] else "unchecked" if counts["figures"] else "none"
    values = {"wrong": str(wrong), **{key: str(value) for key, value in counts.items() if isinstance(value, int)}}
    open_ones = words.say("headline_open", values) if counts["cannot_tell"] and state != "none" else ""
    return state, words.say(f"headline_{state}", values) + open_ones


def shown_number(computed: str | None, words: Wording) -> str:
    """A computed number in its own column: with a decimal comma and grouped thousands where the language has them.

    >>> from congvan.audit.wording import wording
    >>> shown_number("12345.5", wording("vi")), shown_number("12345.5", wording("en"))
    ('12.345,5', '12345.5')
    """
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?", computed or "")
    if match is None or words.language != "vi":
        return computed or ""
    grouped = f"{int(match[2]):,}".replace(",", ".")
    return f"{match[1]}{grouped},{match[3]}" if match[3] else f"{match[1]}{grouped}"


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
                shown_number(finding.computed, words),
                finding.explanation,
                ", ".join(str(page) for page in sorted(page for page in pages if page)),
            ]
            table.add_row(*map(escape, cells), style="red" if finding.verdict == "disagrees" else None)
        if table.row_count:
            console.print(table)
        state, told = headline(one, words)
        console.print(f"{one.full_title}: {told}", markup=False, highlight=False, style=_STYLES[state])
        console.print(summary(one, words), markup=False, highlight=False)
