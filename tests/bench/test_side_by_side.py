"""The judge of the readers side by side, and the page made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.cases import ROOT
from bench.side_by_side.__main__ import Measured, Tool, files
from bench.side_by_side.judged import Right, judge, markdown_tables
from bench.side_by_side.page import interval, page

GOLD: dict[str, Any] = {
    "header": {"so_hieu": "7/UBND-VP", "date": "2024-04-03"},
    "tables": [
        {
            "columns": [{"kind": "ordinal"}, {"kind": "text"}, {"kind": "integer"}, {"kind": "percent"}],
            "rows": [
                {"kind": "data", "cells": ["1", "Xã Minh Tân", "5", "50%"]},
                {"kind": "data", "cells": ["2", "Xã Minh Hải", "6", ""]},
            ],
        }
    ],
}


def test_a_record_is_judged_by_its_values_and_a_text_by_what_stands_in_it() -> None:
    table = [["1", "Xã Minh Tân", "5", "50%"], ["2", "Xã Minh Hải", "9", ""]]
    record = {"text": "", "tables": [table], "fields": {"so_hieu": "7/UBND-VP", "date": "2024-03-04"}}
    assert judge(record, GOLD) == Right((1, 1), (0, 1), (2, 3))
    text = "Số:\n7/UBND-VP  ngày 03\ntháng 4 năm 2024\n| 1 | Xã Minh Tân | 5 | 50% |\n|---|---|---|---|\n| x |"
    assert judge({"text": text}, GOLD) == Right((1, 1), (1, 1), (2, 3))


def test_a_figure_in_another_column_is_not_right() -> None:
    assert judge({"tables": [[["Xã Minh Tân", "5", "50%"]]]}, GOLD).cells == (0, 3)


def test_tables_in_markdown_are_told_apart() -> None:
    assert [len(table) for table in markdown_tables("| a |\n| b |\n\nchữ\n| c |")] == [2, 1]


def test_a_reader_answers_from_a_process_of_its_own() -> None:
    path, gold = files("docx", Path())[0]
    tool = Tool("lxml", None)
    try:
        made = tool.read(path)
        again = tool.read(ROOT / "không có.docx")
    finally:
        tool.process.kill()
    assert judge(made, gold).number == (1, 1) and made["memory"] > 0
    assert "FileNotFoundError" in again["error"]


def test_the_page_says_who_did_not_run_and_why() -> None:
    ours = Measured(Right((1, 1), (1, 1), (0, 0)), [0.02, 0.04], [0.03, 0.05], 5_000_000)
    text = page({"pdf": {"congvan": ours, "kia": Measured(why="no model")}}, [], 1)
    assert "| congvan | 30 (20–40) | 40 | 1.00 | 5 MB | 1/1 | 1/1 | – | 0 |" in text
    assert "- kia: no model" in text and "| kia" not in text
    assert interval([1.0, 1.0]) == (1.0, 1.0)
