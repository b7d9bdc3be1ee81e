"""Reader of Word files (.docx, .docm, .dotx; Office Open XML), as Word would print them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.door.errors import ReadError
from ingest.door.notices import attachment_notices, legacy_notices
from ingest.door.registry import SourceFile
from ingest.flowing.flow import Align, Column, FlowLine, blocks_of
from ingest.flowing.halves import read_columns
from ingest.flowing.repair import Steps
from ingest.flowing.struck import struck_notices
from ingest.flowing.styled import Styled, paragraph_of
from ingest.word.element_properties import MC, Properties, W, properties_in, value
from ingest.word.embedded import embedded_names
from ingest.word.numbering import Numbering
from ingest.word.package import TOO_DEEP, Package
from ingest.word.page_header import has_letterhead, letterhead, margin_parts
from ingest.word.runs import InlineReader, TextBox, deleted_mark, image_count
from ingest.word.styles import Styles, paragraph_numbering
from ingest.word.word_tables import read_table
from schemas.document import Document, Footnote, Furniture, FurnitureKind, Grid, PageInfo
from schemas.source import Notice

_ALIGN: dict[str | None, Align] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_PARAGRAPH, _TABLE, _PROPERTIES, _INDENT = f"{W}p", f"{W}tbl", f"{W}pPr", f"{W}ind"
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_DRAWN_RULE = re.compile("[-–—_=]{3,}")
_HALF_PAGE = 200
"""Points from the text's left edge beyond which a narrow text box stands in the right column."""
_NARROW = 320
_TWIPS_A_CHARACTER = 120


class _Story:
    """One run through the document: numbering counts, notes get their marks, text boxes are read where anchored."""

    def __init__(self, package: Package, steps: Steps) -> None:
        relations = list(package.relations(package.main).values())
        self.parts = {relation.kind: relation.target for relation in relations}
        self.margins = [relation for relation in relations if relation.kind in ("header", "footer")]
        self.by_id = package.relations(package.main)
        self.package = package
        self.styles = Styles(package.xml(self.parts.get("styles", "")))
        self.numbering = Numbering(package.xml(self.parts.get("numbering", "")), self.styles.list_numbers())
        self.inline = InlineReader(self.styles, steps)

    def blocks(self, parent: etree._Element, *, in_cell: bool = False) -> list[FlowLine | Grid]:
        """The lines and tables inside a body, a cell or a text box."""
        return list(self._blocks(parent, in_cell))

    def _blocks(self, parent: etree._Element, in_cell: bool) -> Iterator[FlowLine | Grid]:
        carried: Styled | None = None
        for child in parent:
            if child.tag == _PARAGRAPH:
                said = properties_in(child, _PROPERTIES)
                styled, lines = self._paragraph(child, said, carried, in_cell)
                carried = styled if deleted_mark(said) else None
                yield from self._boxes()
                if carried is None:
                    yield from lines
            elif child.tag == _TABLE:
                yield from read_table(
                    child, self.styles, lambda cell: self.blocks(cell, in_cell=True), lambda: len(self.inline.struck)
                )
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child, in_cell)
            elif child.tag == f"{MC}AlternateContent" and len(child):
                yield from self._blocks(child[0], in_cell)

    def _paragraph(
        self, paragraph: etree._Element, said: Properties, carried: Styled | None, in_cell: bool
    ) -> tuple[Styled, list[FlowLine]]:
        """A paragraph's text, and the same cut at its line breaks, its automatic number in front."""
        style = value(said, "pStyle")
        styled = self.inline.read(paragraph, style)
        if carried is not None:
            styled = Styled.concat((carried, styled))
        label = self._label(said, style)
        if label and (styled.text.strip() or in_cell) and not self.inline.crossed_out:
            styled = Styled.concat((Styled.plain(label, styled.style[0] if styled.style else 0), styled))
        align = _ALIGN.get(value(said, "jc") or self.styles.paragraph(style).align)
        size, indent = self.inline.size, _indent(said)
        pieces = [piece for piece in styled.split("\n") if _shows(piece)]
        lines = [FlowLine(piece, align=align, size=size, indent=indent) for piece in pieces]
        return styled, lines

    def _label(self, said: Properties, style: str | None) -> str:
        number_id, level = paragraph_numbering(said)
        if number_id is None:
            number_id, inherited = self.styles.paragraph(style).numbering
            level = inherited if level is None else level
        if not number_id:
            return ""
        return self.numbering.label(
            number_id, self.numbering.level_of_style(number_id, style) if level is None else level
        )

    def _boxes(self) -> Iterator[FlowLine | Grid]:
        """What the text boxes of the paragraph just read hold, from left to right."""
        if self.inline.boxes:
            boxes, self.inline.boxes = self.inline.boxes, []
            for box in sorted(boxes, key=lambda box: box.left or 0.0):
                yield from self._box(box)

    def _box(self, box: TextBox) -> Iterator[FlowLine | Grid]:
        """A text box's lines; a narrow one whose place is known stands in one of the two columns."""
        column: Column | None = None
        if box.left is not None and box.width is not None and box.width < _NARROW:
            column = "right" if box.left > _HALF_PAGE else "left"
        for element in self.blocks(box.content):
            yield element._replace(column=element.column or column) if isinstance(element, FlowLine) else element

    def footnotes(self) -> Iterator[Footnote]:
        """The notes that the text refers to, in that order."""
        marks = dict(self.inline.marks.by_id)
        for kind in ("footnote", "endnote"):
            root = self.package.xml(self.parts.get(f"{kind}s", ""))
            notes = {} if root is None else {note.get(f"{W}id", ""): note for note in root.iter(f"{W}{kind}")}
            for (of_kind, identifier), mark in marks.items():
                if of_kind == kind and identifier in notes:
                    lines = [line for line in self.blocks(notes[identifier]) if isinstance(line, FlowLine)]
                    parts = [part for line in lines for part in (Styled.plain(" "), line.styled)]
                    yield Footnote(mark=mark, paragraph=paragraph_of(Styled.concat(parts or [Styled.plain("")])))

    def legacy_notices(self) -> tuple[Notice, ...]:
        """A warning where text looks like a legacy encoding that no font has named."""
        return () if {"tcvn3", "vni"} & set(self.inline.steps.names) else legacy_notices(self.inline.raw)

    def head_of_pages(self, root: etree._Element) -> list[FlowLine | Grid]:
        """The letterhead in the page header, its columns in reading order; nothing where there is none."""
        kinds = ("header", "footer")
        headers, footers = (list(map(self._margin, margin_parts(root, kind))) for kind in kinds)
        return letterhead(headers, footers)

    def _margin(self, relation_id: str) -> list[FlowLine | Grid]:
        relation = self.by_id.get(relation_id)
        root = None if relation is None else self.package.xml(relation.target)
        elements = [] if root is None else read_columns(self.blocks(root))
        return [element for element in elements if element is not None]

    def furniture(self, seen: set[str]) -> Iterator[Furniture]:
        """Headers, footers and page numbers, each text once and what is `seen` in the letterhead not; watermarks."""
        for relation in self.margins:
            root = self.package.xml(relation.target)
            for line in [] if root is None else self.blocks(root):
                text = " ".join(line.text.split()) if isinstance(line, FlowLine) else ""
                if text and text not in seen:
                    seen.add(text)
                    yield Furniture(kind=_margin_kind(relation.kind, text), text=text)
        for text in dict.fromkeys(self.inline.watermarks):
            if text.strip():
                yield Furniture(kind="watermark", text=text.strip())


def _indent(said: Properties) -> int:
    """How far a paragraph is set in from the left, in characters of six points."""
    indent = said.get(_INDENT)
    twips = "" if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return int(twips) // _TWIPS_A_CHARACTER if twips.isdigit() else 0


def _shows(piece: Styled) -> bool:
    """Whether a line holds more than white space or a rule drawn with dashes."""
    return bool(piece.marks) or (bool(piece.text.strip()) and not _DRAWN_RULE.fullmatch(piece.text.strip()))


def _margin_kind(kind: str, text: str) -> FurnitureKind:
    if _PAGE_NUMBER.fullmatch(text):
        return "page_number"
    return "running_head" if kind == "header" else "footer"


def read_docx(source: SourceFile) -> Document:
    """A Word file as a Document: its accepted view, without boxes and page numbers, which only printing gives.

    Raises ReadError (`damaged`, `encrypted`, `zip_bomb`, `unsafe`).
    """
    package = Package(source.data)
    root = package.xml(package.main)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise ReadError("damaged", "Tệp Word không có phần nội dung.")
    steps = Steps()
    story = _Story(package, steps)
    try:
        elements = read_columns(story.blocks(body))
        head = [] if has_letterhead(elements) else story.head_of_pages(root)
    except RecursionError as error:
        raise TOO_DEEP from error
    blocks = tuple(blocks_of([*head, *elements], steps))
    footnotes = tuple(story.footnotes())
    furniture = tuple(story.furniture({" ".join(one.text.split()) for one in head if isinstance(one, FlowLine)}))
    return Document(
        source=source.source("docx", steps=steps.names),
        pages=(PageInfo(number=1),),
        blocks=blocks,
        footnotes=footnotes,
        furniture=furniture,
        warnings=(
            *attachment_notices(embedded_names(package, root)),
            *struck_notices(story.inline.struck),
            *(story.legacy_notices() if blocks else _warnings(root)),
        ),
    )


def _warnings(root: etree._Element) -> tuple[Notice, ...]:
    if image_count(root):
        return (
            Notice(code="image_only", message="Tệp Word chỉ có ảnh, không có chữ; hãy nạp bản quét (PDF hoặc ảnh)."),
        )
    return (Notice(code="no_text", message="Tệp Word không có chữ nào."),)
