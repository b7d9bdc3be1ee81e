"""Which places of a record the audit found against: for the dataset, which sees records and not the audit."""

from __future__ import annotations

from congvan.archive.index.index import with_attached
from congvan.audit.audit import audit
from schemas.dispatch import Dispatch


def disputed_figures(record: Dispatch) -> frozenset[tuple[str, str]]:
    """Dispatch id and pointer of the reported figures that the audit says disagree, attached dispatches included."""
    return frozenset(
        (dispatch.id, finding.pointers[0])
        for dispatch in with_attached(record)
        for finding in audit(dispatch).findings
        if finding.verdict == "disagrees" and finding.pointers
    )
