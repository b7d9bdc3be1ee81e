"""The outline of a body: its labelled items as a tree, told by sequence from numbers that label nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.record.passage import Passage
from parsers.record.text_body import Body
from parsers.tasks.item_labels import UNREADABLE, Kind, Label, next_letter, read_labels, read_time_heading, roman
from parsers.tasks.mended_labels import lost_number
from parsers.tasks.task_rules import is_lead_in
from schemas.document import Paragraph

_FURTHEST_STEP = {"number": 3, "letter": 3, "small": 2, "roman": 2, "article": 3, "part": 2, "upper": 2}
_SECTIONS: tuple[Kind, ...] = ("part", "upper", "roman", "article")
_BULLETS: tuple[Kind, ...] = ("star", "dash", "plus", "dot", "period")
_SHORTEST_TITLE = 6
# Where all items print `1.`, each would stand below the one before.
_DEEPEST = 12
_LONGEST_HEADING = 80


@dataclass(eq=False, slots=True)
class Node:
    """A labelled item (or, without a label, a title line or the body itself) with its own paragraphs and its items.

    `at`: the places of its paragraphs in the body; `led_by`: that of the last unlabelled one over the list that the
    item belongs to. `place`: its position, from 1, among the lettered and bulleted items of its parent.
    """

    body: Body
    label: Label | None = None
    at: list[int] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    led_by: int | None = None
    place: int = 0
    lines: object = None
    """What the lines right below tell of it, found once (`attributes`)."""

    def let_go(self) -> None:
        """Part items from those above, which hold each other: a tree that is done with leaves memory at once."""
        for child in self.children:
            child.parent = None
            child.let_go()

    @property
    def kind(self) -> Kind | None:
        """The kind of its label."""
        return self.label.kind if self.label else None

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs."""
        return [self.body.item(place) for place in self.at]

    @property
    def lead(self) -> Paragraph | None:
        """The last unlabelled paragraph over the list that it belongs to."""
        return self.body.item(self.led_by) if self.led_by is not None else None

    @property
    def own(self) -> list[Passage]:
        """Its own paragraphs, the label removed; the items below it not counted."""
        first = self.label.end if self.label else 0
        parts = [self.body.passage(place, 0 if number else first) for number, place in enumerate(self.at)]
        return [part for part in parts if part.text]


def _labels(paragraph: Paragraph, following: Paragraph | None) -> list[Label]:
    """What may label a paragraph; a time over a list heads that list."""
    heading = read_time_heading(paragraph.text) if following is not None else None
    if heading and following and any(label.kind in _BULLETS for label in read_labels(following.text)):
        return [heading]
    return read_labels(paragraph.text)


def is_title(text: str) -> bool:
    """Whether a line is all capitals, as titles and enacting words (`QUYẾT ĐỊNH:`) are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= _SHORTEST_TITLE and all(letter.isupper() for letter in letters)


def is_heading(text: str) -> bool:
    """Whether a labelled line is a heading: a title, or short and without a point at its end."""
    return is_title(text) or (len(text) < _LONGEST_HEADING and text.rstrip()[-1].isalnum())


class Outline:
    """The tree of a body's items; unlabelled paragraphs stand with the item before them, or with the body (`top`).

    It is built tree by tree, for a body of hundreds of pages has tens of thousands of items: of those below `top`, and
    below a title, only the last one hangs there. `_open` is the path to the item under way.
    """

    def __init__(self, body: Body) -> None:
        self.body = body
        self.top = Node(body)
        self._open = [self.top]
        self._section: Label | None = None
        """That of the section in which titles without a label stand now, those of a form printed in the body."""
        self._begun: set[Kind | None] = set()
        """The kinds of what stands below `top`, by now."""
        self._labels: dict[Label, Label] = {}
        """Each label once, though thousands of items bear it."""

    def roots(self) -> Iterator[Node]:
        """The items of the first labelled level but the last, each when its tree is whole; then `last_roots`."""
        for place in range(len(self.body)):
            yield from self._add(place)

    def last_roots(self) -> list[Node]:
        """The last item of the first labelled level; none where there is no item, or none below the last title."""
        return [root for node in self.top.children for root in ([node] if node.label else node.children)]

    def _add(self, place: int) -> list[Node]:
        """Put the paragraph at a place into the tree; the root behind which it came, if it begins another."""
        paragraph = self.body[place]
        following = self.body[place + 1] if place + 1 < len(self.body) else None
        new_list = self._starts_new_list(paragraph, following)
        for label in self._readings(place, paragraph, following):
            if new_list and label.kind in _BULLETS:
                # A speck before the line that leads in a list, or a bullet that only does so.
                continue
            depth, fitted = self._place(label, paragraph.text)
            if depth is not None:
                return self._hang(depth, Node(self.body, self._labels.setdefault(fitted, fitted), [place]))
        if is_title(paragraph.text) and not self._continues_heading():
            first = self._open[1].label if len(self._open) > 1 else None
            self._section = first if first is not None and first.kind in _SECTIONS else self._section
            return self._hang(0, Node(self.body, None, [place]))
        if new_list:
            self._close_to_section()
        self._open[-1].at.append(place)
        return []

    def _readings(self, place: int, paragraph: Paragraph, following: Paragraph | None) -> list[Label]:
        """What may label a paragraph; a number that OCR spoiled is told by the lines around it."""
        if following is not None and place:
            mended = lost_number(self.body[place - 1].text, paragraph.text, following.text)
            if mended is not None:
                return [mended]
        return _labels(paragraph, following)

    def _hang(self, depth: int, node: Node) -> list[Node]:
        """Put a node below the one at this depth of the path; the root that is whole then."""
        parent = self._open[depth]
        divides = parent.label is None  # the body or a title
        whole = [] if not divides else self.last_roots() if not depth else parent.children[-1:]
        del self._open[depth + 1 :]
        node.parent = parent
        node.led_by = parent.at[-1] if len(parent.at) > (parent is not self.top) else None
        before = parent.children[-1].place if parent.children else 0
        node.place = before + (node.kind == "letter" or node.kind in _BULLETS)
        if divides:
            parent.children.clear()
        if not depth:
            self._begun.add(node.kind)
        parent.children.append(node)
        self._open.append(node)
        return whole

    def _place(self, label: Label, text: str) -> tuple[int | None, Label]:
        """The depth of the parent under which the label fits, and the label as its place makes it read."""
        for depth in range(len(self._open) - 1, 0, -1):
            before = self._open[depth].label
            if before is not None and label.value == UNREADABLE and before.kind == "letter":
                return depth - 1, replace(next_letter(before), end=label.end)
            if before is None or not _same_series(before, label):
                continue
            if before.value == label.value and before.kind == "roman" and is_heading(text):
                # OCR drops a stroke: a second `II.` over a heading is III.
                value = before.value[0] + 1
                return depth - 1, replace(label, value=(value,), printed=roman(value))
            if _follows(before, label):
                return depth - 1, label
        if self._goes_on(label):
            return 0, label
        return (self._depth_for(label), label) if self._opens(label) else (None, label)

    def _goes_on(self, label: Label) -> bool:
        """Whether the sections go on behind titles without a label: `V.` behind the sample of an invitation in `IV.`"""
        before = self._section
        return before is not None and _same_series(before, label) and label.value[-1] == before.value[-1] + 1

    def _opens(self, label: Label) -> bool:
        """Whether a list may begin with this label."""
        if label.kind in _BULLETS:
            return not label.doubtful
        if label.kind == "article" or label.kind == "part":
            return True
        if label.kind == "roman" and any(node.kind == "roman" for node in self._open):
            return False
        if label.kind == "roman" and label.value == (2,):
            # The first section lost its label.
            return "roman" not in self._begun
        if label.kind == "number" and len(label.value) > 1:
            return label.value[-1] == 1 or self._number_open(label.value[:-1]) is not None
        if label.doubtful and label.kind == "number" and label.value != (1,):
            return False
        if label.value == (1,):
            return not (label.doubtful and label.kind == "letter")
        # A first item whose label was lost: the list begins with the second.
        return label.kind == "number" and label.value == (2,) and not self._begun

    def _depth_for(self, label: Label) -> int:
        """The depth of the parent of a list that begins with this label."""
        if label.kind == "part":
            return 0
        if label.kind == "number" and len(label.value) > 1:
            prefix = self._number_open(label.value[:-1])
            if prefix is not None:
                return prefix
        keep = len(self._open) - 1
        if label.kind == "roman" and label.value == (2,) and self._open[-1].label is None:
            # The title before it is that of a first section that lost its number.
            return max(keep - 1, 0)
        while keep and not _may_hold(self._open[keep], label):
            keep -= 1
        return min(keep, _DEEPEST)

    def _number_open(self, value: tuple[int, ...]) -> int | None:
        for depth in range(len(self._open) - 1, 0, -1):
            label = self._open[depth].label
            if label is not None and label.kind == "number" and label.value == value:
                return depth
        return None

    def _continues_heading(self) -> bool:
        """Whether a line of capitals is the rest of the heading before it."""
        node = self._open[-1]
        heading = node.own
        if node.label is None or node.kind not in _SECTIONS or len(heading) > 1:
            return False
        return not heading or is_title(heading[0].text)

    def _starts_new_list(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        """Whether an unlabelled paragraph leads in a list that starts again at 1, beside the one under way."""
        if following is None or not is_lead_in(paragraph.text):
            return False
        labels = read_labels(following.text)
        return any(label.value == (1,) and label.kind in ("number", "roman") for label in labels)

    def _close_to_section(self) -> None:
        while len(self._open) > 1 and self._open[-1].kind is not None and self._open[-1].kind not in _SECTIONS:
            self._open.pop()


def _same_series(before: Label, label: Label) -> bool:
    if before.kind != label.kind or label.value == UNREADABLE or len(before.value) != len(label.value):
        return False
    if before.kind in _BULLETS:
        return True
    if before.kind == "number" and before.printed[0].isalpha() != label.printed[0].isalpha():
        return False
    return before.value[:-1] == label.value[:-1] and (before.printed[-1] == ")") == (label.printed[-1] == ")")


def _follows(before: Label, label: Label) -> bool:
    if label.kind in _BULLETS:
        return True
    step = label.value[-1] - before.value[-1]
    furthest = 2 if label.doubtful and label.kind == "letter" else _FURTHEST_STEP[label.kind]
    # `đ)` is what OCR makes of `d)`, so a second one may follow.
    again = label.kind == "letter" and step == 0 and re.match(r"\(?đ", label.printed) is not None
    # People print a number or a letter twice, too; a second `1.` begins a list of its own.
    doubled = label.kind in ("number", "letter") and step == 0 and label.value[-1] > 1 and not label.doubtful
    return again or doubled or 0 < step <= furthest


def _may_hold(node: Node, label: Label) -> bool:
    """Whether a list that begins with this label may stand below the node."""
    kind = node.kind
    if kind is None:
        return True
    if label.kind in ("roman", "upper"):
        return kind == "part" or (kind == "upper" and label.kind == "roman")
    if label.kind == "article":
        return kind in ("part", "upper", "roman")
    if label.kind in ("star", "period"):
        return kind not in _BULLETS
    if label.kind == "small":
        return kind != "small"
    return label.kind in _BULLETS or kind not in _BULLETS
