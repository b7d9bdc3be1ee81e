"""The operative part: who is asked to do what, as a tree kept flat.

Sources of the rules: body levels and labels by Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count

from parsers.actors.later_clauses import inner_subjects, run_in_heading
from parsers.actors.roles import Roles, read_roles
from parsers.actors.sentence_actors import requested
from parsers.record.passage import Passage
from parsers.record.text_body import Body
from parsers.record.trail import Trail
from parsers.tasks.attributes import places_below, product_of, told_below
from parsers.tasks.item import Items
from parsers.tasks.item_labels import LETTERS, roman
from parsers.tasks.loose import (
    asked_by_itself,
    asking_part,
    closing_request,
    has_limit,
    loose_requests,
    requests_below,
    take_tail,
)
from parsers.tasks.outline import Node, Outline, is_title
from parsers.tasks.select import LONGEST_HEADING, is_programme, select
from parsers.tasks.task_rules import Policy, is_lead_in, policy_of
from schemas.dispatch import Directive, Header
from schemas.document import Paragraph

_SEVERAL = 2


def read_directives(body: Body, header: Header, trail: Trail) -> Items:
    """What the body asks, in reading order; evidence under `/directives/N`.

    A number printed twice at one place is made unique by its position and warned of (`duplicate_label`).
    """
    policy = policy_of(header.doc_type)
    outline = Outline(body)
    reader = _Tasks(trail, Items(body))
    for root in outline.roots():
        reader.add_root(root, policy)
    tail = take_tail(outline.top)
    for root in outline.last_roots():
        reader.add_root(root, policy)
    if reader.items:
        for place in tail:
            reader.add_end(place, body[place])
    elif policy in ("letter", "loose"):
        for place, passage in loose_requests(body, chain(outline.top.at, tail)):
            reader.add_loose(place, passage)
    outline.top.let_go()
    for index, item in enumerate(reader.items):
        trail.show(f"/directives/{index}", item.passage.evidence(0, len(item.passage.text), "body"))
    return reader.items


@dataclass
class _Tasks:
    """Makes items of nodes, parents first; keeps what each node with items below it came to, for those to look up.

    `paths` and `roles` are those of one tree.
    """

    trail: Trail
    items: Items
    paths: dict[int, str] = field(default_factory=dict)
    roles: dict[int, Roles] = field(default_factory=dict)
    sources: dict[int, Passage | None] = field(default_factory=dict)
    """By the node: the passage that names who acts by it."""
    steps: dict[int, str] = field(default_factory=dict)
    last: dict[int, tuple[str, int]] = field(default_factory=dict)
    """By the item above: the number printed last below it, and the one that it was given."""
    taken: set[str] = field(default_factory=set)
    others: dict[str, int] = field(default_factory=dict)

    def add_root(self, root: Node, policy: Policy) -> None:
        """The directives of a tree, which is done with then."""
        chosen = select(root, policy)
        for node in chosen:
            self._add_node(node)
        if policy == "report" and not chosen and is_programme(root):
            for number, (place, passage) in enumerate(requests_below(root), start=1):
                if has_limit(passage):
                    self._add_passage(self._unique(f"{_step(root)}.{number}"), None, place, passage, ())
        self.paths.clear()
        self.steps.clear()
        self.last = {key: known for key, known in self.last.items() if key == id(root.parent)}
        self.roles.clear()
        self.sources.clear()
        root.let_go()

    def _add_node(self, node: Node) -> None:
        below = requests_below(node)
        if len(below) < _SEVERAL:
            self._add_item(node, node.own, node.at)
            return
        self._add_item(node, node.own[:1], node.at[:1])
        path = self.items[-1].directive.id
        for number, (place, passage) in enumerate(below, start=1):
            self._add_passage(self._unique(f"{path}.{number}"), path, place, passage, ())

    def _add_item(self, node: Node, own: list[Passage], at: list[int]) -> None:
        heading = _heading(node)
        roles = read_roles(own, heading=heading is not None, leads=bool(node.children))
        below = told_below(node)
        own_names = roles.assignees or below.assignees
        inherited, source = ((), None) if own_names else self._inherited(node)
        assignees = own_names or inherited or tuple(inner_subjects(own))
        path = self._unique(self._path(node))
        if node.children:
            self.paths[id(node)] = path
            self.roles[id(node)] = Roles(assignees)
            self.sources[id(node)] = source or (own[0] if own else None)
        self.items.append(
            Directive.made(
                id=path,
                parent=self._parent(node),
                label=(node.label.printed or None) if node.label else None,
                heading=heading,
                text=" ".join(passage.text for passage in own),
                assignees=assignees,
                coordinate_with=roles.coordinate_with or below.together,
                report_to=roles.report_to,
                product=product_of(node),
            ),
            at,
            attributes=places_below(node),
        )
        self._show_inherited(source)

    def _show_inherited(self, source: Passage | None) -> None:
        """Marks who acts by the last item as told by the passage of another, where it is."""
        if source is not None:
            evidence = source.evidence(0, len(source.text), "inferred")
            self.trail.show(f"/directives/{len(self.items) - 1}/assignees", evidence)

    def add_end(self, place: int, paragraph: Paragraph) -> None:
        """A closing paragraph, the one at this place, that asks for something of its own."""
        passage = closing_request(paragraph)
        if passage is None:
            return
        last = self.items[-1].directive.id.split(".")[0]
        section = last if not last.isdigit() and last in self.taken else None
        self._add_passage(self._unique(f"{section}.end" if section else "end"), section, place, passage, ())

    def add_loose(self, place: int, passage: Passage) -> None:
        """A request in the paragraph at this place; who is asked carries over to the paragraphs behind it."""
        before = self.items[-1] if self.items else None
        self._add_passage(str(len(self.items) + 1), None, place, passage, before.directive.assignees if before else ())
        if before is not None and not self._named_by(passage) and before.directive.assignees:
            self._show_inherited(before.passage)

    def _add_passage(
        self, path: str, parent: str | None, place: int, passage: Passage, inherited: tuple[str, ...]
    ) -> None:
        roles = read_roles([passage])
        assignees = self._named_by(passage) or inherited
        self.items.append(
            Directive.made(
                id=path,
                parent=parent,
                text=passage.text,
                assignees=assignees,
                coordinate_with=roles.coordinate_with,
                report_to=roles.report_to,
            ),
            [place],
            passage.pieces[0].start,
        )

    @staticmethod
    def _named_by(passage: Passage) -> tuple[str, ...]:
        """Whom a paragraph without a label names itself."""
        asked = asked_by_itself(passage) or read_roles([asking_part(passage)]).assignees
        return tuple(asked) or read_roles([passage]).assignees or tuple(requested(passage))

    def _inherited(self, node: Node) -> tuple[tuple[str, ...], Passage | None]:
        """Who must act by the item above, or by the paragraph that leads in the list, and the passage that says so."""
        if node.lead is not None and is_lead_in(node.lead.text):
            lead = Passage.of([node.lead])
            asked = requested(lead)
            if asked:
                return tuple(asked), lead
        parent = node.parent
        if parent is None or parent.label is None:
            return (), None
        known = self.roles.get(id(parent))
        if known is None:
            return self._inherited(parent)
        return known.assignees, self.sources[id(parent)] if known.assignees else None

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
        step = self._step(node)
        return f"{above}.{step}" if above and node.kind != "article" else step

    def _step(self, node: Node) -> str:
        """The last part of an id: as printed; where a number is printed twice running, the positions go on."""
        step = _step(node)
        if node.kind != "number" or node.parent is None:
            return step
        if id(node) not in self.steps:
            printed, given = self.last.get(id(node.parent), ("", 0))
            value = given + 1 if int(step) == given else int(step)
            if printed == step:
                message = f"Mục {step} được đánh số hai lần."
                self.trail.warn("duplicate_label", message, f"/directives/{len(self.items)}")
            self.last[id(node.parent)] = (step, value)
            self.steps[id(node)] = str(value)
        return self.steps[id(node)]

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
