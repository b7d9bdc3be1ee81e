"""The words of a line of the letterhead with its blanks left empty, and the words of the form restored around them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.page.placed import PlacedWord
from ingest.scan.pen.form_line import FormBlank, FormLine
from ingest.scan.picture.picture import POINTS_PER_INCH
from ingest.scan.words.blank_lines import DATE
from ingest.scan.words.confusions import mended
from ingest.scan.words.read_lines import ReadLine
from ingest.scan.words.tesseract import Letter
from schemas.doubts import NO_DOUBT

# How sure letters are under a stamp's ink, or beside ink that took the stroke before them: two may be one.
_DOUBTED = 0.8


def words_without(line: FormLine, blanks: Sequence[FormBlank], like: ReadLine) -> list[PlacedWord]:
    """The words of the line with the blanks left empty."""
    _restore_form(line)
    emptied = {index for blank in blanks for index in range(blank.first, blank.last)}
    breaks = {blank.last for blank in blanks}
    words: list[list[Letter]] = []
    previous = -1
    for index, letter in enumerate(line.letters):
        if index in emptied:
            continue
        if letter.begins_word or index in breaks or previous != index - 1 or not words:
            words.append([])
        words[-1].append(letter)
        previous = index
    words = _with_stroke(line, words, blanks)
    return mended([_word(line, word, like) for word in words])


def _with_stroke(line: FormLine, words: list[list[Letter]], blanks: Sequence[FormBlank]) -> list[list[Letter]]:
    """Gives back the stroke before the symbol that ink swallowed: `/` in the State's form, `-` in the Party's."""
    if not line.is_number or not blanks or len(words) < 2:
        return words
    after = words[1][0]
    if after.text == "_":
        return [words[0], [after._replace(text="-"), *words[1][1:]], *words[2:]]
    if after.text in "/-":
        return words
    symbol = "".join(letter.text for word in words[1:] for letter in word)
    stroke = "-" if "/" in symbol and "-" not in symbol else "/"
    # What ran into the stroke may have taken a letter behind it too, or stand for one.
    first = [letter._replace(confidence=min(letter.confidence, _DOUBTED)) for letter in words[1]]
    return [words[0], [first[0]._replace(text=stroke, x1=after.x0), *first], *words[2:]]


def _restore_form(line: FormLine) -> None:
    """Gives back the words of the form that ink ran into: the form has `Số` and `ngày` at these places."""
    date = DATE.search(line.folded)
    if line.label_end() and not date:
        _put(line, line.folded.index("s"), "Số")
    elif date:
        _put(line, date.start(1), "ngày"[: date.end(1) - date.start(1)])
        if date.end(3) - date.start(3) == len("tháng"):
            _put(line, date.start(3), "tháng")
        if date.end(1) - date.start(1) < len("ngày"):
            last = line.letters[date.end(1) - 1]
            line.letters[date.end(1) - 1] = last._replace(text="ngày"[date.end(1) - date.start(1) - 1 :])


def _put(line: FormLine, first: int, word: str) -> None:
    for index, text in enumerate(word, first):
        line.letters[index] = line.letters[index]._replace(text=text)


def _word(line: FormLine, letters: Sequence[Letter], like: ReadLine) -> PlacedWord:
    points = POINTS_PER_INCH / line.sheet.dpi
    left, right = (float(line.left + edge) for edge in (letters[0].x0, letters[-1].x1))
    # Under a stamp's ink two letters may be one: nothing there is sure.
    most = _DOUBTED if line.is_coloured(FormBlank("number", 0, 0, left, right)) else 1.0
    return like.words[0]._replace(
        text="".join(letter.text for letter in letters),
        x0=(line.left + min(letter.x0 for letter in letters)) * points,
        x1=(line.left + max(letter.x1 for letter in letters)) * points,
        top=(line.top + min(letter.top for letter in letters)) * points,
        bottom=(line.top + max(letter.bottom for letter in letters)) * points,
        confidence=round(min(most, *(letter.confidence for letter in letters)), 3),
        doubts=NO_DOUBT,
    )
