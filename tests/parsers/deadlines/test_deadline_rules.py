"""Each rule of `deadline_rules.toml` takes its examples and leaves its counter-examples."""

from __future__ import annotations

import pytest

from parsers.deadlines.deadline_rules import Rule, all_hits, rules
from parsers.deadlines.skeleton import sketch
from parsers.record.passage import Passage
from schemas.document import Paragraph

EXAMPLES = [(rule, text, True) for rule in rules() for text in rule.yes]
COUNTEREXAMPLES = [(rule, text, False) for rule in rules() for text in rule.no]


@pytest.mark.parametrize(
    ("rule", "text", "taken"), EXAMPLES + COUNTEREXAMPLES, ids=lambda value: getattr(value, "name", str(value))[:50]
)
def test_rule(rule: Rule, text: str, taken: bool) -> None:
    drawn = sketch(Passage.of([Paragraph(text=text)]))
    assert any(hit.rule is rule for hit in all_hits(drawn)) is taken


def test_names_are_unique() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_every_rule_has_both_kinds_of_example() -> None:
    assert all(rule.yes and rule.no for rule in rules())
