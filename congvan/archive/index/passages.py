"""What of a record can be searched: its header, directives, table rows and footnotes, each with where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import regex

from schemas.dispatch import Dispatch, Table
from vietnamese.fold import fold, nfc

_Y = regex.compile(r"\b(qu|[hklmstv])y\b")
"""After these consonants i and y write one sound: `kĩ thuật`, `kỹ thuật` (Quyết định 240/QĐ of 1984 and usage)."""
_UNDATED = dt.date(1, 1, 1)
# A passage's number: the day, a slot drawn from the dispatch's id, the place within the dispatch. No wider than it must
# be, because the full-text index holds the distances between them. A dispatch of more passages takes several slots.
SLOT_BITS = 22
PLACE_BITS = 10


def first_row_number(date: dt.date | None) -> int:
    """The lowest passage number of a day; undated dispatches come before all days."""
    return (date or _UNDATED).toordinal() << (SLOT_BITS + PLACE_BITS)


class IndexedPassage(NamedTuple):
    """A stretch of text that a search can hit; `pointer` is a JSON Pointer into its record."""

    pointer: str
    kind: str
    text: str
    folded: str
    page: int | None = None


def passages_of(dispatch: Dispatch) -> Iterator[IndexedPassage]:
    """The passages of one dispatch, its attached ones left out."""
    yield _passage("/header", "header", _header_text(dispatch), None)
    for number, directive in enumerate(dispatch.directives):
        pointer = f"/directives/{number}/text"
        yield _passage(pointer, "directive", directive.text, _page(dispatch, pointer, f"/directives/{number}"))
    for number, table in enumerate(dispatch.tables):
        yield from _table_passages(f"/tables/{number}", table)
    for number, note in enumerate(dispatch.footnotes):
        pointer = f"/footnotes/{number}/text"
        yield _passage(pointer, "footnote", note.text, _page(dispatch, pointer, f"/footnotes/{number}"))


def _passage(pointer: str, kind: str, text: str, page: int | None) -> IndexedPassage:
    text = nfc(text)
    return IndexedPassage(pointer, kind, text, search_fold(text), page)


def _page(dispatch: Dispatch, *pointers: str) -> int | None:
    shown = next((dispatch.evidence[pointer] for pointer in pointers if pointer in dispatch.evidence), ())
    return shown[0].page if shown else None


def search_fold(text: str) -> str:
    """A text as it is searched without marks: folded, i and y alike where spelling wavers; of the same length.

    >>> search_fold("kỹ thuật, kĩ thuật; quý III; thủy lợi; Mỹ")
    'ki thuat, ki thuat; qui iii; thuy loi; mi'
    """
    return str(_Y.sub(lambda found: f"{found[1]}i", fold(text)))


def _header_text(dispatch: Dispatch) -> str:
    header = dispatch.header
    parts = [header.so_hieu, header.subject, header.parent_body, header.issuing_body, header.place, *header.recipients]
    parts += [signer.name for signer in header.signers]
    return "; ".join(part for part in (*parts, dispatch.source.name) if part)


def _table_passages(pointer: str, table: Table) -> Iterator[IndexedPassage]:
    heading = " ".join(part for part in (table.label, table.caption) if part)
    columns = " | ".join(" ".join(column.path) for column in table.columns)
    first = table.pages[0] if table.pages else None
    yield _passage(pointer, "table", f"{heading}: {columns}", first)
    for number, row in enumerate(table.rows):
        words = " | ".join(cell.text for cell in row.cells)
        yield _passage(f"{pointer}/rows/{number}", "table", words, row.page or first)
