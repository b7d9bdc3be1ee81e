"""What the words of a body say about directives (table: `task_rules.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from parsers.actors.sentence_actors import asks_somebody
from parsers.record.passage import Passage
from schemas.document import Paragraph
from vietnamese.fold import fold

Policy = Literal["letter", "plan", "articles", "rules", "report", "minutes", "loose", "none"]
Heading = Literal["aims", "accounts", "programme", "circumstances", "contents", "tasks"]

_CLASSES: tuple[Heading, ...] = ("aims", "accounts", "programme", "circumstances", "contents", "tasks")
_ANNOUNCED = 60
"""The words that announce a list stand so near to the paragraph's end, in characters."""
_DEED = re.compile(r"(?:to chuc|trien khai|tien hanh|thuc hien|lay y kien|xay dung|thanh lap|tham gia)\b")
"""What a title begins with that says what is done: the other words in it are its object, and tell no class."""
_OPENING = re.compile(r"(?:ve |cac |nhung |mot so |phan |khai quat |so luoc |cong tac )*")


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("task_rules.toml").read_text(encoding="utf-8"))


@cache
def sentence(name: str) -> re.Pattern[str]:
    """The pattern `name` of the table, to be run on folded text."""
    return re.compile(_table()["sentences"][name])


@cache
def _heading(name: str) -> re.Pattern[str]:
    return re.compile(_table()["headings"][name])


def policy_of(doc_type: str | None) -> Policy:
    """How a type of document is read; an unknown one like a letter."""
    known = _table()["policies"].get(doc_type or "", "letter")
    policies: tuple[Policy, ...] = ("letter", "plan", "articles", "rules", "report", "minutes", "loose", "none")
    return next(policy for policy in policies if policy == known)


def heading_class(text: str, *, anywhere: bool) -> Heading | None:
    """What a heading stands over; `anywhere`: a class word counts wherever it stands, as in a line of capitals.

    >>> heading_class("Mục đích, yêu cầu", anywhere=False), heading_class("TỔ CHỨC THỰC HIỆN", anywhere=True)
    ('aims', 'tasks')
    """
    folded = fold(text)
    start = _OPENING.match(folded)
    anywhere = anywhere and _DEED.match(folded, start.end() if start else 0) is None
    found: list[tuple[int, Heading]] = []
    for name in _CLASSES:
        pattern = _heading(name)
        match = pattern.search(folded) if anywhere else pattern.match(folded, start.end() if start else 0)
        if match:
            found.append((match.start(), name))
    if not found:
        return None
    first = min(found)[1]
    mixed = first == "aims" and _heading("tasks").search(folded)
    return None if mixed else first


def looks_ahead(text: str) -> bool:
    """Whether the heading of a report's section announces what is to be done or asked, and no results."""
    folded = fold(text)
    ahead = _heading("ahead").search(folded)
    account = _heading("accounts").search(folded)
    return bool(ahead) and not (account and ahead and account.start() < ahead.start())


def is_lead_in(text: str) -> bool:
    """Whether a paragraph leads in a list of what is asked."""
    folded = fold(text)
    if not sentence("list_follows").search(folded, max(0, len(folded) - _ANNOUNCED)):
        return False
    return bool(sentence("request").search(folded)) or asks_somebody(Passage.of([Paragraph(text=text)]))
