"""What a sentence counts, in its own words: the noun behind its figure, or what stands before a sum of money."""

from __future__ import annotations

import re
from typing import NamedTuple

from congvan.dataset.words.concepts import asked_words, heading_words
from congvan.dataset.words.vocabulary import plain_words, units_of_value
from schemas.dispatch import Claim
from vietnamese.fold import fold, nfc

_END = re.compile(
    r"[,;.:()=\d%]|\b(?:đạt|bằng|chiếm|tăng|giảm|so với|trong đó|theo|đã|được|có|là|gồm|tại|của|trên|dưới|với|từ|đến"
    r"|nhằm|để)\b"
)
_LEADS = re.compile(
    r"^(?:(?:tính )?đến(?: hết)?|tính|phấn đấu|mới|với|và|còn|riêng|tương đương|khoảng|đã|có|được|là|cả"
    r"|toàn (?:huyện|tỉnh|xã|thành phố|quận|ngành|đảng bộ)|tổng số|tổng)\s+"
)
_VERBS = (
    "đến",
    "tính đến",
    "đến hết",
    "phấn đấu",
    "mới",
    "tổng cộng",
    "tổng số",
    "tổng",
    "cộng",
    "số",
    "khoảng",
    "với",
    "đạt",
    "được",
    "có",
    "là",
    "ước",
    "ước đạt",
)
_TRAILS = re.compile(r"\s+(?:ước thực hiện|thực hiện được|đạt|được|là|có|gồm|ước|khoảng|trên|hơn|gần|đã)$")
_BODIES = re.compile(
    r"(?:toan |ca )?(?:dang bo |dia ban )?"
    r"(?:huyen|tinh|xa|phuong|thanh pho|thi tran|thi xa|quan|nuoc|nganh|don vi|dang bo)"
)
"""Who has something, without a name: no word of what it has."""
_COPULA = re.compile(r"(?:^|\s)(?:là|đạt|có|được|gồm|còn|ước|khoảng|bằng|hơn|gần|trên|thực hiện)\s*:?\s*$|[:(]\s*$")
"""What stands between a thing and its figure; where a verb does (`thành lập mới 02 chi bộ`), the thing is behind."""
_MOST_WORDS_OF_UNIT = 2
_MEASURED = ("đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "tỷ", "ha", "tấn", "tạ", "kg", "km")
"""Units that say nothing of what is counted, whatever stands behind them."""


class Counted(NamedTuple):
    """The words, folded, and the unit of the figure where it is one that is known."""

    words: str
    unit: str | None = None


def counted_in(claim: Claim, of_a_unit: bool) -> Counted:
    """What a claim counts. Its subject is a unit that reports (`xã Minh Tân`), or else the thing that is counted."""
    text = nfc(claim.text).lower().removeprefix(nfc(claim.time or "").lower()).lstrip(" ,")
    found = printed_figure(claim).search(fold(text)) if claim.numerator is not None else None
    lead, behind = (text[: found.start()], text[found.end() :].strip()) if found else (text, "")
    if claim.subject and not of_a_unit and len(claim.subject.split()) > 1:
        subject = _bare(heading_words(claim.subject))
        if subject and not behind.startswith(claim.subject.lower()):
            unit = _unit_of(behind.split())
            return Counted(_done(subject, lead, _noun(behind), unit), unit)
        if subject:
            return Counted(subject, _unit_of(behind.split()))
    return _by_place(claim, lead, behind) if found else Counted(_before(text, claim))


def _by_place(claim: Claim, lead: str, behind: str) -> Counted:
    """What is counted by what stands before the figure and the noun behind it."""
    noun, lead = _noun(behind), re.split(r"\btrong đó\b", lead)[-1]
    words, before = noun.split(), _before(lead, claim)
    if _BODIES.fullmatch(before):
        before = ""
    for length in range(min(_MOST_WORDS_OF_UNIT, len(words)), 0, -1):
        unit = _unit(words[:length])
        if unit and before and (len(words) == length or unit in _MEASURED):
            return Counted(_done(before, lead, noun, unit), unit)
        if unit in _MEASURED and len(words) == length:
            return Counted("", unit)
    return Counted(asked_words(noun) if len(noun) > 1 else before)


def _noun(behind: str) -> str:
    """The words behind a figure that may name what it counts."""
    return behind[: end.start()].strip() if (end := _END.search(behind)) else behind


def _done(before: str, lead: str, noun: str, unit: str | None) -> str:
    """The words before a figure; with the noun behind it where they say what was done with it, and not what it is."""
    if unit in _MEASURED or len(noun) < 2 or _COPULA.search(lead):
        return before
    return f"{before} {asked_words(noun)}"


def _unit_of(words: list[str]) -> str | None:
    lengths = range(min(_MOST_WORDS_OF_UNIT, len(words)), 0, -1)
    return next((unit for length in lengths if (unit := _unit(words[:length]))), None)


def _unit(words: list[str]) -> str | None:
    """The unit that words are; `cá` and `hồ` are not `ca` and `hộ`, though without their marks they would be."""
    text = " ".join(words).strip(" ,.;:()")
    unit = units_of_value().get(plain_words(text))
    return unit if unit and text in (unit, fold(unit)) else None


def printed_figure(claim: Claim) -> re.Pattern[str]:
    """A claim's figure as it may be printed, with its thousands told apart and what it is of behind it."""
    digits = r"[.,]?".join(re.escape(letter) for letter in str(claim.numerator) if letter.isdigit())
    return re.compile(rf"(?<![\d.,/])0*{digits}(?![\d])(?:\s*/\s*[\d.]+)?")


def _before(text: str, claim: Claim) -> str:
    """The words of a sentence, or of what stands before its figure, without who it is about."""
    words = heading_words(re.sub(r"\d[\d.,/%]*", " ", text))
    if claim.subject:
        words = words.removeprefix(heading_words(claim.subject)).strip() or words
    return _bare(words)


def _bare(words: str) -> str:
    """Without verbs and words of quantity at both ends; nothing where there is nothing else."""
    for ends in (_LEADS, _TRAILS):
        while (shorter := ends.sub("", words)) != words:
            words = shorter
    return "" if words in _VERBS else asked_words(words)
