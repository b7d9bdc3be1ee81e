"""Styles of a Word file: what a run or a paragraph inherits (bold, size, font, numbering, alignment)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from ingest.word.element_properties import Properties, W, flag, number, properties, properties_in, value


class RunStyle(NamedTuple):
    """How characters look; None is "not said here, inherited"."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    small_capitals: bool | None = None
    half_points: int | None = None
    font: str | None = None
    raised: bool | None = None
    struck: bool | None = None

    def over(self, base: RunStyle) -> RunStyle:
        """This style on top of another one."""
        return base if self in (_PLAIN, base) else _laid_over(self, base)


@lru_cache(maxsize=1024)
def _laid_over(style: RunStyle, base: RunStyle) -> RunStyle:
    """The first style where it says something, the second one elsewhere; a file has few different pairs of them."""
    return RunStyle._make(upper if upper is not None else lower for upper, lower in zip(style, base, strict=True))


_PLAIN = RunStyle()
_FONTS, _NUMBERING, _RUN = f"{W}rFonts", f"{W}numPr", f"{W}rPr"


@dataclass(frozen=True)
class ParagraphStyle:
    """What a paragraph style says: its runs, its numbering (`numId`, level), its alignment."""

    run: RunStyle = _PLAIN
    numbering: tuple[int | None, int | None] = (None, None)
    align: str | None = None


def run_style(said: Properties) -> RunStyle:
    """What a `w:rPr` says."""
    if not said:
        return _PLAIN
    raised = value(said, "vertAlign")
    return RunStyle(
        bold=flag(said, "b"),
        italic=flag(said, "i"),
        hidden=flag(said, "vanish"),
        capitals=flag(said, "caps"),
        small_capitals=flag(said, "smallCaps"),
        half_points=number(said, "sz"),
        font=_font(said.get(_FONTS)),
        raised=None if raised is None else raised == "superscript",
        struck=_struck(said),
    )


def _struck(said: Properties) -> bool | None:
    """Whether a line, or two (ISO/IEC 29500-1, 17.3.2.37 and 17.3.2.9), goes through the characters."""
    lines = [line for line in (flag(said, "strike"), flag(said, "dstrike")) if line is not None]
    return any(lines) if lines else None


def _font(fonts: etree._Element | None) -> str | None:
    """Letters beyond ASCII, on which legacy encodings show, are set in the `hAnsi` font."""
    return None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")


def paragraph_numbering(said: Properties) -> tuple[int | None, int | None]:
    """`(numId, level)` that a `w:pPr` says itself."""
    if _NUMBERING not in said:
        return None, None
    numbering = properties(said[_NUMBERING])
    return number(numbering, "numId"), number(numbering, "ilvl")


class Styles:
    """The style sheet. Every lookup follows `w:basedOn` and is kept."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self.default_paragraph: str | None = None
        self._base = _PLAIN
        self._paragraphs: dict[str | None, ParagraphStyle] = {}
        self._runs: dict[str, RunStyle] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        self._base = run_style(properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
        for style in root.iterchildren(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            self._elements[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default_paragraph = identifier

    def paragraph(self, identifier: str | None) -> ParagraphStyle:
        """A paragraph style with all it inherits; the default one for None."""
        if identifier not in self._paragraphs:
            self._paragraphs[identifier] = self._resolve(identifier or self.default_paragraph)
        return self._paragraphs[identifier]

    def character(self, identifier: str) -> RunStyle:
        """A character style with all it inherits, the document's defaults apart."""
        if identifier not in self._runs:
            style = _PLAIN
            for element in reversed(self._chain(identifier)):
                style = run_style(properties_in(element, _RUN)).over(style)
            self._runs[identifier] = style
        return self._runs[identifier]

    def list_numbers(self) -> dict[str, int]:
        """The lists (`numId`) that list styles stand for, by style."""
        found = {
            identifier: paragraph_numbering(properties_in(element, f"{W}pPr"))[0]
            for identifier, element in self._elements.items()
            if element.get(f"{W}type") == "numbering"
        }
        return {identifier: number_id for identifier, number_id in found.items() if number_id is not None}

    def table_has_borders(self, identifier: str | None) -> bool:
        """Whether a table style draws lines."""
        return any(has_lines(element.find(f"{W}tblPr/{W}tblBorders")) for element in self._chain(identifier))

    def _resolve(self, identifier: str | None) -> ParagraphStyle:
        style = ParagraphStyle(run=self._base)
        for element in reversed(self._chain(identifier)):
            said = properties_in(element, f"{W}pPr")
            number_id, level = paragraph_numbering(said)
            if level is None and number_id in (None, style.numbering[0]):
                level = style.numbering[1]
            style = ParagraphStyle(
                run=run_style(properties_in(element, _RUN)).over(style.run),
                numbering=(style.numbering[0] if number_id is None else number_id, level),
                align=value(said, "jc") or style.align,
            )
        return style

    def _chain(self, identifier: str | None) -> list[etree._Element]:
        """The style's elements from itself to its root; a circle is cut."""
        chain: list[etree._Element] = []
        while identifier in self._elements and self._elements[identifier] not in chain:
            chain.append(self._elements[identifier])
            identifier = value(properties(chain[-1]), "basedOn")
        return chain


def has_lines(borders: etree._Element | None) -> bool:
    """Whether a `w:tblBorders` or `w:tcBorders` draws any line."""
    return borders is not None and any(
        side.get(f"{W}val") not in (None, "none", "nil") and side.get(f"{W}color", "").upper() != "FFFFFF"
        for side in borders
        if isinstance(side.tag, str)
    )
