"""Words that a rule or a thin bar is drawn through are dead; underlines, tables and fractions are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.door.registry import SourceFile
from ingest.pdf.reader import read_pdf
from schemas.document import Document, Paragraph
from tests.ingest.pdf.test_pdf import with_annotation
from tests.support.pdf_fields import FONTS, HEIGHT, end_of, page_pdf, write

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the Liberation fonts are absent")

SENTENCE = ("Các xã báo cáo trước ngày", "10/6/2025", "20/6/2025.")
LIVE = " ".join((SENTENCE[0], SENTENCE[2]))
BASE = 300.0
_STARTS = (85.0, end_of(SENTENCE[0] + " ", 85), end_of(" ".join(SENTENCE[:2]) + " ", 85)) if FONTS.exists() else ()


def read(data: bytes) -> Document:
    return read_pdf(SourceFile(Path("a.pdf"), "application/pdf", data))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def sentence(canvas: Canvas) -> None:
    for x, text in zip(_STARTS, SENTENCE, strict=True):
        write(canvas, text, x, BASE)


def ruled(lift: float, *, bar: bool = False, reach: float = 0.0) -> Callable[[Canvas], None]:
    """The sentence with a rule `lift` points above its baseline, through the first day and `reach` points beyond."""

    def page(canvas: Canvas) -> None:
        sentence(canvas)
        x0, x1, y = _STARTS[1], end_of(SENTENCE[1], _STARTS[1]) + reach, HEIGHT - BASE + lift
        if bar:
            canvas.rect(x0, y - 0.4, x1 - x0, 0.8, stroke=0, fill=1)
        else:
            canvas.setLineWidth(0.7)
            canvas.line(x0, y, x1, y)

    return page


@pytest.mark.parametrize("bar", [False, True])
@pytest.mark.parametrize("lift", [2.5, 3.5, 5.0])
def test_what_is_struck_out_is_left_out_and_told(lift: float, bar: bool) -> None:
    document = read(page_pdf(ruled(lift, bar=bar)))
    assert texts(document) == [LIVE]
    [notice] = document.warnings
    assert (notice.code, notice.quote, notice.page) == ("struck_out", "10/6/2025", 1)
    assert notice.bbox is not None and notice.bbox[0] == pytest.approx(_STARTS[1], abs=1)


@pytest.mark.parametrize(
    "page",
    [ruled(-1.5), ruled(-3.0, bar=True), ruled(10.5), ruled(3.5, reach=200)],
    ids=["underline", "low underline", "overline", "a rule of something else"],
)
def test_other_rules_strike_nothing(page: Callable[[Canvas], None]) -> None:
    document = read(page_pdf(page))
    assert texts(document) == [" ".join(SENTENCE)] and document.warnings == ()


def test_a_fraction_bar_and_the_rule_of_a_letterhead_strike_nothing() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, "Độc lập - Tự do - Hạnh phúc", 330, 76)
        canvas.line(335, HEIGHT - 80, 490, HEIGHT - 80)
        write(canvas, "135", 150, 290)
        canvas.line(146, HEIGHT - 294, 176, HEIGHT - 294)
        write(canvas, "270", 150, 306)

    document = read(page_pdf(page))
    assert document.warnings == () and {"135", "270"} <= set(" ".join(texts(document)).split())


def test_a_mark_of_striking_out() -> None:
    """The tool of a PDF program: an annotation with the corners of the words, no rule of the page."""
    x0, x1, low, high = _STARTS[1], end_of(SENTENCE[1], _STARTS[1]), HEIGHT - BASE - 3, HEIGHT - BASE + 11
    keys = {"Subtype": pikepdf.Name.StrikeOut, "QuadPoints": [x0, high, x1, high, x0, low, x1, low]}
    document = read(with_annotation(page_pdf(sentence), Rect=[x0, low, x1, high], **keys))
    assert texts(document) == [LIVE]
    assert [notice.quote for notice in document.warnings] == ["10/6/2025"]
