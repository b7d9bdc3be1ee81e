"""Attribute lines under a task: `Đơn vị chủ trì: …`, `Thời gian hoàn thành: …`, `Sản phẩm: …`, `Kinh phí: …`.

They are no tasks of their own: they say of the item above who does it, with whom, by when and what comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Literal

from parsers.actors.labelled import Labelled, labelled
from parsers.actors.sentence_actors import actors
from parsers.record.passage import Passage
from parsers.tasks.outline import Node

Attribute = Literal["role", "time", "product", "money"]

_OF_TASK = r"(?: (?:hoan thanh|thuc hien|trien khai|trinh|ban hanh|bao cao|to chuc|nghiem thu|du kien|cu the))*"
_LINES: tuple[tuple[Attribute, re.Pattern[str]], ...] = (
    (
        "role",
        re.compile(
            r"(?:(?:co quan|don vi|to chuc|bo phan|phong|ban|nganh|ca nhan|nguoi|lanh dao)"
            r"(?:,? (?:va )?(?:co quan|don vi|ca nhan|to chuc))? )?"
            r"(?:chu tri|phoi hop|thuc hien|chiu trach nhiem|dau moi|phan cong|duoc phan cong|phu trach|"
            r"theo doi|chi dao)"
            r"(?: (?:chinh|va|thuc hien|tham muu|trien khai|chu tri|phoi hop|tong hop))*\s*:\s*(?=\S)"
        ),
    ),
    (
        "time",
        re.compile(rf"(?:thoi (?:gian|han|diem){_OF_TASK}|tien do{_OF_TASK}|hoan thanh|han{_OF_TASK})\s*:\s*(?=\S)"),
    ),
    (
        "product",
        re.compile(r"(?:san pham|ket qua|dau ra)(?: (?:dau ra|du kien|can dat|hoan thanh|cu the))*\s*:\s*(?=\S)"),
    ),
    ("money", re.compile(r"(?:nguon )?(?:kinh phi|nguon von)(?: thuc hien| du kien)?\s*:\s*(?=\S)")),
)
_DETAILS = ("dash", "plus", "star", "dot")
_SEVERAL = 2
_LONGEST_HEAD = 90
"""Characters before which the colon of an attribute line stands."""
_ITEMS = ("number", "letter", "small", "dash", "plus", "star", "dot")


def attribute_of(passage: Passage) -> tuple[Attribute, int] | None:
    """What a line says of the task above it, and where its words begin; None where it says nothing of one."""
    head = passage.folded[:_LONGEST_HEAD]
    return _told(head) if ":" in head else None


@lru_cache(maxsize=1024)
def _told(head: str) -> tuple[Attribute, int] | None:
    """Kept for the last lines: each is looked at from the items around it."""
    for name, pattern in _LINES:
        found = pattern.match(head)
        if found is not None:
            return name, found.end()
    return None


@dataclass(frozen=True)
class _Lines:
    """Which of the items below one are attribute lines, where each stands, and whether each item has its own."""

    told: frozenset[int]
    places: dict[int, int]
    repeated: bool


def _lines(node: Node) -> _Lines:
    if not isinstance(node.lines, _Lines):
        kinds = [_kind(child) for child in node.children] if node.kind in _ITEMS else []
        beside = _beside(node, kinds)
        told = [
            child
            for kind, child in zip(kinds, node.children, strict=False)
            if kind in ("role", "product") or (kind is not None and beside)
        ]
        heads = [child.own[0].folded.partition(":")[0] for child in told]
        places = {id(child): place for place, child in enumerate(node.children)}
        node.lines = _Lines(frozenset(map(id, told)), places, len(heads) > len(set(heads)))
    assert isinstance(node.lines, _Lines)
    return node.lines


def is_attribute(node: Node) -> bool:
    """Whether an item is an attribute line of the item above it.

    A time alone (`Thời gian: …`) is one beside a role or a product only: under a heading of circumstances it is not.
    """
    return node.parent is not None and node.parent.label is not None and id(node) in _lines(node.parent).told


def attributes(node: Node) -> list[Node]:
    """The attribute lines of an item: those right below it, or behind it where each item of a list has its own."""
    own = _lines(node)
    below = [] if own.repeated else [child for child in node.children if id(child) in own.told]
    parent = node.parent
    if parent is None or parent.label is None or not _lines(parent).repeated:
        return below
    behind = islice(parent.children, _lines(parent).places[id(node)] + 1, None)
    return below + list(takewhile(is_attribute, behind))


def is_detail(node: Node) -> bool:
    """Whether a bullet only says more of the task above it, which attribute lines beside it make one whole."""
    parent = node.parent
    if node.kind not in _DETAILS or node.children or parent is None or parent.label is None or is_attribute(node):
        return False
    return bool(_lines(parent).told) and not _lines(parent).repeated


def places_below(node: Node) -> list[int]:
    """Where the lines stand that tell of an item and are no items themselves."""
    details = [child for child in node.children if is_detail(child)]
    return sorted(place for child in [*attributes(node), *details] for place in child.at)


def _kind(node: Node) -> Attribute | None:
    if node.children or len(node.own) != 1:
        return None
    told = attribute_of(node.own[0])
    return told[0] if told else None


def _beside(node: Node, kinds: Sequence[Attribute | None]) -> bool:
    """Whether the lines below say of the item who does it or what comes of it, or by when it is finished."""
    if "role" in kinds or "product" in kinds:
        return True
    lines = zip(kinds, node.children, strict=False)
    return any(kind == "time" and _FINISHED.match(child.own[0].folded) for kind, child in lines)


_FINISHED = re.compile(
    r"(?:thoi (?:gian|han) (?:hoan thanh|thuc hien|trien khai|trinh|ban hanh|bao cao)|tien do|hoan thanh|han)\b"
)


def told_below(node: Node) -> Labelled:
    """The roles that lines right below an item tell by their labels (`- Cơ quan chủ trì: Sở Tư pháp`)."""
    told = [labelled(child.own[0]) for child in attributes(node)]
    assignees = tuple(dict.fromkeys(name for one in told for name in one.assignees))
    if not assignees:
        assignees = _same_for_all(node)
    return Labelled(assignees, tuple(dict.fromkeys(name for one in told for name in one.together)))


def _same_for_all(node: Node) -> tuple[str, ...]:
    """Who does all of several tasks below a heading, where those that name somebody name the same.

    In a list the lines often stand behind its last item only.
    """
    told = [told_below(child).assignees for child in node.children]
    if len(told) < _SEVERAL or not any(told):
        return ()
    named = {lines or _in_words(child) for lines, child in zip(told, node.children, strict=True)} - {()}
    return next(iter(named)) if len(named) == 1 else ()


def _in_words(node: Node) -> tuple[str, ...]:
    return tuple(name for passage in node.own for name in actors(passage))


def product_of(node: Node) -> str | None:
    """What comes of a task, by a line of its own or one right below it."""
    for passage in [*node.own[1:], *(child.own[0] for child in attributes(node))]:
        told = attribute_of(passage)
        if told is not None and told[0] == "product":
            return passage.text[told[1] :].strip().rstrip(".;,") or None
    return None
