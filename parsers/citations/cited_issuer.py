"""Who issued a cited document: `… của Ban Thường vụ Huyện ủy`, `Bộ Tư pháp có Công văn số …`."""

from __future__ import annotations

import re
from functools import cache

from form.doc_types import names_pattern
from form.offices import body_level
from parsers.citations.citation_words import either, find_stop, words_table
from parsers.record.passage import Passage

_OF = re.compile(r"[\s,]*(?:duoc\s+|do\s+)?\b(?:cua|do)\s+")
_END = re.compile(r"[;:()“”\"…]|\.(?=\s|$)|,|/\.|\s[-–]\s(?=[a-zđ])")
_FIRST_WORD = re.compile(r"quy|to|co quan|chi nhanh|doan|tieu ban|ban|hoi dong|uy ban|trung tam|phong|van phong")
_LONGEST = 160


@cache
def _next_document() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:va|va cac|cung)\s+(?:{names_pattern()})\b")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"{either(words_table()['issuer_heads'])}\b")


def names_issuer(text: str, folded: str) -> bool:
    """Whether a text begins, in capitals, with the name of a body or with the office of one who signs for it."""
    if not text or not text[0].isupper():
        return False
    return body_level(text) is not None or _heads().match(folded) is not None


def issuer_after(passage: Passage, start: int, *, joint: bool = False) -> tuple[str | None, int]:
    """The issuer named by `của …` or `do … ban hành` at `start`, and where it ends; (None, `start`) if none is.

    A joint document may have several issuers with commas between them.
    """
    opening = _OF.match(passage.folded, start)
    if opening is None:
        return None, start
    begin = opening.end()
    end = _issuer_end(passage, begin, joint)
    name = re.sub(r"\s+(?:và|va)$", "", passage.text[begin:end].rstrip(" ,-–"))
    if not names_issuer(name, passage.folded[begin:end]):
        return None, start
    return name, begin + len(name)


def _issuer_end(passage: Passage, begin: int, joint: bool) -> int:
    limit = min(len(passage.text), begin + _LONGEST)
    end = limit
    for match in _END.finditer(passage.text, begin, limit):
        if match.group() == "," and _goes_on().match(passage.folded, match.end()):
            continue
        after = passage.text[match.end() : match.end() + 40].lstrip()
        if (
            match.group() == ","
            and joint
            and names_issuer(after, passage.folded[match.end() : match.end() + 40].lstrip())
        ):
            continue
        end = match.start()
        break
    end = _stop(passage, begin, end)
    following = _next_document().search(passage.folded, begin, end)
    return following.start() if following else end


def _stop(passage: Passage, begin: int, end: int) -> int:
    """Where the words behind the name of an issuer start; the first words of a name that need others end nothing."""
    at = begin
    while (at := find_stop(passage, at, end, "issuer_stops")) < end:
        kept = any(
            one.start() <= at + 1 < one.end() for one in _phrase("issuer_keeps").finditer(passage.folded, begin, end)
        )
        second = _phrase("issuer_second").match(passage.folded, at + 1) is not None
        if not kept and not (second and _FIRST_WORD.fullmatch(passage.folded, begin, at)):
            return at
        at += 1
    return end


@cache
def _phrase(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b{either(words_table()[kind])}\b")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"\s{either(words_table()['issuer_commas'])}\b")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{either(words_table()['issuer_links'])}(?:\s+(?:cac|ban|kem))?\s*|\()$")


_BREAK = re.compile(r"[;:()“”\"]|\bgui\s|\.\s|,\s|\bcua\s|\bsau khi\s|\d\s+va\s(?:cua\s)?")


def issuer_before(passage: Passage, start: int) -> str | None:
    """The body that the words before a document name as its sender, or None.

    >>> from schemas.document import Paragraph
    >>> text = "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV"
    >>> issuer_before(Passage.of([Paragraph(text=text)]), text.index("Tờ"))
    'Giám đốc Sở Nội vụ'
    """
    window = max(0, start - _LONGEST)
    link = _link().search(passage.folded[window:start])
    if link is None:
        return None
    end = window + link.start()
    breaks = [match.end() for match in _BREAK.finditer(passage.folded, window, end)]
    begin = breaks[-1] if breaks else window
    if len(breaks) > 1 and passage.folded[:begin].rstrip().endswith("cua"):
        # `ý kiến của Ban Chỉ đạo của Chính phủ (Công văn …)`: a body of a body.
        whole = passage.text[breaks[-2] : end].strip()
        begin = breaks[-2] if names_issuer(whole, passage.folded[breaks[-2] : end].strip()) else begin
    start_of_name = end - len(passage.text[begin:end].lstrip())
    name = passage.text[start_of_name : _stop(passage, start_of_name, end)].strip()
    return name if names_issuer(name, passage.folded[begin:end].strip()) else None
