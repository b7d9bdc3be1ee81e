"""Whether a limit outside the items is one of what is asked, or told of."""

from __future__ import annotations

import re

from parsers.deadlines.deadline_rules import Hit
from parsers.deadlines.skeleton import Sketch, apart

_ORDER = re.compile(
    apart(
        r"\b(?:de nghi|yeu cau|giao|phai|gui|bao cao|nop|hoan thanh|dang ky|trien khai|chi dao|phan hoi|tra loi|gop y|"
        r"thuc hien|cung cap|truy cap|ra soat|phan dau|chuan bi|tham gia|thong bao|tiep nhan|xong|"
        r"nhan (?:ho so|don|bai|phieu))\b"
    )
)
"""Words by which a sentence outside the numbered items orders something."""
_TOLD = re.compile(r"\b(?:da|dang|duoc|bi|se|nhan duoc|ghi nhan|xay ra|con|chua|thoi diem|neu)\b")
"""Words by which a sentence tells of something."""
_BOUND = re.compile(r"(?:xong |hoan thanh )?(?:truoc|cham nhat|muon nhat)\b")
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-+•*])\s")
_EVENT = re.compile(
    apart(
        r"(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[-+•*])\s)?"
        r"(?:thoi gian|dia diem)(?:,? (?:va )?(?:thoi gian|dia diem))? "
        r"(?:to chuc|dien ra|khai mac|tap trung|mo lop|thi dau|hop|hoc|tap huan|boi duong|dao tao)\b[^:.;]{0,40}:"
    )
)
"""When something takes place, in a line of its own: nothing that is to be done by then."""
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|/\.")
_REQUEST = re.compile(apart(r"(?:[,;]|\. )[^,;.]{3,80} (?:yeu cau|de nghi|chi dao|giao)\b|\bnhu sau\s*:"))
_MISSED = re.compile(apart(r"\s*(?:tuy nhien|nhung|song)?,? ?(?:den nay|den thoi diem|tuy nhien|·{3} nay)\b"))


_ASKS = re.compile(apart(r"\b(?:de nghi|yeu cau|giao|phai|kinh mong|tran trong moi)\b"))


_LONGEST_SENTENCE = 2000
"""Characters on either side of a limit among which its sentence begins and ends."""


def _sentence_start(text: str, place: int) -> int:
    near = max(0, place - _LONGEST_SENTENCE)
    return max((end.end() for end in _SENTENCE_END.finditer(text, near, place)), default=near)


def may_be_asked(drawn: Sketch, hit: Hit) -> bool:
    """Whether a rule that is believed in items only took a time behind a request: nobody can say, so it is told of."""
    text = drawn.skeleton
    begin = _sentence_start(text, hit.start)
    return hit.rule.only_directives and _ASKS.search(text, begin, hit.start) is not None and not is_told(drawn, hit)


def is_ordered(drawn: Sketch, hit: Hit) -> bool:
    """Whether the sentence around a match orders something, or the paragraph is one of a numbered list."""
    text = drawn.skeleton
    if _EVENT.match(text):
        return False
    if _LABEL.match(text):
        return True
    begin = _sentence_start(text, hit.start)
    after = _SENTENCE_END.search(text, hit.end, hit.end + _LONGEST_SENTENCE)
    end = after.start() if after else hit.end + _LONGEST_SENTENCE
    if _ORDER.search(text, begin, end) is not None:
        return True
    bound = hit.rule.kind in ("before", "by") and _BOUND.match(text, hit.start)
    return bool(bound) and _TOLD.search(text, begin, hit.start) is None


def is_told(drawn: Sketch, hit: Hit) -> bool:
    """Whether the limit is told of: the next sentence says who did not keep it, or the request comes only after it."""
    text = drawn.skeleton
    if text.rstrip().endswith(":") and _REQUEST.search(text, hit.end):
        begin = _sentence_start(text, hit.start)
        return not text[begin : hit.start].lstrip().startswith("de ")
    end = _SENTENCE_END.search(drawn.skeleton, hit.end)
    return end is not None and _MISSED.match(drawn.skeleton, end.end()) is not None
