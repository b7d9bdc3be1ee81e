"""Which places of a record the audit found against: for the dataset, which sees records and not the audit."""

from __future__ import annotations

from congvan.audit.audit import audits
from schemas.dispatch import Dispatch


def disputed_figures(record: Dispatch) -> frozenset[tuple[str, str]]:
    """Dispatch id and pointer of the reported figures that the audit says disagree, attached dispatches included."""
    return frozenset(
        (audit.dispatch, finding.pointers[0])
        for audit in audits(record)
        for finding in audit.findings
        if finding.verdict == "disagrees" and finding.pointers
    )


def no_disputes(record: Dispatch) -> frozenset[tuple[str, str]]:
    """For a dataset without the audit."""
    return frozenset()
