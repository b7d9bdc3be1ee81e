"""Each rule of `deadline_rules.toml` takes its examples and leaves its counter-examples."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.deadlines.deadline_rules import Rule, all_hits, rules
from parsers.deadlines.resolve import resolve
from parsers.deadlines.sentence_place import Issue
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


@pytest.mark.parametrize(("rule", "text"), [case[:2] for case in EXAMPLES if case[0].kind != "none"])
def test_what_a_rule_takes_has_a_meaning(rule: Rule, text: str) -> None:
    drawn = sketch(Passage.of([Paragraph(text=text)]))
    assert all(resolve(hit, Issue(dt.date(2024, 7, 1))) for hit in all_hits(drawn) if hit.rule is rule)


def test_names_are_unique() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_every_rule_has_both_kinds_of_example() -> None:
    assert all(rule.yes and rule.no for rule in rules())
