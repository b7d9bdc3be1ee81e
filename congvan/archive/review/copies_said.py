"""What a person says of two files: one dispatch, or two; and how the archive sees a dispatch's files."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import func, select

from congvan.archive.archive import Archive
from congvan.archive.index.person_tables import copy_says
from congvan.archive.index.sql_tables import dispatches
from congvan.archive.truth.archive_errors import PlainError

Verdict = Literal["same", "different"]


class CopyLine(NamedTuple):
    """One file of a dispatch: whether it leads, why it is one with the leader, and what a person said of it."""

    id: str
    name: str
    leads: bool
    reason: str | None
    pages: int | None
    scanned: bool
    signers: str | None
    verdict: str | None


def say_of_copies(archive: Archive, one: str, other: str, verdict: Verdict) -> None:
    """Say that two dispatches are one (`same`) or two (`different`); it outweighs every rule. Raises PlainError."""
    first, second = sorted((one, other))
    if first.partition("#")[0] == second.partition("#")[0]:
        raise PlainError("Hai mã này cùng một tệp.")
    archive.act("copy", one=first, other=second, verdict=verdict)


def copies_of(archive: Archive, dispatch_id: str) -> list[CopyLine]:
    """All files of a dispatch, the leading one first, and those that a person said are others."""
    columns = dispatches.c
    with archive.engine.connect() as connection:
        lead = connection.scalar(select(func.coalesce(columns.copy_of, columns.id)).where(columns.id == dispatch_id))
        says = connection.execute(
            select(copy_says).where((copy_says.c.one == dispatch_id) | (copy_says.c.other == dispatch_id))
        ).all()
        said = {(each.other if each.one == dispatch_id else each.one): each.verdict for each in says}
        wanted = (columns.id == lead) | (columns.copy_of == lead) | columns.id.in_(said)
        rows = connection.execute(select(dispatches).where(wanted).order_by(columns.id != lead, columns.name)).all()
    return [
        CopyLine(
            row.id, row.name, row.id == lead, row.copy_reason, row.pages, row.ocr_confidence is not None, row.signers,
            said.get(row.id),
        )
        for row in rows
    ]  # fmt: skip
