"""Who must act, with whom, and to whom they report: read from the words of an item.

The rule of form is that of Vietnamese administrative prose: the name of who must act stands first (`Sở Y tế chủ
trì …`), alone before a colon (`Công an tỉnh: …`), behind a request (`Giao Sở Y tế …`), or behind an opening clause
(`Căn cứ …, Sở Y tế …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.actors.labelled import labelled
from parsers.actors.lexicon import grammar, words
from parsers.actors.name_heads import body_at
from parsers.actors.name_lists import split_names
from parsers.actors.office_names import Ending, colon_end, name_end
from parsers.actors.others import receivers, together
from parsers.actors.passing import passed_on
from parsers.record.passage import Passage
from vietnamese.fold import fold

_LONGEST_HEADING = 160
_SHORTEST_DEED = 5
_CLAUSE_START = re.compile(r"[,:]\s+(?=\S)")
_ENTRUSTED = re.compile(
    r"duoc (?:giao|phan cong)(?: nhiem vu)?,? (?:chu tri|phoi hop|tham muu|theo doi|huong dan|to chuc)\b"
)
"""`Công an xã được giao chủ trì …`."""
_MARKED_OUT = re.compile(
    r"duoc (?:thanh tra|kiem tra|giam sat|kiem toan|khao sat|lua chon|chon|phan cong|moi|trieu tap)\b[^.;:]{0,40}$"
)
"""What tells the bodies of a heading from others of their kind: `Các tổ chức đảng được kiểm tra`."""
_CHARGES = re.compile(r"phan cong (?:cho )?(?=(?:dong chi|cac dong chi|d/c|ong|ba) )")
_AGENT = re.compile(
    r"(?:viec|cong tac|ho so|kinh phi|danh sach)(?: [^,.;:]{2,80}?)? (do) "
    r"(?=[^,.;:]{4,80}? (?:dam nhiem|dam bao|bao dam|chu tri|thuc hien|lap|chi tra|phu trach)\b)"
)
"""The passive: `Việc tuyên truyền do Ban Văn hóa xã đảm nhiệm`."""
_CHARGED = re.compile(r"[;,]\s+(?=giao )")
_CLAUSE_END = re.compile(r";\s+(?=\S)")
_PLURAL_START = re.compile(r"\b(?:cac|moi|tung)\s")
_LAST_WORDS = re.compile(r"(\w+(?:\s\w+)?)\s*$")
_MATTER = re.compile(r"[^:.;]{3,60}:\s+")
"""What an item is about, before its sentence: `Nhận hồ sơ: các trường nhận …`."""
_CAPITAL_WORD = re.compile(r"(?<=[a-zà-ỹđ] )[A-ZÀ-ỸĐ]")
_EVERY_SO_OFTEN = re.compile(r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|chin|muoi) (?:ngay|tuan|thang|quy|nam)\b")
_NOISE = re.compile(r"[\W_]*")
_APART = re.compile(r"(?:rieng|ngoai ra,?|dong thoi,?|nay)\s+(?:doi voi\s+)?")
"""Words before a name that set it apart: `Riêng Sở Y tế chuẩn bị …`."""
_POLITE = re.compile(r"(?:tran trong |kinh |xin )+")


@dataclass(frozen=True)
class Roles:
    """Names as printed, in the order of the text."""

    assignees: tuple[str, ...] = ()
    coordinate_with: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()


def read_roles(paragraphs: list[Passage], *, heading: bool = False, leads: bool = False) -> Roles:
    """The roles that an item's own words name.

    `heading`: the first paragraph is a heading over what follows; `leads`: other items stand below this one.
    """
    assignees: list[str] = []
    for index, passage in enumerate(paragraphs):
        if grammar("remark").match(passage.folded.lstrip("* ")) or (index == 0 and _is_matter(paragraphs)):
            continue
        found = _told(passage, heading=heading and index == 0)
        for name in found or (_run_in_actors(passage) if index == 0 else []):
            _add(assignees, name)
    if not assignees:
        assignees = [name for passage in paragraphs for name in later_actors(passage) or _handed_over(passage)]
    if leads and not assignees and paragraphs:
        assignees = _inner_actors(paragraphs[-1])
    for name in inner_subjects(paragraphs, first=False):
        _add(assignees, name)
    partners, told = _others(paragraphs)
    return Roles(tuple(assignees), tuple(partners), tuple(told))


def _others(paragraphs: list[Passage]) -> tuple[list[str], list[str]]:
    """With whom something is done, and to whom it is reported."""
    partners: list[str] = []
    told: list[str] = []
    for passage in paragraphs:
        for name in (*labelled(passage).together, *together(passage)):
            _add(partners, name)
        for name in receivers(passage):
            if not any(fold(name) in fold(known) for known in told):
                told.append(name)
    return partners, told


def _is_matter(paragraphs: list[Passage]) -> bool:
    """Whether the heading `Đối với …` only says what it is about: a request below it names who must act."""
    if not paragraphs[0].folded.startswith("doi voi "):
        return False
    below = (passage for passage in paragraphs[1:] if words("verbs", "requests").at(passage.text, passage.folded, 0))
    return any(actors(passage) for passage in below)


def _told(passage: Passage, *, heading: bool) -> list[str]:
    """Who must act by a label of the role (`Cơ quan chủ trì: …`), else by the first sentence."""
    told = labelled(passage)
    return list(told.assignees) if told.assignees or told.together else actors(passage, heading=heading)


def _add(names: list[str], name: str) -> None:
    if name and name not in names:
        names.append(name)


def actors(passage: Passage, *, heading: bool = False) -> list[str]:
    """Who must act by the first sentence of this passage."""
    text, folded = passage.text, passage.folded
    noise = _NOISE.match(folded)
    start = noise.end() if noise else 0
    span = _actor_span(text, folded, start, _sentence_end(folded, start), heading)
    if span is None:
        return []
    return split_names(text, folded, span[0], _note_mark(passage, *span))


def asks_somebody(passage: Passage) -> bool:
    """Whether the passage has a request that names whom it asks, or ends with one (`… yêu cầu:`)."""
    if requested(passage):
        return True
    last = len(passage.folded.rstrip(" :"))
    return passage.folded.rstrip().endswith(":") and any(
        end == last for _, end in words("verbs", "requests").find(passage.text, passage.folded)
    )


def requested(passage: Passage) -> list[str]:
    """Whom the last request of this passage asks (`… đề nghị các đơn vị thực hiện như sau:`)."""
    text, folded = passage.text, passage.folded
    for _, end in reversed(list(words("verbs", "requests").find(text, folded))):
        span = _requested_span(text, folded, end)
        if span is not None:
            return split_names(text, folded, *span)
    return []


def _run_in_actors(passage: Passage) -> list[str]:
    """Who must act by the second sentence, behind a run-in heading (`Tuyên truyền. Phòng Văn hóa chủ trì …`)."""
    end = run_in_heading(passage)
    return actors(passage.cut(end, len(passage.text))) if end is not None else []


def later_actors(passage: Passage) -> list[str]:
    """Whom a later sentence or clause charges (`Thống nhất phương án. Giao Sở Xây dựng …`, `Đồng ý; giao Sở …`)."""
    for match in [*grammar("sentence_end").finditer(passage.folded), *_CHARGED.finditer(passage.folded)]:
        request = words("verbs", "requests").at(passage.text, passage.folded, match.end())
        if request is not None:
            found = actors(passage.cut(match.end(), len(passage.text)))
            if found:
                return found
    return []


def _handed_over(passage: Passage) -> list[str]:
    """To whom the matter that a sentence begins with is given (`Các nội dung khác giao Sở Y tế …`)."""
    giving = grammar("hands_over").match(passage.folded)
    span = _requested_span(passage.text, passage.folded, giving.end()) if giving else None
    named = span is not None and body_at(passage.text, passage.folded, span[0])
    return split_names(passage.text, passage.folded, *span) if span is not None and named else []


def inner_subjects(paragraphs: list[Passage], *, first: bool = True) -> list[str]:
    """Who must act by later clauses; `first`: where nobody does by the list (below `Phân công đồng chí …`) either.

    A later clause: `Chuyên môn: tập trung học sinh; Ban Giám hiệu lập thời khóa biểu`.
    """
    found: list[str] = []
    for passage in paragraphs:
        text, folded = passage.text, passage.folded
        charged = _CHARGES.match(folded) if first else None
        span = _requested_span(text, folded, charged.end()) if charged else None
        if span is not None:
            return split_names(text, folded, *span)
        for clause in _CLAUSE_END.finditer(folded):
            if text[clause.end()].isupper() and body_at(text, folded, clause.end()):
                span = _subject(text, folded, clause.end(), sure=True)
                found += split_names(text, folded, *span) if span is not None else []
    return found


def _inner_actors(passage: Passage) -> list[str]:
    """Who must act by a line that leads in a list, its heading run together with its sentence, no point between."""
    text, folded = passage.text, passage.folded
    if not text.rstrip().endswith(":"):
        return []
    for match in _CAPITAL_WORD.finditer(text):
        before = _LAST_WORDS.search(folded, max(0, match.start() - 30), match.start())
        if before is None or _governs(before.group(1)) or words("verbs", "duty").before(text, folded, match.start()):
            continue
        if text[match.start() - 2].isalpha() and body_at(text, folded, match.start()):
            end, ending = name_end(text, folded, match.start())
            if ending is Ending.VERB:
                return split_names(text, folded, match.start(), end)
    return []


def run_in_heading(passage: Passage) -> int | None:
    """Where a short first sentence ends that names nobody and stands before one that names who must act."""
    end = _sentence_end(passage.folded, 0)
    if end >= min(len(passage.text), _LONGEST_HEADING) or not body_at(passage.text, passage.folded, end):
        return None
    return end if actors(passage.cut(end, len(passage.text))) and not actors(passage.cut(0, end)) else None


def _sentence_end(folded: str, start: int) -> int:
    match = grammar("sentence_end").search(folded, start)
    return match.end() if match else len(folded)


def _note_mark(passage: Passage, start: int, end: int) -> int:
    """The end of a name, cut where a footnote mark stands in it: the footnote says who is meant."""
    for piece in passage.pieces:
        for offset, _ in piece.paragraph.note_marks:
            place = piece.offset + offset - piece.start
            if start < place < end:
                return place
    return end


def _actor_span(text: str, folded: str, start: int, stop: int, heading: bool) -> tuple[int, int] | None:
    prefix = grammar("heading_prefix").match(folded, start)
    if prefix is not None and body_at(text, folded, prefix.end(), bare=True):
        span = _headed_span(text, folded, prefix.end(), heading) or _requested_span(text, folded, start)
        if span is not None:
            return span
    apart = _APART.match(folded, start)
    if apart is not None and body_at(text, folded, apart.end()):
        start = apart.end()
    polite = _POLITE.match(folded, start)
    request = words("verbs", "requests").at(text, folded, polite.end() if polite else start)
    if request is not None:
        return _requested_span(text, folded, request)
    passed = passed_on(text, folded, start)
    if passed is not None:
        return passed
    if body_at(text, folded, start):
        return _headed_span(text, folded, start, heading) or _subject(text, folded, start)
    found = _agent_span(text, folded, start)
    if found is None and _is_opening(text, folded, start):
        found = _behind_opening(text, folded, start, stop)
    if found is not None:
        return found
    matter = _MATTER.match(text, start)
    if matter is not None and body_at(text, folded, matter.end(), bare=True):
        counted = words("bodies", "plural").at(text, folded, matter.end()) is not None
        return _subject(text, folded, matter.end(), sure=not counted)
    return None


def _agent_span(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Who stands behind the thing and `do` of a passive."""
    agent = _AGENT.match(folded, start)
    if agent is None or text[slice(*agent.span(1))] != "do" or not body_at(text, folded, agent.end()):
        return None
    return agent.end(), name_end(text, folded, agent.end())[0]


def _is_opening(text: str, folded: str, start: int) -> bool:
    """Whether an opening clause begins at `start`: `Theo kế hoạch, …`, and not `Theo dõi …`."""
    if _EVERY_SO_OFTEN.match(folded, start):
        return True
    opening = words("verbs", "openings").at(text, folded, start)
    verb = words("verbs", "duty").at(text, folded, start)
    return opening is not None and (verb is None or verb <= opening)


def _headed_span(text: str, folded: str, start: int, heading: bool) -> tuple[int, int] | None:
    """A name that stands alone: before a colon, or as a whole heading."""
    sure_end, ending = name_end(text, folded, start)
    after = sure_end + len(folded[sure_end:]) - len(folded[sure_end:].lstrip(" ,"))
    if heading and ending is Ending.OTHER and _MARKED_OUT.match(folded, after):
        return start, len(folded.rstrip())
    accounts = words("bodies", "stative").at(text, folded, after) is not None and not folded.rstrip().endswith(":")
    if ending is Ending.VERB or (ending is Ending.OTHER and accounts and ":" not in folded[after:]):
        return None
    end = colon_end(text, folded, start)
    rest = folded[end:].lstrip(" ,;")
    stands_over = rest.startswith(":") and (heading or rest.strip(" :;.") != "")
    return (start, end) if stands_over or (heading and rest.rstrip(". ") == "") else None


def _subject(text: str, folded: str, start: int, *, sure: bool = False) -> tuple[int, int] | None:
    """A name with its verb of duty; of a name with a request (`UBND tỉnh yêu cầu Sở Y tế …`), the one that is asked.

    `sure`: the verb must be one that the table knows.
    """
    end, ending = name_end(text, folded, start)
    after = end + len(folded[end:]) - len(folded[end:].lstrip(" ,"))
    if ending is Ending.OTHER and _ENTRUSTED.match(folded, after):
        return start, end
    if ending is Ending.OTHER and (sure or not _acts(text, folded, after)):
        return None
    if ending is Ending.STOP or (ending is Ending.OTHER and folded[end : end + 1] == ","):
        return (
            (start, end)
            if folded[end : end + 1] == "," and words("verbs", "openings").at(text, folded, after) is not None
            else None
        )
    told = grammar("tells").match(folded, after)
    after = told.end() if told else after
    polite = _POLITE.match(folded, after)
    request = words("verbs", "requests").at(text, folded, polite.end() if polite else after)
    if request is None:
        return None if told else (start, end)
    return _requested_span(text, folded, request)


def _acts(text: str, folded: str, after: int) -> bool:
    """Whether words that are in no table may be what the name before them must do: no account, and not too few."""
    if words("bodies", "stative").at(text, folded, after) is not None:
        return False
    return len(re.split(r"[;:.]", text[after:])[0].split()) >= _SHORTEST_DEED


def _requested_span(text: str, folded: str, after: int) -> tuple[int, int] | None:
    """The name that follows a request which ends at `after`."""
    start = after + len(folded[after:]) - len(folded[after:].lstrip(" :,"))
    if start >= len(text) or not body_at(text, folded, start, bare=True):
        return None
    if text[start].islower() and grammar("meeting").match(folded, start):
        return None
    end, _ = name_end(text, folded, start)
    return (start, end) if end > start else None


def _behind_opening(text: str, folded: str, start: int, stop: int) -> tuple[int, int] | None:
    for place in _candidates(text, folded, start, stop):
        request = words("verbs", "requests").at(text, folded, place)
        asked = _requested_span(text, folded, request) if request is not None else None
        if asked is not None:
            return asked
        if not body_at(text, folded, place, bare=_is_bare_actor(text, folded, place)):
            continue
        span = _subject(text, folded, place, sure=text[place].islower())
        if span is not None:
            return span
    return None


def _candidates(text: str, folded: str, start: int, stop: int) -> Iterator[int]:
    """Where the name may begin behind an opening clause: after a comma, a colon, `thì`; if nowhere, at a free `các`."""
    places = [match.end() for match in _CLAUSE_START.finditer(folded, start, stop)]
    places += [high + 1 for _, high in words("verbs", "then").find(text, folded, start, stop)]
    yield from sorted(places)
    for match in _PLURAL_START.finditer(folded, start, stop):
        before = _LAST_WORDS.search(folded, max(start, match.start() - 30), match.start())
        if before is not None and not _governs(before.group(1)):
            yield match.start()


def _governs(before: str) -> bool:
    governing = words("verbs", "governing").pattern
    return any(governing.fullmatch(form) is not None for form in (before, before.split()[-1]))


def _is_bare_actor(text: str, folded: str, place: int) -> bool:
    """Whether a lone common noun may be meant: not where the clause before it ends with one, as in a list of them."""
    clause = len(folded[:place].rstrip(" ,:"))
    return not words("bodies", "common").before(text, folded, clause + 1)
