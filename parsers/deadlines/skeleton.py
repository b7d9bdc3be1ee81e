"""A passage as the rules of `deadline_rules.toml` see it: folded, its times and its compounds blanked out.

The skeleton is the folded text in which each time is overwritten by one letter of its own, so that a rule can say
`truoc {day}` and need not know how a day is printed; and in which a word of several syllables is drawn together
(`giao_trinh`), where one of them alone would be a word of the rules. Lengths and places stay the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from parsers.annotate.mention import LETTERS, Mention
from parsers.annotate.mentions import find_mentions
from parsers.record.passage import Passage
from vietnamese.words.segments import segments


@dataclass(frozen=True)
class Sketch:
    """A passage with its mentions and its skeleton."""

    passage: Passage
    mentions: tuple[Mention, ...]
    skeleton: str

    @cached_property
    def by_start(self) -> dict[int, Mention]:
        """Each mention by where it starts."""
        return {mention.start: mention for mention in self.mentions}

    def at(self, start: int) -> Mention:
        """The mention that starts there."""
        return self.by_start[start]


_SPELLINGS = {
    "tu": ("từ", "tu"),
    "den": ("đến", "den"),
    "tinh": ("tính", "tình", "tinh"),
    "han": ("hạn", "han"),
    "quy": ("quý", "qúy", "quy"),
    "sau": ("sau",),
    "da": ("đã", "da"),
    "don": ("đơn", "don"),
    "le": ("lễ", "le"),
    "lop": ("lớp", "lop"),
    "buoi": ("buổi", "buoi"),
    "dot": ("đợt", "dot"),
    "tran": ("trận", "tran"),
    "hop": ("họp", "hợp", "hop"),
}
"""Words that rules name, with the spellings that may stand for them: `tỉnh` folds like `tính`, `thư điện tử` like `từ`.
Others are blanked out."""
_NEVER = {"den": ("đền", "đèn", "đen")}
"""Right before a day any other spelling stands for `từ` or `đến`, its mark misread; `đầu tư` and the like do not."""
_HOMOGRAPH = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")
_BEFORE_DAY = re.compile(
    r" (?:het )?(?:\d{1,2} ?(?:gio|h)\b[^.;]{0,12} )?(?:ngay )?(?:0?[1-9]|[12]\d|3[01])(?:/\d| (?:thang|gio|den)\b)"
)
_BEFORE_TU = "dien|thu|dau|thong|vat|luat|giao|phan|quan|thang|muoi|nguyen|tri|trat|tuong|xuat"
_WORD_WITH_TU = re.compile(rf"\b(?:{_BEFORE_TU}) $")


def _is_other_word(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word only folds like one that rules name."""
    spelling = passage.text[match.start() : match.end()].lower()
    if match.group() == "da" and passage.folded.endswith("toi ", 0, match.start()):  # `tối đa`
        return False
    in_compound = match.group() == "tu" and _WORD_WITH_TU.search(
        passage.folded[max(0, match.start() - 9) : match.start()]
    )
    if spelling in _SPELLINGS[match.group()]:
        return bool(in_compound) and spelling == "tu"
    misread = match.group() in ("tu", "den") and spelling not in _NEVER.get(match.group(), ()) and not in_compound
    counted = passage.folded.endswith(("ke ", "tinh "), 0, match.start())
    return not (misread and (counted or _BEFORE_DAY.match(passage.folded, match.end())))


_ALONE = frozenset(
    {"trinh", "vu", "du", "le", "sinh", "hop", "ky", "nghi", "cap", "don", "dot", "tran", "buoi", "lop", "giai", "khoa"}
    | {
        "von",
        "thu",
        "chi",
        "giao",
        "luong",
        "han",
        "nop",
        "gui",
        "tai",
        "lay",
        "gap",
        "lan",
        "tieu",
        "tra",
        "chuyen",
        "qua",
    }
)
"""Words of one syllable that rules name and that compounds hold."""
_OFFICES = frozenset({"ban to chuc"})
"""Offices named after an act that rules name: `gửi về Ban Tổ chức ngày 02/12` tells of no event."""


_WITHIN = re.compile(r"(?<=[a-z]) (?=[a-z])")


def apart(pattern: str) -> str:
    """A pattern of plain words for skeletons, in which a compound that it names may be drawn together."""
    return _WITHIN.sub("[ _]", pattern)


def sketch(passage: Passage) -> Sketch:
    """The mentions and the skeleton of a passage."""
    mentions = find_mentions(passage)
    skeleton = list(passage.folded)
    for match in _HOMOGRAPH.finditer(passage.folded):
        if _is_other_word(passage, match):
            skeleton[match.start() : match.end()] = "·" * (match.end() - match.start())
    times = {mention.start for mention in mentions}
    for one in segments(passage.text):
        if one.syllables > 1:
            word = passage.folded[one.start : one.end]
            if word.endswith(" tu") and one.end + 1 in times:
                continue  # `nộp đơn từ 15/8`: right before a time it is the word that leads to it
            if word in _OFFICES or not _ALONE.isdisjoint(word.split(" ")):
                skeleton[one.start : one.end] = word.replace(" ", "_")
    for mention in mentions:
        skeleton[mention.start : mention.end] = LETTERS[mention.kind] * (mention.end - mention.start)
    return Sketch(passage, mentions, "".join(skeleton))
