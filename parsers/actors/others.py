"""With whom a task is done, and to whom it is reported: the names behind `phối hợp với`, `báo cáo`, `gửi về`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.actors.lexicon import grammar, words
from parsers.actors.name_heads import body_at
from parsers.actors.name_lists import split_names
from parsers.actors.office_names import name_end
from parsers.record.passage import Passage


def together(passage: Passage) -> Iterator[str]:
    """Whom the words of a passage name as taking part."""
    text, folded = passage.text, passage.folded
    for match in grammar("together").finditer(folded):
        if body_at(text, folded, match.end(), bare=match["bare"] is None):
            end, _ = name_end(text, folded, match.end(), subject=False)
            yield from split_names(text, folded, match.end(), _shorter(folded, match.end(), end))


def _shorter(folded: str, start: int, end: int) -> int:
    match = re.compile(r"\b(?:ve|theo|truoc ngay|tren co so)\b").search(folded, start, end)
    return match.start() if match else end


def receivers(passage: Passage) -> Iterator[str]:
    """To whom a passage says that something is sent or reported, with `(qua …)` where it is printed."""
    text, folded = passage.text, passage.folded
    for match in grammar("report").finditer(folded):
        place = _receiver_at(text, folded, match)
        if place is None:
            continue
        end, _ = name_end(text, folded, place, strict=True, subject=False)
        ending = grammar("report_end").search(folded, place, end)
        end = ending.start() if ending else end
        through = grammar("through").match(folded, end)
        names = split_names(text, folded, place, end)
        if through and names:
            names[-1] = text[place : through.end()].strip() if len(names) == 1 else names[-1] + through.group()
        yield from (name.rstrip(" ,;") for name in names)


def _receiver_at(text: str, folded: str, verb: re.Match[str]) -> int | None:
    """Where the name of the receiver begins: right behind the verb, or behind `về`, `cho`, `đến` in the same clause."""
    before = folded[max(0, verb.start() - 30) : verb.start()]
    if re.search(r"\bde (?:kip thoi )?(?:tong hop,? ?)?(?:co co so )?$", before) or before.endswith(
        ("che do ", "nguoi ", " se ")
    ):
        return None
    if verb.group() == "trinh" and not before.rstrip().endswith((",", ";")):
        return None
    start = verb.end() + 1
    if start < len(text) and body_at(text, folded, start):
        return start
    if verb.group() == "trinh":
        return None
    for way in grammar("report_way").finditer(folded, verb.end(), _clause_end(text, folded, verb.end())):
        if body_at(text, folded, way.end()):
            return way.end()
    return None


def _clause_end(text: str, folded: str, start: int) -> int:
    stop = re.compile(r"[.;:]").search(folded, start)
    end = stop.start() if stop else len(folded)
    return next((low for low, _ in words("verbs", "purposes").find(text, folded, start, end)), end)
