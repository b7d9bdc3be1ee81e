"""Word files for tests, made from the XML of their body and parts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.door.registry import SourceFile
from ingest.door.sniff import DOCX
from ingest.word.reader import read_docx
from schemas.document import Document, Grid, Paragraph

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
)


def word_bytes(body: str, **parts: str) -> bytes:
    """A .docx with this body; `parts` are the insides of `styles`, `numbering`, `footnotes`, `header` and the like."""
    roots = {"header": "hdr", "first_header": "hdr", "even_header": "hdr", "footer": "ftr"}
    names = {"header": "default", "first_header": "first", "even_header": "even", "footer": "default"}
    kinds = {"first_header": "header", "even_header": "header"}
    links = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/{kinds.get(name, name)}" Target="{name}.xml"/>'
        for index, name in enumerate(parts)
    )
    margins = "".join(
        f'<w:{kinds.get(name, name)}Reference w:type="{names[name]}" r:id="r{index}"/>'
        for index, name in enumerate(parts)
        if name in names
    )
    section = f"<w:sectPr>{margins}</w:sectPr>" if margins and "<w:sectPr" not in body else ""
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships(
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(links),
    }
    for name, inside in parts.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMES}>{inside}</w:{root}>"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _relationships(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def read_word(body: str, **parts: str) -> Document:
    return read_docx(SourceFile(path=Path("a.docx"), media_type=DOCX, data=word_bytes(body, **parts)))


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, ruled: bool = True) -> str:
    borders = '<w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/></w:tblBorders>' if ruled else ""
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(rows)}</w:tbl>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def sides(document: Document) -> list[tuple[str | None, str]]:
    return [(block.column, block.text) for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]
