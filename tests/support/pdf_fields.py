"""Fields, annotations and signatures laid over PDF pages as issuing systems and PDF programs lay them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONTS = Path("/usr/share/fonts/truetype/liberation2")
BODY = "LetterSerif"

Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Field:
    """One field or annotation: where its box begins (points from the top left), its size, and what it shows.

    `kind`: `Sig`, `Tx`, `FreeText`, `Stamp`. `layered`: in the forms FRM, n0 and n2, as signing programs nest them.
    `ground`: drawn on a white ground. `turn`: the appearance's matrix turns it, for a turned page. `picture`: shown as
    a picture, `clear` around its ink, or as `outlines`. `bare`: it has no appearance of its own.
    """

    x: float
    top: float
    width: float
    height: float
    text: str = ""
    kind: str = "Sig"
    size: float = 13
    lift: float = 4
    layered: bool = False
    ground: bool = False
    turn: int = 0
    picture: bool = False
    outlines: bool = False
    clear: bool = True
    bare: bool = False


def page_pdf(*draws: Draw, rotation: int = 0) -> bytes:
    """A PDF of A4 pages."""
    _fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for draw in draws:
        canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, text: str, x: float, top: float, size: float = 13) -> None:
    """A line of print, its baseline at `top` points from the page's upper edge."""
    canvas.setFont(BODY, size)
    canvas.drawString(x, HEIGHT - top, text)


OPEN_NUMBER, OPEN_DAY = "Số:           /UBND-NV", "ngày       tháng       năm 2025"


def letter(canvas: Canvas, number: str = OPEN_NUMBER, day: str = OPEN_DAY) -> None:
    """A letter of an invented office whose number and day are left open, with a task until a day left open too."""
    for top, left, right in (
        (60, "UBND HUYỆN ĐỒNG LẠC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (75, "PHÒNG THỦY LỢI", "Độc lập - Tự do - Hạnh phúc"),
    ):
        write(canvas, left, 70, top, 11)
        write(canvas, right, 300, top, 11)
    write(canvas, number, 90, 100)
    write(canvas, f"Đồng Lạc, {day}", 320, 100)
    write(canvas, "V/v nạo vét kênh mương", 90, 118, 12)
    write(canvas, "Kính gửi: Ủy ban nhân dân các xã.", 180, 160)
    write(canvas, "1. Các xã nạo vét kênh mương nội đồng xong trước ngày", 110, 190)
    write(canvas, "và báo cáo kết quả về Phòng bằng văn bản để tổng hợp chung toàn huyện.", 85, 208)
    write(canvas, "Nơi nhận:", 85, 250, 11)
    write(canvas, "- Như trên;", 85, 264, 10)
    write(canvas, "TRƯỞNG PHÒNG", 380, 250)
    write(canvas, "Lê Thị Thắm", 390, 320)


def end_of(text: str, x: float, size: float = 13) -> float:
    """Where print that begins at `x` ends."""
    _fonts()
    return x + float(pdfmetrics.stringWidth(text, BODY, size))


def with_fields(data: bytes, fields: Sequence[Field], page: int = 0) -> bytes:
    """The PDF with these fields on one of its pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        made = [pdf.make_indirect(_annotation(pdf, field, number)) for number, field in enumerate(fields)]
        sheet = pdf.pages[page]
        sheet.obj["/Annots"] = pikepdf.Array([*sheet.obj.get("/Annots", []), *made])
        widgets = [one for one in made if one.Subtype == pikepdf.Name.Widget]
        if widgets:
            pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array(widgets))
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def digits_picture(text: str, height: int = 47) -> Image.Image:
    """A small picture of digits in print, black on white."""
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Regular.ttf"), height)
    picture = Image.new("L", (int(font.getlength(text)) + 4, height + 2), 255)
    ImageDraw.Draw(picture).text((2, -height // 8), text, font=font, fill=0)
    return picture


def _fonts() -> None:
    if BODY not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(BODY, str(FONTS / "LiberationSerif-Regular.ttf")))


def _annotation(pdf: pikepdf.Pdf, field: Field, number: int) -> pikepdf.Dictionary:
    bottom = HEIGHT - field.top - field.height
    rect = [field.x, bottom, field.x + field.width, bottom + field.height]
    entry = pikepdf.Dictionary(Type=pikepdf.Name.Annot, F=4, Rect=rect)
    if field.kind in ("Sig", "Tx"):
        entry.Subtype, entry.FT, entry.T = pikepdf.Name.Widget, pikepdf.Name(f"/{field.kind}"), f"o{number}"
        if field.kind == "Tx":
            entry.V = field.text
    else:
        entry.Subtype = pikepdf.Name(f"/{field.kind}")
        entry.Contents = field.text
    if not field.bare:
        entry.AP = pikepdf.Dictionary(N=_appearance(pdf, field))
    return entry


def _appearance(pdf: pikepdf.Pdf, field: Field) -> pikepdf.Object:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    width, height = (field.height, field.width) if field.turn in (90, 270) else (field.width, field.height)
    ground = f"1 1 1 rg 0 0 {width} {height} re f\n" if field.ground else ""
    if field.picture:
        resources.XObject = pikepdf.Dictionary(Im1=_image(pdf, field))
        across = height * 0.75
        shown = f"q {across * _ratio(field.text)} 0 0 {across} 1 2 cm /Im1 Do Q"
    elif field.outlines:
        shown = _outlines(field.text, height * 0.75)
    else:
        lines = field.text.split("\n")
        steps = " ".join(f"({line}) Tj 0 -{field.size * 1.15:.2f} Td" for line in lines)
        start = field.lift + (len(lines) - 1) * field.size * 1.15
        shown = f"BT 0 0 0 rg /F1 {field.size} Tf 1 {start:.2f} Td {steps} ET"
    inner = _form(pdf, (ground + shown).encode(), (width, height), resources, _matrix(field))
    if not field.layered:
        return inner
    blank = _form(pdf, b"% DSBlank\n", (100, 100), pikepdf.Dictionary(), None)
    both = pikepdf.Dictionary(XObject=pikepdf.Dictionary(n0=blank, n2=inner))
    frame = _form(pdf, b"q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q", (width, height), both, None)
    return _form(pdf, b"q /FRM Do Q", (width, height), pikepdf.Dictionary(XObject=pikepdf.Dictionary(FRM=frame)), None)


def _matrix(field: Field) -> list[float] | None:
    """The matrix that turns an appearance back, so that it is upright on a page that is turned."""
    return {
        90: [0, 1, -1, 0, field.width, 0],
        180: [-1, 0, 0, -1, field.width, field.height],
        270: [0, -1, 1, 0, 0, field.height],
    }.get(field.turn)


def _form(
    pdf: pikepdf.Pdf, content: bytes, size: tuple[float, float], resources: pikepdf.Dictionary, matrix: Any
) -> pikepdf.Object:
    form = pdf.make_stream(content)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, *size]
    form.Resources = resources
    if matrix is not None:
        form.Matrix = matrix
    return form


def _outlines(text: str, height: float) -> str:
    """The letters as filled figures, as programs draw text that must not be copied."""
    picture = np.asarray(digits_picture(text, 160), np.uint8)
    contours, _ = cv2.findContours((picture < 128).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    scale = height / picture.shape[0]
    figures = []
    for contour in contours:
        points = [f"{x * scale + 1:.2f} {height - y * scale + 2:.2f}" for x, y in contour[:, 0]]
        figures.append(" l ".join(points).replace(" l ", " m ", 1) + " l h")
    return "0 g " + " ".join(figures) + " f*"


def _ratio(text: str) -> float:
    picture = digits_picture(text)
    return picture.width / picture.height


def _image(pdf: pikepdf.Pdf, field: Field) -> pikepdf.Object:
    picture = digits_picture(field.text)
    grey = np.asarray(picture, np.uint8)
    image = _pixels(pdf, np.zeros_like(grey) if field.clear else grey)
    if field.clear:
        image.SMask = _pixels(pdf, 255 - grey)
    return image


def _pixels(pdf: pikepdf.Pdf, grey: Any) -> pikepdf.Object:
    image = pdf.make_stream(zlib.compress(grey.tobytes()))
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = int(grey.shape[1]), int(grey.shape[0])
    image.ColorSpace, image.BitsPerComponent, image.Filter = pikepdf.Name.DeviceGray, 8, pikepdf.Name.FlateDecode
    return image


def on_a_turned_page(data: bytes, rotation: int) -> bytes:
    """The same first page, drawn lying or upside down and shown upright by the page's /Rotate, its fields too."""
    matrix = {
        90: [0.0, 1.0, -1.0, 0.0, HEIGHT, 0.0],
        180: [-1.0, 0.0, 0.0, -1.0, WIDTH, HEIGHT],
        270: [0.0, -1.0, 1.0, 0.0, 0.0, WIDTH],
    }[rotation]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.contents_add(f"q {' '.join(map(str, matrix))} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.MediaBox = [0, 0, HEIGHT, WIDTH] if rotation in (90, 270) else [0, 0, WIDTH, HEIGHT]
        page.Rotate = rotation
        for entry in page.obj.get("/Annots", []):
            x0, y0, x1, y1 = (float(one) for one in entry.Rect)
            ax, ay, bx, by = *_moved(matrix, x0, y0), *_moved(matrix, x1, y1)
            entry.Rect = [min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)]
            entry.AP.N.Matrix = [*matrix[:4], 0, 0]
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
