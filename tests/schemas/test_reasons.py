"""Why a reading is doubted, and what follows from it: one table, every code known."""

from __future__ import annotations

from typing import get_args

import pytest

from congvan.archive.index.doubt_weights import WEIGHTS
from parsers.record.trail import Trail
from schemas.codes import WarningCode
from schemas.dispatch import Evidence
from schemas.document import Word
from schemas.doubts import MEANING, Doubt, code_of, trust, with_doubt


def test_every_doubt_has_a_meaning_and_a_known_code() -> None:
    assert set(MEANING) == set(Doubt)
    assert all(0 < one.most < 1 and one.code in get_args(WarningCode) and one.why for one in MEANING.values())


def test_every_code_has_its_place_in_the_queue() -> None:
    assert set(WEIGHTS) == set(get_args(WarningCode))


@pytest.mark.parametrize(
    ("score", "doubts", "trusted"),
    [
        (0.97, (), 0.97),
        (None, (), None),
        (0.97, (Doubt.UNDER_STAMP,), 0.6),
        (0.4, (Doubt.UNDER_STAMP,), 0.4),
        (0.97, (Doubt.MENDED, Doubt.READINGS_DIFFER), 0.5),
        (None, (Doubt.ODD_SIGN,), 0.7),
    ],
)
def test_trust_is_the_score_lowered_by_the_gravest_doubt(
    score: float | None, doubts: tuple[Doubt, ...], trusted: float | None
) -> None:
    assert trust(score, doubts) == trusted


def test_a_word_keeps_its_score_beside_its_doubts() -> None:
    word = Word(0, 2, 1, None, 0.96)
    doubted = word._replace(doubts=with_doubt(word.doubts, Doubt.UNDER_INK))
    assert (doubted.confidence, doubted.trust, doubted.doubts) == (0.96, 0.85, (Doubt.UNDER_INK,))


def test_the_gravest_doubt_names_the_trouble() -> None:
    assert code_of([Doubt.MENDED, Doubt.UNDER_STAMP]) == "under_stamp"
    assert code_of([]) == "unsure_reading"


def test_a_warning_says_where_its_value_stands() -> None:
    trail = Trail()
    seen = Evidence(page=2, bbox=(10, 20, 30, 40), quote="ngày 32/13", origin="body", confidence=0.7)
    trail.show("/deadlines/0", [seen])
    trail.warn("impossible_date", "…", "/deadlines/0/due")
    trail.warn("not_found", "…", "/header/date")
    told, other = trail.rendered()
    assert (told.page, told.bbox, told.quote) == (2, (10, 20, 30, 40), "ngày 32/13")
    assert (other.page, other.bbox, other.quote) == (None, None, None)
    assert trail.asks_below("/deadlines/0")
    assert not trail.asks_below("/deadlines/00")
