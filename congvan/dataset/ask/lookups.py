"""Tables of facts that questions join with: places, units, measures of the vocabulary, rules of the archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from congvan.dataset.see.places import gazetteer
from congvan.dataset.words.vocabulary import conversions, measures


def places() -> pa.Table:
    """All places with the days they existed and what became of them; `code` as the decrees print it."""
    rows = [
        {
            "id": each.id,
            "code": each.id.lstrip("n"),
            "level": each.level,
            "kind": each.kind,
            "name": each.name,
            "parent": each.parent,
            "valid_from": each.valid_from,
            "valid_to": each.valid_to,
            "successors": " ".join(each.successors) or None,
        }
        for each in gazetteer().by_id.values()
    ]
    return pa.Table.from_pylist(rows)


def units() -> pa.Table:
    """Units that are converted: of each the unit it becomes, and how many of it it is."""
    rows = [{"unit": unit, "base": base, "factor": float(factor)} for unit, (base, factor) in conversions().items()]
    return pa.Table.from_pylist(rows)


def vocabulary() -> pa.Table:
    """The measures of the vocabulary."""
    rows = [
        {"key": each.key, "label": each.label, "unit": each.unit, "kind": each.kind, "stock": each.stock,
         "parent": each.parent}
        for each in measures().values()
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def rules(names: Mapping[str, str]) -> pa.Table:
    """Of each heading that a person gave to a measure, the measure's name."""
    return pa.table({"words": pa.array(list(names), pa.string()), "name": pa.array(list(names.values()), pa.string())})


FACTS: Mapping[str, Callable[[], pa.Table]] = {"places": places, "units": units, "vocabulary": vocabulary}
