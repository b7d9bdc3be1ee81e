"""Which nodes of an outline are directives, by the type of the document and the headings that they stand under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parsers.actors.later_clauses import later_actors
from parsers.actors.lexicon import all_words, grammar, words
from parsers.actors.sentence_actors import actors
from parsers.tasks.attributes import attributes, is_attribute, is_detail
from parsers.tasks.outline import Node, is_title
from parsers.tasks.task_rules import Heading, Policy, heading_class, is_lead_in, looks_ahead, sentence
from vietnamese.fold import fold

Mode = Literal["all", "test", "listed", "strict", "asked"]
"""`all`: what stands here is asked; `test`: what reads like a task; `listed`: likewise, in a list of things; `strict`:
what names who must act or asks; `asked`: only what begins with a request."""

_SECTIONS = ("part", "upper", "roman")
LONGEST_HEADING = 160
_LONGEST_RUN_IN = 60
_DEMANDS = re.compile(r"(?:mot so )?(?:yeu cau|kien nghi|de nghi)(?:, (?:yeu cau|kien nghi|de nghi))?\W*$")


def select(root: Node, policy: Policy) -> list[Node]:
    """The directives of an item of the first labelled level, in reading order: it or what stands below it."""
    return [] if policy == "none" or _is_under_barred_title(root) else _Selection(policy).of_root(root)


def is_programme(root: Node) -> bool:
    """Whether a report's section tells what is to be done or asked, and no results."""
    return _heads(root) and looks_ahead(heading_text(root))


def _is_under_barred_title(root: Node) -> bool:
    title = root.parent
    if title is None or title.parent is None:  # right below the body
        return False
    return heading_class(title.paragraphs[0].text, anywhere=True) in ("aims", "accounts")


@dataclass(frozen=True)
class _Selection:
    policy: Policy

    def of_root(self, root: Node) -> list[Node]:
        if self.policy == "report":
            return _below(root, "all", self.policy)[1:] if is_programme(root) else []
        if self.policy == "rules":
            told = root.kind == "article" or heading_class(heading_text(root), anywhere=True) == "tasks"
            return _below(root, "strict", self.policy) if told else []
        if self.policy == "loose":
            return _below(root, "strict", self.policy)
        if self.policy == "minutes":
            return _below(root, "asked", self.policy)
        return _below(root, self._mode(root), self.policy)

    def _mode(self, root: Node) -> Mode:
        if root.kind == "article":
            return "all" if self.policy == "articles" else "strict"
        if self.policy == "plan" or root.kind in _SECTIONS:
            return "test"
        if root.lead is None or not is_lead_in(root.lead.text):
            return "strict"
        return "test" if sentence("conclusion").search(fold(root.lead.text)) else "all"


def _below(node: Node, mode: Mode, policy: Policy) -> list[Node]:
    """The node, if it is a directive, and the directives below it."""
    if is_attribute(node) or is_detail(node):
        return []
    told = mode in ("test", "listed", "strict") and bool(attributes(node))
    kind = None if policy == "letter" and _demands(node) else _class(node)
    if kind in ("aims", "accounts", "programme"):
        return []
    if kind == "tasks" and mode in ("test", "listed", "strict"):
        mode = "all"
    if kind == "circumstances" and _heads(node) and mode != "asked":
        mode = "strict"
    below = [] if _tells_contents(node) else _children(node, mode, policy)
    if node.children and mode != "all":
        taken = told or (mode in ("test", "listed") and _stands_over(node, below)) or _charges_with_list(node)
    else:
        taken = _is_directive(node, mode)
    return [node, *below] if taken or (below and mode != "asked" and _names_actor(node)) else below


def _children(node: Node, mode: Mode, policy: Policy) -> list[Node]:
    if not node.children:
        return []
    below = _child_mode(node, mode)
    return [found for child in node.children for found in _below(child, below, policy)]


def _tells_contents(node: Node) -> bool:
    """Whether what stands below only says what a report or a file must hold (`… báo cáo gửi Sở, nội dung gồm:`)."""
    return bool(node.own) and sentence("contents_follow").search(node.own[-1].folded) is not None


def _demands(node: Node) -> bool:
    """Whether this is the `Yêu cầu` of a conclusion, over what those concerned must do; in a plan it is an aim."""
    return _heads(node) and bool(_DEMANDS.match(fold(heading_text(node))))


def _stands_over(node: Node, below: list[Node]) -> bool:
    """Whether what stands below makes the node a directive: anything, and for a whole section most of it."""
    taken = {id(found) for found in below}
    kept = sum(id(child) in taken for child in node.children)
    return 2 * kept > len(node.children) if node.kind in _SECTIONS else bool(below)


def _child_mode(node: Node, mode: Mode) -> Mode:
    """How the items below are looked at: those of an article or behind `gồm:` are mostly things, not deeds."""
    text = node.own[-1].folded if node.own else ""
    if mode == "strict" and _names_actor(node):
        return "test"
    if mode in ("all", "test", "listed") and sentence("enumeration").search(text):
        return "listed"
    if mode == "test" and _charges_with_list(node):
        return "all"
    return "test" if mode == "all" and node.kind == "article" else mode


def _charges_with_list(node: Node) -> bool:
    """Whether a sentence charges somebody with what the list below it tells (`Ban A trao đổi với các bên để:`)."""
    text = node.own[-1].text.rstrip() if node.own else ""
    return text.endswith(":") and len(text) > _LONGEST_RUN_IN and _names_actor(node)


def _names_actor(node: Node) -> bool:
    return bool(node.own) and bool(actors(node.own[0], heading=_heads(node)))


def _class(node: Node) -> Heading | None:
    text = heading_text(node)
    if not text:
        return None
    return heading_class(text, anywhere=is_title(text))


def _heads(node: Node) -> bool:
    return bool(node.children) or len(node.own) > 1


def heading_text(node: Node) -> str:
    """The heading of a node: its first line, where short and over something, or what stands before a colon."""
    if not node.own:
        return ""
    first = node.own[0].text
    sentence_by_itself = len(first) > _LONGEST_RUN_IN and first.rstrip().endswith((".", ";"))
    if _heads(node) and len(first) <= LONGEST_HEADING and not sentence_by_itself:
        return first
    head, colon, _ = first.partition(":")
    return head if colon and len(head) <= _LONGEST_RUN_IN and node.kind != "article" else ""


def _is_directive(node: Node, mode: Mode) -> bool:
    if not node.own:
        return False
    text = node.own[0]
    if not _heads(node) and text.text.rstrip().endswith(":") and is_lead_in(text.text):
        return False
    if mode == "all":
        return _charges(node) or not sentence("event").match(text.folded)
    if mode == "asked":
        return words("verbs", "requests").at(text.text, text.folded, 0) is not None
    if sentence("opinion").match(text.folded) and not later_actors(text):
        return False
    if _is_preamble(text.text) or _only_leads_in(node):
        return False
    return _charges(node) or _sets_limit(text.folded, mode) or (mode in ("test", "listed") and _is_task(node, mode))


def _sets_limit(folded: str, mode: Mode) -> bool:
    """Whether something is to be sent by a time or, where tasks stand, to be done by one or at regular times."""
    limit = sentence("limit").search(folded)
    if limit is None or sentence("account").search(folded):
        return False
    often = limit[0].startswith(("hang", "moi", "dinh ky"))  # `kế hoạch hằng năm` tells which one is meant
    return sentence("sent").search(folded) is not None if mode == "strict" else not often


def _charges(node: Node) -> bool:
    """Whether an item names who must do something, or asks for it."""
    text = node.own[0]
    if later_actors(text) or any(actors(passage, heading=_heads(node) and not i) for i, passage in enumerate(node.own)):
        return True
    return words("verbs", "requests").at(text.text, text.folded, 0) is not None


def _is_task(node: Node, mode: Mode) -> bool:
    """Whether an item reads like a task, and is no paper of a list."""
    if mode == "listed" and sentence("paper").match(node.own[0].folded):
        return False
    return any(reads_like_task(passage.text) for passage in node.own)


def _is_preamble(text: str) -> bool:
    """Whether this is a ground of the dispatch (`- Căn cứ …;`) and not a task."""
    return text.rstrip().endswith((";", ",")) and sentence("preamble").match(fold(text)) is not None


def _only_leads_in(node: Node) -> bool:
    """Whether nothing stands here but a line before a table or a list that is none of the outline's."""
    last = node.own[-1]
    return (
        not node.children and bool(re.search(r"\w\)?:$", last.text)) and not grammar("sentence_end").search(last.folded)
    )


def reads_like_task(text: str) -> bool:
    """Whether an item begins with a verb of duty, or says that something must be done."""
    folded = fold(text)
    modal = words("verbs", "modal").find(text, folded)
    if any(not folded.endswith(("ban ", "chuyen "), 0, start) for start, _ in modal):  # `bàn giao` gives no charge
        return True
    if words("verbs", "things").at(text, folded, 0) is not None:
        return False
    starts = [0]
    if words("verbs", "openings").at(text, folded, 0) is not None:
        starts += [match.end() for match in re.finditer(r"[:,]\s+", folded)]
    return any(all_words("verbs", "duty", "opening").at(text, folded, start) is not None for start in starts)
