"""The letterhead and the signature block of a Word file."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from corpus import layout
from corpus.docx_parts import add_text_box
from corpus.source import Dispatch

_BOLD, _ITALIC, _PLAIN = "bold", "italic", "plain"
_Styled = tuple[str, str]


def write_head(document: Docx, dispatch: Dispatch) -> None:
    """The letterhead, in the way that `form.letterhead` names; nothing where it is `none`."""
    way = dispatch.form.get("letterhead", "table")
    if way == "none":
        return
    left, right = _columns(dispatch)
    if dispatch.form.get("narrow"):
        _as_table(document, left, right, (80, 82))
        return
    {"table": _as_table, "tabs": _as_tabs, "textbox": _as_text_boxes}[way](document, left, right)


def _columns(dispatch: Dispatch) -> tuple[list[_Styled], list[_Styled]]:
    parent, issuer = layout.names(dispatch)
    joint = dispatch.form.get("joint", False)
    left = [(text, _PLAIN) for text in parent] + [(text, _BOLD) for text in issuer]
    under = layout.under_names(dispatch)
    left += [(text, _PLAIN) for text in under]
    head = layout.right_head(dispatch)
    right = [(text, _BOLD) for text in head[:-1]]
    gap = len(parent) + len(issuer) - len(right) + (0 if joint else (under[:1] == ["*"]))
    right += [("", _PLAIN)] * max(0, gap) + [(head[-1], _ITALIC)]
    return left, right


def _put(paragraph: Paragraph, styled: _Styled, size: float = 12.5) -> Paragraph:
    text, style = styled
    run = paragraph.add_run(text)
    run.bold, run.italic = style == _BOLD, style == _ITALIC
    run.font.size = Pt(size)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _as_table(
    document: Docx, left: list[_Styled], right: list[_Styled], widths: tuple[float, float] = (66, 102)
) -> None:
    table = document.add_table(1, 2)
    table.autofit = False
    for place, (width, styled) in enumerate(zip(widths, (left, right), strict=True)):
        # LibreOffice goes by the columns, Word by the cells.
        table.columns[place].width = table.rows[0].cells[place].width = Mm(width)
        _fill(table.rows[0].cells[place], styled)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: _Cell, styled: list[_Styled]) -> None:
    for place, one in enumerate(styled):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _put(paragraph, one).alignment = ALIGN.CENTER


def _as_tabs(document: Docx, left: list[_Styled], right: list[_Styled]) -> None:
    for place in range(max(len(left), len(right))):
        paragraph = document.add_paragraph()
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(35), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(118), WD_TAB_ALIGNMENT.CENTER)
        for column in (left, right):
            paragraph.add_run("\t")
            _put(paragraph, column[place] if place < len(column) else ("", _PLAIN), 12)


def _as_text_boxes(document: Docx, left: list[_Styled], right: list[_Styled]) -> None:
    anchor = document.add_paragraph()
    for styled, place, width in ((left, 0, 200), (right, 205, 265)):
        inner = [_put(document.add_paragraph(), one, 12) for one in styled]
        for paragraph in inner:
            paragraph.alignment = ALIGN.CENTER
        add_text_box(anchor, inner, place, width, 15 * len(styled) + 4)
    for _ in range(len(left) - 1):
        document.add_paragraph().paragraph_format.space_after = Pt(0)


def write_closing(document: Docx, dispatch: Dispatch) -> None:
    """Nơi nhận on the left, the signature on the right; two signers of a joint issue side by side below it."""
    receivers = layout.receivers(dispatch)
    blocks = layout.signature_blocks(dispatch)
    if not receivers and not blocks:
        return
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    if len(blocks) > 1:
        _side_by_side(document, [_signature(block) for block in blocks])
        for text in receivers:
            _put(document.add_paragraph(), (text, _PLAIN), 11)
        return
    signature = _signature(blocks[0]) if blocks else []
    if dispatch.form.get("closing") == "tabs":
        _as_tabs(document, [(text, _PLAIN) for text in receivers], signature)
        return
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    for place, text in enumerate(receivers):
        paragraph = left.paragraphs[0] if place == 0 else left.add_paragraph()
        _put(paragraph, (text, _BOLD if place == 0 else _PLAIN), 11)
    _fill(right, signature)


def _signature(block: tuple[list[str], str]) -> list[_Styled]:
    lines, name = block
    return [(text, _BOLD) for text in lines] + [("", _PLAIN)] * 4 + [(name, _BOLD)]


def _side_by_side(document: Docx, columns: list[list[_Styled]]) -> None:
    table = document.add_table(1, len(columns))
    for cell, styled in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, styled)
