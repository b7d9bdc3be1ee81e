"""Documents into records: the parsers of all parts, put together."""

from __future__ import annotations

import re

from parsers.announced import warn_missing_appendix
from parsers.claims import prose, read_claims
from parsers.footnotes import read_footnotes
from parsers.header import read_header
from parsers.parts import Parts
from parsers.split import split_dispatches
from parsers.tables import read_tables
from parsers.trail import Trail
from schemas.dispatch import Dispatch, Header
from schemas.document import Document
from schemas.source import Notice
from vietnamese.fold import fold


def parse(document: Document) -> Dispatch:
    """The record of a document; further dispatches bound into it are records of their own under `attached`."""
    leading, *others = split_dispatches(document)
    trail = Trail(warnings=list(document.warnings))
    attached = tuple(_dispatch(document, parts, Trail(), f"#{number}") for number, parts in enumerate(others, start=2))
    if not others:
        warn_missing_appendix(leading, trail)
    return _dispatch(document, leading, trail, "").model_copy(update={"attached": attached})


def _dispatch(document: Document, parts: Parts, trail: Trail, suffix: str) -> Dispatch:
    regime, header = read_header(parts, trail)
    tables = read_tables(parts, trail)
    claims = read_claims(prose(parts), trail)
    footnotes = read_footnotes(parts, trail)
    warnings = tuple(_with_suggestion(notice, header, document.source.name) for notice in trail.warnings)
    return Dispatch(
        id=document.source.sha256 + suffix,
        source=document.source,
        regime=regime,
        header=header,
        tables=tables,
        claims=claims,
        footnotes=footnotes,
        evidence=trail.evidence,
        warnings=warnings,
    )


def _with_suggestion(notice: Notice, header: Header, file_name: str) -> Notice:
    """A missing number's warning with the number that the file's name gives beside the same sign, if it does."""
    if notice.pointer != "/header/number" or notice.suggestion or not header.symbol:
        return notice
    sign = re.split(r"[-/]", fold(header.symbol))[0]
    found = re.search(rf"(?<!\d)(\d{{1,5}})[\s._-]*{re.escape(sign)}(?![a-z])", fold(file_name))
    return notice.model_copy(update={"suggestion": found[1]}) if found else notice
