"""Which line of a head is that of place and date: the dispatch's own day among those that it mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from form.date_line import PlaceDate, read_place_date
from form.labels import LINE, is_heading, is_line, is_state_heading, type_title
from schemas.document import Paragraph
from vietnamese.fold import fold

_YEARLESS = re.compile(r"\bthang.*\bnam\W*$")
_RUNS_ON = re.compile(r"(,|;|\b(tai|o|va|tu|den|vao|cua|ngay))\W*$")
"""How a line ends that runs on into the next, whose day is then no date of issue."""
_YEAR = re.compile(r"(?:19|20)\d\d\W?")


_Dated = tuple[tuple[bool, ...], tuple[Paragraph, ...], PlaceDate]


def find_place_date(head: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], PlaceDate] | None:
    """The lines of place and date and what they say, the likeliest where several look like them; None without any."""
    end = next((at for at, line in enumerate(head) if _ends_letterhead(line.text)), len(head))
    found = [one for index in range(end) if (one := _dated(head, index)) is not None] or _below_title(head, end)
    if not found:
        return None
    _, lines, place_date = max(found, key=lambda one: one[0])
    return lines, place_date


def _below_title(head: Sequence[Paragraph], title: int) -> list[_Dated]:
    """The place and date under the trích yếu, on a line of their own, where the letterhead has none."""
    found = []
    for index in range(title + 2, len(head)):
        if is_line("recipients_label", head[index].text) or _RUNS_ON.search(fold(head[index - 1].text)):
            break
        one = _dated(head, index)
        placed, _, _, written_out = one[0] if one else (False,) * 4
        if one is not None and placed and written_out and len(one[1]) == 1:
            found.append(one)
    return found


def _ends_letterhead(text: str) -> bool:
    return is_line("recipients_label", text) or type_title(text) is not None


def _dated(head: Sequence[Paragraph], index: int) -> _Dated | None:
    """The place and date that begin at a line, or None; first how likely they are the dispatch's own.

    By the form (Nghị định 30/2020, Phụ lục I, ô 4) a place stands before the day, in the right half. A day without one
    that stands in the trích yếu, or is written with figures only as on a stamp, is never taken for the date of issue.
    """
    for width in (1, 2):
        pair = tuple(head[index : index + width])
        text = " ".join(line.text for line in pair)
        if not is_line("place_date", text) or len(text) >= LINE or (width == 2 and not _is_open(pair[0].text)):
            continue
        pair = _with_broken_ends(pair, head, index)
        text = " ".join(line.text for line in pair)
        found = read_place_date(text)
        if found is None:
            continue
        placed, cited = names_place(text[slice(*found.place)]), _in_subject(head, index)
        written_out = "thang" in fold(text[slice(*found.date_span)])
        if not placed and (cited or not written_out):
            continue
        return (placed, not cited, head[index].column == "right", written_out), pair, found
    return None


def names_place(text: str) -> bool:
    """Whether the words before the day are a place's name and no piece of a sentence or of a số hiệu.

    >>> names_place("TP. Hồ Chí Minh,"), names_place("61/2017/TT-BTC"), names_place("tổ chức tại Hà Nội,")
    (True, False, False)
    """
    name = text.strip(" .,:;*_-–|'\"()[]")
    numbers = re.findall(r"\d+", name)
    return name[:1].isupper() and "/" not in name and all(len(number) <= 2 for number in numbers)


def _in_subject(head: Sequence[Paragraph], index: int) -> bool:
    """Whether a line stands below a V/v of the same half, with no Quốc hiệu or Tiêu ngữ between."""
    for line in reversed(head[:index]):
        if is_heading(line.text) or is_state_heading(line.text):
            return False
        if line.column == head[index].column and is_line("subject_label", line.text):
            return True
    return False


def _with_broken_ends(pair: tuple[Paragraph, ...], head: Sequence[Paragraph], index: int) -> tuple[Paragraph, ...]:
    """A line of place and date with what a narrow column broke off: the place's first words, or the year."""
    before = head[index - 1 : index] if index else ()
    if before and before[0].column == pair[0].column and _begins_place(before[0].text, pair[0].text.split(",")[0]):
        pair = (*before, *pair)
    if _YEARLESS.search(fold(pair[-1].text)):
        years = [line for line in head[index + 1 : index + 8] if _YEAR.fullmatch(line.text.strip())]
        pair = (*pair, *years[:1])
    return pair


def _begins_place(text: str, rest: str) -> bool:
    """Whether a line holds the first words of a place: `Thành phố Hồ Chí` above `Minh, ngày …`."""
    words = text.replace("-", " ").split()
    named = 0 < len(words) <= 4 and all(word.rstrip(".").isalpha() and not word[1:].isupper() for word in words)
    return named and words[0][0].isupper() and len(rest.split()) <= 2 and rest[:1].isupper()


def _is_open(text: str) -> bool:
    """A line that stops in the middle of a date: `Thành phố Hồ Chí Minh, ngày`."""
    return re.search(r"\bngay\b|\bthang\b|,\s*$", fold(text)) is not None
