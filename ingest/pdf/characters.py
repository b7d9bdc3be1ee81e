"""The words of a PDF page, from pdfium's characters: put together by their places, never by content order.

A font that lacks Vietnamese letters makes the producer take them from another one, in runs out of order; other
producers write no spaces at all. So a word is what stands together on one baseline, whatever run it came from.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.page.placed import PlacedWord
from schemas.base import Box
from vietnamese.fold import fold

# A gap of this share of the size parts two words, where a space character stands in it and where none does.
_GAP_WITH_SPACE = 0.08
_GAP_WITHOUT = 0.2
# A page that writes no space characters at all.
_GAP_UNSPACED = 0.14
_SAME_BASELINE = 0.12
# The least and most that a letter advances in a text face, in ems, by whether it is narrow and whether a capital.
_ADVANCE = {
    (True, False): (0.22, 0.33),
    (True, True): (0.3, 0.42),
    (False, False): (0.4, 0.6),
    (False, True): (0.5, 0.8),
}
# Height of the rows into which spaces are sorted.
_ROW = 4.0
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


Space = tuple[float, float, bool]
"""The middle of a space character, its bottom, and whether the file writes it (pdfium adds others of its own)."""


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
    """The words of a page, those that do not stand upright apart, and how many characters are invisible."""

    words: list[PlacedWord]
    turned: list[PlacedWord]
    characters: int
    hidden: int


def read_words(textpage: Any, frame: Frame, first: int = 0) -> PageText:
    """The words of a pdfium text page, from its character `first` on, in the frame's upright coordinates."""
    count = pdfium.FPDFText_CountChars(textpage)
    text = _text(textpage, first, count)
    boxes = _boxes(textpage, first, count, frame)
    fragments = _Fragments(textpage, frame, first)
    fragments.read(text, boxes)
    spaced = len(fragments.spaces) * 20 > len(text)
    gap = _GAP_WITHOUT if spaced else _GAP_UNSPACED
    words = _assembled(fragments, gap)
    return PageText(words, fragments.turned, len(text), fragments.hidden)


def _text(textpage: Any, first: int, count: int) -> str:
    """One character for each of pdfium's."""
    buffer = (ctypes.c_ushort * (count - first + 1))()
    pdfium.FPDFText_GetText(textpage, first, count - first, buffer)
    text = bytes(buffer)[: 2 * (count - first)].decode("utf-16-le", "replace").translate(_CHARACTERS)
    if len(text) == count - first and "\0" not in text:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(textpage, index)) for index in range(first, count))


def _character(code: int) -> str:
    return _CHARACTERS.get(code) or (chr(code) if 0 < code < 0x110000 else " ")


def _boxes(textpage: Any, first: int, count: int, frame: Frame) -> list[Box]:
    rect = pdfium.FS_RECTF()
    loose = pdfium.FPDFText_GetLooseCharBox
    boxes = []
    for index in range(first, count):
        loose(textpage, index, rect)
        boxes.append((rect.left, rect.top, rect.right, rect.bottom))
    if frame.rotation:
        return [frame.box(*box) for box in boxes]
    left, top = frame.left, frame.top
    return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y1, x1, y0 in boxes]


class _Fragments:
    """Cuts pdfium's characters, in content order, into pieces of words, and notes where spaces stand."""

    def __init__(self, textpage: Any, frame: Frame, first: int) -> None:
        self.textpage = textpage
        self.frame = frame
        self.first = first
        self.styles = _Styles(textpage, frame)
        self.upright: list[PlacedWord] = []
        self.turned: list[PlacedWord] = []
        self.spaces: list[Space] = []
        self.hidden = 0
        self.turned_end = -1
        self.lasts: dict[tuple[float, float], tuple[float, int]] = {}
        self.ink_fonts: set[int] = set()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def read(self, text: str, boxes: Sequence[Box]) -> None:
        start = -1
        left = top = right = bottom = last = 0.0
        for index, (character, (x0, y0, x1, y1)) in enumerate(zip(text, boxes, strict=True)):
            if character <= " " or character == "\xa0":
                if start >= 0:
                    self._add(text[start:index], start, (left, top, right, bottom), last)
                    start = -1
                if character > "\x1f":
                    self.spaces.append(((x0 + x1) / 2, y1, x1 > x0))
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
            self._add(text[start:], start, (left, top, right, bottom), last)

    def _add(self, text: str, start: int, box: Box, last: float) -> None:
        style = self.styles.of(self.first + start)
        self.hidden += len(text) if style.hidden else 0
        pdfium.FPDFText_GetCharOrigin(self.textpage, self.first + start, self.x, self.y)
        origin, baseline = self.frame.point(self.x.value, self.y.value)
        if style.upright and abs(origin - box[0]) > 0.02 * style.size:
            # The box is that of ink, not of advance: of a font without metrics that pdfium trusts.
            self.ink_fonts.add(style.font)
            last += origin - box[0]
            box = (origin, *box[1:])
        self.lasts[(box[0], baseline)] = (last, style.font)
        word = PlacedWord(text, *box, baseline, style.size, style.bold, style.italic)
        if style.upright:
            self.upright.append(word)
        elif start == self.turned_end:
            self.turned[-1] = _united([self.turned[-1], word])
        else:
            self.turned.append(word)
        self.turned_end = -1 if style.upright else start + len(text)


def _assembled(fragments: _Fragments, gap: float) -> list[PlacedWord]:
    """Fragments to words: those of one baseline that touch, and between which no space stands."""
    lines: list[list[PlacedWord]] = []
    for fragment in sorted(fragments.upright, key=_baseline):
        if lines and fragment.baseline - lines[-1][0].baseline <= _SAME_BASELINE * fragment.size:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    for line in lines:
        line.sort(key=_x0)
    if fragments.ink_fonts:
        _guess_ends(lines, fragments)
    joiner = _Joiner(_SpaceRows(fragments.spaces), fragments.lasts, fragments.ink_fonts, gap)
    return [word for line in lines for word in joiner.words(line)]


def _guess_ends(lines: Sequence[list[PlacedWord]], fragments: _Fragments) -> None:
    """Ends of fragments whose boxes say nothing: where their last letter begins, and how far it advances.

    That is the least distance from such a letter to the next one on the page, marks disregarded: `ở` may always have a
    space after it, but not every o.
    """
    advances: dict[tuple[str, bool, bool], float] = {}
    for line in lines:
        for fragment, after in pairwise(line):
            key = _letter(fragment)
            step = (after.x0 - fragments.lasts[(fragment.x0, fragment.baseline)][0]) / fragment.size
            advances[key] = min(step, advances.get(key, 1.0))
    for line in lines:
        for index, fragment in enumerate(line):
            last, font = fragments.lasts[(fragment.x0, fragment.baseline)]
            if font in fragments.ink_fonts and not fragment.text[-1].isascii():
                letter = _letter(fragment)
                least, most = _ADVANCE[letter[0] in "il", letter[1]]
                advance = max(least, min(advances.get(letter, 0.5), most))
                line[index] = fragment._replace(x1=last + advance * fragment.size)


def _letter(fragment: PlacedWord) -> tuple[str, bool, bool]:
    last = fragment.text[-1]
    return fold(last), last.isupper(), fragment.bold


class _Joiner(NamedTuple):
    """Puts the fragments of a line together. `lasts`: where the last letter of each begins, and its font."""

    rows: _SpaceRows
    lasts: dict[tuple[float, float], tuple[float, int]]
    ink_fonts: set[int]
    gap: float

    def words(self, line: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
        parts = [line[0]]
        right = line[0].x1
        for fragment in line[1:]:
            last = parts[-1]
            size = max(last.size, fragment.size)
            if fragment.text == last.text and fragment.x0 - last.x0 < 0.12 * size:
                continue  # printed twice, to look bold
            if self._apart(last, fragment, fragment.x0 - right, size):
                yield _united(parts)
                parts = []
            parts.append(fragment)
            right = max(right, fragment.x1) if len(parts) > 1 else fragment.x1
        yield _united(parts)

    def _apart(self, last: PlacedWord, fragment: PlacedWord, distance: float, size: float) -> bool:
        if min(last.size, fragment.size) < 0.8 * size:
            return True
        begin, font = self.lasts[(last.x0, last.baseline)]
        gap = _GAP_UNSPACED if font in self.ink_fonts and not last.text[-1].isascii() else self.gap
        if distance > gap * size:
            return True
        return self.rows.parts(begin + 0.3 * size, last.x1, fragment, distance > _GAP_WITH_SPACE * size)


class _SpaceRows:
    """Where space characters stand, by their level on the page."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        self.rows: dict[int, list[tuple[float, bool]]] = {}
        for middle, bottom, written in spaces:
            self.rows.setdefault(int(bottom // _ROW), []).append((middle, written))
        for row in self.rows.values():
            row.sort()

    def parts(self, begin: float, right: float, fragment: PlacedWord, apart: bool) -> bool:
        """Whether a space stands before `fragment`, about on its line.

        One that is written counts from `begin` on, inside the last letter's box, for that may be wrong; one that pdfium
        added counts after its end, `right`, and only where the two stand `apart`.
        """
        level = int(fragment.bottom // _ROW)
        for row in (level, level - 1, level + 1):
            places = self.rows.get(row, ())
            index = bisect_left(places, (min(begin, right - 1), False))
            while index < len(places) and places[index][0] < fragment.x0 + 0.5:
                middle, written = places[index]
                if (written and middle > begin) or (apart and middle > right - 1):
                    return True
                index += 1
        return False


def _united(parts: Sequence[PlacedWord]) -> PlacedWord:
    """Pieces of one word as one; its style is that of its longest piece."""
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=_length)
    return longest._replace(
        text="".join([part.text for part in parts]),
        x0=min(part.x0 for part in parts),
        top=min(part.top for part in parts),
        x1=max(part.x1 for part in parts),
        bottom=max(part.bottom for part in parts),
    )


def _baseline(word: PlacedWord) -> float:
    return word.baseline


def _x0(word: PlacedWord) -> float:
    return word.x0


def _length(word: PlacedWord) -> int:
    return len(word.text)
