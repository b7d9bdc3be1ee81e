"""Requests in paragraphs of their own: where a dispatch numbers nothing, and behind its last item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from parsers.actors.later_clauses import later_actors
from parsers.actors.lexicon import grammar, words
from parsers.actors.passing import passes_on
from parsers.actors.sentence_actors import actors, requested
from parsers.record.passage import Passage
from parsers.record.text_body import Body
from parsers.tasks.attributes import attribute_of
from parsers.tasks.outline import Node, is_heading
from parsers.tasks.task_rules import is_lead_in, sentence
from schemas.document import Paragraph

_LONGEST_HEADING = 160
_SEVERAL = 2
_WILL = " sẽ "
"""By which an office announces what it does itself."""


def take_tail(top: Node) -> list[int]:
    """Cut the closing paragraphs of a body off its last item, and give their places in order.

    A paragraph behind the last item belongs to it only where the item is a heading or leads in what follows.
    """
    last = top
    while last.children:
        last = last.children[-1]
    if last is top:
        return []
    keep = 1
    if len(last.at) > 1 and not is_closing(last.paragraphs[1].text) and _needs_more(last):
        keep = 2
    while keep < len(last.at) and attribute_of(last.body.passage(last.at[keep])) is not None:
        keep += 1
    tail = last.at[keep:]
    del last.at[keep:]
    return tail


def _needs_more(node: Node) -> bool:
    first = node.own[0].text.rstrip() if node.own else ""
    return (
        first.endswith(":")
        or (len(first) <= _LONGEST_HEADING and first[-1:] not in ".;")
        or "ưu ý" in (node.paragraphs[1].text[:10])
    )


def is_closing(text: str) -> bool:
    """Whether a paragraph only closes the dispatch or orders that it be carried out."""
    return sentence("closing").search(Passage.of([Paragraph(text=text)]).folded) is not None


def closing_request(paragraph: Paragraph) -> Passage | None:
    """What a closing paragraph asks beyond closing: a charge (`Giao …`), or a duty with its limit or its actor."""
    passage = Passage.of([paragraph])
    ends = [match.end() for match in grammar("sentence_end").finditer(passage.folded)]
    for start, end in pairwise([0, *ends, len(passage.text)]):
        if _asks_for_itself(passage.cut(start, end)):
            return passage.cut(start, len(passage.text))
    return None


def _asks_for_itself(passage: Passage) -> bool:
    folded = passage.folded
    limited = sentence("limit").search(folded) is not None
    asked = limited and words("verbs", "requests").at(passage.text, folded, 0) is not None
    if sentence("contingency").search(folded) or not (asked or actors(passage) or (limited and requested(passage))):
        return False
    if folded.startswith("giao "):
        return True
    if limited and (sentence("sent").search(folded) or sentence("ask").search(folded)):
        return True
    if _WILL in passage.text or sentence("if_ever").match(folded):
        return False
    return not sentence("closing").search(folded) and not sentence("ask").search(folded)


def loose_requests(body: Body, places: Iterable[int]) -> Iterator[tuple[int, Passage]]:
    """The paragraphs, of those at these places, that ask somebody to do something; none of them is numbered."""
    led = found = False
    for place, following in pairwise([*places, None]):
        assert place is not None
        passage = body.passage(place)
        if _leads_in(passage) and following is not None and _is_led(body.passage(following)):
            led = True
        elif _asks(passage) or (led and _is_led(passage)) or (found and (_goes_on(passage) or _charges(passage))):
            found = True
            yield place, passage


def requests_below(node: Node) -> list[tuple[int, Passage]]:
    """The unlabelled paragraphs under a heading, where each names who must act and one begins with a request.

    So thông báo kết luận and chương trình phối hợp tell their tasks. None where a paragraph among them does not.
    """
    if node.children or len(node.at) < _SEVERAL or not is_heading(node.paragraphs[0].text):
        return []
    found = [(place, node.body.passage(place)) for place in node.at[1:]]
    requested_first = any(words("verbs", "requests").at(one.text, one.folded, 0) is not None for _, one in found)
    each = all(_is_led(passage) and attribute_of(passage) is None for _, passage in found)
    return found if requested_first and each else []


def has_limit(passage: Passage) -> bool:
    """Whether words of time set a limit to what is asked."""
    return sentence("limit").search(passage.folded) is not None


def asking_part(passage: Passage) -> Passage:
    """The passage without the sentences at its head that ask nothing, where a later one does."""
    ends = [match.end() for match in grammar("sentence_end").finditer(passage.folded)]
    for start, end in pairwise([0, *ends, len(passage.text)]):
        if sentence("ask").search(passage.folded[start:end]) and not sentence("asked_before").search(
            passage.folded[start:end]
        ):
            return passage.cut(start, len(passage.text))
    return passage


def _leads_in(passage: Passage) -> bool:
    """Whether a paragraph only announces what somebody wants, which follows in paragraphs of their own."""
    return sentence("opinion_follows").search(passage.folded) is not None or is_lead_in(passage.text)


def _is_led(passage: Passage) -> bool:
    """Whether a paragraph behind such an announcement names who must act, and does not close the dispatch."""
    if sentence("closing").search(passage.folded) and not sentence("limit").search(passage.folded):
        return False
    named = actors(passage) or later_actors(passage) or requested(passage)
    return bool(named) or (_goes_on(passage) and not sentence("account").search(passage.folded))


def asked_by_itself(passage: Passage) -> list[str]:
    """Whom a sentence asks that first tells what the office itself does (`Sở gửi dự thảo và đề nghị các xã góp ý`)."""
    told = sentence("tells_then_asks").search(passage.folded)
    return requested(passage) if told else []


def _without_account(passage: Passage) -> Passage:
    """What is left behind the sentences that tell what was asked before."""
    ends = [match.end() for match in grammar("sentence_end").finditer(passage.folded)]
    for start, end in reversed(list(pairwise([0, *ends]))):
        if sentence("asked_before").search(passage.folded[start:end]):
            return passage.cut(end, len(passage.text))
    return passage


def _asks(whole: Passage) -> bool:
    """A request that names whom it asks, and is no closing order."""
    passage = _without_account(whole)
    if sentence("closing").search(passage.folded) and not sentence("limit").search(passage.folded):
        return False
    if sentence("asked_before").search(passage.folded) and not sentence("limit").search(passage.folded):
        return False
    if passes_on(passage) or (sentence("ask").search(passage.folded) and requested(passage)):
        return True
    return _goes_on(passage) and bool(actors(passage)) and not sentence("account").search(passage.folded)


def _charges(passage: Passage) -> bool:
    """What a body must do or by when, in a paragraph behind a request, its name first."""
    folded = passage.folded
    told = sentence("charge").search(folded) or sentence("limit").search(folded)
    return bool(told) and not sentence("closing").search(folded) and bool(actors(passage))


def _goes_on(passage: Passage) -> bool:
    """What must be sent by when, in a paragraph behind the request."""
    folded = passage.folded
    return bool(sentence("limit").search(folded)) and bool(sentence("sent").search(folded))
