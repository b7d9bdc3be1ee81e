"""Parts of a Word file that python-docx has no call for: footnotes, numbering, text boxes, fields."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def element(tag: str, **attributes: str) -> object:
    """An element of WordprocessingML with its `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_footnotes(document: Docx, notes: list[str]) -> None:
    """Give the file a footnotes part; note `n` (from 1) is then pointed to by `refer(run, n)`."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for place, (kind, mark) in enumerate(
            [("separator", "separator"), ("continuationSeparator", "continuationSeparator")], -1
        )
    )
    body = "".join(
        f'<w:footnote w:id="{place}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for place, note in enumerate(notes, 1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_W}>{separators}{body}</w:footnotes>'
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def refer(run: Run, note: int) -> None:
    """Put the mark of a footnote into a run."""
    run.font.superscript = True
    run._r.append(element("footnoteReference", id=str(note)))


class Numbering:
    """Word's automatic numbers and bullets: a label is made by the word processor, not written in the text."""

    _FORMS = {  # noqa: RUF012 - a constant table
        "number": ("decimal", "%1."),
        "letter": ("lowerLetter", "%1)"),
        "bullet": ("bullet", "-"),
        "roman": ("upperRoman", "%1."),
    }

    def __init__(self, document: Docx) -> None:
        self._root = document.part.numbering_part.element
        self._next = 100

    def start(self, kind: str) -> int:
        """A new list of a kind, from its first number; returns its id."""
        form, label = self._FORMS[kind]
        self._next += 1
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._next}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl></w:abstractNum>'
        )
        first = self._root.find(qn("w:num"))
        if first is None:
            self._root.append(abstract)
        else:
            first.addprevious(abstract)
        number = f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="{self._next}"/></w:num>'
        self._root.append(parse_xml(number))
        return self._next

    def number(self, paragraph: Paragraph, list_id: int) -> None:
        """Make a paragraph the next item of a list."""
        properties = paragraph._p.get_or_add_pPr()
        numbered = OxmlElement("w:numPr")
        numbered.append(element("ilvl", val="0"))
        numbered.append(element("numId", val=str(list_id)))
        properties.append(numbered)


def add_text_box(paragraph: Paragraph, inner: list[Paragraph], left: int, width: int, height: int) -> None:
    """Move paragraphs into a text box, anchored at `paragraph`; sizes in points from the text's left edge."""
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        f'<v:rect style="position:absolute;margin-left:{left}pt;margin-top:0;width:{width}pt;height:{height}pt;'
        f'z-index:1" stroked="f" filled="f"><v:textbox inset="0,0,0,0"><w:txbxContent/></v:textbox></v:rect>'
        "</w:pict></w:r>"
    )
    content = box.find(f".//{qn('w:txbxContent')}")
    for one in inner:
        content.append(one._p)
    paragraph._p.append(box)


def add_page_number(paragraph: Paragraph) -> None:
    """A field that prints the page's number."""
    field = element("fldSimple", instr="PAGE")
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>2</w:t></w:r>"))
    paragraph._p.append(field)
