"""Page pictures made for tests: text set with Pillow, worn the way scanners wear it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ingest.scan.picture.picture import Picture

_FOLDER = Path("/usr/share/fonts/truetype/liberation2")
DPI = 200
POINT = DPI / 72

needs_ocr = pytest.mark.skipif(
    not (_FOLDER / "LiberationSerif-Regular.ttf").exists(), reason="fonts-liberation2 is absent"
)


class Sheet:
    """A white A4 page to write on. Places and sizes are points from the top left."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (round(595 * POINT), round(842 * POINT)), "white")
        self.draw = ImageDraw.Draw(self.image)

    def write(self, x: float, baseline: float, text: str, *, size: float = 13, style: str = "Regular") -> None:
        font = ImageFont.truetype(str(_FOLDER / f"LiberationSerif-{style}.ttf"), round(size * POINT))
        self.draw.text((x * POINT, baseline * POINT), text, font=font, fill="black", anchor="ls")

    def line(self, points: Sequence[tuple[float, float]], *, width: float = 0.7, colour: str = "black") -> None:
        scaled = [(x * POINT, y * POINT) for x, y in points]
        self.draw.line(scaled, fill=colour, width=max(1, round(width * POINT)), joint="curve")

    def pen(self, x: float, baseline: float, digits: str, *, colour: str = "black") -> None:
        """Writes figures 1, 2, 3 and 7 by hand: larger than print, off the line, each at its own height."""
        for place, digit in enumerate(digits):
            high, low = baseline - 13 - 2 * (place % 2), baseline + 2 + 1.5 * (place % 2)
            left, right = x + 8 * place, x + 8 * place + 6
            middle = (high + low) / 2
            strokes = {
                "1": [(left, middle), (right, high), (right - 1, low)],
                "2": [(left, high + 4), (left + 3, high), (right, high + 4), (left, low), (right + 2, low - 1)],
                "3": [(left, high), (right, high + 2), (left + 2, middle), (right, low - 3), (left, low)],
                "7": [(left, high + 1), (right, high), (left + 1, low)],
            }
            self.line(strokes[digit], width=0.9, colour=colour)

    def picture(self, *, skew: float = 0.0, turn: int = 0, grey: bool = True) -> Picture:
        image = self.image.rotate(-skew, fillcolor="white", resample=Image.Resampling.BICUBIC)
        pixels: NDArray[np.uint8] = np.asarray(image.convert("L") if grey else image)
        noise = np.random.default_rng(7).normal(0, 5, pixels.shape)
        worn = np.clip(pixels + noise, 0, 255).astype(np.uint8)
        return Picture(np.rot90(worn, -turn // 90).copy(), DPI)


def letterhead(number: str = "Số: 45/UBND-NV", date: str = "An Bình, ngày 05 tháng 3 năm 2025") -> Sheet:
    """The first page of a made-up dispatch with its letterhead and some text."""
    sheet = Sheet()
    sheet.write(92, 60, "ỦY BAN NHÂN DÂN", style="Bold")
    sheet.write(92, 76, "HUYỆN AN BÌNH", style="Bold")
    sheet.write(95, 104, number)
    sheet.write(280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="Bold", size=12)
    sheet.write(330, 76, "Độc lập - Tự do - Hạnh phúc", style="Bold")
    sheet.line([(335, 81), (490, 81)])
    sheet.write(305, 104, date, style="Italic")
    for place, text in enumerate(BODY):
        sheet.write(85 if place else 110, 200 + 19 * place, text)
    return sheet


BODY = (
    "Căn cứ kế hoạch công tác năm, đề nghị các phòng chuyên môn rà soát số liệu, lập",
    "báo cáo theo mẫu và gửi về Văn phòng trước ngày 20 tháng 3 năm 2025 để tổng hợp.",
    "Quá thời hạn trên, đơn vị chưa gửi báo cáo phải giải trình bằng văn bản và chịu trách",
    "nhiệm về chất lượng số liệu của mình.",
)
