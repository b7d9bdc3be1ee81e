"""What an inspector reads first: findings grouped so that one mistake is one finding with its consequences under it,
the groups by weight (a total before a row, a grave difference before a third decimal)."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    groups = [_led(group) for group in _joined(wrong)]
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


def _joined(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that hang together: about one figure, or one using a figure that the other tells wrong."""
    groups: list[list[Finding]] = []
    for finding in findings:
        mine = [group for group in groups if any(_hang_together(finding, other) for other in group)]
        merged = [finding, *(other for group in mine for other in group)]
        groups = [group for group in groups if group not in mine] + [merged]
    return groups


def _hang_together(one: Finding, other: Finding) -> bool:
    if not one.pointers or not other.pointers:
        return False
    if one.pointers[0] == other.pointers[0]:
        return True
    if "prose_count" in (one.check, other.check):
        return False  # a row is counted or not, whatever the last decimal of its figure
    return one.pointers[0] in other.pointers or other.pointers[0] in one.pointers


def _led(group: list[Finding]) -> Mistake:
    """The finding whose figure the others use leads; of equals the weightiest."""

    def used(finding: Finding) -> int:
        return sum(1 for other in group if other is not finding and finding.pointers[0] in other.pointers[1:])

    lead = min(group, key=lambda finding: (-used(finding), weight(finding)))
    rest = sorted((other for other in group if other is not lead), key=weight)
    return Mistake(lead, tuple(rest))
