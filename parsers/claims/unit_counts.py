"""Counts that are told of one unit without a verb: `cao nhất là thôn Nà Pha với 25 hộ nghèo`, `thôn Đông (14 hộ)`,
`Xã An Hòa có 46 hộ nghèo`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.claim_draft import ClaimDraft, Sentence, value_of
from parsers.claims.claim_kinds import qualifier

_UNIT_WITH = re.compile(
    r"(?<!\w)((?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Tt]hôn|[Tt]rường|[Cc]hi bộ|[Đđ]ảng bộ)(?:\s[^\W\d_]+){1,4}?)"
    r"\s(?:với\s|(?:hiện\s)?có\s|\()(\d+(?:[.,]\d+)*)\s[^\W\d_]+(?:\s[^\W\d_]+){0,3}(?=[,.;)]|\svà\s|\s*$)"
)


def units_with(sentence: Sentence) -> Iterator[ClaimDraft]:
    """The counts of a sentence that stand right behind a unit's name, after `với` or `có`, or in brackets."""
    for match in _UNIT_WITH.finditer(sentence.text):
        named = match[1].split()[-1][0].isupper()
        if not named or sentence.masked[match.start(2)] == "~" or not sentence.free(*match.span(2)):
            continue
        inside = sentence.text[match.start(2) - 1] == "("
        yield ClaimDraft(
            kind="count",
            span=(match.start(2) if inside else match.start(), match.end()),
            figures=match.span(2),
            subject=match[1],
            numerator=value_of(match[2]),
            qualifier=qualifier(sentence.folded, match.start(2), match.end(2)),
        )
