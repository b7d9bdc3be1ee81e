"""Rates that print what they are made of: `5,2‰ (13 trẻ trên 2.500 trẻ)`, `120 tỷ đồng, gấp 1,5 lần so với cùng kỳ (80
tỷ đồng)`, `thụ lý 60 vụ, đã xét xử 45 vụ, đạt 75%`, `giải quyết 18/20 đơn, còn 2 đơn`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import ClaimDraft, Sentence, percent_of, subject_of, value_of
from parsers.claims.claim_kinds import qualifier
from parsers.claims.claim_words import NUMBER
from parsers.record.sentences import clause, trim
from vietnamese.figures import read_figure

_UNIT = r"(?:(?:ty|trieu|nghin|ngan)\s)?[a-z]+"
_PER_MILLE = re.compile(
    rf"(?<![\d.,/])(?P<rate>{NUMBER})\s?‰[^().;\d]{{0,40}}?\(\s*(?:la\s|tuc\s)?(?P<part>{NUMBER})\s[a-z]+(?:\s[a-z]+){{0,5}}?"
    rf"\s?(?:/|tren)\s?(?P<whole>{NUMBER})\s[a-z ]+\)"
)
_TIMES = re.compile(
    rf"(?<![\w/.,~-])(?P<now>{NUMBER})\s{_UNIT}(?![a-z])[^.;:\d%()]{{0,60}}?(?<![a-z])(?:gap|bang)\s(?:gan\s|hon\s)?"
    rf"(?P<rate>{NUMBER})\slan(?![a-z])[^.;:\d%()]{{0,60}}?\(\s*(?:la\s|dat\s)?(?P<then>{NUMBER})\s{_UNIT}(?:\s[a-z]+){{0,3}}\s*\)"
)
_DONE = re.compile(
    rf"(?<![a-z])(?:thu ly|tiep nhan|nhan|phai giai quyet|phai thi hanh|duoc giao|dang ky)(?:\s[a-z]+){{0,3}}?\s"
    rf"(?P<whole>{NUMBER})\s(?P<noun>[a-z]+)(?![a-z])[^.;:\d%()]{{0,40}}?,\s(?:da\s|nay da\s)(?:[a-z]+\s){{1,3}}?"
    rf"(?P<part>{NUMBER})\s(?P=noun)(?![a-z])[^.;:\d%()]{{0,20}}?,\s(?:dat|bang)(?:\sty le)?\s(?P<rate>{NUMBER})\s?%"
)
_SHARE = rf"(?:[^.;:\d%()]{{0,30}}[,(]\s?(?:dat|chiem|bang)?(?:\sty le)?\s?{NUMBER}\s?%\)?)?"
_REST_OF = r"(?:\s[a-z]+){0,2}?(?:\s(?:chua|dang|khong|se|tiep tuc)(?![a-z])|\s*(?:[.,;)]|$))"
"""Behind a bare `còn 6 vụ`: nothing that tells of some of the rest only (`còn 3 xã dưới 15 tiêu chí`)."""
_LEFT = re.compile(
    rf"(?<![\d/.,~])(?P<part>{NUMBER})/(?P<whole>{NUMBER})\s(?P<noun>[a-z]+)(?![a-z])[^.;:\d%()]{{0,40}}?{_SHARE}[,;]\s"
    rf"(?:con lai|con(?=\s{NUMBER}\s(?P=noun){_REST_OF}))\s(?P<left>{NUMBER})\s(?P=noun)(?![a-z])"
)
_LATE = re.compile(
    rf"(?<![a-z])(?:dung|truoc) han\s(?:la\s|duoc\s)?(?P<part>{NUMBER})"
    rf"(?:\s(?P<noun>[a-z]+)(?:\s[a-z]+)?\stren(?:\stong so)?\s|/)"
    rf"(?P<whole>{NUMBER})\s(?P<all>[a-z]+)(?![a-z])[^.;:\d%()]{{0,30}}?{_SHARE}[,;]\s"
    rf"(?:(?:so|con)\s)?(?:qua|tre|cham) han\s(?P<left>{NUMBER})\s(?P=all)(?![a-z])"
)
"""`đúng hạn 18 hồ sơ trên tổng số 20 hồ sơ, đạt 90%; quá hạn 2 hồ sơ`."""
_PER_MANY = rf"(?P<rate>{NUMBER})\s(?P<noun>[a-z]+)(?:\s[a-z]+)?\s?/\s?(?P<per>10{{1,2}}\.000|1\.000)\s(?P<all>[a-z]+)"
_OUT_OF = (
    rf"(?P<part>{NUMBER})\s(?P=noun)(?:\s[a-z]+){{0,3}}?\s?(?:/|tren|tren tong so)\s?(?P<whole>{NUMBER})\s(?P=all)"
)
_OF_MANY = re.compile(rf"(?<![\d.,/]){_PER_MANY}(?:\s[a-z]+){{0,2}}\s\((?:la\s|tuc\s)?{_OUT_OF}[a-z ]{{0,20}}\)")
"""`30,0 giường/10.000 dân (2.640 giường trên 880.000 dân)`."""


def told_rates(sentence: Sentence) -> Iterator[ClaimDraft]:
    """The rates, multiples and rests of a sentence that print both numbers they are made of."""
    for pattern, maker in _MAKERS:
        for match in pattern.finditer(sentence.masked):
            if sentence.free(*match.span()) or (maker is _of_left and sentence.free(*match.span("left"))):
                yield maker(sentence, match)


def _draft(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    span = clause(sentence.text, match.span(), (sentence.last_end(match.start()), len(sentence.text)), soft=False)
    start = span[0]
    return ClaimDraft(
        kind="ratio",
        span=trim(sentence.text, start, max(span[1], match.end())),
        figures=match.span(),
        subject=subject_of(sentence.text, start, match.start()),
        qualifier=qualifier(sentence.folded, match.start(), match.end()),
    )


def _of_mille(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    """A percentage in the record, a tenth of what is printed."""
    draft = _draft(sentence, match)
    figure = read_figure(f"{match['rate']}‰")
    draft.percent = figure.text if figure else None
    draft.decimals = len(figure.text.partition(".")[2]) if figure else None
    draft.numerator, draft.denominator = value_of(match["part"]), value_of(match["whole"])
    return draft


def _of_times(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    draft = _draft(sentence, match)
    draft.kind = "comparison"
    draft.numerator, draft.denominator = value_of(match["now"]), value_of(match["then"])
    draft.scope = sentence.text[match.start("rate") : match.end("rate")] + " lần"
    return draft


def _of_done(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    draft = _draft(sentence, match)
    draft.kind = "achievement"
    draft.numerator, draft.denominator = value_of(match["part"]), value_of(match["whole"])
    draft.percent, draft.decimals = percent_of(match["rate"])
    return draft


def _of_left(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    draft = _draft(sentence, match)
    draft.kind, draft.figures, draft.qualifier = "total", match.span("left"), None
    draft.numerator = value_of(match["left"])
    noun = match.groupdict().get("all") or match["noun"]
    draft.scope = f"{match['part']}/{match['whole']} {noun}"
    return draft


def _of_many(sentence: Sentence, match: re.Match[str]) -> ClaimDraft:
    """So many to 1,000, 10,000 or 100,000: the scope says the rate and to how many it is."""
    draft = _draft(sentence, match)
    draft.numerator, draft.denominator = value_of(match["part"]), value_of(match["whole"])
    draft.scope = f"{match['rate']}/{match['per']}"
    return draft


_MAKERS = (
    (_PER_MILLE, _of_mille),
    (_OF_MANY, _of_many),
    (_TIMES, _of_times),
    (_DONE, _of_done),
    (_LEFT, _of_left),
    (_LATE, _of_left),
)
