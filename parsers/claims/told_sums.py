"""Totals that are told with what makes them: `tổng 41,5 tỷ, gồm 20,1 …`, `thu …, chi …, còn dư …`, `đơn giá …, thành
tiền …`. The claim's scope has the parts as printed, separated by `; `."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.claims.claim_draft import ClaimDraft, Sentence, subject_of, value_of
from parsers.claims.claim_kinds import qualifier
from parsers.record.sentences import trim
from vietnamese.amounts import Amount, amounts
from vietnamese.fold import fold

_PARTS = re.compile(r"(?<![a-z])(?:gom co|bao gom|gom|trong do|chia ra|cu the|phan ra)(?![a-z])\s*:?|:")
_WITHIN = re.compile(r"(?<![a-z])(?:trong do|rieng)(?![a-z])")
_LAST = re.compile(r"(?<![a-z])(?:tong cong|tong so|tong|cong|luy ke|ca nam|ca hai|ca ba)(?![a-z])[a-z~ :]{0,30}$")
_REST = re.compile(r"(?<![a-z])(?:con lai|con du|con ton|ket du|ton quy|ton cuoi|du cuoi|con)(?![a-z])[a-z ]{0,25}$")
_PRODUCT = re.compile(
    r"(?<![a-z])(?:don gia|nang suat|dinh muc|muc|muc chi|muc ho tro|tri gia|gia|moi [a-z]+)(?![a-z])[a-z :]{0,25}$"
)
_PEOPLE = frozenset({"doan", "hoi", "dang", "hoc", "can", "lao", "cong", "giao", "thanh", "em", "chau", "cu", "nong"})
"""How words for people begin: `215 đoàn viên, mức 500.000 đồng/người`."""
_MEAN = re.compile(r"(?<![a-z])(?:binh quan|trung binh)(?![a-z])[a-z :]{0,25}$")
_MEAN_OF_EACH = re.compile(r"(?<![a-z])(?:binh quan|trung binh)\s(?:moi|mot|1)\s(?P<per>[a-z]+)(?![a-z])[a-z ]{0,25}$")
_NEXT_WORD = re.compile(r"\s([a-z]+)")
_NO_PART = re.compile(
    r"(?<!\w)(?:tăng|giảm|so với|cùng kỳ|vượt|hụt|kế hoạch|dự toán|chỉ tiêu|bình quân|trung bình|từ|đến|lũy kế|luỹ kế"
    r"|đơn giá|mỗi)(?!\w)[\w ]{0,25}$",
    re.IGNORECASE,
)
"""Before an amount that is no part: a change, a plan, a mean, what was before."""

_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|hụt|bình quân|trung bình|mỗi)(?!\w)[\w ]{0,25}$", re.IGNORECASE)
_LONGEST = 400


def told_sums(sentence: Sentence) -> Iterator[ClaimDraft]:
    """The totals of a sentence that are told with what makes them, each once."""
    found = [one for one in amounts(sentence.masked) if one.base not in ("", "%")]  # shares may stand between
    if len(found) < 3:
        return
    for finder in (_in_brackets, _with_parts, _of_two_kinds, _after_parts, _rest, _left, _product, _mean):
        for total, parts in finder(sentence, found):
            if total.stop - parts[0].start < _LONGEST and parts[-1].stop - total.start < _LONGEST:
                yield _claim(sentence, total, parts)
                return


Told = Iterator[tuple[Amount, Sequence[Amount]]]


def _between(sentence: Sentence, one: Amount, other: Amount) -> str:
    return sentence.masked[one.stop : other.start]


def _lead(sentence: Sentence, found: Sequence[Amount], place: int) -> str:
    """The words between an amount and the one before it."""
    return sentence.masked[_lead_start(found, place) : found[place].start]


def _no_part(sentence: Sentence, found: Sequence[Amount], place: int) -> bool:
    """Is this amount a change, a plan or a mean? Told by the words before it with their marks (`từ`, not `đầu tư`)."""
    return _NO_PART.search(sentence.text[_lead_start(found, place) : found[place].start]) is not None


def _no_total(sentence: Sentence, found: Sequence[Amount], place: int) -> bool:
    """Is this amount a change or a mean? A plan may have parts too."""
    return _CHANGE.search(sentence.text[_lead_start(found, place) : found[place].start]) is not None


def _lead_start(found: Sequence[Amount], place: int) -> int:
    return found[place - 1].stop if place else 0


def _like(one: Amount, other: Amount) -> bool:
    return one.base == other.base and one.base != "%"


def _bare(sentence: Sentence, found: Sequence[Amount]) -> list[int]:
    """Places of the amounts outside brackets."""
    depth = [sentence.masked[: one.start].count("(") - sentence.masked[: one.start].count(")") for one in found]
    return [place for place, level in enumerate(depth) if level == 0]


def _with_parts(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`tổng …, gồm …, … và …`; `…, trong đó nam …, nữ …`."""
    bare = _bare(sentence, found)
    for at, place in enumerate(bare[:-2]):
        total, first = found[place], found[bare[at + 1]]
        opening = list(_PARTS.finditer(sentence.masked, total.stop, first.start))
        if not opening or not _like(total, first) or _no_total(sentence, found, place):
            continue
        parts = _run(sentence, found, bare[at + 1 :], total)
        rest = sentence.masked[first.stop : parts[-1].start] if parts else ""
        if len(parts) > 1 and not _WITHIN.search(rest):
            yield total, parts


def _in_brackets(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`842 em (nam 430 em, nữ 412 em)`: all amounts of the bracket right behind the total."""
    for place, total in enumerate(found):
        opening = re.match(r"[a-z ]{0,30}\(([^()]*)\)", sentence.masked[total.stop :])
        if opening is None or _no_total(sentence, found, place):
            continue
        end = total.stop + opening.end()
        inside = range(place + 1, next((at for at, one in enumerate(found) if one.start > end), len(found)))
        parts = [found[at] for at in inside]
        counted_alike = len(parts) > 1 and all(_like(one, total) for one in parts)
        changes = re.search(r"→|->", opening[1]) or any(_no_part(sentence, found, at) for at in inside)
        if counted_alike and not changes:
            yield total, parts


def _run(sentence: Sentence, found: Sequence[Amount], places: Sequence[int], total: Amount) -> list[Amount]:
    """The amounts one after the other that are counted in the same as the total, up to what is no part."""
    parts: list[Amount] = []
    for place in places:
        one = found[place]
        lead = _lead(sentence, found, place)
        if not _like(one, total) or _no_part(sentence, found, place) or _LAST.search(lead):
            break
        if parts and "." in lead:
            break
        parts.append(one)
    return parts


def _of_two_kinds(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`25 hồ sơ, đủ điều kiện 22 hồ sơ, không đủ điều kiện 04 hồ sơ`: what is so and what is not are all there is."""
    bare = _bare(sentence, found)
    for one, two, three in zip(bare, bare[1:], bare[2:], strict=False):
        words = re.split(r"[,:;]", sentence.masked[found[one].stop : found[two].start])[-1].strip()
        denied = sentence.masked[found[two].stop : found[three].start]
        said = re.sub(r"^(?:trong do|co|so|da)\s", "", words)
        if (
            len(said) > 5
            and re.search(rf"(?<![a-z])(?:khong|chua|dang)\s(?:duoc\s)?{re.escape(said)}\s*$", denied)
            and _like(found[one], found[two])
            and _like(found[two], found[three])
        ):
            yield found[one], [found[two], found[three]]


def _after_parts(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`… 12 tỷ đồng, … 9 tỷ đồng, lũy kế 22 tỷ đồng`."""
    bare = _bare(sentence, found)
    for at, place in enumerate(bare):
        if at < 2 or not _LAST.search(_lead(sentence, found, place)):
            continue
        parts: list[Amount] = []
        for before in reversed(bare[:at]):
            lead = _lead(sentence, found, before)
            if not _like(found[before], found[place]) or _no_part(sentence, found, before) or _LAST.search(lead):
                break
            parts.insert(0, found[before])
        first = bare[at - len(parts)]
        before_all = sentence.masked[_lead_start(found, first) : found[first].start]
        if len(parts) > 1 and (len(parts) == at or ":" in before_all):
            yield found[place], parts


def _rest(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`thu …, chi …, còn dư …`: the audit tells by the words what comes in and what goes out."""
    bare = _bare(sentence, found)
    for at, place in enumerate(bare):
        parts = [found[before] for before in bare[:at]]
        if (
            at >= 2
            and _REST.search(_lead(sentence, found, place))
            and all(_like(one, found[place]) for one in parts)
            and _told_flows(sentence, found, bare[:at])
        ):
            yield found[place], parts


def _left(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`tiếp nhận 2.156 triệu đồng, đã phân bổ 1.890 triệu đồng, còn lại 266 triệu đồng`: what there is, what is done
    of it, and the rest."""
    bare = _bare(sentence, found)
    for one, two, three in zip(bare, bare[1:], bare[2:], strict=False):
        whole, done, left = found[one], found[two], found[three]
        leads = (sentence.masked[whole.stop : done.start], sentence.masked[done.stop : left.start])
        if (
            _like(whole, done)
            and _like(done, left)
            and whole.value > done.value
            and _DONE.search(leads[0])
            and _REMAINS.search(leads[1])
            and not _NO_PART.search(_UNTIL.sub("", sentence.text[whole.stop : done.start]))
        ):
            yield left, [whole, done]


_UNTIL = re.compile(r"(?:tính\s)?đến\s(?:nay|hết|ngày|thời điểm)", re.IGNORECASE)
_DONE = re.compile(
    r"(?<![a-z])(?:da|giai quyet|phan bo|giai ngan|xu ly|hoan thanh|su dung|chi|xet xu|chi tra|cap|tra)(?![a-z])"
    r"[a-z ]{0,30}$"
)
_REMAINS = re.compile(r"(?<![a-z])(?:con lai|con du|con ton|con)(?![a-z])[a-z ]{0,25}$")
_FLOW = re.compile(
    r"(?<![a-z])(?:thu|chi|nhap|xuat|tang|giam|du dau|ton dau|so du|chuyen sang|tra|vay|phat sinh|bo sung|thoat"
    r"|chuyen den|chuyen di|dau (?:nam|ky|quy|thang|nhiem ky))(?![a-z])"
)
_FLOW_BEHIND = re.compile(
    r" (?:[a-z]+ )?(?:thoat|giam|tang|phat sinh|chuyen di|chuyen den|tra|nop)(?![a-z])[a-z ]{0,20}"
)
"""`24 hộ thoát nghèo`: which way it goes is told behind the number."""


def _told_flows(sentence: Sentence, found: Sequence[Amount], places: Sequence[int]) -> bool:
    return all(
        _FLOW.search(_lead(sentence, found, place)) or _FLOW_BEHIND.match(sentence.masked, found[place].stop)
        for place in places
    )


def _product(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`45 bộ …, đơn giá 14,2 triệu đồng/bộ, thành tiền 639 triệu đồng`; `120 hộ, mỗi hộ 1,5 triệu đồng, tổng …`."""
    bare = [found[place] for place in _bare(sentence, found)]
    for many, each, total in zip(bare, bare[1:], bare[2:], strict=False):
        base, _, per = each.base.partition("/")
        lead = sentence.masked[many.stop : each.start]
        priced = _PRODUCT.search(lead) and per and (per == many.base or (per == "nguoi" and many.base in _PEOPLE))
        apiece = re.search(rf"(?<![a-z])moi {re.escape(many.base)}(?![a-z])[a-z ]{{0,25}}$", lead)
        last = _LAST.search(sentence.masked[each.stop : total.start])
        if total.base == base and (priced or (apiece and not per and last)):
            yield total, [many, each]


def _mean(sentence: Sentence, found: Sequence[Amount]) -> Told:
    """`9 cơ sở với số tiền 63 triệu đồng, bình quân 8 triệu đồng/cơ sở`, `… bình quân mỗi cơ sở 8 triệu đồng`: the mean
    is told to be made of the two."""
    for first, second, each in zip(found, found[1:], found[2:], strict=False):
        base, _, per = each.base.partition("/")
        lead = sentence.masked[second.stop : each.start]
        apiece = _MEAN_OF_EACH.search(lead) if not per else None
        if apiece is None and not _MEAN.search(lead):
            continue
        for many, total in ((first, second), (second, first)):
            if (apiece["per"] if apiece else per) == many.base and not many.rounded and _sums_of(sentence, total, base):
                yield each, [total, many]


def _sums_of(sentence: Sentence, total: Amount, base: str) -> bool:
    """Does a total count what its mean counts: `930 lượt cán bộ` and `6 cán bộ`?"""
    behind = _NEXT_WORD.match(sentence.masked, total.stop)
    return total.base == base or (total.base == "luot" and behind is not None and behind[1] == base)


def _claim(sentence: Sentence, total: Amount, parts: Sequence[Amount]) -> ClaimDraft:
    first, last = min(total.start, parts[0].start), max(total.stop, parts[-1].stop)
    start = max(sentence.masked.rfind(mark, 0, first) for mark in (". ", "; ")) + 1
    start = max(start, sentence.masked.rfind(", ", 0, first) + 1)
    span = trim(sentence.text, start, last)
    return ClaimDraft(
        kind="total",
        span=span,
        figures=(total.start, total.end),
        subject=subject_of(sentence.text, span[0], min(first, total.start)),
        numerator=value_of(total.printed),
        qualifier=qualifier(sentence.folded, total.start, total.end),
        scope="; ".join(_shown(sentence, parts, place) for place in range(len(parts))).replace(" ;", ";"),
    )


def _shown(sentence: Sentence, parts: Sequence[Amount], place: int) -> str:
    """A part with the words before it, as printed."""
    one = parts[place]
    start = max(one.start - 60, parts[place - 1].stop if place else 0)
    words = sentence.text[start : one.start]
    words = re.split(r"[,;:(]|\svà\s", words)[-1]
    behind = _FLOW_BEHIND.match(sentence.masked, one.stop) if not _FLOW.search(fold(words)) else None
    stop = behind.end() if behind else one.stop
    return f"{words.strip()} {sentence.text[one.start : stop]}".strip().replace(";", ",")
