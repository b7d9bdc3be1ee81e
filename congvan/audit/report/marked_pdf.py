"""A copy of the PDF with both places of each finding framed and numbered: red what disagrees, amber what is left open,
blue what either was checked against.

The frames are annotations with their own appearance, so that every viewer shows them, and the explanation opens on a
click. The original is not touched; a copy with annotations no longer carries a valid signature, and says so by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from congvan.audit.report.marks import Mark, marks
from congvan.audit.where import Checked
from congvan.audit.wording import Wording
from schemas.base import Box

_PAD = 1.5
_LABEL = 5.5
"""Size of the number, which sits on the upper edge of its frame: in a table the figures of two rows are next to it."""

_DIGIT = 0.56
"""Width of a letter of the number against its size."""


def write_marked_pdf(one: Checked, source: bytes, out: Path, words: Wording, shown: bytes | None = None) -> int:
    """Write the marked copy of the PDF `source`, the pages of the PDF `shown` behind it; gives how many places were
    marked."""
    import io

    import pikepdf

    count = 0
    with pikepdf.open(io.BytesIO(source)) as pdf:
        for mark in marks(one, words):
            if mark.page <= len(pdf.pages):
                _annotate(pdf, pdf.pages[mark.page - 1], mark)
                count += 1
        if shown is not None:
            with pikepdf.open(io.BytesIO(shown)) as behind:
                pdf.pages.extend(behind.pages)
                pdf.save(out)
        else:
            pdf.save(out)
    return count


def _annotate(pdf: Any, page: Any, mark: Mark) -> None:
    import pikepdf

    rectangle = to_page(mark.box, [float(edge) for edge in page.cropbox], int(page.obj.get("/Rotate", 0)))
    x0, y0, x1, y1 = rectangle
    pad = _PAD if mark.pointer.startswith("/claims/") else 0  # the box of a cell has room around its figures
    bounds = [x0 - pad, y0 - pad, x1 + pad, y1 + pad + _LABEL / 2]
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Square,
        Rect=pikepdf.Array([round_place(edge) for edge in bounds]),
        C=pikepdf.Array([round_place(part) for part in mark.colour]),
        Contents=pikepdf.String(mark.note),
        T=pikepdf.String(mark.label),
        NM=pikepdf.String(f"audit-{mark.numbers[0]}-{mark.pointer}"),
        F=4,
        AP=pikepdf.Dictionary(N=_appearance(pdf, bounds, mark)),
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = pikepdf.Array()
    page.obj["/Annots"].append(pdf.make_indirect(annotation))


def _appearance(pdf: Any, bounds: list[float], mark: Mark) -> Any:
    """What the annotation looks like: a frame, and on its upper edge, at the right end, the numbers of its findings."""
    import pikepdf

    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    colour = " ".join(f"{part:.2f}" for part in mark.colour)
    frame = f"0.5 0.5 {width - 1:.2f} {height - _LABEL / 2 - 0.5:.2f} re S"
    room = len(mark.label) * _DIGIT * _LABEL + 1
    label_bytes = mark.label.replace("…", "\\205")  # the ellipsis of WinAnsiEncoding
    left = max(width - room - 1.5, 0)
    ground = f"1 g {left:.2f} {height - _LABEL:.2f} {room:.2f} {_LABEL:.2f} re f"
    label = f"BT /F {_LABEL} Tf {colour} rg {left + 0.5:.2f} {height - 0.86 * _LABEL:.2f} Td ({label_bytes}) Tj ET"
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/Helvetica-Bold"),
        Encoding=pikepdf.Name("/WinAnsiEncoding"),
    )
    stream = pikepdf.Stream(pdf, f"q {colour} RG 0.8 w {frame} {ground} Q {label}".encode())
    stream.stream_dict.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Form,
            "/BBox": pikepdf.Array([0, 0, round_place(width), round_place(height)]),
            "/Resources": pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
        }
    )
    return pdf.make_indirect(stream)


def to_page(box: Box, crop: list[float], rotate: int) -> Box:
    """A box in points from the top left of the upright page, as the page's own coordinates have it."""
    left, bottom, right, top = crop
    x0, y0, x1, y1 = box
    turned = rotate % 360
    if turned == 90:
        return left + y0, bottom + x0, left + y1, bottom + x1
    if turned == 180:
        return right - x1, bottom + y0, right - x0, bottom + y1
    if turned == 270:
        return right - y1, top - x1, right - y0, top - x0
    return left + x0, top - y1, left + x1, top - y0


def round_place(value: float) -> Any:
    """A coordinate to a hundredth of a point, as PDF writes it."""
    from decimal import Decimal

    return Decimal(f"{value:.2f}")
