"""Files embedded in a Word file are named, and pictures of formulas are none."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.read import read_file
from tests.support.compound import compound
from tests.support.word import p, word_bytes

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_O = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
_OBJECT = f'<w:object><o:OLEObject {_O} Type="Embed" ProgID="{{}}" r:id="{{}}"/></w:object>'
_OBJECTS = {"e1": ("Package", "oleObject", "o1.bin"), "e2": ("Equation.3", "oleObject", "o2.bin")}
_OTHERS = {"e3": ("package", "phu-luc.docx"), "e4": ("aFChunk", "doan.html")}


def test_embedded_files_are_named(tmp_path: Path) -> None:
    runs = "".join(f"<w:r>{_OBJECT.format(program, key)}</w:r>" for key, (program, _, _) in _OBJECTS.items())
    links = [(key, kind, target) for key, (_, kind, target) in _OBJECTS.items()]
    links += [(key, kind, target) for key, (kind, target) in _OTHERS.items()]
    made = "".join(f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="embeddings/{to}"/>' for key, kind, to in links)
    packed = compound({"\x01Ole10Native": b"\0\0\0\0\x02\0" + "Biểu 1.xlsx".encode() + b"\0C:\\x\0"})
    stream = BytesIO()
    plain = BytesIO(word_bytes(p("Kính gửi: Các xã") + f"<w:p>{runs}</w:p>"))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("document.xml.rels"):
                data = data.replace(b"</Relationships>", made.encode() + b"</Relationships>")
            new.writestr(name, data)
        new.writestr("word/embeddings/o1.bin", packed)
        for name in ("o2.bin", "phu-luc.docx", "doan.html"):
            new.writestr(f"word/embeddings/{name}", b"x")
    path = tmp_path / "cv.docx"
    path.write_bytes(stream.getvalue())
    told = [notice.message for notice in read_file(path).warnings if notice.code == "attachment_unread"]
    assert len(told) == 3
    assert all(any(name in message for message in told) for name in ("Biểu 1.xlsx", "phu-luc.docx", "doan.html"))
