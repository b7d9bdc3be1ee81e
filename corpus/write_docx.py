"""Writes a dispatch as a Word file, with the letterhead as a borderless table, as tabs or as text boxes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from corpus import layout
from corpus.docx_head import write_closing, write_head
from corpus.docx_parts import Numbering, add_footnotes, add_page_number, refer
from corpus.docx_tables import write_table
from corpus.source import Dispatch, Line


def write_docx(dispatch: Dispatch, path: Path) -> None:
    """Write the file. The same dispatch always gives the same bytes."""
    document = Document()
    _page(document, dispatch)
    if dispatch.footnotes:
        add_footnotes(document, [note.text for note in dispatch.footnotes])
    _write(document, dispatch)
    for one in dispatch.attached:
        document.add_page_break()
        _write(document, one)
    # A file whose last element is a table loses it in LibreOffice's .doc.
    document.add_paragraph()
    _fixed_properties(document)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_without_times(buffer.getvalue()))


def _without_times(package: bytes) -> bytes:
    """The same package with one time for all its parts, so that the same source gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            fixed.writestr(info, made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _page(document: Docx, dispatch: Dispatch) -> None:
    style = document.styles["Normal"]
    style.font.name = dispatch.form.get("font", "Times New Roman")
    style.element.rPr.rFonts.set(qn("w:eastAsia"), style.font.name)
    style.font.size = Pt(dispatch.form.get("size", 14))
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = ALIGN.CENTER
    add_page_number(head)


def _fixed_properties(document: Docx) -> None:
    """Word keeps the time of writing and the writer in the file."""
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime(2026, 1, 1)
    properties.author, properties.title = "congvan corpus", ""


def _write(document: Docx, dispatch: Dispatch) -> None:
    write_head(document, dispatch)
    _title(document, dispatch)
    _body(document, dispatch)
    write_closing(document, dispatch)
    appendices = [table for table in dispatch.tables if table.after is None]
    for table in appendices:
        if table.landscape:
            _turn(document, landscape=True)
        elif table is appendices[0]:
            document.add_page_break()
        if table is appendices[0] and dispatch.form.get("appendix_head"):
            _appendix_head(document, dispatch)
        write_table(document, table)
        if table.landscape:
            _turn(document, landscape=False)
    if "last_line" in dispatch.form:
        document.add_paragraph(dispatch.form["last_line"])


def _appendix_head(document: Docx, dispatch: Dispatch) -> None:
    for text in filter(None, layout.appendix_head(dispatch)):
        document.add_paragraph(text).alignment = ALIGN.CENTER


def _turn(document: Docx, *, landscape: bool) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))


def _title(document: Docx, dispatch: Dispatch) -> None:
    kind, subject = layout.title(dispatch)
    if kind:
        document.add_paragraph()
    for text in [*kind, *subject]:
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.add_run(text).bold = True
    if kind and layout.is_party(dispatch):
        document.add_paragraph("-----").alignment = ALIGN.CENTER
    if "stamp" in dispatch.form:
        document.add_paragraph().add_run(dispatch.form["stamp"]).bold = True
    for text in layout.addressees(dispatch):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Mm(25 if text.startswith("Kính") else 45)


def _body(document: Docx, dispatch: Dispatch) -> None:
    numbering = _Lists(Numbering(document)) if dispatch.form.get("numbering") == "auto" else None
    for place, line in enumerate(dispatch.lines):
        _line(document, line, numbering)
        for table in dispatch.tables:
            if table.after == str(place):
                write_table(document, table)


def _line(document: Docx, line: Line, lists: _Lists | None) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    automatic = lists is not None and lists.number(paragraph, line)
    if line.label and not automatic:
        paragraph.add_run(f"{line.label} ")
    if not automatic:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    _runs(paragraph, line)


def _runs(paragraph: Paragraph, line: Line) -> None:
    heading = line.label is not None and line.marked.text.isupper()
    for text, bold, italic, mark in line.marked.runs():
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or heading, italic
        if mark:
            refer(paragraph.add_run(), int(mark))


class _Lists:
    """Which automatic list a labelled line goes on with: one list for each kind of label under each parent."""

    _KINDS = (("number", "0123456789"), ("bullet", "-"))

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._lists: dict[tuple[str, str], int] = {}

    def number(self, paragraph: Paragraph, line: Line) -> bool:
        """Number the paragraph where its label is of a kind that is numbered automatically."""
        kind = next((kind for kind, signs in self._KINDS if line.label and line.label[0] in signs), None)
        if kind is None or line.label is None or line.label.count(".") > 1:
            return False
        key = (kind, (line.id or "").rpartition(".")[0])
        if key not in self._lists:
            self._lists[key] = self._numbering.start(kind)
        self._numbering.number(paragraph, self._lists[key])
        return True
