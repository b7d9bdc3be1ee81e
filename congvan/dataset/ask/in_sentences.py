"""Answers in plain words, for people who look at a screen of eighty columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from congvan.dataset.ask.codebook import STATUS, in_words


def contradiction(row: Mapping[str, Any]) -> str:
    """One row of the question `CONTRADICTIONS` as a sentence."""
    kind = "Điều chỉnh" if row["kind"] == "revision" else "Mâu thuẫn"
    where = ", ".join(told for name in ("unit_name", "district", "province") if (told := _told(row[name])))
    broken_down = _told(in_words("dimensions", _told(row["dimensions"])))
    what = ", ".join(told for told in (row["indicator"], broken_down, STATUS.get(row["status"])) if told)
    when = f"từ {_day(row['period_start'])} đến {_day(row['period_end'])}"
    newer = _printed(row["newer"], row["newer_in"], row["newer_issued"])
    older = _printed(row["older"], row["older_in"], row["older_issued"])
    return f"{kind}: {where}; {what}; {when}: {newer}, còn {older}."


def _printed(value: Any, so_hieu: Any, issued: Any) -> str:
    name = _told(so_hieu) or "văn bản không số"
    return f"{name}{f' ngày {_day(issued)}' if _day(issued) else ''} ghi {value}"


def _told(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _day(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value:%d/%m/%Y}"
