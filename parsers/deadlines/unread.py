"""Times in what is asked that no rule took and that may yet be limits: they are told of, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.deadlines.deadline_rules import Hit
from parsers.deadlines.mentions import Sketch, Value
from parsers.deadlines.period_parts import RecurringPart
from parsers.deadlines.sentence_place import Issue, place_date, place_period
from vietnamese.dates import PrintedDate
from vietnamese.periods import PrintedPeriod

_SENT_OR_DONE = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|(?<!cong )(?<!chuong )(?<!quy )(?<!qua )trinh|tra loi|"
    r"phan hoi|dang ky|ban giao|giai ngan|gop y|"
    r"cham nhat|muon nhat|truoc|thoi han|han|tong hop|thanh toan|quyet toan|thong xe|khoi cong|khanh thanh)\b"
)
_CUE = re.compile(r"\b(?:truoc|cham nhat|muon nhat|het|han)\b[^.;,]{0,40}$")
"""Words that set a limit, whatever stands between them and the day."""
_EVENT = re.compile(
    r"\b(?:hoi nghi|cuoc hop|phien hop|ky hop|buoi|lop|(?<!ty )(?<!ti )le|ky niem|dai hoi|ngay hoi|bau cu|ky thi|"
    r"du(?! an| toan| thao| kien)|tham du|(?<!tong )(?<!phoi )(?<!truong )(?<!tap )(?<!phu )(?<!ket )hop|"
    r"lam viec|khai mac|khai giang|tuu truong|dien ra|nghi(?! quyet)|to chuc|tap huan|mit tinh|van ban|cong van|"
    r"don(?! vi| doc)|to trinh|quyet dinh|thong bao|ke hoach|giay moi|phieu|hop dong|bien ban|tu|ke tu|tinh den|"
    r"tinh tu|(?<!nhiem )(?<!dich )(?<!phuc )(?<!chuc )vu|tran|dot|su kien|"
    r"(?<!cung )cap(?! nhat| bach| huyen| xa| tinh| uy)|ky(?! thuat| luat)|ban hanh|phat hanh|xay ra|thanh lap|"
    r"thong qua|sinh(?! vien| hoat| hoc)|lay so lieu|thoi diem)\b[^.;:]{0,45}$"
)
"""Words right before a day that is an event's or a paper's."""
_SET_BEFORE = re.compile(r"\b(?:truoc|cham nhat|muon nhat)(?: la| vao| het)? (?:Θ+,? )?(?=[ΔΠ])")
"""Words that set a limit if any do: a rule that takes the day for none may be wrong."""
_SAME_DAY = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat)(?: luc| vao)? Θ+,? (?:cung ngay|(?:ngay )?(?:hom sau|hom nay|mai))\b"
)
"""An hour of a day that is printed elsewhere, if at all."""
_BY_EVENT = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|dut diem|gui|nop|bao cao|ban giao|trinh|tra loi|chi tra|dua vao su dung|"
    r"nghiem thu)\b(?:(?!truoc )[^.;]){0,80}?"
    r"(?P<limit>\b(?:truoc (?:khi )?(?:them |dip |mua |le |ky |khi |bat dau |ket thuc |vao |buoc vao )*"
    r"(?:nam (?:hoc|tai chinh|ngan sach)|hoc ky|tet|khai giang|"
    r"ky hop|dai hoi|mua (?:mua|bao|lu|kho)|mua,? bao|bau cu|ky thi|hoi nghi)\b"
    r"|(?:trong|het|cuoi) (?:nam hoc|hoc ky)\b|(?:trong )?(?:tuan|thang|quy|ngay) (?:nay|toi|mai|hom nay)\b|hom nay\b)"
    r"[^.;,()]{0,40})"
)
"""A limit told by an event whose day is not printed (`xong trước khi bắt đầu năm học 2024-2025`), or by today's."""


def unread_times(drawn: Sketch, hits: Sequence[Hit], issue: Issue) -> Iterator[tuple[int, int]]:
    """Where a day or month to come stands in a clause about what is sent or done, or a limit that an event tells."""
    doubted = _SET_BEFORE.finditer(drawn.skeleton) if any(hit.rule.kind == "none" for hit in hits) else ()
    limits = {match.end() for match in doubted}
    sure = [hit for hit in hits if hit.rule.kind != "none" or not any(m.start in limits for m in hit.taken.values())]
    taken = {mention.start for hit in sure for mention in hit.taken.values()}
    for mention in drawn.mentions:
        if mention.kind not in ("day", "month", "within") or mention.start in taken:
            continue
        clause = max(drawn.skeleton.rfind(mark, 0, mention.start) for mark in (".", ";")) + 1
        before = drawn.skeleton[clause : mention.start]
        if _is_to_come(mention.value, issue) and (
            _CUE.search(before) or (_SENT_OR_DONE.search(before) and not _EVENT.search(before))
        ):
            yield mention.start, mention.end
    for match in _SAME_DAY.finditer(drawn.skeleton) if "Θ" in drawn.skeleton else ():
        yield match.span()
    for match in _BY_EVENT.finditer(drawn.skeleton):
        if not any(hit.start < match.end("limit") and match.start("limit") < hit.end for hit in hits):
            yield match.span("limit")


def _is_to_come(value: Value, issue: Issue) -> bool:
    if isinstance(value, RecurringPart):
        return True
    if isinstance(value, PrintedDate):
        return place_date(value, issue).problem != "past_date"
    return isinstance(value, PrintedPeriod) and place_period(value, issue).problem != "past_date"
