"""Number and day written by pen in the blanks of `Số: …/…` and `ngày … tháng … năm …`.

Print is regular: its figures are as high as the capitals beside them, stand on one line, have strokes of one width and
are read without doubt. Ink in a blank that is not so is taken for handwriting: it leaves the text, which keeps the
blank, and becomes furniture with its box and the values that it may be. In doubt it is handwriting: a number made up is
worse than one left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.page.rulings import Ruling
from ingest.scan.pen.cuttings import Blank
from ingest.scan.pen.digit_reading import read_blank
from ingest.scan.pen.emptied import words_without
from ingest.scan.pen.form_line import FormBlank, FormLine
from ingest.scan.pen.print_in_blank import is_printed
from ingest.scan.picture.ink import InkSpots
from ingest.scan.picture.ink_lines import merged
from ingest.scan.picture.leaders import has_leaders
from ingest.scan.picture.picture import POINTS_PER_INCH, ScannedSheet, with_pens
from ingest.scan.words.blank_lines import parts_of
from ingest.scan.words.read_lines import ReadLine
from schemas.document import PEN_SURE, Furniture, PenValue

# Ink in a blank, in squares of a letter's height, from which it is no speck.
_INK = 0.06
_LETTERHEAD_SHARE = 0.45
# How sure a reading is of ink through which dots or a rule run: of invented ones (bars: bench.pen) 1 in 7 was wrong.
_DOUBT = 0.9
# How far under the foot, in heights of a capital, a rule still touches the figures.
_UNDER = 0.3
# How far above and below the foot of a line, in heights of its capitals, ink of it is looked for.
_ABOVE, _BELOW = 2.7, 1.4


def take_handwriting(
    sheet: ScannedSheet, spots: InkSpots, lines: list[ReadLine], page: int, rulings: Sequence[Ruling] = ()
) -> tuple[list[ReadLine], list[Furniture]]:
    """The lines of a page with the blanks of the letterhead emptied of handwriting, and what was written there.

    `rulings`: the lines that were rubbed out of the sheet, and with them what they ran through.
    """
    found: list[Furniture] = []
    limit = _LETTERHEAD_SHARE * sheet.grey.shape[0]
    for line in [line for line in lines if line.ink.top < limit]:
        parts = parts_of(line, lines, spots.letter)
        if not parts:
            continue
        whole = merged([part.ink for part in parts])
        reading = FormLine(sheet, spots, whole)
        written = [blank for blank in reading.blanks() if not is_printed(reading, blank)]
        inked = [blank for blank in written if has_ink(reading, blank)]
        if not (inked or has_text(written) or reading.mended or reading.is_number or reading.is_misread):
            continue
        words = words_without(reading, written, parts[0])
        lines = [other for other in lines if not any(other is part for part in parts)]
        lines.append(replace(parts[0], ink=whole, words=words))
        found += [furniture(reading, blank, page, rulings) for blank in inked]
    return lines, found


def has_ink(line: FormLine, blank: FormBlank) -> bool:
    """Whether anything higher than a row of dots stands in a blank."""
    _, columns = line.band(blank)
    unit = line.spots.letter
    rows = slice(max(0, int(line.ink.baseline - 1.3 * unit)), int(line.ink.baseline - 0.3 * unit))
    ink = int(line.sheet.ink[rows, columns].sum())
    return ink > _INK * unit * unit or line.is_coloured(blank)


def has_text(blanks: Sequence[FormBlank]) -> bool:
    """Whether OCR read anything in one of the blanks."""
    return any(blank.last > blank.first for blank in blanks)


def furniture(line: FormLine, blank: FormBlank, page: int, rulings: Sequence[Ruling] = ()) -> Furniture:
    """The ink of a blank as a piece of furniture, with the values that it may be."""
    points = POINTS_PER_INCH / line.sheet.dpi
    inside = line.inside(blank, strays=True)
    rows, _ = line.band(blank)
    top = min([rows.start, *line.spots.boxes[inside, 1].tolist()])
    bottom = max([rows.stop, *line.spots.bottom[inside].tolist()])
    letters = line.letters[blank.first : blank.last]
    readings = read_ink(line, blank)
    if readings and is_ruled(line, blank, rulings):
        readings = _doubted(readings)
    box = (blank.x0 * points, top * points, blank.x1 * points, bottom * points)
    return Furniture(
        kind="handwriting",
        text="".join(letter.text for letter in letters).strip(),
        page=page,
        box=(round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)),
        confidence=round(min(letter.confidence for letter in letters), 3) if letters else None,
        blank=blank.kind,
        readings=readings,
    )


def is_ruled(line: FormLine, blank: FormBlank, rulings: Sequence[Ruling]) -> bool:
    """Whether a ruling that was rubbed out ran through a blank between its foot and the height of a capital."""
    scale = line.sheet.dpi / POINTS_PER_INCH
    height, foot = line.reference(np.array([], np.intp))
    return any(
        rule.x0 * scale < blank.x1
        and rule.x1 * scale > blank.x0
        and rule.top * scale < foot + _UNDER * height
        and rule.bottom * scale > foot - height
        for rule in rulings
    )


def read_ink(line: FormLine, blank: FormBlank) -> tuple[PenValue, ...] | None:
    """What the ink in a blank may be; ink of a red pen or stamp is looked at too where no other reads surely."""
    height, foot = line.reference(np.array([], np.intp))
    top = max(0, int(foot - _ABOVE * height))
    left = max(0, int(line.ink.x0 - height))
    rows = slice(top, max(top + 1, int(foot + _BELOW * height)))
    columns = slice(left, int(max(line.ink.x1, blank.x1) + height))
    place = Blank(blank.x0 - left, blank.x1 - left, foot - top, height)

    def read(channel: int) -> tuple[PenValue, ...] | None:
        picture = with_pens(line.sheet, rows, columns, channel=channel)
        symbol, stroke = line.symbol(blank), line.ends_with_stroke(blank)
        values = read_blank(picture, place, blank.kind, symbol=symbol, stroke=stroke)
        printed = has_leaders(picture, (place.x0, place.x1), place.foot, place.height)
        return _doubted(values) if values and printed else values

    found = read(0)
    if found is None or _sureness(found) >= PEN_SURE or not line.is_coloured(blank):
        return found
    return max(found, read(1) or (), key=_sureness)


def _doubted(values: Sequence[PenValue]) -> tuple[PenValue, ...]:
    """Values of ink through which print runs, in their order, none so sure that it would be taken."""
    return tuple(value._replace(confidence=round(_DOUBT * value.confidence, 3)) for value in values)


def _sureness(values: Sequence[PenValue]) -> float:
    return values[0].confidence if values else 0.0
