"""A page on which many figures are doubtful has no sure ones."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.page.placed import PlacedWord
from ingest.scan.unsure_figures import doubt_figures


def words(*figures: tuple[str, float]) -> list[PlacedWord]:
    return [PlacedWord(text, 0, 0, 9, 9, 9, 13, confidence=sure) for text, sure in (*figures, ("ngày", 0.95))]


def figures_of(found: Sequence[PlacedWord]) -> set[float | None]:
    return {word.trust for word in found if word.text[0].isdigit()}


def test_many_doubtful_figures_make_all_doubtful() -> None:
    found, notices = doubt_figures(words(*[("12/5", 0.95)] * 6, *[("97/QĐ", 0.6)] * 3), 4)
    assert figures_of(found) == {0.8, 0.6}
    assert found[-1].confidence == 0.95
    assert [(one.code, one.page) for one in notices] == [("unsure_figures", 4)]


def test_years_that_no_dispatch_names_count_as_doubtful() -> None:
    assert doubt_figures(words(*[("12/5", 0.95)] * 6, ("2926", 0.96), ("3/2931;", 0.96)), 1)[1]
    assert not doubt_figures(words(*[("12/5", 0.95)] * 6, ("2026", 0.96), ("2100", 0.96)), 1)[1]


def test_a_few_doubts_stay_where_they_are() -> None:
    page = words(*[("12/5", 0.95)] * 10, ("97", 0.6))
    assert doubt_figures(page, 1) == (page, [])
    assert doubt_figures(words(*[("97", 0.6)] * 3), 1)[1] == []
