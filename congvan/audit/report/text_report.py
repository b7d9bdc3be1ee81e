"""Reports for the screen and for programs: a table of what does not agree, JSON a line for each dispatch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from congvan.audit.report.overview import by_findings, is_wrong, overview_lines, wrong_of
from congvan.audit.report.weight import mistakes
from congvan.audit.where import Checked, FindingPlace, local, place_of
from congvan.audit.wording import Wording
from congvan.writing.screen import fold_lines
from schemas.finding import Finding

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
    """What was checked, how much of the figures that is, what could not be and why, and how the figures are rounded."""
    counts = one.audit.counts
    figures = _count(counts, "figures")
    if not figures:
        return words.say("nothing")
    checked = _count(counts, "checked") + _count(counts, "operands")
    values = {"figures": str(figures), "checked": str(checked), "share": str(100 * checked // figures)}
    said = [words.say("summary_checked", values)]
    reasons = counts["reasons"]
    listed = [(f"reason_{name}", number) for name, number in reasons.items()] if isinstance(reasons, dict) else []
    if _count(counts, "cannot_tell"):
        listed.insert(0, ("reason_cannot_tell", _count(counts, "cannot_tell")))
    if listed:
        told = "; ".join(f"{number} {words.say(key)}" for key, number in listed)
        said.append(words.say("summary_left", {"count": str(figures - checked), "told": told}))
    said += one.audit.customs
    return " ".join(said)


def _count(counts: Mapping[str, int | dict[str, int]], name: str) -> int:
    value = counts[name]
    return value if isinstance(value, int) else 0


State = Literal["wrong", "clean", "unchecked", "none"]


def headline(one: Checked, words: Wording) -> tuple[State, str]:
    """What an inspector should know first, and in a few words: wrong, clean, nothing checked, or nothing to check."""
    counts = one.audit.counts
    wrong = wrong_of(one)
    state: State = "wrong" if wrong else "clean" if counts["checked"] else "unchecked" if counts["figures"] else "none"
    values = {"wrong": str(wrong), **{key: str(value) for key, value in counts.items() if isinstance(value, int)}}
    return state, words.say(f"headline_{state}", values)


def place_said(place: FindingPlace, words: Wording) -> str:
    """A place in words: its page, then its table, row and column, or its sentence."""
    page = words.say("place_page", {"page": str(place.page)}) if place.page else ""
    return page + (place.where or f"«{_short(place.text)}»")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77].rpartition(' ')[0]} …"


def answered(one: Checked, finding: Finding, words: Wording) -> str:
    """What a person answered to a finding, as a line; nothing where nobody has."""
    answer = one.answers.get(finding.id)
    if answer is None:
        return ""
    told = words.say(f"answer_{answer.answer}")
    return words.say("answered", {"answer": told, "why": f" ({answer.why})" if answer.why else "", "who": answer.who})


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
    """Print an overview of several dispatches, then for each its first line, its mistakes by weight, and what is
    left open. Of those without any figure only the overview tells."""
    from rich.console import Console

    console = Console()
    several = len(checked) > 1
    if several:
        for line in overview_lines(checked, words):
            console.print(line, markup=False, highlight=False, style="bold")
    for one in by_findings(checked) if several else checked:
        if not one.audit.states and several and not mistakes(one):
            continue
        state, told = headline(one, words)
        if several:
            console.print()
        console.print(f"{one.full_title}: {told}", markup=False, highlight=False, style=_STYLES[state])
        console.print(summary(one, words), markup=False, highlight=False)
        for paragraph, wrong in _lines(one, words):
            console.print(paragraph, markup=False, highlight=False, style="red" if wrong else None)


def _lines(one: Checked, words: Wording) -> Iterator[tuple[str, bool]]:
    """The mistakes of a dispatch, each with its consequences under it, then what is left open: each a paragraph with
    whole words, and whether it is wrong."""
    for group in mistakes(one):
        for finding in (group.lead, *group.consequences):
            follows = finding is not group.lead
            verdict = words.say("follows") if follows else words.say(f"verdict_{finding.verdict}")
            places = "; ".join(place_said(place_of(one.dispatch, pointer), words) for pointer in local(finding)[:2])
            said = answered(one, finding, words)
            indent = "      " if follows else "  "
            told = [
                f"{finding.id} {verdict}: {finding.explanation}",
                *(f"    {line}" for line in (places, said) if line),
            ]
            paragraph = "\n".join(
                fold_lines(line.strip(), indent + ("    " if line[:1] == " " else "")) for line in told
            )
            yield paragraph, is_wrong(one, finding) and not follows
