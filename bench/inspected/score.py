"""The score: each planted error must be told wrong with its printed and its right number, each decoy left in peace."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from bench.inspected.letters import Letter, letters
from congvan.audit.across.batch import check_all
from ingest.read import read_file
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.finding import Finding

_NUMBER = re.compile(r"\d[\d.,]*")
_PLACES = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@dataclass
class Tally:
    """What was planted and found, by kind of error, and the decoys and those that were taken, over all letters."""

    planted: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    decoys: int = 0
    taken: list[str] = field(default_factory=list)


def score(name: str, form: str) -> Tally:
    """The score of a whole set (`first`, `second`) in one form (`docx`, `pdf`, `scan`)."""
    together: dict[str, list[Letter]] = defaultdict(list)
    for one in letters([name]):
        together[one.group].append(one)
    tally = Tally()
    for group in together.values():
        records = [(one.path(form), _record(one, form)) for one in group]
        accused = [
            finding
            for checked in check_all(records)
            for finding in checked.audit.findings
            if finding.verdict == "disagrees" or finding.check == "missing_appendix"
        ]
        _mark(group, accused, tally)
    return tally


def _record(one: Letter, form: str) -> Dispatch:
    return parse(read_file(one.path(form)))


def _mark(group: list[Letter], accused: list[Finding], tally: Tally) -> None:
    name = group[0].name if len(group) == 1 else group[0].group
    wrong = [tuple(entry) for one in group for entry in one.raw["wrong"]]
    tally.decoys += sum(len(one.raw["right"]) for one in group)
    for kind, printed, right in wrong:
        tally.planted[kind] += 1
        if not any(_tells(finding, kind, printed, right) for finding in accused):
            tally.missed.append(f"{name}: {kind}: missed {printed} (should be {right})")
    excused = {_value(text) for _, *pair in wrong for text in pair}
    excused |= {_value(text) for one in group for text in one.raw.get("follows", [])}
    absent = any(kind == "appendix" for kind, _, _ in wrong)
    for finding in accused:
        named = set(_numbers(f"{finding.reported or ''} {finding.computed or ''}"))
        if not named & excused and not (absent and finding.check == "missing_appendix"):
            tally.taken.append(f"{name}: falsely accused: {finding.explanation}")


def _tells(finding: Finding, kind: str, printed: str, right: str) -> bool:
    """Does a finding name the printed figure and the right one, to as many places as the right one has?"""
    if kind == "appendix":
        return finding.check == "missing_appendix"
    told = list(_numbers(f"{finding.reported or ''} {finding.computed or ''} {finding.explanation}"))
    step = Fraction(1, 10 ** len(right.partition(",")[2]))
    return _value(printed) in told and any(
        -step / 2 <= one - _value(right) < step for one in told if one != _value(printed)
    )


def _numbers(text: str) -> Iterator[Fraction]:
    for found in _NUMBER.findall(text):
        for part in (found.strip(".,"), *re.split(r"[.,]", found)):
            if part:
                yield _value(part)


def _value(text: str) -> Fraction:
    """A figure however it is printed: `1.735`, `1735`, `45,0%`, `+45` and `45.0` alike."""
    text = re.sub(r"[^\d.,]", "", text).strip(".,")
    if _PLACES.fullmatch(text):
        text = text.replace(".", "")
    whole, _, rest = text.replace(",", ".").partition(".")
    return Fraction(f"{whole or 0}.{rest.replace('.', '') or 0}")
