"""One file that hangs, dies or eats memory costs that file alone."""

from __future__ import annotations

import os
import time

import pytest

from congvan.intake.workers import Limits, run_isolated
from ingest.door.errors import ReadError

LIMITS = Limits(seconds=3, memory=1 << 30, workers=2)


def behave(how: str) -> str:
    match how:
        case "hang":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "eat":
            return str(len(bytearray(2 << 30)))
        case "refuse":
            raise ReadError("empty", "Tệp rỗng.")
        case "stumble":
            raise KeyError("x")
    return how.upper()


@pytest.mark.slow
def test_each_misdeed_costs_its_own_file_alone() -> None:
    deeds = ["a", "hang", "b", "die", "eat", "c", "refuse", "stumble", "d"]
    outcomes = dict(run_isolated(behave, deeds, LIMITS))
    assert set(outcomes) == set(deeds)
    codes = {deed: outcome.code for deed, outcome in outcomes.items() if isinstance(outcome, ReadError)}
    assert codes == {"hang": "timeout", "die": "crash", "eat": "memory", "refuse": "empty", "stumble": "internal"}
    assert [outcomes[deed] for deed in "abcd"] == ["A", "B", "C", "D"]
