"""Settling: a doubt that was answered, a dispatch that a person looked through."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import JsonValue

from congvan.archive.archive import Archive
from congvan.archive.review.queue import OpenDoubt, open_doubts


def settle_ok(archive: Archive, dispatch_ids: Iterable[str]) -> int:
    """A person says that dispatches are right as they stand: their doubts are settled for good. Gives how many were."""
    count = 0
    for dispatch_id in dispatch_ids:
        with archive.one_step():
            count += settle_doubts(archive, dispatch_id, open_doubts(archive.engine, dispatch_id))
            archive.act("review", dispatch_id=dispatch_id, status="reviewed")
    return count


def reopen(archive: Archive, dispatch_id: str) -> None:
    """A person says that a dispatch is not looked through after all; what was settled stays so."""
    archive.act("review", dispatch_id=dispatch_id, status="open")


def settle_doubts(archive: Archive, dispatch_id: str, doubts: Collection[OpenDoubt]) -> int:
    """Settle some doubts of a dispatch. Gives how many were."""
    keys: list[JsonValue] = list(dict.fromkeys(doubt.key for doubt in doubts))
    if keys:
        archive.act("settle", dispatch_id=dispatch_id, keys=keys)
    return len(doubts)
