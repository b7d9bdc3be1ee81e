"""The operative part: who is asked to do what, as a tree kept flat.

Sources of the rules: body levels and labels by Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile

from parsers.assignees import Roles, inner_subjects, read_roles, requested, run_in_heading
from parsers.assignees_labelled import Labelled, labelled
from parsers.directives_labels import LETTERS, roman
from parsers.directives_loose import asked_by_itself, asking_part, closing_request, loose_requests, take_tail
from parsers.directives_outline import Node, build_outline, is_title
from parsers.directives_rules import is_lead_in, policy_of
from parsers.directives_select import LONGEST_HEADING, select
from parsers.item import Item, Items
from parsers.parts import Parts
from parsers.passage import Passage
from parsers.trail import Trail
from schemas.dispatch import Directive, Header
from schemas.document import Paragraph
from vietnamese.fold import fold

_GARBLED_END = re.compile(r"\W*\w{0,2}i nhan\W*")


def read_directives(parts: Parts, header: Header, trail: Trail) -> Items:
    """What the body asks, in reading order; evidence under `/directives/N`.

    A number printed twice at one place is made unique by its position and warned of (`duplicate_label`).
    """
    policy = policy_of(header.doc_type)
    body = list(body_paragraphs(parts))
    top = build_outline(body)
    tail = take_tail(top)
    reader = _Reader(trail)
    for node in select(top, policy):
        reader.add_node(node)
    if reader.items:
        for paragraph in tail:
            reader.add_end(paragraph)
    elif policy in ("letter", "loose"):
        for passage in loose_requests([*top.paragraphs, *tail]):
            reader.add_loose(passage)
    top.let_go()
    for index, item in enumerate(reader.items):
        trail.show(f"/directives/{index}", item.passage.evidence(0, len(item.passage.text), "body"))
    return reader.items


def other_passages(parts: Parts, items: Sequence[Item]) -> list[Passage]:
    """The passages of the body that are no directive, a paragraph each, or what is left of one."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for item in items:
        for piece in item.passage.pieces:
            taken.setdefault(id(piece.paragraph), []).append((piece.start, piece.end))
    found: list[Passage] = []
    for paragraph in body_paragraphs(parts):
        spans = taken.get(id(paragraph), [])
        edges = [0, *(edge for span in sorted(spans) for edge in span), len(paragraph.text)]
        rests = [(paragraph, low, high) for low, high in zip(edges[::2], edges[1::2], strict=True)]
        found += [Passage.join([rest]) for rest in rests if paragraph.text[rest[1] : rest[2]].strip()]
    return found


def body_paragraphs(parts: Parts) -> Iterator[Paragraph]:
    """The paragraphs of the body, tables left out, up to a `Nơi nhận` that OCR garbled past telling."""
    paragraphs = (block for block in parts.body if isinstance(block, Paragraph))
    return takewhile(lambda paragraph: not _GARBLED_END.fullmatch(fold(paragraph.text)), paragraphs)


@dataclass
class _Reader:
    """Makes items of nodes, parents first; keeps what each node with items below it came to, for those to look up."""

    trail: Trail
    items: Items = field(default_factory=Items)
    paths: dict[int, str] = field(default_factory=dict)
    roles: dict[int, Roles] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    others: dict[str, int] = field(default_factory=dict)

    def add_node(self, node: Node) -> None:
        own = node.own
        heading = _heading(node)
        roles = read_roles(own, heading=heading is not None, leads=bool(node.children))
        below = _told_below(node)
        assignees = roles.assignees or below.assignees or self._inherited(node) or tuple(inner_subjects(own))
        path = self._unique(self._path(node))
        if node.children:
            self.paths[id(node)] = path
            self.roles[id(node)] = Roles(assignees)
        self._add(
            Directive.made(
                id=path,
                parent=self._parent(node),
                label=(node.label.printed or None) if node.label else None,
                heading=heading,
                text=" ".join(passage.text for passage in own),
                assignees=assignees,
                coordinate_with=roles.coordinate_with or below.together,
                report_to=roles.report_to,
            ),
            node.whole,
        )

    def add_end(self, paragraph: Paragraph) -> None:
        """A closing paragraph that asks for something of its own."""
        passage = closing_request(paragraph)
        if passage is None:
            return
        last = self.items[-1].directive.id.split(".")[0]
        section = last if not last.isdigit() and last in self.taken else None
        self._add_passage(self._unique(f"{section}.end" if section else "end"), section, passage, ())

    def add_loose(self, passage: Passage) -> None:
        """A request in a paragraph of its own; who is asked carries over to the paragraphs behind it."""
        before = self.items[-1].directive.assignees if self.items else ()
        self._add_passage(str(len(self.items) + 1), None, passage, before)

    def _add_passage(self, path: str, parent: str | None, passage: Passage, inherited: tuple[str, ...]) -> None:
        roles = read_roles([passage])
        asked = asked_by_itself(passage) or read_roles([asking_part(passage)]).assignees
        assignees = tuple(asked) or roles.assignees or tuple(requested(passage)) or inherited
        self._add(
            Directive.made(
                id=path,
                parent=parent,
                text=passage.text,
                assignees=assignees,
                coordinate_with=roles.coordinate_with,
                report_to=roles.report_to,
            ),
            passage,
        )

    def _add(self, directive: Directive, passage: Passage) -> None:
        self.items.append(Item(directive, passage))

    def _inherited(self, node: Node) -> tuple[str, ...]:
        """Who must act by the item above, or by the paragraph that leads in the list."""
        if node.lead is not None and is_lead_in(node.lead.text):
            asked = requested(Passage.of([node.lead]))
            if asked:
                return tuple(asked)
        parent = node.parent
        if parent is None or parent.label is None:
            return ()
        known = self.roles.get(id(parent))
        return known.assignees if known else self._inherited(parent)

    def _parent(self, node: Node) -> str | None:
        parent = node.parent
        while parent is not None and id(parent) not in self.roles:
            parent = parent.parent
        return self.paths[id(parent)] if parent is not None else None

    def _path(self, node: Node) -> str:
        above = ""
        parent = node.parent
        while parent is not None and not above:
            above = self.paths.get(id(parent)) or (self._path(parent) if parent.label else "")
            parent = parent.parent
        step = _step(node)
        return f"{above}.{step}" if above and node.kind != "article" else step

    def _unique(self, path: str) -> str:
        if path not in self.taken:
            self.taken.add(path)
            return path
        number = next(number for number in count(self.others.get(path, 2)) if f"{path}-{number}" not in self.taken)
        self.others[path] = number + 1
        other = f"{path}-{number}"
        self.taken.add(other)
        self.trail.warn("duplicate_label", f"Mục {path} được đánh số hai lần.", f"/directives/{len(self.items)}")
        return other


def _told_below(node: Node) -> Labelled:
    """The roles that lines right below an item tell by their labels (`- Cơ quan chủ trì: Sở Tư pháp`)."""
    told = [labelled(child.own[0]) for child in node.children if child.own]
    assignees = tuple(dict.fromkeys(name for one in told for name in one.assignees))
    return Labelled(assignees, tuple(dict.fromkeys(name for one in told for name in one.together)))


def _step(node: Node) -> str:
    """The last part of an id: a number as printed, letters and bullets by their place among their like."""
    label = node.label
    if label is None:
        return ""
    if label.kind in ("roman", "part"):
        return roman(label.value[-1])
    if label.kind == "upper":
        return LETTERS[label.value[-1] - 1].upper()
    if label.kind in ("number", "article", "small"):
        return str(label.value[-1])
    return str(node.place)


def _heading(node: Node) -> str | None:
    """The line's own heading: a short first line over what follows it."""
    own = node.own
    if not own or not (node.children or len(own) > 1):
        return None
    first = own[0].text
    if len(first) <= LONGEST_HEADING or is_title(first):
        return first
    end = run_in_heading(own[0])
    return first[:end].rstrip() if end is not None else None
