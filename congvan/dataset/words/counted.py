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
    if claim.subject and not of_a_unit and len(claim.subject.split()) > 1:
        subject, unit = _bare(heading_words(claim.subject)), _unit_behind(text, claim)
        if subject:
            has_verb = unit and unit not in _MEASURED and re.search(rf"{re.escape(claim.subject.lower())} \d", text)
            return Counted(f"{subject} {asked_words(unit)}" if unit and has_verb else subject, unit)
    found = printed_figure(claim).search(fold(text)) if claim.numerator is not None else None
    if found is None:
        return Counted(_before(text, claim))
    behind = text[found.end() :].strip()
    noun = behind[: end.start()] if (end := _END.search(behind)) else behind
    words = noun.split()
    lead = re.split(r"\btrong đó\b", text[: found.start()])[-1]
    before = _before(lead, claim)
    if _BODIES.fullmatch(before):
        before = ""
    for length in range(min(_MOST_WORDS_OF_UNIT, len(words)), 0, -1):
        unit = _unit(words[:length])
        if unit and before and (len(words) == length or unit in _MEASURED):
            is_done = unit not in _MEASURED and not _COPULA.search(lead)
            return Counted(f"{before} {asked_words(noun)}" if is_done else before, unit)
        if unit in _MEASURED and len(words) == length:
            return Counted("", unit)
    return Counted(asked_words(noun) if len(noun) > 1 else before)


def _unit_behind(text: str, claim: Claim) -> str | None:
    found = printed_figure(claim).search(fold(text)) if claim.numerator is not None else None
    words = text[found.end() :].split() if found else []
    lengths = range(min(_MOST_WORDS_OF_UNIT, len(words)), 0, -1)
    units = (_unit(words[:length]) for length in lengths)
    return next((unit for unit in units if unit), None)


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
