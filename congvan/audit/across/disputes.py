"""What the audit says of the figures of a record: for the dataset, which sees records and not the audit."""

from __future__ import annotations

from congvan.archive.index.index import with_attached
from congvan.audit.audit import audit
from schemas.dispatch import Dispatch
from schemas.finding import Verdict

_WORST: tuple[Verdict, ...] = ("disagrees", "cannot_tell", "truncated", "agrees")
Said = tuple[Verdict, str | None]


def checked_figures(record: Dispatch) -> dict[tuple[str, str], Said]:
    """By dispatch id and pointer of each reported figure, attached dispatches included: verdict, and what was computed.

    A figure that was checked twice has the worse verdict.
    """
    found: dict[tuple[str, str], Said] = {}
    for dispatch in with_attached(record):
        for finding in audit(dispatch).findings:
            if not finding.pointers:
                continue
            place = dispatch.id, finding.pointers[0]
            said = finding.verdict, finding.computed
            found[place] = min(found.get(place, said), said, key=lambda each: _WORST.index(each[0]))
    return found
