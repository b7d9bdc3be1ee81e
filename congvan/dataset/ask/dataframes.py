"""The dataset as pandas DataFrames: whole numbers stay whole, days are days, what is not known is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from congvan.dataset.ask.lookups import FACTS, rules
from congvan.dataset.ask.measure_rules import load_rules, names_of
from congvan.dataset.ask.questions import ALL, TABLES, VIEWS, Question
from congvan.dataset.keep.parquet import parts_folder

_MOST_MEMORY = "1GB"
_ROWS_AT_ONCE = 50_000
_TYPES = {
    pa.int64(): pd.Int64Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(),
}

# A person's rule says what a figure is of before the vocabulary does.
_RULED = """
CREATE VIEW observations AS SELECT o.* REPLACE (coalesce(r.name, o.measure) AS measure)
FROM ({figures}) o LEFT JOIN rules r ON r.words = concat_ws(' / ', o.subject, nullif(o.concept, ''))
"""


class Dataset:
    """The dataset in a folder, open for questions. An empty dataset gives no rows."""

    def __init__(self, out: Path) -> None:
        parts = parts_folder(out)
        self.is_empty = not any(parts.glob("*/*/*.parquet"))
        self.names = names_of(load_rules(out))
        """Of each heading that a person gave to a measure, the measure's name."""
        self._made: set[str] = set()
        # Small groups are many: what does not fit goes to disk, so that a report needs no more than a build.
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MOST_MEMORY,
            "temp_directory": gettempdir(),
        }
        self._connection = duckdb.connect(config=config)
        if not self.is_empty:
            source = str(parts / "*" / "*" / "*.parquet").replace("'", "''")
            figures = f"SELECT * FROM read_parquet('{source}', hive_partitioning = false)"
            self._connection.register("rules", rules(self.names))
            plain = f"CREATE VIEW observations AS {figures}"
            self._connection.execute(_RULED.format(figures=figures) if self.names else plain)

    def frame(self, question: Question, values: Sequence[object] = (), most: int | None = None) -> pd.DataFrame:
        """The answer to a question: of its rows the first, where `most` is given."""
        if self.is_empty:
            return pd.DataFrame()
        limit = "" if most is None else f" LIMIT {most}"
        return _frame(self._ask(question, values, limit).to_arrow_table())

    def frames(self, question: Question, values: Sequence[object] = ()) -> Iterator[pd.DataFrame]:
        """The same piece by piece, for answers that do not fit into memory."""
        if not self.is_empty:
            reader: pa.RecordBatchReader = self._ask(question, values, "").to_arrow_reader(_ROWS_AT_ONCE)
            for batch in reader:
                yield _frame(pa.Table.from_batches([batch]))

    def count(self, question: Question) -> int:
        """How many rows the answer to a question has."""
        counted = self.frame(Question(f"SELECT count(*) AS rows FROM ({question.statement})", question.needs))
        return 0 if counted.empty else int(counted["rows"].iloc[0])

    def _ask(self, question: Question, values: Sequence[object], limit: str) -> duckdb.DuckDBPyRelation:
        for name in question.needs:
            self._make(name)
        return self._connection.sql(question.statement + limit, params=list(values) or None)

    def _make(self, name: str) -> None:
        if name in self._made:
            return
        self._made.add(name)
        if name in FACTS:
            self._connection.register(name, FACTS[name]())
            return
        made = TABLES.get(name) or VIEWS[name]
        for other in made.needs:
            self._make(other)
        kind = "TABLE" if name in TABLES else "VIEW"
        self._connection.execute(f"CREATE TEMP {kind} {name} AS {made.statement}")


def frame(out: Path, question: Question, values: Sequence[object] = ()) -> pd.DataFrame:
    """The answer to a question to the dataset in a folder, a column each; empty where the dataset is."""
    return Dataset(out).frame(question, values)


def observations(out: Path) -> pd.DataFrame:
    """All figures of the dataset in a folder. Raises FileNotFoundError where no dataset was built there."""
    if not (out / "manifest.json").exists() and not any(out.glob("**/*.parquet")):
        raise FileNotFoundError(f"{out}: no dataset; `congvan dataset build --out {out}` makes one")
    return frame(out, ALL)


def rows_of(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows of a DataFrame as plain values: None for what is missing, days as dates."""
    days = table.select_dtypes("datetime").columns
    plain = table.astype(object).where(table.notna(), None)
    for name in days:
        plain[name] = [None if value is None else value.date() for value in plain[name]]
    yield from plain.itertuples(index=False, name=None)


def _frame(answer: pa.Table) -> pd.DataFrame:
    found: pd.DataFrame = answer.to_pandas(types_mapper=_TYPES.get, date_as_object=False)
    return found
