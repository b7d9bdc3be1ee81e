"""Documents into records: the parsers of all parts, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.attachments import announces_appendix
from parsers.footnotes import read_footnotes
from parsers.header import read_header
from parsers.parts import Parts
from parsers.passage import Passage
from parsers.split import split_dispatches
from parsers.tables import read_tables
from parsers.trail import Trail
from schemas.dispatch import Dispatch
from schemas.document import Document, Paragraph
from schemas.source import Notice


def parse(document: Document) -> Dispatch:
    """The record of a document; further dispatches bound into it are records of their own under `attached`."""
    pieces = split_dispatches(document)
    leading, *others = [_dispatch(document, parts, index) for index, parts in enumerate(pieces)]
    return leading.model_copy(update={"attached": tuple(others)})


def _dispatch(document: Document, parts: Parts, index: int) -> Dispatch:
    trail = Trail()
    if index == 0:
        trail.warnings.extend(document.warnings)
    regime, header = read_header(parts, trail)
    tables = read_tables(parts, trail)
    footnotes = read_footnotes(parts, trail)
    _warn_missing_appendix(parts, trail)
    return Dispatch(
        id=document.source.sha256 + (f"#{index + 1}" if index else ""),
        source=document.source,
        regime=regime,
        header=header,
        tables=tables,
        footnotes=footnotes,
        evidence=trail.evidence,
        warnings=tuple(_suggest(notice, document.source.name) for notice in trail.warnings),
    )
