"""The overview of several dispatches: where something is wrong first, how much of what kind, by office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from congvan.audit.report.weight import mistakes
from congvan.audit.where import Checked
from congvan.audit.wording import Wording
from schemas.finding import Finding


def wrong_of(one: Checked) -> int:
    """How many mistakes a dispatch holds, consequences not counted."""
    return sum(1 for group in mistakes(one) if is_wrong(one, group.lead))


def is_wrong(one: Checked, finding: Finding) -> bool:
    """Does a finding tell of a mistake that nobody has explained?"""
    answer = one.answers.get(finding.id)
    return finding.verdict == "disagrees" and not (answer is not None and answer.settles)


def open_of(one: Checked) -> int:
    """How many figures could not be decided."""
    return sum(1 for finding in one.audit.findings if finding.verdict == "cannot_tell")


def by_findings(checked: Sequence[Checked]) -> list[Checked]:
    """Those with most mistakes first; without figures last."""
    return sorted(checked, key=lambda one: (-wrong_of(one), -open_of(one), not one.audit.states))


OVERVIEW = ("dispatch", "office", "mistakes", "open", "checked", "figures")
"""The headings of the overview's table."""


def overview_rows(checked: Sequence[Checked]) -> list[tuple[str, ...]]:
    """A row for each dispatch with figures, most mistakes first: office, mistakes, left open, checked, figures."""
    rows: list[tuple[str, ...]] = []
    for one in by_findings(checked):
        counts = one.audit.counts
        figures, done = counts["figures"], counts["checked"]
        if figures:
            office = one.dispatch.header.issuing_body or ""
            rows.append((one.full_title, office, str(wrong_of(one)), str(open_of(one)), str(done), str(figures)))
    return rows


def overview_lines(checked: Sequence[Checked], words: Wording) -> list[str]:
    """The overview in plain lines."""
    wrong = [one for one in checked if wrong_of(one)]
    figured = [one for one in checked if one.audit.states]
    lines = [
        words.say(
            "overview_first",
            {
                "count": str(len(checked)),
                "wrong": str(len(wrong)),
                "mistakes": str(sum(map(wrong_of, wrong))),
                "fine": str(len(figured) - len(wrong)),
                "none": str(len(checked) - len(figured)),
            },
        )
    ]
    kinds = Counter(group.lead.check for one in wrong for group in mistakes(one) if is_wrong(one, group.lead))
    if kinds:
        told = "; ".join(f"{words.say(f'check_{kind}').lower()}: {number}" for kind, number in kinds.most_common())
        lines.append(words.say("overview_kinds", {"kinds": told}))
    offices: Counter[str] = Counter()
    for one in wrong:
        offices[one.dispatch.header.issuing_body or words.say("overview_no_office")] += wrong_of(one)
    if offices:
        told = "; ".join(f"{name}: {number}" for name, number in offices.most_common(12))
        lines.append(words.say("overview_offices", {"offices": told}))
    return lines
