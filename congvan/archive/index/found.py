"""What a search found, by dispatch: the best passage of each, how many more, the total, and what may be meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import Engine

from congvan.archive.index.passages import search_fold
from congvan.archive.index.search import Filters, SearchHit, match_expression, search, statement_parts, terms_of
from vietnamese.fold import nfc

_PASSAGES_A_DISPATCH = 8
_MOST_COUNTED = 100_000
_NEAR = 60.0
_PLACE_BITS = 10


class FoundDispatch(NamedTuple):
    """A dispatch with the best of its passages that were hit, and how many more there are."""

    best: SearchHit
    more: int


@dataclass(frozen=True)
class FoundScreen:
    """A screen of dispatches, how many were found in all, and another query to try where nothing was."""

    dispatches: list[FoundDispatch]
    total: int
    meant: str | None = None


def search_dispatches(engine: Engine, words: str, filters: Filters | None = None) -> FoundScreen:
    """The dispatches that hold all of the words, the files of one counted once."""
    filters = filters or Filters()
    wanted, best = filters.limit, dict[str, SearchHit]()
    taken = wanted * _PASSAGES_A_DISPATCH
    while True:
        hits = search(engine, words, replace(filters, limit=taken))
        for hit in hits:
            best.setdefault(hit.lead_id, hit)
        if len(best) >= wanted or len(hits) < taken:
            break
        taken *= 8
    if not best:
        return FoundScreen([], 0, meant(engine, words))
    shown = list(best.values())[:wanted]
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        found = [FoundDispatch(hit, _count_in(driver, words, hit.number) - 1) for hit in shown]
        total = len(best) if len(best) <= wanted and len(hits) < taken else _count(driver, words, filters)
    return FoundScreen(found, total)


def _count_in(driver: Any, words: str, number: int) -> int:
    """How many passages of one dispatch are hit; its passages are a range of rows."""
    values = (match_expression(terms_of(words)), number << _PLACE_BITS, (number + 1 << _PLACE_BITS) - 1)
    statement = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ? AND rowid BETWEEN ? AND ?"
    return int(driver.execute(statement, values).fetchone()[0])


def _count(driver: Any, words: str, filters: Filters) -> int:
    where, values = statement_parts(filters)
    values |= {"expression": match_expression(terms_of(words)), "most": _MOST_COUNTED}
    statement = (
        "SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM (SELECT rowid AS id FROM passages_fts "
        "WHERE passages_fts MATCH :expression LIMIT :most) hits JOIN passages p ON p.id = hits.id "
        f"JOIN dispatches d ON d.number = p.dispatch WHERE {where}"
    )
    return int(driver.execute(statement, values).fetchone()[0])


def meant(engine: Engine, words: str) -> str | None:
    """The query with each word that stands nowhere in the archive replaced by the nearest that does, or None."""
    terms = [part for term in terms_of(words) for part in term.split()]
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab(main, passages_fts, col)")
        printed = dict(driver.execute("SELECT term, doc FROM temp.known WHERE col = 'text'").fetchall())
    spelled: dict[str, Counter[str]] = {}
    for term, count in printed.items():
        spelled.setdefault(search_fold(nfc(term)), Counter())[term] += count
    found = [_nearest(term, spelled) for term in terms]
    if None in found or found == terms:
        return None
    return " ".join(word for word in found if word)


def _nearest(term: str, spelled: dict[str, Counter[str]]) -> str | None:
    """A word of the archive that is like the one typed, with the marks that it mostly has there."""
    folded = search_fold(nfc(term))
    if folded in spelled:
        return term
    near = process.extract(folded, spelled.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
    if not near:
        return None
    best = max(near, key=lambda each: (each[1], spelled[each[0]].total()))[0]
    return spelled[best].most_common(1)[0][0]
