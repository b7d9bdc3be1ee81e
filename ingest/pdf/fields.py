"""What overlays show, put into the lines that it stands in; all else that they show is furniture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from form.date_line import read_place_date
from form.labels import is_line
from form.number_line import read_official_number
from form.offices import mark_of
from ingest.page.lines import to_lines
from ingest.page.placed import PlacedLine, PlacedWord
from ingest.page.rulings import TableFrame
from ingest.page.slots import NOWHERE, LineSlot, Reach, Strip, closes, find_slot, reach_of
from ingest.pdf.overlays import Overlay, as_furniture
from schemas.base import Box
from schemas.document import Furniture

_BAND = 20.0
"""Lines that far above and below a field, in points, are looked at for it."""
_TO_STOP = 4.0
"""A full stop so many ems behind a short value in a wide blank ends that value."""
_LONE_LINES = 2
"""So many lines of an overlay may be the line of number or of place and date itself."""
_SIZE_OF_BOX = 0.75
"""The size of typed text whose appearance the file leaves to the viewer, as a share of the field's height."""

PictureReader = Callable[[Overlay, Strip, LineSlot], PlacedWord | Furniture | None]
"""Reads what an overlay shows as a picture in a blank."""
Inker = Callable[[Overlay], Strip | None]
"""Where on the page the ink of an overlay without text stands; None where it is too large for a line."""


@dataclass
class Fields:
    """The words of a page with those of its fields among them, and what is laid over the page besides.

    `frames`: the tables of the page, for a field in a cell stands in no printed line.
    """

    words: list[PlacedWord]
    page: int
    frames: Sequence[TableFrame] = ()
    furniture: list[Furniture] = field(default_factory=list)
    reach: Reach = NOWHERE

    def place(self, overlays: Sequence[Overlay], ink_of: Inker, read_picture: PictureReader) -> None:
        """Puts each overlay where it belongs; pictures are read where a blank of the letterhead wants a number."""
        self.reach = reach_of(self.words)
        for overlay in sorted(overlays, key=lambda one: one.box[0]):
            if overlay.tick or overlay.words or overlay.typed:
                done = self._place_text(overlay)
            else:
                done = self._place_picture(overlay, ink_of, read_picture)
            piece = None if done else as_furniture(overlay, self.page)
            if piece is not None:
                self.furniture.append(piece)

    def _place_text(self, overlay: Overlay) -> bool:
        lines = list(_lines(overlay))
        if not lines or overlay.signs or mark_of(overlay.reading) is not None:
            return False
        printed = self._lines_at(overlay.box)
        slots = [find_slot(_strip(line, overlay), printed, self.reach) for line in lines]
        if all(slots) and (len(lines) == 1 or overlay.kind == "widget"):
            for line, slot in zip(lines, slots, strict=True):
                assert slot is not None  # all() looked
                self._insert(line.words, slot)
            return True
        if self._stands_alone(overlay, lines) or (overlay.kind != "stamp" and self._is_in_cell(lines)):
            self.words += [_as_field(word) for line in lines for word in line.words]
            return True
        return False

    def _place_picture(self, overlay: Overlay, ink_of: Inker, read_picture: PictureReader) -> bool:
        strip = ink_of(overlay) if self.words else None
        slot = find_slot(strip, self._lines_at(overlay.box), self.reach) if strip else None
        if strip is None or slot is None or slot.kind is None:
            return False
        found = read_picture(overlay, strip, slot)
        if isinstance(found, PlacedWord):
            self._insert([found], slot)
        elif found is not None:
            self.furniture.append(found)
        return found is not None

    def _lines_at(self, box: Box) -> list[PlacedLine]:
        """The printed lines at the height of a box."""
        return to_lines([word for word in self.words if box[1] - _BAND < word.baseline < box[3] + _BAND])

    def _insert(self, words: Sequence[PlacedWord], slot: LineSlot) -> None:
        """Puts words into their line, on its baseline and in its size, so that the layout takes them for part of it."""
        like = slot.left or slot.right or slot.line.words[0]
        put = [
            _as_field(word)._replace(
                baseline=slot.line.baseline, size=slot.line.size, bold=like.bold, italic=like.italic, raised=False
            )
            for word in words
        ]
        gone = set(slot.hidden)
        right = slot.right
        if right is not None and closes(right) and right.x0 - put[-1].x1 < _TO_STOP * slot.line.size:
            put[-1] = put[-1]._replace(text=put[-1].text + right.text, x1=max(put[-1].x1, right.x1))
            gone.add(right)
        # The line's words may be cut at the dots of the blank; the first piece begins where the whole word did.
        whole = {(word.x0, word.top) for word in slot.line.words}
        kept = [word for word in self.words if (word.x0, word.top) not in whole]
        self.words = [*kept, *(word._replace(raised=False) for word in slot.line.words if word not in gone), *put]

    def _stands_alone(self, overlay: Overlay, lines: Sequence[PlacedLine]) -> bool:
        """Whether an overlay is the line of the number or of place and date, whole (Phụ lục I, ô số 3 and 4)."""
        if overlay.kind == "stamp" or len(lines) > _LONE_LINES or any(self._is_printed_on(line) for line in lines):
            return False
        return all(_is_lone(line.text) for line in lines)

    def _is_printed_on(self, line: PlacedLine) -> bool:
        middle = (line.top + line.bottom) / 2
        return any(word.x0 < line.x1 and word.x1 > line.x0 and word.top < middle < word.bottom for word in self.words)

    def _is_in_cell(self, lines: Sequence[PlacedLine]) -> bool:
        """Whether all lines stand in one cell of a table, not over print."""
        boxes = [cell.box for frame in self.frames for cell in frame.cells]
        around = next((box for box in boxes if all(_holds(box, line) for line in lines)), None)
        return around is not None and not any(self._is_printed_on(line) for line in lines)


def _lines(overlay: Overlay) -> Iterator[PlacedLine]:
    """The lines of text that an overlay shows, or that a viewer would show in its box."""
    if overlay.words and not overlay.tick:
        yield from overlay.lines
        return
    x0, top, x1, bottom = overlay.box
    texts = (overlay.tick or overlay.text).split()
    height = bottom - top
    size = min(12.0, _SIZE_OF_BOX * height)
    step = min(0.5 * size, (x1 - x0) / max(1, sum(len(text) + 1 for text in texts)))
    words = []
    for text in texts:
        end = x1 if overlay.tick else x0 + step * len(text)
        words.append(PlacedWord(text, x0, top, end, bottom, bottom - 0.28 * height, size))
        x0 = end + step
    if words:
        yield PlacedLine(words, words[0].x0, words[-1].x1, top, bottom, words[0].baseline, size)


def _strip(line: PlacedLine, overlay: Overlay) -> Strip:
    return Strip(line.x0, line.top, line.x1, line.bottom, line.baseline, line.size, line.text, overlay.shown.covers)


def _as_field(word: PlacedWord) -> PlacedWord:
    return word._replace(origin="field")


def _is_lone(text: str) -> bool:
    if is_line("number_line", text):
        found = read_official_number(text)
        return found is not None and found.number is not None
    dated = read_place_date(text) if is_line("place_date", text) else None
    return dated is not None and dated.date is not None and dated.place[0] < dated.place[1]


def _holds(box: Box, line: PlacedLine) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
