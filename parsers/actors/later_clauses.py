"""Who must act by later sentences and clauses of an item, each with its own part of the task."""

from __future__ import annotations

import re

from parsers.actors.lexicon import all_words, grammar, words
from parsers.actors.name_heads import body_at
from parsers.actors.name_lists import split_names
from parsers.actors.office_names import Ending, name_end
from parsers.actors.sentence_actors import (
    APART,
    LAST_WORDS,
    actors,
    agent_span,
    behind_opening,
    governs,
    requested_span,
    sentence_end,
    subject_span,
)
from parsers.record.passage import Passage

_LONGEST_HEADING = 160
_CHARGES = re.compile(r"phan cong (?:cho )?(?=(?:dong chi|cac dong chi|d/c|ong|ba) )")
_CHARGED = re.compile(r"[;,]\s+(?=giao )")
_CLAUSE_END = re.compile(r"(?:;|, con)\s+(?=\S)")
_CAPITAL_WORD = re.compile(r"(?<=[a-zà-ỹđ] )[A-ZÀ-ỸĐ]")


def later_actors(passage: Passage) -> list[str]:
    """Whom a later sentence or clause charges (`Thống nhất phương án. Giao Sở Xây dựng …`, `Đồng ý; giao Sở …`)."""
    for match in [*grammar("sentence_end").finditer(passage.folded), *_CHARGED.finditer(passage.folded)]:
        request = words("verbs", "requests").at(passage.text, passage.folded, match.end())
        if request is not None:
            found = actors(passage.cut(match.end(), len(passage.text)))
            if found:
                return found
    return []


def handed_over(passage: Passage) -> list[str]:
    """To whom the matter that a sentence begins with is given (`Các nội dung khác giao Sở Y tế …`)."""
    giving = grammar("hands_over").match(passage.folded)
    span = requested_span(passage.text, passage.folded, giving.end()) if giving else None
    named = span is not None and body_at(passage.text, passage.folded, span[0])
    return split_names(passage.text, passage.folded, *span) if span is not None and named else []


def inner_subjects(paragraphs: list[Passage], *, first: bool = True, common: bool = False) -> list[str]:
    """Who must act by later clauses; `first`: where nobody does by the list (below `Phân công đồng chí …`) either.

    A later clause: `Chuyên môn: tập trung học sinh; Ban Giám hiệu lập thời khóa biểu`.
    """
    found: list[str] = []
    for passage in paragraphs:
        charged = _CHARGES.match(passage.folded) if first else None
        span = requested_span(passage.text, passage.folded, charged.end()) if charged else None
        if span is not None:
            return split_names(passage.text, passage.folded, *span)
        for clause in _CLAUSE_END.finditer(passage.folded):
            found += clause_actors(passage, clause.end(), common=common)
    return found


def clause_actors(passage: Passage, start: int, *, common: bool) -> list[str]:
    """Who must act by the clause that begins at `start`, by a verb that is surely theirs: `…; các xã nhập xong …`.

    `common`: those without a capital or `các` too, who where nobody acts before are as often a part of what is done.
    """
    text, folded = passage.text, passage.folded
    apart = APART.match(folded, start)
    start = apart.end() if apart else start
    stop = _CLAUSE_END.search(folded, start)
    end = stop.start() if stop else len(folded)
    kinds = ("plural", "people") if common else ("plural",)
    if not body_at(text, folded, start, bare=True):
        span = behind_opening(text, folded, start, end) if apart else None
        span = span or agent_span(text, folded, start)
    elif text[start].isupper() or all_words("bodies", *kinds).at(text, folded, start):
        span = subject_span(text, folded, start, sure=True)
        span = span or (behind_opening(text, folded, start, end) if apart else None)
    else:
        span = None
    return split_names(text, folded, *span) if span is not None else []


def named_last(passage: Passage) -> list[str]:
    """Who stands alone behind the task: `Phối hợp bảo đảm giao thông; Công an thành phố.`"""
    last = passage.folded.rfind("; ") + 2
    if last < 2 or not passage.text[last].isupper() or not body_at(passage.text, passage.folded, last):
        return []
    end, ending = name_end(passage.text, passage.folded, last)
    alone = ending is Ending.STOP and not passage.folded[end:].strip(" .")
    return split_names(passage.text, passage.folded, last, end) if alone else []


def lead_in_actors(passage: Passage) -> list[str]:
    """Who must act by a line that leads in a list, its heading run together with its sentence, no point between."""
    text, folded = passage.text, passage.folded
    if not text.rstrip().endswith(":"):
        return []
    for match in _CAPITAL_WORD.finditer(text):
        before = LAST_WORDS.search(folded, max(0, match.start() - 30), match.start())
        if before is None or governs(before.group(1)) or words("verbs", "duty").before(text, folded, match.start()):
            continue
        if text[match.start() - 2].isalpha() and body_at(text, folded, match.start()):
            end, ending = name_end(text, folded, match.start())
            if ending is Ending.VERB:
                return split_names(text, folded, match.start(), end)
    return []


def run_in_actors(passage: Passage) -> list[str]:
    """Who must act by the second sentence, behind a run-in heading (`Tuyên truyền. Phòng Văn hóa chủ trì …`)."""
    end = run_in_heading(passage)
    return actors(passage.cut(end, len(passage.text))) if end is not None else []


def run_in_heading(passage: Passage) -> int | None:
    """Where a short first sentence ends that names nobody and stands before one that names who must act."""
    end = sentence_end(passage.folded, 0)
    if end >= min(len(passage.text), _LONGEST_HEADING) or not body_at(passage.text, passage.folded, end):
        return None
    return end if actors(passage.cut(end, len(passage.text))) and not actors(passage.cut(0, end)) else None
