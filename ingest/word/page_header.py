"""A letterhead that stands in Word's page header: read as the text's first lines where the text has none.

Nghị định 30/2020 (Phụ lục I) puts the letterhead on the first page; some offices keep it in the header of their
template, for the first page, for even pages or for all, and a number or a mark of urgency in a header or footer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from form.labels import is_heading, is_line, is_state_heading, is_upper
from form.offices import mark_of
from ingest.flowing.flow import FlowLine
from ingest.word.element_properties import R, W
from schemas.document import Grid

Element = FlowLine | Grid
_KINDS = ("first", "default", "even")
"""Which page's header is looked at first: the letterhead is printed on the first page."""
_HEAD = 45
"""A letterhead stands among so many first lines of a text."""


def margin_parts(root: etree._Element, name: str) -> Iterator[str]:
    """The relationship ids of a document's headers or footers (`name`): of its first section first, and there of the
    first page, of all, of even pages.
    """
    for section in root.iter(f"{W}sectPr"):
        by_kind = {one.get(f"{W}type", "default"): one.get(f"{R}id") for one in section.iter(f"{W}{name}Reference")}
        yield from (target for kind in _KINDS if (target := by_kind.get(kind)))


def has_letterhead(elements: Sequence[Element | None]) -> bool:
    """Whether a text begins with a letterhead of its own: a Quốc hiệu, the Party's heading or a số hiệu."""
    lines = list(_texts(elements[:_HEAD]))
    return any(map(_is_heading, lines)) or any(is_line("number_line", line) for line in lines)


def letterhead(headers: Iterable[Sequence[Element]], footers: Iterable[Sequence[Element]]) -> list[Element]:
    """The lines of the first header that holds a letterhead, with the number and the marks of urgency or secrecy that
    other headers and the footers hold beside it; nothing where no header holds one.
    """
    headers = list(headers)
    chosen = next((one for one in headers if any(map(_is_heading, _texts(one)))), None)
    if chosen is None:
        return []
    others = [line for one in (*headers, *footers) if one is not chosen for line in one if isinstance(line, FlowLine)]
    numbered = any(is_line("number_line", line) for line in _texts(chosen))
    seen = set(_texts(chosen))
    beside: list[Element] = []
    for line in others:
        text = " ".join(line.text.split())
        wanted = mark_of(text) is not None or (not numbered and is_line("number_line", text))
        if wanted and text not in seen:
            seen.add(text)
            beside.append(line._replace(column="left"))
    return [*chosen, *beside]


def _texts(elements: Iterable[Element | None]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, FlowLine):
            yield " ".join(element.text.split())


def _is_heading(text: str) -> bool:
    return is_heading(text) or is_state_heading(text) or (is_upper(text) and is_line("union_heading", text))
