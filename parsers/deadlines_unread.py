"""Times in what is asked that no rule took and that may yet be limits: they are told of, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.deadlines_mentions import Sketch
from parsers.deadlines_place import Issue, place_date
from parsers.deadlines_rules import Hit
from vietnamese.dates import PrintedDate

_SENT_OR_DONE = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|trinh|tra loi|phan hoi|dang ky|ban giao|giai ngan|gop y|"
    r"cham nhat|muon nhat|truoc|thoi han|han|tong hop|thanh toan|quyet toan)\b"
)
_EVENT = re.compile(
    r"\b(?:hoi nghi|cuoc hop|phien hop|ky hop|buoi|lop|le|ky niem|dai hoi|ngay hoi|bau cu|ky thi|du|tham du|hop|"
    r"lam viec|khai mac|khai giang|tuu truong|dien ra|nghi|to chuc|tap huan|mit tinh|van ban|cong van|don|to trinh|"
    r"quyet dinh|thong bao|ke hoach|giay moi|phieu|hop dong|bien ban|tu|ke tu|tinh den|tinh tu|vu|tran|dot|su kien|"
    r"cap|ky|ban hanh|phat hanh|xay ra|thanh lap|thong qua|sinh|lay so lieu|thoi diem)\b[^.;:]{0,45}$"
)
"""Words right before a day that is an event's or a paper's."""
_BY_EVENT = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|dut diem|gui|nop|bao cao|ban giao|trinh|chi tra|dua vao su dung|nghiem thu)\b"
    r"(?:(?!truoc )[^.;]){0,80}?"
    r"(?P<limit>\btruoc (?:khi )?(?:them |dip |mua |le |ky |khi |bat dau |ket thuc |vao |buoc vao )*"
    r"(?:nam hoc|tet|khai giang|ky hop|dai hoi|mua (?:mua|bao|lu|kho)|mua,? bao|bau cu|ky thi|hoi nghi)\b"
    r"[^.;,()]{0,40})"
)
"""A limit told by an event whose day is not printed: `xong trước khi bắt đầu năm học 2024-2025`."""


def unread_times(drawn: Sketch, hits: Sequence[Hit], issue: Issue) -> Iterator[tuple[int, int]]:
    """Where a day to come stands in a clause about what is sent or done, or a limit that an event tells."""
    taken = {mention.start for hit in hits for mention in hit.taken.values()}
    for mention in drawn.mentions:
        if mention.kind != "day" or mention.start in taken:
            continue
        assert isinstance(mention.value, PrintedDate)
        clause = max(drawn.skeleton.rfind(mark, 0, mention.start) for mark in (".", ";")) + 1
        before = drawn.skeleton[clause : mention.start]
        to_come = place_date(mention.value, issue).problem != "past_date"
        if to_come and _SENT_OR_DONE.search(before) and not _EVENT.search(before):
            yield mention.start, mention.end
    for match in _BY_EVENT.finditer(drawn.skeleton):
        if not any(hit.start < match.end("limit") and match.start("limit") < hit.end for hit in hits):
            yield match.span("limit")
