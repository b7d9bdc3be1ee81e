"""The planted set of the bench: sentences and tables written before the checks, with errors and decoys."""

from __future__ import annotations

from bench.planted.score import cases, score


def test_most_planted_errors_are_found_and_no_decoy_is_taken() -> None:
    made = [score(case) for case in cases()]
    planted, missed = sum(one.planted for one in made), [line for one in made for line in one.missed]
    assert planted >= 40 and sum(one.decoys for one in made) >= 30
    assert [line for one in made for line in one.taken] == []
    assert len(missed) * 10 <= planted, missed
