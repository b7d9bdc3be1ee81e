"""What of a record can be searched: its header, directives, table rows and footnotes, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.dispatch import Dispatch, Table
from vietnamese.fold import fold, nfc


class IndexedPassage(NamedTuple):
    """A stretch of text that a search can hit; `pointer` is a JSON Pointer into its record."""

    pointer: str
    kind: str
    text: str
    folded: str


def passages_of(dispatch: Dispatch) -> Iterator[IndexedPassage]:
    """The passages of one dispatch, its attached ones left out."""
    yield _passage("/header", "header", _header_text(dispatch))
    for number, directive in enumerate(dispatch.directives):
        yield _passage(f"/directives/{number}/text", "directive", directive.text)
    for number, table in enumerate(dispatch.tables):
        yield from _table_passages(f"/tables/{number}", table)
    for number, note in enumerate(dispatch.footnotes):
        yield _passage(f"/footnotes/{number}/text", "footnote", note.text)


def _passage(pointer: str, kind: str, text: str) -> IndexedPassage:
    text = nfc(text)
    return IndexedPassage(pointer, kind, text, fold(text))


def _header_text(dispatch: Dispatch) -> str:
    header = dispatch.header
    parts = [header.so_hieu, header.subject, header.parent_body, header.issuing_body, header.place, *header.recipients]
    parts += [signer.name for signer in header.signers]
    return "; ".join(part for part in parts if part)


def _table_passages(pointer: str, table: Table) -> Iterator[IndexedPassage]:
    heading = " ".join(part for part in (table.label, table.caption) if part)
    columns = " | ".join(" ".join(column.path) for column in table.columns)
    yield _passage(pointer, "table", f"{heading}: {columns}")
    for number, row in enumerate(table.rows):
        yield _passage(f"{pointer}/rows/{number}", "table", " | ".join(cell.text for cell in row.cells))
