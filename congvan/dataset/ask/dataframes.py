"""The dataset as pandas DataFrames: whole numbers stay whole, days are days, what is not known is missing."""

from __future__ import annotations

from pathlib import Path

from pandas import DataFrame

from congvan.dataset.ask.questions import Dataset, Question

_ALL = Question("SELECT * FROM observations ORDER BY dispatch, pointer")


def frame(out: Path, question: Question) -> DataFrame:
    """The answer to a question to the dataset in a folder, a column each; empty where the dataset is."""
    return Dataset(out).frame(question)


def observations(out: Path) -> DataFrame:
    """All figures of the dataset in a folder. Raises FileNotFoundError where no dataset was built there."""
    if not (out / "manifest.json").exists() and not any(out.glob("**/*.parquet")):
        raise FileNotFoundError(f"{out}: no dataset; `congvan dataset build --out {out}` makes one")
    return frame(out, _ALL)
