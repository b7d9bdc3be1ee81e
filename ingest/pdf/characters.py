"""The words of a PDF page, from pdfium's characters: put together by their places, never by content order.

A font that lacks Vietnamese letters makes the producer take them from another one, in runs out of order; other
producers write no spaces at all. So a word is what stands together on one baseline, whatever run it came from.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.page.placed import PlacedWord
from ingest.pdf.joining import GAP_UNSPACED, GAP_WITHOUT, Fragments, assembled, united
from schemas.base import Box

# More characters than a line of the page has.
_LINE = 110
# pdfium puts these for a hyphen at the end of a line; a soft hyphen is a hyphen when it is shown.
_CHARACTERS = {2: "-", 0xFFFE: "-", 0xAD: "-", 0xFFFF: " "}
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6


class Frame(NamedTuple):
    """From PDF user space to points from the top left corner of the upright page."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of user space (any two corners) as `(x0, top, x1, bottom)`."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A vector of user space, right and down on the upright page."""
        return {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}[self.rotation]


class _Style(NamedTuple):
    """What a text object says of its characters. `upright`: they are written from left to right."""

    size: float
    bold: bool
    italic: bool
    hidden: bool
    upright: bool
    font: int


class _Styles:
    """The styles of text objects, each object and each font looked at once."""

    def __init__(self, textpage: Any, frame: Frame) -> None:
        self.textpage = textpage
        self.frame = frame
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.pointer = -1
        self.style = _Style(1.0, False, False, False, True, 0)
        self.matrix = pdfium.FS_MATRIX()

    def of(self, index: int) -> _Style:
        """The style of the character at `index`."""
        text_object = pdfium.FPDFText_GetTextObject(self.textpage, index)
        pointer = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        if pointer != self.pointer:
            self.pointer = pointer
            self.style = self._read(text_object, index) if pointer else self.style
        return self.style

    def _read(self, text_object: Any, index: int) -> _Style:
        font = pdfium.FPDFTextObj_GetFont(text_object)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self.fonts:
            self.fonts[key] = _font_style(font)
        hidden = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        pdfium.FPDFText_GetMatrix(self.textpage, index, self.matrix)
        scale = hypot(self.matrix.c, self.matrix.d)
        dx, dy = self.frame.direction(self.matrix.a, self.matrix.b)
        size = pdfium.FPDFText_GetFontSize(self.textpage, index) * scale
        return _Style(size or 1.0, *self.fonts[key], hidden, dx > 0 and abs(dy) < 0.1 * dx, key)


def _font_style(font: Any) -> tuple[bool, bool]:
    """Whether a font is bold and italic, by its name first: embedded subsets often say nothing else."""
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    name = buffer.value.decode("utf-8", "replace").lower()
    flags = pdfium.FPDFFont_GetFlags(font)
    bold = any(word in name for word in ("bold", "black", "heavy", "demi")) or bool(flags & _FORCE_BOLD)
    italic = any(word in name for word in ("italic", "oblique")) or bool(flags & _ITALIC)
    return bold, italic


class PageText(NamedTuple):
    """The words of a page, those that do not stand upright apart, and how many characters are invisible.

    `over`: the words of text objects that were named as laid over the page.
    """

    words: list[PlacedWord]
    turned: list[PlacedWord]
    characters: int
    hidden: int
    over: Sequence[PlacedWord] = ()


def read_words(textpage: Any, frame: Frame, over: frozenset[int] = frozenset()) -> PageText:
    """The words of a pdfium text page, in the frame's upright coordinates.

    `over` are the addresses of text objects laid over the page, drawn last: their words are set apart.
    """
    count = pdfium.FPDFText_CountChars(textpage)
    text = _text(textpage, count)
    boxes = _boxes(textpage, count, frame)
    page, laid_over = _Fragments(textpage, frame), _Fragments(textpage, frame)
    for start, end, is_over in _runs(textpage, count, over):
        (laid_over if is_over else page).read(text, boxes, start, end)
    spaced = len(page.found.spaces) * 20 > len(text)
    gap = GAP_WITHOUT if spaced else GAP_UNSPACED
    words = assembled(page.found, gap)
    return PageText(words, page.turned, len(text), page.hidden, assembled(laid_over.found, GAP_WITHOUT))


def _runs(textpage: Any, count: int, over: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    """Stretches of characters that are, or are not, of the objects in `over`.

    pdfium sorts the objects of one printed line, so that what is drawn last may stand among the page's last line.
    """
    if not over:
        yield 0, count, False
        return
    first = _first_of(textpage, count, over)
    yield 0, first, False
    start, state = first, True
    for index in range(first, count):
        place = _object_of(textpage, index)
        is_over = place in over if place else state
        if is_over != state:
            yield start, index, state
            start, state = index, is_over
    yield start, count, state


def _first_of(textpage: Any, count: int, over: frozenset[int]) -> int:
    """The first character of an object in `over`, looked for from the end."""
    first, others, index = count, 0, count - 1
    while index >= 0 and others < _LINE:
        place = _object_of(textpage, index)
        if place in over:
            first, others = index, 0
        elif place:
            others += 1
        index -= 1
    return first


def _object_of(textpage: Any, index: int) -> int:
    """The address of a character's text object; 0 for a character that pdfium added."""
    return address(pdfium.FPDFText_GetTextObject(textpage, index))


def address(item: Any) -> int:
    """The address of an object of pdfium, by which it is known again; 0 for none."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _text(textpage: Any, count: int) -> str:
    """One character for each of pdfium's."""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace").translate(_CHARACTERS)
    if len(text) == count and "\0" not in text:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(textpage, index)) for index in range(count))


def _character(code: int) -> str:
    return _CHARACTERS.get(code) or (chr(code) if 0 < code < 0x110000 else " ")


def _boxes(textpage: Any, count: int, frame: Frame) -> list[Box]:
    rect = pdfium.FS_RECTF()
    loose = pdfium.FPDFText_GetLooseCharBox
    boxes = []
    for index in range(count):
        loose(textpage, index, rect)
        boxes.append((rect.left, rect.top, rect.right, rect.bottom))
    if frame.rotation:
        return [frame.box(*box) for box in boxes]
    left, top = frame.left, frame.top
    return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y1, x1, y0 in boxes]


class _Fragments:
    """Cuts pdfium's characters, in content order, into pieces of words, and notes where spaces stand."""

    def __init__(self, textpage: Any, frame: Frame) -> None:
        self.textpage = textpage
        self.frame = frame
        self.styles = _Styles(textpage, frame)
        self.found = Fragments()
        self.turned: list[PlacedWord] = []
        self.hidden = 0
        self.turned_end = -1
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def read(self, text: str, boxes: Sequence[Box], begin: int, end: int) -> None:
        """Takes the characters `begin:end`."""
        start = -1
        left = top = right = bottom = last = 0.0
        for index in range(begin, end):
            character = text[index]
            x0, y0, x1, y1 = boxes[index]
            if character <= " " or character == "\xa0":
                if start >= 0:
                    self._add(text[start:index], start, (left, top, right, bottom), last)
                    start = -1
                if character > "\x1f":
                    self.found.spaces.append(((x0 + x1) / 2, y1, x1 > x0))
                continue
            height = bottom - top
            if start >= 0 and abs(y1 - bottom) < 0.5 and -0.3 * height < x0 - right < 0.08 * height:
                right, last = x1, x0
                if y0 < top:
                    top = y0
                continue
            if start >= 0:
                self._add(text[start:index], start, (left, top, right, bottom), last)
            start, left, top, right, bottom, last = index, x0, y0, x1, y1, x0
        if start >= 0:
            self._add(text[start:end], start, (left, top, right, bottom), last)

    def _add(self, text: str, start: int, box: Box, last: float) -> None:
        style = self.styles.of(start)
        self.hidden += len(text) if style.hidden else 0
        pdfium.FPDFText_GetCharOrigin(self.textpage, start, self.x, self.y)
        origin, baseline = self.frame.point(self.x.value, self.y.value)
        if style.upright and abs(origin - box[0]) > 0.02 * style.size:
            # The box is that of ink, not of advance: of a font without metrics that pdfium trusts.
            self.found.ink_fonts.add(style.font)
            last += origin - box[0]
            box = (origin, *box[1:])
        self.found.lasts[(box[0], baseline)] = (last, style.font)
        word = PlacedWord(text, *box, baseline, style.size, style.bold, style.italic)
        if style.upright:
            self.found.upright.append(word)
        elif start == self.turned_end:
            self.turned[-1] = united([self.turned[-1], word])
        else:
            self.turned.append(word)
        self.turned_end = -1 if style.upright else start + len(text)
