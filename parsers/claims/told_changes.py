"""Changes with both their ends printed: `giảm từ 14 vụ xuống 8 vụ, giảm 35,7%`, `giảm 5 vụ (20 → 16)`, `52 ha,
vượt 8 ha so với kế hoạch 45 ha`. The claim has what there is now over what was before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import ClaimDraft, Sentence, percent_of, subject_of, value_of
from parsers.claims.claim_kinds import qualifier
from parsers.claims.claim_words import NUMBER
from parsers.record.sentences import clause

_MOVE = r"(?<![a-z])(?:tang|giam|vuot|hut|cao hon|thap hon|nhieu hon|it hon)(?! cuong)(?![a-z])"
_OF = r"(?:\s?(?P<{0}>%|‰)|\s(?P<{0}w>[a-z]+))"
_FROM_TO = re.compile(
    rf"(?<![a-z])(?:tang|giam|nang|ha)(?! cuong)(?![a-z])(?:\s[a-z~]+){{0,6}}?\stu\s(?P<then>{NUMBER}){_OF.format('a')}"
    rf"[^.;\d%]{{0,50}}?(?<![a-z])(?:xuong|len|con|den)(?:\s(?:con|den|khoang))?\s(?P<now>{NUMBER}){_OF.format('b')}"
    rf"(?:[^.;\d%]{{0,40}}?[,(]\s*(?:tuc\s|tuong ung\s|tuong duong\s)?(?:tang|giam)\s(?:[a-z]+\s){{0,3}}?"
    rf"(?P<told>{NUMBER})\s?(?P<sign>%|diem|[a-z]+))?"
)
_ARROW = re.compile(
    rf"{_MOVE}(?:\s[a-z]+){{0,2}}?\s(?P<told>{NUMBER})\s(?P<aw>[a-z]+)[^.;\d%()]{{0,40}}?"
    rf"\(\s*(?:tu\s)?(?P<then>{NUMBER})(?:\s(?P=aw))?\s*(?:→|->|–>|=>|xuong|len|den)\s*(?P<now>{NUMBER})(?:\s(?P=aw))?\s*\)"
)
_AGAINST = re.compile(
    rf"(?<![\w/.,~-])(?P<now>{NUMBER})\s(?P<aw>[a-z]+)(?![a-z])[^.;\d%]{{0,60}}?,\s(?:so voi [^.,;\d]{{0,40}},?\s)?"
    rf"{_MOVE}"
    rf"(?:\s(?!tu\s)[a-z]+){{0,1}}?\s(?P<told>{NUMBER})\s(?P=aw)(?![a-z])[^.;,\d%]{{0,60}}?(?<![a-z])so voi\s"
    rf"[^.;,\d%()]{{0,40}}?\(?(?:[a-z ]{{0,20}}?(?:la|co)?\s?)?(?P<then>{NUMBER})\s(?P=aw)(?![a-z])"
)


_POINTS = re.compile(
    rf"(?<![\d.,/])(?P<now>{NUMBER})\s?%[^.;\d%]{{0,40}}?(?<![a-z])(?:tang|giam)(?:\s[a-z]+){{0,2}}?\s(?P<told>{NUMBER})\s?"
    rf"(?P<sign>%|diem)[^.;\d%]{{0,20}}?(?<![a-z])so voi\s[^.;\d%]{{0,40}}?\(?(?:la\s|la: )?(?P<then>{NUMBER})\s?%"
)
"""`3,2%, giảm 1,5% so với năm trước (4,5%)`."""

_POINTS_ASIDE = re.compile(
    rf"(?<![\d.,/])(?P<now>{NUMBER})\s?%[^.;\d%]{{0,40}}?(?<![a-z])(?:tang|giam|cao hon|thap hon)(?! cuong)"
    r"(?:\sso voi)?\s(?:cung ky|nam truoc|nam hoc truoc|ky truoc|thang truoc|quy truoc|ke hoach|muc chung)"
    r"(?:\s[a-z~]+){0,3}?"
    rf"\s(?P<told>{NUMBER})\s?(?P<sign>%|diem)[^.;\d%]{{0,20}}?\([^.;\d%()]{{0,40}}?(?P<then>{NUMBER})\s?%\)"
)
"""`đạt 60%, cao hơn cùng kỳ 2,5 điểm phần trăm (cùng kỳ đạt 57,5%)`."""


_BY_BOTH = re.compile(
    rf"(?<![\w/.,~-])(?P<now>{NUMBER})\s(?P<aw>(?:(?:ty|trieu|nghin|ngan)\s)?[a-z]+)(?![a-z])[^.;\d%]{{0,60}}?,\s"
    rf"(?:so voi [^.,;\d]{{0,40}},?\s)?{_MOVE}(?:\s(?!tu\s)[a-z]+)?\s{NUMBER}\s(?P=aw)(?![a-z])[^.;,\d%()]{{0,30}}?"
    rf"(?P<base>(?<![a-z])so voi\s[^.;,\d%()]{{0,40}}?\((?:[a-z ]{{0,20}}?\s)?(?P<then>{NUMBER})\s(?P=aw)[a-z ]{{0,25}}"
    rf"\),\s"
    rf"(?:tuc\s|tuong ung\s|tuong duong\s|hay\s)?{_MOVE}\s(?:khoang\s)?(?P<told>{NUMBER})\s?%)"
)
"""`48 vụ, tăng 6 vụ so với năm 2023 (42 vụ), tăng 14,3%`: the percentage behind the difference."""


def changes_in_percent(sentence: Sentence) -> Iterator[ClaimDraft]:
    """Changes told as a number and as a percentage, behind which both ends are printed: the percentage."""
    for match in _BY_BOTH.finditer(sentence.masked):
        value, decimals = percent_of(match["told"])
        yield ClaimDraft(
            kind="comparison",
            span=match.span("base"),
            figures=(match.start("told"), match.end()),
            subject=subject_of(sentence.text, 0, match.start()),
            numerator=value_of(match["now"]),
            denominator=value_of(match["then"]),
            percent=value,
            decimals=decimals,
            qualifier=qualifier(sentence.folded, match.start(), match.end()),
        )


def told_changes(sentence: Sentence) -> Iterator[ClaimDraft]:
    """The changes of a sentence that print what was, what is, and by how much it changed."""
    for pattern in (_FROM_TO, _ARROW, _AGAINST, _POINTS, _POINTS_ASIDE):
        for match in pattern.finditer(sentence.masked):
            if _holds_together(match) and sentence.free(match.start("told"), match.end("told")):
                yield _change(sentence, match)


def _holds_together(match: re.Match[str]) -> bool:
    """Are both ends counted in the same, and is a change told?"""
    if match["told"] is None:
        return False
    if match.re is not _FROM_TO:
        return True
    if re.search(r"(?<![a-z])(?:binh quan|moi|hang|trung binh)(?![a-z])[a-z ]*$", match.string[: match.start("told")]):
        return False
    if re.match(
        r"\s?(?:%|[a-z]+)?\s?/\s?(?:nam|thang)|\s?%?\s(?:moi|hang|mot) (?:nam|thang)", match.string[match.end("told") :]
    ):
        return False
    return (match["a"], match["aw"]) == (match["b"], match["bw"])


def _change(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    figures = (min(match.start("now"), match.start("then"), match.start("told")), match.end())
    if match.re is _AGAINST:
        figures = (match.start("told"), match.end())
    span = clause(sentence.text, match.span(), (sentence.last_end(match.start()), len(sentence.text)))
    closing = re.match(r"[^()]*\)", sentence.text[span[1] :]) if "(" in sentence.text[slice(*span)] else None
    span = (span[0], span[1] + closing.end() if closing and "(" in sentence.text[match.start() : span[1]] else span[1])
    percent = match.groupdict().get("sign") == "%"
    value, decimals = percent_of(match["told"]) if percent else (None, None)
    return ClaimDraft(
        kind="comparison",
        span=span,
        figures=figures,
        subject=subject_of(sentence.text, span[0], match.start()),
        numerator=value_of(match["now"]),
        denominator=value_of(match["then"]),
        percent=value,
        decimals=decimals,
        qualifier=qualifier(sentence.folded, match.start(), match.end()),
    )
