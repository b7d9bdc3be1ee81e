"""Pages that pdfium refuses: pdfplumber, asked for each kind of damage here, reads none of them either.

Where one of these fails, a new pdfplumber reads what pdfium does not, and may be asked for the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pdfplumber
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0)
    for number in (1, 2):
        canvas.drawString(72, 700, f"So: {number}/BC-UBND")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _kids(data: bytes) -> bytes:
    found = re.search(rb"/Kids \[ (.*?) \]", data)
    assert found is not None
    return found[1]


DAMAGES: dict[str, Damage] = {
    "pages of another type": lambda data: re.sub(rb"/Type /Page(?=\s)", b"/Type /Leaf", data),
    "a page that is null": lambda data: data.replace(_kids(data), _kids(data).split(b" R")[0] + b" R null"),
    "pages counted that are not there": lambda data: re.sub(rb"/Count \d+", b"/Count 9", data),
    "no catalogue": lambda data: re.sub(rb"/Root \d+ 0 R", b"", data),
    "cut off before its trailer": lambda data: data[: data.rindex(b"xref\n0")],
    "an unknown cipher": lambda data: data.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << /Filter /Foo /V 1 >> "),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_what_pdfium_refuses_pdfplumber_reads_no_more_of(damage: Damage, two_pages: bytes) -> None:
    damaged = damage(two_pages)
    read, refused = _by_pdfium(damaged)
    assert refused
    assert _by_pdfplumber(damaged) <= read


def _by_pdfium(data: bytes) -> tuple[int, int]:
    """How many pages it reads, and how many it refuses."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return 0, 1
    read = 0
    for number in range(len(pdf)):
        try:
            read += bool(pdf[number].get_textpage().get_text_range())
        except pypdfium2.PdfiumError:
            continue
    return read, len(pdf) - read


def _by_pdfplumber(data: bytes) -> int:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return sum(bool(page.extract_text()) for page in pdf.pages)
    except Exception:  # noqa: BLE001 - whatever it raises, it reads nothing
        return 0
