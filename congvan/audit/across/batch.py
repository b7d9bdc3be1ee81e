"""Several dispatches at once: each audited by itself, then against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, tee
from pathlib import Path

from congvan.audit.across.across import check_across
from congvan.audit.across.across_prose import check_across_prose
from congvan.audit.across.levels import check_levels
from congvan.audit.across.months import check_months
from congvan.audit.audit import Audit, audit, extend
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.where import Checked
from congvan.audit.wording import Language, wording
from schemas.dispatch import Dispatch

Auditing = Callable[[Callable[[Dispatch], Audit], Iterable[Dispatch]], Iterable[Audit]]
"""`map`, or what does the same on other computers."""


def check_all(
    records: Iterable[tuple[Path | None, Dispatch]], language: Language = "vi", auditing: Auditing = map
) -> list[Checked]:
    """The audits of these dispatches and of those attached to them, findings across them included."""
    kept, ahead = tee((path, one) for path, record in records for one in _with_attached(record))
    audits = auditing(partial(audit, language=language), (one for _, one in ahead))
    checked = [Checked(one, made, path) for (path, one), made in zip(kept, audits, strict=True)]
    found: dict[int, list[FindingDraft]] = defaultdict(list)
    checks = (check_across, check_across_prose, check_levels, check_months)
    for one, draft in chain.from_iterable(check(checked) for check in checks if len(checked) > 1):
        found[id(one)].append(draft)
    words = wording(language)
    return [
        replace(one, audit=extend(one.audit, found[id(one)], words)) if id(one) in found else one for one in checked
    ]


def _with_attached(record: Dispatch) -> Iterator[Dispatch]:
    yield record
    for attached in record.attached:
        yield from _with_attached(attached)
