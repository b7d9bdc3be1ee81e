"""Reader of plain text: files of OCR services, Markdown, text copied out of a word processor, in any encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.door.errors import ReadError
from ingest.door.notices import legacy_notices
from ingest.door.registry import SourceFile
from ingest.flowing.flow import FlowLine, blocks_of, wrap_width
from ingest.flowing.halves import is_anchor, read_columns
from ingest.flowing.markup import parse_markup
from ingest.flowing.notes import take_footnotes, take_page_numbers
from ingest.flowing.repair import Steps, repair
from ingest.flowing.struck import struck_notices, without_struck
from ingest.flowing.text_tables import bar_table, html_table, is_bar_row, is_tab_row, tab_grid
from ingest.text.encoding import decode
from ingest.text.no_dispatch import refuse_no_dispatch
from schemas.document import Document, Grid, PageInfo
from schemas.source import Notice

_RULE = re.compile(r"\s*(?:-{3,}|_{3,}|={3,}|\*{3,}|(?:[-*_]\s){2,}[-*_])\s*")
_HEADING = re.compile(r"\A\s{0,3}#{1,6}\s+(?=\S)")
_QUOTE = re.compile(r"\A\s{0,3}>\s?")
_BULLET = re.compile(r"\A\s*\*[ \t]{1,3}(?=\S)(?!.*\S {3,}\S)")
"""Not the star under a Party body's name, nor a starred Nơi nhận, with the other column behind a gap."""
_DASHED = re.compile(r"\s*[-–—+]\s+\S")
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_PLACEHOLDER = "\ufffc"


@dataclass(frozen=True)
class Chunk:
    """Lines without a blank between them, as they stand in the file; or a rule, or a table."""

    lines: tuple[str, ...]
    page: int
    gap: bool = True
    rule: bool = False
    made: Grid | tuple[FlowLine, ...] | None = None


def read_text(source: SourceFile) -> Document:
    """A text file as a Document: without boxes; a form feed begins a new page.

    Raises ReadError (`unknown_encoding`, `empty_file`, `no_dispatch`) where there is no text of people to read.
    """
    raw, encoding = decode(source.data)
    refuse_no_dispatch(raw)
    steps = Steps() if encoding == "utf-8" else Steps([encoding.replace(" (damaged)", "_damaged")])
    text, struck = without_struck(repair(raw, steps))
    if not text.strip():
        raise ReadError("empty_file", "Tệp không có chữ nào.")
    chunks = list(_chunks(text))
    elements = _elements(chunks)
    elements, furniture = take_page_numbers(elements)
    elements, footnotes = take_footnotes(
        elements, wrap_width([line for line in elements if isinstance(line, FlowLine)])
    )
    elements = read_columns(elements)
    blocks = tuple(blocks_of(elements, steps))
    last_page = chunks[-1].page
    return Document(
        source=source.source("text", pages=last_page if "\f" in text else None, steps=steps.names),
        pages=tuple(PageInfo(number=number) for number in range(1, last_page + 1)),
        blocks=blocks,
        footnotes=footnotes,
        furniture=furniture,
        warnings=_warnings(encoding) + struck_notices(struck) + legacy_notices(raw),
    )


def _warnings(encoding: str) -> tuple[Notice, ...]:
    if "damaged" not in encoding:
        return ()
    message = "Tệp có byte hỏng, một số chữ không đọc được (hiện thành \ufffd)."
    return (Notice(code="damaged_text", message=message),)


def _chunks(text: str) -> Iterator[Chunk]:
    """The stretches of the file, tables told from lines."""
    # Behind the last end no table can match; looking for one from each beginning would take forever.
    last = max(text.rfind("</table"), text.rfind("</TABLE"))
    end = text.find(">", last) + 1 if last >= 0 else 0
    tables = [match[0] for match in _HTML_TABLE.finditer(text, 0, end)]
    text = _HTML_TABLE.sub(f"\n{_PLACEHOLDER}\n", text[:end]) + text[end:]
    remaining = iter(tables)
    for number, page in enumerate(text.split("\f"), start=1):
        lines: list[str] = []
        for line in [*page.split("\n"), ""]:
            if line.strip() and not _RULE.fullmatch(line) and line != _PLACEHOLDER:
                lines.append(line)
                continue
            if lines:
                yield from _split_tables(lines, number)
            lines = []
            if line == _PLACEHOLDER:
                yield Chunk((), number, made=html_table(next(remaining), number))
            elif line.strip():
                yield Chunk((), number, rule=True)


def _split_tables(lines: list[str], page: int) -> Iterator[Chunk]:
    """Runs of table rows inside a chunk become grids; the lines between them stay lines."""
    start = 0
    while start < len(lines):
        kind = is_bar_row if is_bar_row(lines[start]) else is_tab_row
        end = start
        while end < len(lines) and (kind(lines[end]) or _goes_on(lines, start, end)):
            end += 1
        if end > start and _is_table(lines[start:end], page):
            make = bar_table if kind is is_bar_row else tab_grid
            yield Chunk((), page, made=make(lines[start:end], page))
        else:
            end = max(end, start + 1)
            while end < len(lines) and not (is_bar_row(lines[end]) or is_tab_row(lines[end])):
                end += 1
            yield Chunk(tuple(lines[start:end]), page, gap=start == 0)
        start = end


def _goes_on(lines: list[str], start: int, line: int) -> bool:
    """Whether this line without a tab is a middle piece of a cell: an unfinished row stands above, its rest below."""
    above = lines[start:line]
    if not above or is_bar_row(above[-1]) or line + 1 >= len(lines) or not is_tab_row(lines[line + 1]):
        return False
    return above[-1].count("\t") < max(row.count("\t") for row in above)


def _is_table(lines: list[str], page: int) -> bool:
    """Two rows and more, or one of three cells (two between bars); no letterhead whose halves are parted by tabs.

    Lines that hold one cell each, behind tabs, are a signature block in the right half.
    """
    if not any("|" in line or "\t" in line.strip() for line in lines):
        return False
    if any(is_anchor(FlowLine(parse_markup(line), page)) for line in lines if "\t" in line):
        return False
    cells = len(re.split(r"\t|(?<!\\)\|", lines[0].strip().strip("|")))
    return len(lines) > 1 or cells >= 3 or (cells == 2 and lines[0].lstrip().startswith("|"))


def _elements(chunks: list[Chunk]) -> list[FlowLine | Grid | None]:
    """Lines and grids in order; a rule is None."""
    elements: list[FlowLine | Grid | None] = []
    for chunk in chunks:
        if isinstance(chunk.made, Grid):
            elements.append(chunk.made)
        elif chunk.made is not None:
            elements.extend(chunk.made)
        elif chunk.rule:
            elements.append(None)
        else:
            elements.extend(_lines(chunk))
    return elements


def _lines(chunk: Chunk) -> Iterator[FlowLine]:
    cleaned = [_QUOTE.sub("", line, count=1) for line in chunk.lines]
    headings = [_HEADING.match(line) is not None for line in cleaned]
    cleaned = [_HEADING.sub("", line) for line in cleaned]
    if not any(_DASHED.match(line) for line in cleaned):  # stars over dashes are a level of their own
        cleaned = [_BULLET.sub("- ", line, count=1) for line in cleaned]
    pieces = parse_markup("\n".join(cleaned)).split("\n")
    one_to_one = len(pieces) == len(cleaned)
    for index, styled in enumerate(pieces):
        if styled.text.strip() or styled.marks:
            yield FlowLine(
                styled,
                page=chunk.page,
                gap=chunk.gap and index == 0,
                indent=len(styled.text) - len(styled.text.lstrip()),
                heading=one_to_one and headings[index],
                tail=len(cleaned[index].strip()) if one_to_one else None,
            )
