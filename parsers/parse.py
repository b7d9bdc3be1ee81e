"""Documents into records: the parsers of all parts, put together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from form.labels import is_line
from parsers.citations.references import read_references
from parsers.claims.claims import prose, read_claims
from parsers.deadlines.deadlines import FoundTime, read_deadlines
from parsers.footnotes import read_footnotes
from parsers.header.day_conflicts import warn_asked_days, warn_witnesses
from parsers.header.head_doubts import warn_absent_directives, warn_absent_header, warn_doubtful_header
from parsers.header.header import read_header
from parsers.record.page_boxes import evidence_in_file, notice_in_file
from parsers.record.passage import Passage
from parsers.record.text_body import Body
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from parsers.split.announced import warn_missing_appendix
from parsers.split.split import split_dispatches
from parsers.tables.tables import read_tables
from parsers.tasks.item import Item
from parsers.tasks.tasks import read_directives
from schemas.dispatch import Deadline, Directive, Dispatch, Header
from schemas.document import Block, Document, Paragraph
from schemas.packed import Packed
from schemas.source import Notice, Suggestion
from vietnamese.fold import fold

_MANY_PAGES = 20


def parse(document: Document) -> Dispatch:
    """The record of a document; further dispatches bound into it are records of their own under `attached`."""
    leading, *others = split_dispatches(document)
    long = isinstance(document.blocks, Packed)
    trail = Trail(long)
    for notice in document.warnings:
        trail.tell(notice)
    if not others:
        warn_missing_appendix(leading, trail)
    made = (
        _dispatch(document, parts, Trail(long and _is_long(parts)), f"#{number}")
        for number, parts in enumerate(others, start=2)
    )
    attached = Packed.of([one] for one in made) if long else tuple(made)
    return _dispatch(document, leading, trail, "").model_copy(update={"attached": attached})


def times_of(document: Document) -> list[FoundTime]:
    """Every day, period, length of time and recurrence of the operative parts, with what became of it."""
    found: list[FoundTime] = []
    for parts in split_dispatches(document):
        trail = Trail()
        _, header = read_header(parts, trail)
        items = read_directives(Body(parts.body), header, trail)
        read_deadlines(items.among_others(), _earliest(header, trail), trail, header.year, found)
    return found


def _is_long(parts: Parts) -> bool:
    """Whether a dispatch runs over so many pages that its record, too, is to be kept packed."""
    ends = chain(parts.head[:1], parts.body[-1:], parts.closing[-1:], parts.appendices[-1:])
    pages = [block.page for block in ends]
    return pages[-1] - pages[0] > _MANY_PAGES if pages else False


def _dispatch(document: Document, parts: Parts, trail: Trail, suffix: str) -> Dispatch:
    """One dispatch's record, with its own evidence and warnings; `suffix` tells it from the file's leading one."""
    regime, header = read_header(parts, trail)
    warn_doubtful_header(header, trail)
    warn_witnesses(header, document.source.signatures if not suffix else (), parts.furniture, trail)
    if not suffix or header.symbol:  # what is attached may have no letterhead of its own
        warn_absent_header(header, trail)
    body = Body(parts.body)
    directives, deadlines = _directives(body, header, trail)
    notes = _passages(footnote.paragraph for footnote in parts.footnotes)
    citing = chain(_passages(body), _passages(_texts(parts.appendices)), notes)
    references = read_references(citing, header.so_hieu, trail)
    warn_asked_days(header, references, deadlines, trail)
    record = Dispatch(
        id=document.source.sha256 + suffix,
        source=document.source,
        regime=regime,
        header=header,
        directives=directives,
        deadlines=deadlines,
        references=references,
        tables=read_tables(parts, trail),
        claims=read_claims(prose(parts), trail),
        footnotes=read_footnotes(parts, trail),
    )
    pages = {page.number: page for page in document.pages}
    notices = (notice_in_file(notice, pages) for notice in trail.rendered())
    warnings = trail.kept(_with_suggestion(notice, header, document.source.name) for notice in notices)
    return record.model_copy(update={"evidence": evidence_in_file(trail.all_evidence(), pages), "warnings": warnings})


def _directives(body: Body, header: Header, trail: Trail) -> tuple[Sequence[Directive], Sequence[Deadline]]:
    """The directives and the deadlines."""
    items = read_directives(body, header, trail)
    warn_absent_directives(header.doc_type, bool(items), trail)
    deadlines = read_deadlines(items.among_others(), _earliest(header, trail), trail, header.year)
    return trail.kept(_with_deadlines(items, deadlines)), deadlines


def _earliest(header: Header, trail: Trail) -> dt.date | None:
    """The day before which nothing can be due: where an appendix gives another day of issue, the earlier of the two."""
    return min([header.date, *trail.other_days]) if header.date is not None else None


def _with_deadlines(items: Sequence[Item], deadlines: Sequence[Deadline]) -> Iterator[Directive]:
    """The directives, each with the ids of the deadlines that stand in it; both come in reading order."""
    of_items = (deadline for deadline in deadlines if deadline.directive is not None)
    by_item = groupby(of_items, lambda deadline: deadline.directive)
    name, own = next(by_item, (None, ()))
    for one in (item.directive for item in items):
        if one.id != name:
            yield one
            continue
        yield one.model_copy(update={"deadlines": tuple(deadline.id for deadline in own)})
        name, own = next(by_item, (None, ()))


def _passages(paragraphs: Iterable[Paragraph]) -> Iterator[Passage]:
    return (Passage.of([paragraph]) for paragraph in paragraphs)


def _texts(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs of the appendices without their headings and captions, which cite the dispatch itself."""
    return (block for block in blocks if isinstance(block, Paragraph) and not is_line("appendix", block.text))


def _with_suggestion(notice: Notice, header: Header, file_name: str) -> Notice:
    """A missing number's warning with the number that the file's name gives beside the same sign, if it does."""
    if notice.pointer != "/header/number" or not header.symbol:
        return notice
    sign = re.split(r"[-/]", fold(header.symbol))[0]
    found = re.search(rf"(?<!\d)(\d{{1,5}})[\s._-]*{re.escape(sign)}(?![a-z])", fold(file_name))
    number = int(found[1]) if found else None
    if number in (None, header.number) or str(number) in [one.value for one in notice.suggestions]:
        return notice
    named = Suggestion(value=str(number), source="file_name")
    return notice.model_copy(update={"suggestions": (*notice.suggestions, named)})
