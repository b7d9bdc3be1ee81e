"""The tables of the index. Names are plain, so that Datasette or any SQLite tool shows something a person can read.

Everything here is made from the originals, Documents, records and the log, and can be thrown away and made again.
"""

from __future__ import annotations

import zlib

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from congvan.archive.index.dialects.sqlite_index import FULL_TEXT
from congvan.archive.index.record_columns import columns
from schemas.dispatch import Deadline, Header, Reference

metadata = MetaData()
WIDE = Integer().with_variant(BigInteger(), "postgresql")
"""A whole number that may be large; SQLite's all may."""

files = Table(
    "files",
    metadata,
    Column("path", String, primary_key=True),
    Column("size", WIDE, nullable=False),
    Column("modified_ns", WIDE, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("outcome", String, nullable=False),
    Column("reason", String),
)

dispatches = Table(
    "dispatches",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", WIDE, nullable=False, unique=True),
    Column("file_sha256", String, nullable=False, index=True),
    *columns(Header, without=["number"], indexed=["date", "doc_type", "secrecy"]),
    Column("so_hieu_key", String, index=True),
    Column("issuing_body_key", String, index=True),
    Column("signers", String),
    Column("regime", String),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("pages", Integer),
    Column("ocr_confidence", Float),
    Column("warnings", Integer, nullable=False),
    Column("signatures", String),
    Column("fingerprint", String),
    Column("figures", String),
    Column("recipients_key", String),
    Column("words", Integer, nullable=False),
    Column("name_key", String, index=True),
    *(Column(f"band_{place}", Integer, index=True) for place in range(4)),
    Column("copy_of", String),
    Column("copy_reason", String),
    # How far it is worked off (standing.py); the indexes give each list its first screen without a look at the rest.
    Column("state", String, nullable=False, server_default="new"),
    Column("open_doubts", Integer, nullable=False, server_default="0"),
    Column("worst", Integer, nullable=False, server_default="0"),
    Column("entered", Boolean, nullable=False, server_default="0"),
)
_lead, _day, _id = dispatches.c.copy_of, dispatches.c.date.desc(), dispatches.c.id
Index("dispatches_by_day", _lead, _day, _id)
Index("dispatches_by_state", _lead, dispatches.c.state, dispatches.c.worst.desc(), _day, _id)
Index("dispatches_by_entry", _lead, dispatches.c.entered, _day, _id)
Index("dispatches_by_issuer", _lead, dispatches.c.issuing_body_key, dispatches.c.issuing_body)

deadlines = Table(
    "deadlines",
    metadata,
    Column("id", String, primary_key=True),
    Column("dispatch_id", String, ForeignKey("dispatches.id"), nullable=False, index=True),
    *columns(Deadline, without=["id"], indexed=["due"]),
    Column("directive_text", String),
    Column("page", Integer),
    Column("hidden", Boolean, nullable=False, default=False, server_default="0"),
    Column("only_in", String),
    # From which day one that recurs does, or one counted from the day of issue is; who must act, as a key.
    Column("begin", Date),
    Column("assignees_key", String),
    # Whether a person said that it is done, or not ours (standing.py).
    Column("closed", Boolean, nullable=False, server_default="0"),
)
_open = (deadlines.c.hidden, deadlines.c.closed)
_whom = (deadlines.c.assignees_key, deadlines.c.id, deadlines.c.dispatch_id)
Index("deadlines_by_day", *_open, deadlines.c.due, deadlines.c.kind, deadlines.c.alternative_due,
      deadlines.c.due_time, *_whom)  # fmt: skip
Index("deadlines_by_rule", deadlines.c.kind, *_open, deadlines.c.recurrence, deadlines.c.phrase, deadlines.c.due_time,
      deadlines.c.begin, *_whom)  # fmt: skip
Index("deadlines_by_event", deadlines.c.kind, *_open, deadlines.c.due, deadlines.c.anchor, deadlines.c.timex,
      deadlines.c.working_days, deadlines.c.begin, *_whom)  # fmt: skip

# What a person should look at: the warnings of a record, each with the key by which it is known when it is settled,
# and the other keys under which an older version may have settled it.
doubts = Table(
    "doubts",
    metadata,
    Column("dispatch_id", String, ForeignKey("dispatches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("former_keys", String, nullable=False, server_default=""),
    Column("code", String, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("message", String, nullable=False),
    Column("pointer", String),
    Column("page", Integer),
    Column("suggestion", String),
)

# A content that came to a path where another lay before: a newer state of one file, or another file of its name.
states = Table(
    "states",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("former", String, primary_key=True, index=True),
)

citations = Table(
    "citations",
    metadata,
    Column("dispatch_id", String, ForeignKey("dispatches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *columns(Reference),
    Column("so_hieu_key", String, index=True),
)

# One row for each stretch of text that a search can hit. Numbers carry the date: a dispatch's number begins with its
# day, a passage's with its dispatch's, so that a search within a range of dates, in order of date, reads the full-text
# index from one end and stops (see search.py), and a dispatch's passages are a range that needs no index.
passages = Table(
    "passages",
    metadata,
    Column("id", WIDE, primary_key=True),
    Column("dispatch", WIDE, ForeignKey("dispatches.number"), nullable=False),
    Column("pointer", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", String, nullable=False),
    Column("folded", String, nullable=False),
    Column("page", Integer),
)

# What people said of deadlines and arrivals; the log is the truth, these are its latest state. The words and the day
# of the deadline are kept as they were then: another reading may have changed them, and with them its id.
handling = Table(
    "handling",
    metadata,
    Column("deadline_id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("reply_so_hieu", String),
    Column("reply_date", Date),
    Column("who", String, nullable=False),
    Column("time", String, nullable=False),
    Column("dispatch_id", String, index=True),
    Column("directive", String),
    Column("phrase", String),
    Column("due", String),
    # Of one of a series its day; and whether no record has the deadline any more (another reading changed its words).
    Column("day", String, index=True),
    Column("orphan", Boolean, nullable=False, server_default="1", index=True),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("dispatch_id", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("date", Date, nullable=False),
    Column("unit", String),
    Column("note", String),
    UniqueConstraint("year", "number"),
)

# How far the index has followed the log, in bytes: what a kill kept from it is replayed at the next start.
state = Table("state", metadata, Column("name", String, primary_key=True), Column("value", WIDE, nullable=False))

# A file that is being taken in: written before its content, deleted with its index rows. What is left here after a
# kill is finished or forgotten at the next start.
arriving = Table("arriving", metadata, Column("sha256", String, primary_key=True))

_MADE = 12
"""To be raised where rows of the same columns are made otherwise."""


def version_of(tables: MetaData) -> int:
    """A number that is another one where a table or a column is; an index of another version is made anew."""
    shape = [(table.name, column.name, str(column.type)) for table in tables.sorted_tables for column in table.columns]
    return zlib.crc32(repr((_MADE, FULL_TEXT, shape)).encode()) & 0x7FFFFFFF


VERSION = version_of(metadata)
