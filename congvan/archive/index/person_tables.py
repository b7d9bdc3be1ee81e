"""The tables of what people said of dispatches; the log is the truth, these are its latest state.

Each row has who said it and when. `handling` and `arrivals` stand with the other tables (`sql_tables`).
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from congvan.archive.index.sql_tables import arrivals, handling, metadata

reviews = Table(
    "reviews",
    metadata,
    Column("dispatch_id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""Dispatches that a person looked through and said so (`reviewed`), or opened again (`open`)."""

settled = Table(
    "settled",
    metadata,
    Column("dispatch_id", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""Doubts that were answered: settled for good, whatever a later reading says."""

assignments = Table(
    "assignments",
    metadata,
    Column("dispatch_id", String, primary_key=True),
    Column("assignee", String),
    Column("instruction", String),
    Column("transferred", Date),
    Column("received", Date),
    Column("due", Date),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""To whom the head of the office gave a dispatch, with the instruction written on it (bút phê)."""

voids = Table(
    "voids",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("dispatch_id", String, nullable=False),
    Column("date", Date, nullable=False),
    Column("why", String, nullable=False),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""Numbers of arrival that were given by mistake: kept void, never given again."""

copy_says = Table(
    "copy_says",
    metadata,
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True, index=True),
    Column("verdict", String, nullable=False),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""Two dispatches that a person said are one (`same`) or two (`different`); `one` is the lesser id."""

removed = Table(
    "removed",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("file_name", String),
    Column("so_hieu", String),
    Column("subject", String),
    Column("why", String, nullable=False),
    Column("purged", String),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""Files that were taken out of the archive, into its trash; `purged` is when they were deleted for good."""

answers = Table(
    "answers",
    metadata,
    Column("dispatch_id", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("answer", String, nullable=False),
    Column("why", String),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
)
"""What people answered to findings of the audit: `mistake`, `explained`, `ours`; `open` takes an answer back."""

BY_ACT: dict[str, Table] = {
    "handle": handling,
    "arrive": arrivals,
    "review": reviews,
    "settle": settled,
    "assign": assignments,
    "cancel": voids,
    "copy": copy_says,
    "remove": removed,
    "answer": answers,
}
"""The table that each act of a person fills."""
TABLES: dict[str, Table] = {table.name: table for table in BY_ACT.values()}
