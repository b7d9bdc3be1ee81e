"""What a search found, by dispatch: the best passage of each, how many more, the total, and what may be meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, product, zip_longest
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Engine

from congvan.archive.index.dialects import ask
from congvan.archive.index.dialects.dialect import Asker, Term
from congvan.archive.index.passages import PLACE_BITS, search_fold
from congvan.archive.index.search import Filters, SearchHit, both_ways, conditions_of, search, terms_of
from vietnamese.fold import nfc

_PASSAGES_A_DISPATCH = 8
_MOST_COUNTED = 100_000
_SHORT = 4
_MOST_NEAR = 6
_MOST_GUESSES = 12


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
        asker, terms = ask(connection), both_ways(terms_of(words))
        found = [FoundDispatch(hit, _count_in(asker, terms, hit.number) - 1) for hit in shown]
        whole = len(best) <= wanted and len(hits) < taken
        total = len(best) if whole else asker.count(terms, conditions_of(filters), _MOST_COUNTED)
    return FoundScreen(found, total)


def _count_in(asker: Asker, terms: list[Term], number: int) -> int:
    """How many passages of one dispatch are hit; its passages are a range of rows."""
    return asker.count_in(terms, number << PLACE_BITS, number + 1 << PLACE_BITS)


def meant(engine: Engine, words: str) -> str | None:
    """The query with each word that stands nowhere in the archive replaced by one like it that does; where each stands
    somewhere but never all together, with one of them replaced so that they do. None where there is no such.
    """
    terms = [part for term in terms_of(words) for part in term.split()]
    with engine.connect() as connection:
        asker = ask(connection)
        spelled = _spelled(asker)
        unknown = any(search_fold(nfc(term)) not in spelled for term in terms)
        guesses = _unknown_replaced(terms, spelled) if unknown else _one_replaced(terms, spelled)
        counted = {
            guess: asker.count(both_ways(terms_of(guess)), conditions_of(Filters()), _MOST_COUNTED)
            for guess in guesses[:_MOST_GUESSES]
        }
    best = max(counted, key=lambda guess: counted[guess], default=None)
    return best if best and (unknown or counted[best]) else None


def _spelled(asker: Asker) -> dict[str, Counter[str]]:
    """The words of the archive by their letters without marks, each way to spell them with how often it stands."""
    found: dict[str, Counter[str]] = {}
    for term, count in asker.spellings():
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
