"""OCR's usual confusions undone, so that the rules see a limit where one stands; what was mended is not believed.

Letters: no Vietnamese word holds `rn`, so it is an m (`chậrn nhất`): mended and believed. Figures: a letter inside a
day, an hour or a length of time stands for the figure that it looks like (`ngày l5/8/2O24`): mended to find the limit,
but its day is given only as a suggestion, since OCR that misread one figure may have misread another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.record.passage import Passage

_FIGURES = str.maketrans("OoQlIi|!ZzSsB", "0001111122558")
_F = r"[0-9OoQlIi|!ZzSsB]"
_TWO = rf"(?:\d{_F}?|{_F}\d|[OlI|!]{{2}})"
"""One or two figures of which one is sure, or two letters that make no word (`lO`)."""
_SURE = rf"(?:\d{_F}?|{_F}\d)"
_YEAR = rf"[12lI|!Zz](?=\S{{0,2}}\d){_F}{{3}}"
_START = r"(?<![\w/.\-|!])"
_EDGE = r"(?![\w|!])"
_LEAD = r"\b(?:ngày|trước|đến|từ|hết|nhất|vào|và|sáng|chiều|hạn:?|ngay|truoc|den|tu|het|nhat|vao|va)\s"
_COUNT = (
    r"\b(?:[tT]rong|vòng|hạn|sau|nhất|quá|đa|gian|trước|đến|khoảng|là|hồi|lúc|vào|và"
    r"|vong|han|nhat|qua|truoc|den|luc):? "
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_START}(?P<it>{_F}{{1,2}}\s?(?P<mark>[/.\-])\s?{_F}{{1,2}}\s?(?P=mark)\s?{_YEAR}){_EDGE}",
        rf"{_LEAD}(?P<it>{_TWO}[/\-]{_F}{{1,2}}|{_F}{{1,2}}[/\-]{_TWO}){_EDGE}(?![/\-.]\w)",
        rf"\b(?:ngày|ngay) (?P<it>{_TWO}|{_F})(?= (?:tháng|thang|hằng|hàng|hang|của|mỗi)\b)",
        rf"\b(?:ngày|ngay) (?P<it>{_TWO})(?=[).,;]| (?:đầu|dau|và|va)\b)",
        rf"\b(?:ngày|ngay|việc|viec) (?:thứ|thu) (?P<it>{_TWO})(?= (?:của|cua|tháng|thang)\b)",
        rf"\b(?:tháng|thang) (?P<it>{_TWO}(?:/{_YEAR})?|{_F}{{1,2}}/{_YEAR}){_EDGE}(?! ?[/\-]\w)",
        rf"\b(?:quý|năm|nam|Quý|Năm) (?:[IV1-4]{{1,3}}/)?(?P<it>{_YEAR}){_EDGE}",
        rf"(?<=\d, )(?P<it>{_TWO})(?=,? (?:và|va) (?:ngày|ngay)\b)",
        rf"(?<=, )(?P<it>{_TWO})(?= ?(?:giờ|gio)\b)",
        rf"{_COUNT}(?P<it>{_TWO})(?= ?(?:giờ|ngày|tuần|tháng|gio|ngay|tuan|thang)\b)",
        rf"\b(?:giờ|gio) (?P<it>{_F}{{2}}){_EDGE}(?=(?: phút| phut)?,? (?:ngày|ngay|thứ|thu|hằng|hàng|hang|và|va)\b)",
        rf"{_START}(?P<it>{_TWO}h{_F}{{0,2}}|\d{{1,2}}h{_F}{{2}}){_EDGE}",
    )
)
_STROKES = (
    re.compile(rf"{_START}{_SURE}(?P<one>[/.lI|! ]){_SURE}(?P<two>[/.1lI|! ]){_YEAR}{_EDGE}"),
    re.compile(rf"{_START}{_SURE}(?P<one>1){_SURE}(?P<two>[/.]){_YEAR}{_EDGE}"),
    re.compile(rf"\b(?:tháng|thang) \d{{1,2}}(?P<one>[lI|!])20\d\d{_EDGE}"),
)
"""Days and months one of whose strokes was misread: `31/12I2024`, `tháng 10I2023`."""
_LETTER = re.compile(r"[OoQlIi|!ZzSsB]")
_THREE_FIGURES = re.compile(r"\d.{1,3}\d.{1,6}\d")
"""What day, month and year leave of themselves however their strokes were misread."""
_AMONG_FIGURES = re.compile(
    r"[0-9OoQlIi|!ZzSsBh](?<!\w.)(?:(?<=[OoQlIi|!ZzSsB])|(?=[0-9h]*[OoQlIi|!ZzSsB]))[0-9OoQlIi|!ZzSsBh]*(?=[\W_gnt]|$)"
)
"""A letter that may stand for a figure, in a word of nothing but such letters and figures: no shape is without one."""
_PAIRS = re.compile(r"(?<=[^\W\d_])(?:r[nl1]|RN)|r[n1](?=[^\W\d_])|RN(?=[A-ZĐ])")
"""`rn` for m, `r1` or `rl` for n: none of them is written in Vietnamese."""
_UNIT_WORDS = {
    "ngày": re.compile(
        r"\b(?!nga[yỳ]\b)(?:[nm][gq][aàáảãạ][vyýỳỷỹỵ](?= [\dOlI])|n[gq][àáả]v\b|nq[àáả]y\b)", re.IGNORECASE
    ),
    "tháng": re.compile(
        r"\b(?!thang\b)(?:th[aàáảãạ]n[gqs9](?= [\dOlI])|thán[qs9]\b|(?:[tl]b|lh)[àáả]n[gqs9]\b)", re.IGNORECASE
    ),
    "hằng": re.compile(r"\bhằn[qs9]\b", re.IGNORECASE),
}
"""Misreadings of the words that stand beside a figure; each has as many letters as its word."""


_I_FOR_Y = re.compile(r"\b([Qq][Uu]|[Kk])([iíìỉĩịIÍÌỈĨỊ])(?!\w)")
_TO_Y = str.maketrans("iíìỉĩịIÍÌỈĨỊ", "yýỳỷỹỵYÝỲỶỸỴ")
"""`quí III`, `định kì`: the same words as with y, which rules name."""


@dataclass(frozen=True)
class Mended:
    """A passage as it was probably printed; `figures` are the spans of its text in which a letter became a figure."""

    passage: Passage
    back: tuple[int, ...] | None
    figures: tuple[tuple[int, int], ...]

    def place(self, at: int) -> int:
        """Where character `at` stands in the passage as it was read."""
        return self.back[at] if self.back else at

    def doubtful(self, start: int, end: int) -> bool:
        """Whether a figure between these characters was mended."""
        return any(low < end and start < high for low, high in self.figures)


def mend(passage: Passage) -> Mended:
    """The passage with what OCR confused undone; the passage itself where nothing was."""
    text = passage.text
    wrong = {match.start(): "m" if match.group().lower() == "rn" else "n" for match in _PAIRS.finditer(text)}
    back: tuple[int, ...] | None = None
    if wrong:
        kept = [at for at in range(len(text) + 1) if at - 1 not in wrong]
        text, back = "".join(wrong.get(at, text[at]) for at in kept[:-1]), tuple(kept)
    for word, misread in _UNIT_WORDS.items():
        text = misread.sub(word, text)
    text, figures = _figures(_I_FOR_Y.sub(lambda match: match[1] + match[2].translate(_TO_Y), text))
    return Mended(passage if text == passage.text else Passage(text, ()), back, figures)


def _figures(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with letters in the place of figures made figures, and where."""
    mended: list[tuple[int, int]] = []
    for stroke in _STROKES if _THREE_FIGURES.search(text) else ():
        for match in stroke.finditer(text):
            strokes = {text[match.start(name)] for name in match.groupdict()}
            if len(strokes) > 1 or strokes & set("lI|!"):
                for name in match.groupdict():
                    text = text[: match.start(name)] + "/" + text[match.end(name) :]
                mended.append(match.span())
    for shape in _SHAPES if _AMONG_FIGURES.search(text) else ():
        for match in shape.finditer(text):
            start, end = match.span("it")
            if _LETTER.search(text, start, end):
                text = text[:start] + text[start:end].translate(_FIGURES) + text[end:]
                mended.append((start, end))
    return text, tuple(mended)
