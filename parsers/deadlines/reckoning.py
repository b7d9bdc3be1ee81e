"""What became of every time of a passage: a deadline, part of a citation, a decoy by a named rule, or unread.

A time that no rule took is a decoy only for a reason with a name; without one it is told of (`unread_time`). So none is
passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.annotate.lengths import Length, Recurrences
from parsers.annotate.mention import TIMES, Mention
from parsers.annotate.mentions import find_times
from parsers.deadlines.asking_words import may_be_asked
from parsers.deadlines.deadline_rules import Hit
from parsers.deadlines.sentence_place import Issue, Printed, place
from parsers.deadlines.skeleton import Sketch, apart

Outcome = Literal["deadline", "citation", "decoy", "unread"]


@dataclass(frozen=True)
class ReadTime:
    """A time at characters `start:end` of a passage: what became of it and, of a decoy, by which rule."""

    start: int
    end: int
    outcome: Outcome
    rule: str | None = None


_SENT_OR_DONE = re.compile(
    apart(
        r"\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|trinh|tra loi|phan hoi|phan anh|dang ky|ban giao|giai ngan|"
        r"gop y|cham nhat|muon nhat|truoc|thoi han|han|tong hop|thanh toan|quyet toan|thong xe|khoi cong|khanh thanh)\b"
    )
)
_LONGEST_CLAUSE = 1000
"""Characters before a time that are looked at; no clause has so many."""
_CUE = re.compile(r"\b(?:truoc|cham nhat|muon nhat|het|han)\b[^.;,]{0,40}$")
"""Words that set a limit, whatever stands between them and the day."""
_SET = re.compile(r"\b(?:truoc|cham nhat|muon nhat)(?: la| vao| het)? (?:Θ+,? )?$")
"""Words that set a limit if any do: a rule that takes the day for none may be wrong."""
_EVENT = re.compile(
    apart(
        r"\b(?:hoi nghi|cuoc hop|phien hop|ky hop|buoi|lop|lop hoc|le|ky niem|dai hoi|ngay hoi|bau cu|ky thi|du|"
        r"tham du|hop|lam viec|khai mac|khai giang|tuu truong|dien ra|nghi|to chuc|tap huan|mit tinh|van ban|cong van|"
        r"don|to trinh|quyet dinh|thong bao|ke hoach|giay moi|phieu|hop dong|bien ban|tinh den|tinh tu|vu|vu viec|"
        r"vu an|tran|dot|su kien|cap|ky|ban hanh|phat hanh|xay ra|thanh lap|thong qua|sinh|"
        r"lay so lieu|thoi diem)\b[^.;:]{0,45}$"
    )
)
"""Words right before a day that is an event's or a paper's."""
_AROUND = re.compile(r"\bdip(?: \w+){0,3} $")
_BEGINNING = re.compile(r"\b(?:ke tu|bat dau tu|tu)(?: khoang)? (?:Θ+,? )?$")
_BOUND = re.compile(
    r"\b(?:trong|vong|han|nhat|khong qua|toi da|sau|truoc|thoi gian|som|muon)(?: khoang| la| vong| toi da)?:? $"
)
_WITHIN = re.compile(
    r"\b(?:trong|suot|vao|den|toi|het|truoc|cuoi|xong|hoan thanh|nhat|khoang)(?: het| cuoi| dau| giua)? $"
)
_FRONTED = re.compile(r"(?:^\W*|[,:(] ?|\bsang )$")
"""Before a period that stands for itself: at the head of its clause (`…, tuần đầu tháng 10 đi kiểm tra`)."""
_GOAL = re.compile(apart(r"\b(?:dat|giai doan|ke hoach|muc tieu|chi tieu|du toan|phan dau|chuong trinh|nhiem vu)\b"))
_SAME_DAY = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat)(?: luc| vao| la)? (?P<clock>Θ++)"
    r"(?P<day>,? (?:cung ngay|(?:ngay )?(?:hom sau|hom nay|mai))\b)?"
)
"""An hour of a day that is printed elsewhere, if at all."""


def reckon(
    drawn: Sketch,
    hits: Sequence[Hit],
    kept: Sequence[Hit],
    told: Iterable[tuple[int, int]],
    issue: Issue,
    *,
    item: bool,
) -> Iterator[ReadTime]:
    """What became of the times of a passage, in order.

    `hits`: what the rules took, `kept`: of these, the limits that were believed; `told`: where a warning of another
    kind speaks of a time already. `item`: whether the passage is one that orders something.
    """
    limits = {mention.start for hit in kept for mention in hit.taken.values()}
    believed = {id(hit) for hit in kept}
    others = {mention.start: hit for hit in hits if id(hit) not in believed for mention in hit.taken.values()}
    spoken = [end for _, end in told]
    for mention in drawn.mentions:
        if mention.kind == "masked":
            yield from _cited(drawn, mention)
        elif mention.kind not in TIMES:
            continue
        elif mention.start in limits:
            yield ReadTime(mention.start, mention.end, "deadline")
        else:
            rule = _decoy(drawn, mention, others.get(mention.start), issue, item=item)
            rule = rule or ("told of as damaged" if mention.end in spoken else None)
            yield ReadTime(mention.start, mention.end, "decoy" if rule else "unread", rule)
    taken = limits | set(others)
    for match in _SAME_DAY.finditer(drawn.skeleton) if item and "Θ" in drawn.skeleton else ():
        if match["day"] or match.start("clock") not in taken:
            yield ReadTime(*match.span(), "unread")


def _cited(drawn: Sketch, masked: Mention) -> Iterator[ReadTime]:
    """The times that stand in a citation or a quotation."""
    for start, end in find_times(drawn.passage.text[masked.start : masked.end]):
        yield ReadTime(masked.start + start, masked.start + end, "citation")


def _decoy(drawn: Sketch, mention: Mention, hit: Hit | None, issue: Issue, *, item: bool) -> str | None:
    """The name of the rule by which a time is no deadline; None where there is none."""
    near = max(0, mention.start - _LONGEST_CLAUSE)
    clause = max(near, *(drawn.skeleton.rfind(mark, near, mention.start) + 1 for mark in (".", ";")))
    before = drawn.skeleton[clause : mention.start]
    if isinstance(mention.value, Printed) and place(mention.value, issue).problem == "past_date":
        return "over when it was issued"
    if (
        hit is not None
        and hit.rule.kind == "none"
        and not (item and _SET.search(before) and mention.kind in ("day", "month"))
    ):
        return hit.rule.name
    if not item and not (hit is not None and hit.rule.kind != "none" and may_be_asked(drawn, hit)):
        return "told outside what is asked"
    return None if hit is not None else _unclaimed(mention, before)


def _unclaimed(mention: Mention, before: str) -> str | None:
    """Why a time that no rule took is none of the limits of an item."""
    value = mention.value
    if isinstance(value, Recurrences):
        return None if _SENT_OR_DONE.search(before) else "how often something is"
    if isinstance(value, Length):
        return None if _BOUND.search(before) else "measure of time"
    if mention.kind == "within" or _CUE.search(before):
        return None
    if mention.kind == "feast":
        return "around a feast"
    if _BEGINNING.search(before):
        return "beginning of something"
    return _named_period(mention, before) if mention.kind in ("year", "month") else _named_day(before)


def _named_period(mention: Mention, before: str) -> str | None:
    """Whether a period that no rule took names a thing (`kế hoạch năm 2026`), by the words before it."""
    done = _SENT_OR_DONE.search(before)
    if mention.kind == "month":
        asked = _WITHIN.search(before) or _FRONTED.search(before) or (done and not _EVENT.search(before))
        return None if asked else "period that names a thing"
    asked_by_year = (before.endswith("trong ") or (done and _WITHIN.search(before))) and not _GOAL.search(before)
    return None if asked_by_year else "year that names a thing"


def _named_day(before: str) -> str | None:
    """Whether a day that no rule took is that of an event, by the words before it."""
    if _AROUND.search(before) and not _SENT_OR_DONE.search(before):
        return "around a day"
    return "day of an event or of a paper" if _EVENT.search(before) else None
