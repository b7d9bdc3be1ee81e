"""Who must act by one sentence: where their names stand in it.

The rule of form is that of Vietnamese administrative prose: the name of who must act stands first (`Sở Y tế chủ
trì …`), alone before a colon (`Công an tỉnh: …`), behind a request (`Giao Sở Y tế …`), or behind an opening clause
(`Căn cứ …, Sở Y tế …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.actors.lexicon import all_words, grammar, words
from parsers.actors.name_heads import body_at, is_person
from parsers.actors.name_lists import split_names
from parsers.actors.office_names import Ending, colon_end, name_end
from parsers.actors.passing import passed_on
from parsers.record.passage import Passage

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
_AGENT = re.compile(
    r"(?:[^,.;:]{2,100}? |[^.;:]{2,140}? thi )?(do) (?=[^,.;:]{4,80}? "
    r"(?:dam nhiem|dam nhan|dam bao|bao dam|chu tri|thuc hien|lap|chi tra|phu trach|dong)\b)"
)
"""The passive: `Việc tuyên truyền do Ban Văn hóa xã đảm nhiệm`."""
_PLURAL_START = re.compile(r"\b(?:cac|moi|tung)\s")
LAST_WORDS = re.compile(r"(\w+(?:\s\w+)?)\s*$")
_MATTER = re.compile(r"[^:.;]{3,60}:\s+")
"""What an item is about, before its sentence: `Nhận hồ sơ: các trường nhận …`."""
_EVERY_SO_OFTEN = re.compile(r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|chin|muoi) (?:ngay|tuan|thang|quy|nam)\b")
_ASIDE = re.compile(r"[^,;:.()]{3,40}(?: \([^()]{2,60}\))?, ")
"""What may stand before who acts, up to its comma: an occasion, a time with a remark."""
_REMARK = re.compile(r"\s*\([^()]{2,80}\)")
_NOISE = re.compile(r"[\W_]*")
APART = re.compile(r"(?:rieng|con|ngoai ra,?|dong thoi,?|nay)\s+(?:doi voi\s+)?")
"""Words before a name that set it apart: `Riêng Sở Y tế chuẩn bị …`."""
_BY_THEN = re.compile(r"(?:truoc|tu|den|cham nhat|muon nhat|trong|vao|moi|dinh ky)\b[^,;:.]*\d")
_PART_END = re.compile(r"[,;:]|\.\s")
_POLITE = re.compile(r"(?:tran trong |kinh |xin )+")


def actors(passage: Passage, *, heading: bool = False) -> list[str]:
    """Who must act by the first sentence of this passage."""
    text, folded = passage.text, passage.folded
    noise = _NOISE.match(folded)
    start = noise.end() if noise else 0
    span = _actor_span(text, folded, start, sentence_end(folded, start), heading)
    if span is None:
        return []
    return split_names(text, folded, span[0], _note_mark(passage, *span))


def requested(passage: Passage) -> list[str]:
    """Whom the last request of this passage asks (`… đề nghị các đơn vị thực hiện như sau:`)."""
    text, folded = passage.text, passage.folded
    for _, end in reversed(list(words("verbs", "requests").find(text, folded))):
        span = requested_span(text, folded, end)
        if span is not None:
            return split_names(text, folded, *span)
    return []


def asks_somebody(passage: Passage) -> bool:
    """Whether the passage has a request that names whom it asks, or ends with one (`… yêu cầu:`)."""
    if requested(passage):
        return True
    last = len(passage.folded.rstrip(" :"))
    return passage.folded.rstrip().endswith(":") and any(
        end == last for _, end in words("verbs", "requests").find(passage.text, passage.folded)
    )


def sentence_end(folded: str, start: int) -> int:
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
        span = _headed_span(text, folded, prefix.end(), heading) or requested_span(text, folded, start)
        if span is not None:
            return _behind_matter(text, folded, span[1]) or span
    apart = APART.match(folded, start)
    if apart is not None and body_at(text, folded, apart.end()):
        start = apart.end()
    polite = _POLITE.match(folded, start)
    request = words("verbs", "requests").at(text, folded, polite.end() if polite else start)
    if request is not None and not is_person(text, start):  # `Giao dịch viên …`
        return requested_span(text, folded, request)
    passed = passed_on(text, folded, start)
    if passed is not None:
        return passed
    if body_at(text, folded, start):
        return _headed_span(text, folded, start, heading) or subject_span(text, folded, start)
    found = agent_span(text, folded, start)
    if found is None and _is_opening(text, folded, start):
        found = behind_opening(text, folded, start, stop)
    found = found or _behind_aside(text, folded, start)
    if found is not None:
        return found
    matter = _MATTER.match(text, start)
    return _of_matter(text, folded, matter.end(), stop) if matter is not None else None


def _of_matter(text: str, folded: str, start: int, stop: int) -> tuple[int, int] | None:
    """Who acts by the sentence behind what an item is about: `Kinh phí: Ngoài phần đã cấp, đề nghị các xã bố trí …`."""
    if body_at(text, folded, start, bare=True):
        counted = words("bodies", "plural").at(text, folded, start) is not None
        return subject_span(text, folded, start, sure=not counted)
    request = words("verbs", "requests").at(text, folded, start)
    if request is not None:
        return requested_span(text, folded, request)
    return behind_opening(text, folded, start, stop) if _is_opening(text, folded, start) else None


def _behind_matter(text: str, folded: str, end: int) -> tuple[int, int] | None:
    """Who acts behind what a sentence is about: `Đối với các trường chưa có nhân viên: Phòng Y tế cử cán bộ …`."""
    start = end + 2
    about = folded.startswith(": ", end) and body_at(text, folded, start)
    return subject_span(text, folded, start, sure=True) if about else None


def agent_span(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Who stands behind the thing and `do` of a passive; behind a verb `do` only tells whose thing is meant."""
    agent = _AGENT.match(folded, start)
    if agent is None or text[slice(*agent.span(1))] != "do" or not body_at(text, folded, agent.end(), bare=True):
        return None
    deed = all_words("verbs", "duty", "opening").at(text, folded, start) is not None
    if deed and not folded.endswith(" thi ", start, agent.start(1)):
        return None
    return agent.end(), name_end(text, folded, agent.end())[0]


def _is_opening(text: str, folded: str, start: int) -> bool:
    """Whether an opening clause begins at `start`: `Theo kế hoạch, …`, and not `Theo dõi …`."""
    if _EVERY_SO_OFTEN.match(folded, start):
        return True
    opening = words("verbs", "openings").at(text, folded, start)
    verb = words("verbs", "duty").at(text, folded, start)
    return opening is not None and (verb is None or verb <= opening)


def _behind_aside(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Who acts behind a short opening without a verb, whatever it is: `Nhân dịp này, Ban Giám hiệu phát động …`."""
    aside = _ASIDE.match(folded, start)
    if aside is None or next(words("verbs", "duty").find(text, folded, start, aside.end()), None) is not None:
        return None
    place = aside.end()
    return subject_span(text, folded, place, sure=True) if body_at(text, folded, place) else None


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
    remark = _REMARK.match(folded, end)
    rest = folded[remark.end() if remark else end :].lstrip(" ,;")
    stands_over = rest.startswith(":") and (heading or rest.strip(" :;.") != "")
    return (start, end) if stands_over or (heading and rest.rstrip(". ") == "") else None


def subject_span(text: str, folded: str, start: int, *, sure: bool = False) -> tuple[int, int] | None:
    """A name with its verb of duty; of a name with a request (`UBND tỉnh yêu cầu Sở Y tế …`), the one that is asked.

    `sure`: the verb must be one that the table knows.
    """
    end, ending = name_end(text, folded, start)
    after = end + len(folded[end:]) - len(folded[end:].lstrip(" ,"))
    if ending is Ending.OTHER and _ENTRUSTED.match(folded, after):
        return start, end
    if ending is Ending.OTHER and not (_acts_by_then(text, folded, after) if sure else _acts(text, folded, after)):
        return None
    if ending is Ending.STOP or (ending is Ending.OTHER and folded[end : end + 1] == ","):
        opens = folded[end : end + 1] == "," and words("verbs", "openings").at(text, folded, after) is not None
        return (start, end) if opens else None
    told = grammar("tells").match(folded, after)
    after = told.end() if told else after
    polite = _POLITE.match(folded, after)
    request = words("verbs", "requests").at(text, folded, polite.end() if polite else after)
    if request is None:
        return None if told else (start, end)
    hands_out = folded.startswith("giao ", after)  # a thing, not to anybody: `Văn phòng giao văn bản …`
    return requested_span(text, folded, request) or ((start, end) if hands_out else None)


def _acts(text: str, folded: str, after: int) -> bool:
    """Whether words that are in no table may be what the name before them must do: no account, and not too few."""
    if words("bodies", "stative").at(text, folded, after) is not None:
        return False
    return len(re.split(r"[;:.]", text[after:])[0].split()) >= _SHORTEST_DEED


def _acts_by_then(text: str, folded: str, after: int) -> bool:
    """Whether a time stands between a name and its verb: `Hội Phụ nữ trước ngày 21/9/2024 tham gia giám sát …`."""
    stop = _PART_END.search(folded, after)
    verbs = words("verbs", "duty").find(text, folded, after, stop.start() if stop else len(folded))
    return _BY_THEN.match(folded, after) is not None and next(verbs, None) is not None


def requested_span(text: str, folded: str, after: int) -> tuple[int, int] | None:
    """The name that follows a request which ends at `after`."""
    start = after + len(folded[after:]) - len(folded[after:].lstrip(" :,"))
    if start >= len(text) or not body_at(text, folded, start, bare=True):
        return None
    if text[start].islower() and grammar("meeting").match(folded, start):
        return None
    end, _ = name_end(text, folded, start)
    return (start, end) if end > start else None


def behind_opening(text: str, folded: str, start: int, stop: int) -> tuple[int, int] | None:
    for place in _candidates(text, folded, start, stop):
        request = words("verbs", "requests").at(text, folded, place)
        asked = requested_span(text, folded, request) if request is not None else None
        if asked is not None:
            return asked
        if not body_at(text, folded, place, bare=_is_bare_actor(text, folded, place)):
            continue
        span = subject_span(text, folded, place, sure=text[place].islower())
        if span is not None:
            return span
    return None


def _candidates(text: str, folded: str, start: int, stop: int) -> Iterator[int]:
    """Where the name may begin behind an opening clause: after a comma, a colon, `thì`; if nowhere, at a free `các`."""
    places = [match.end() for match in _CLAUSE_START.finditer(folded, start, stop)]
    places += [high + 1 for _, high in words("verbs", "then").find(text, folded, start, stop)]
    yield from sorted(places)
    for match in _PLURAL_START.finditer(folded, start, stop):
        before = LAST_WORDS.search(folded, max(start, match.start() - 30), match.start())
        if before is not None and not governs(before.group(1)):
            yield match.start()


def governs(before: str) -> bool:
    governing = words("verbs", "governing").pattern
    return any(governing.fullmatch(form) is not None for form in (before, before.split()[-1]))


def _is_bare_actor(text: str, folded: str, place: int) -> bool:
    """Whether a lone common noun may be meant: not where the clause before it ends with one, as in a list of them."""
    clause = len(folded[:place].rstrip(" ,:"))
    return not words("bodies", "common").before(text, folded, clause + 1)
