"""What a search found, by dispatch: the best passage of each, how many more, the total, and what may be meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, product, zip_longest
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Engine

from congvan.archive.index.passages import search_fold
from congvan.archive.index.search import Filters, SearchHit, match_expression, search, statement_parts, terms_of
from vietnamese.fold import nfc

_PASSAGES_A_DISPATCH = 8
_MOST_COUNTED = 100_000
_SHORT = 4
_MOST_NEAR = 6
_MOST_GUESSES = 12
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
    """The query with each word that stands nowhere in the archive replaced by one like it that does; where each stands
    somewhere but never all together, with one of them replaced so that they do. None where there is no such.
    """
    terms = [part for term in terms_of(words) for part in term.split()]
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        spelled = _spelled(driver)
        unknown = any(search_fold(nfc(term)) not in spelled for term in terms)
        guesses = _unknown_replaced(terms, spelled) if unknown else _one_replaced(terms, spelled)
        counted = {guess: _count(driver, guess, Filters()) for guess in guesses[:_MOST_GUESSES]}
    best = max(counted, key=lambda guess: counted[guess], default=None)
    return best if best and (unknown or counted[best]) else None


def _spelled(driver: Any) -> dict[str, Counter[str]]:
    """The words of the archive by their letters without marks, each way to spell them with how often it stands."""
    driver.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab(main, passages_fts, col)")
    found: dict[str, Counter[str]] = {}
    for term, count in driver.execute("SELECT term, doc FROM temp.known WHERE col = 'text'").fetchall():
        found.setdefault(search_fold(nfc(term)), Counter())[term] += count
    return found


def _unknown_replaced(terms: list[str], spelled: dict[str, Counter[str]]) -> list[str]:
    choices = [[term] if search_fold(nfc(term)) in spelled else _near(term, spelled) for term in terms]
    return [" ".join(each) for each in islice(product(*choices), _MOST_GUESSES)]


def _one_replaced(terms: list[str], spelled: dict[str, Counter[str]]) -> list[str]:
    """Each word in turn by those like it, the likeliest of every word first."""
    near = [_near(term, spelled) for term in terms[:_MOST_GUESSES]]
    turns = [(place, other) for others in zip_longest(*near) for place, other in enumerate(others) if other]
    return [" ".join((*terms[:place], other, *terms[place + 1 :])) for place, other in turns]


def _near(term: str, spelled: dict[str, Counter[str]]) -> list[str]:
    """The words of the archive that are like the one typed, with the marks that each mostly has there: those wrong by
    fewest letters first, then those that stand there most.
    """
    folded = search_fold(nfc(term))
    most = 1 if len(folded) <= _SHORT else 2
    near = process.extract(folded, spelled.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    near.sort(key=lambda each: (each[1], -spelled[each[0]].total()))
    other_marks = [each for each, _ in spelled.get(folded, Counter()).most_common(_MOST_NEAR)]
    found = other_marks + [spelled[each].most_common(1)[0][0] for each, _, _ in near[:_MOST_NEAR]]
    return [each for each in dict.fromkeys(found) if each != term]
