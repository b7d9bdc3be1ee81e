"""What an inspector reads first: findings grouped so that one mistake is one finding with its consequences under it,
the groups by weight (a total before a row, a grave difference before a third decimal)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvan.audit.where import Checked, worth_a_look
from schemas.finding import Finding

_VERDICTS = ("disagrees", "truncated", "cannot_tell")
_KINDS = (
    "grand_total",
    "column_total",
    "prose_count",
    "cross_document",
    "prose_vs_table",
    "row_total",
    "prose_ratio",
    "row_ratio",
)
_TRIVIAL = Fraction(1, 500)
"""A difference of less than this part of the figure is one of a last decimal."""

_GRADES = (50, 80, 100)
"""Percentages at which a report's grades begin (thấp, đạt, vượt): a wrong figure that crosses one decides a grade."""


@dataclass(frozen=True)
class Mistake:
    """One mistake: the finding that tells it best, and what else is wrong because of it or says it over."""

    lead: Finding
    consequences: tuple[Finding, ...] = ()


def mistakes(one: Checked) -> list[Mistake]:
    """The findings that an inspector is shown, grouped, the weightiest first."""
    shown = [finding for finding in one.audit.findings if worth_a_look(finding)]
    wrong = [finding for finding in shown if finding.verdict == "disagrees"]
    groups = _grouped(wrong)
    alone = [Mistake(finding) for finding in shown if finding.verdict != "disagrees"]
    return sorted([*groups, *alone], key=lambda group: weight(group.lead))


def weight(finding: Finding) -> tuple[int, bool, int, Fraction]:
    """The order of findings: how sure, more than a last decimal, a grade or in what it is, how far off."""
    off = _off(finding)
    kind = _KINDS.index(finding.check) if finding.check in _KINDS else len(_KINDS)
    return _VERDICTS.index(finding.verdict), off < _TRIVIAL, 2 if _decides(finding) and kind > 2 else kind, -off


def _off(finding: Finding) -> Fraction:
    """How far off, as a part of the greater figure; 1 where it cannot be told."""
    one, other = _number(finding.reported), _number(finding.computed)
    if one is None or other is None or max(abs(one), abs(other)) == 0:
        return Fraction(1)
    return abs(one - other) / max(abs(one), abs(other))


def _decides(finding: Finding) -> bool:
    """Does a percentage lie on the other side of a grade than it is printed?"""
    one, other = _number(finding.reported), _number(finding.computed)
    percent = finding.check in ("row_ratio", "prose_ratio") and "%" in (finding.reported or "")
    return percent and one is not None and other is not None and any((one < at) != (other < at) for at in _GRADES)


def _number(text: str | None) -> Fraction | None:
    """A figure as it is printed or computed; None for anything else."""
    plain = re.sub(r"[%‰\s]", "", text or "")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return Fraction(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def _grouped(findings: Sequence[Finding]) -> list[Mistake]:
    """Each finding that uses a figure told wrong, or tells it again, under the finding of that figure."""
    first: dict[str, Finding] = {}
    for finding in sorted(findings, key=weight):
        if finding.pointers:
            first.setdefault(finding.pointers[0], finding)
    led: dict[str, list[Finding]] = {}
    leads = []
    for finding in sorted(findings, key=weight):
        cause = _cause(finding, first)
        if cause is finding:
            leads.append(finding)
        else:
            led.setdefault(cause.id, []).append(finding)
    return [Mistake(lead, tuple(led.get(lead.id, ()))) for lead in leads]


def _cause(finding: Finding, first: Mapping[str, Finding]) -> Finding:
    """The finding that this one follows from, however far back; itself where it follows from none."""
    seen = {finding.id}
    while True:
        again = [first[pointer] for pointer in finding.pointers[:1] if first[pointer].id != finding.id]
        used = [first[pointer] for pointer in _used(finding) if pointer in first]
        before = [one for one in (*again, *sorted(used, key=weight)) if one.id not in seen]
        if not before:
            return finding
        finding = before[0]
        seen.add(finding.id)


def _used(finding: Finding) -> Sequence[str]:
    """The figures that a finding is made of; a row is counted or not whatever the last decimal of its figure."""
    return () if finding.check == "prose_count" else finding.pointers[1:]
