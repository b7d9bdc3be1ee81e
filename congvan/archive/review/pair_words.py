"""What a person is told of two files that are one dispatch."""

from __future__ import annotations

from congvan.archive.index.copies import Pair

_RELATIONS = {
    "so_hieu": "bản khác của {}",
    "text": "bản khác của {} (cùng lời văn)",
    "path": "nội dung trước đây của cùng tệp, nay đã có nội dung mới hơn",
    "edition": "bản của {} có ngày khác (đính chính hoặc ban hành lại)",
    "said": "bản khác của {} (người dùng xác nhận)",
}
"""Why a file is one dispatch with another, as a person is told."""


def why_words(reason: str) -> str:
    """Why a file is one dispatch with the one that leads it."""
    return _RELATIONS[reason].replace(" của {}", "").replace(" {}", "")


def pair_in_words(pair: Pair) -> str:
    """What a person is told of a copy: which of the two is used, and the days that only one of them has."""
    words = f"{pair.copy}: {_RELATIONS[pair.reason].format(pair.so_hieu or pair.lead)}; dùng {pair.lead}."
    if not pair.only_copy and not pair.only_lead:
        return words
    sides = (("chỉ bản này có", pair.only_copy), ("chỉ bản được dùng có", pair.only_lead))
    told = [f"{side} {', '.join(f'{day:%d/%m/%Y}' for day in days)}" for side, days in sides if days]
    return f"{words} HAI BẢN GHI HẠN KHÁC NHAU: {'; '.join(told)}."
