"""Spreadsheets and CSV: words run nothing, days are days, numbers are numbers, no half file is left."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from congvan.writing.cells import Link, Value
from congvan.writing.csv_file import PEOPLE, write_csv
from congvan.writing.spreadsheet import Worksheet, write_sheets

HEADINGS = ["Số đến", "Ngày", "Trích yếu", "Tỷ lệ", "Văn bản"]
ROW: list[Value] = [17, dt.date(2025, 6, 4), '=HYPERLINK("http://x")', Decimal("-2.50"), Link("16/CT", "file.pdf")]


def test_cells_of_a_spreadsheet_are_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    assert write_sheets(path, [Worksheet("Sổ", HEADINGS, [ROW, [None] * 5])]) == 0
    sheet = openpyxl.load_workbook(path)["Sổ"]
    number, day, words, rate, link = sheet[2]
    assert (number.value, number.data_type) == (17, "n")
    assert (day.value, day.number_format) == (dt.datetime(2025, 6, 4), "dd/mm/yyyy")
    assert (words.value, words.data_type) == (ROW[2], "s")
    assert rate.value == -2.5
    assert link.hyperlink is not None and link.value == "16/CT"
    assert [cell.value for cell in sheet[3]] == [None] * 5
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:E3"
    assert sheet.page_setup.orientation == "landscape"


def test_days_sort_as_days(tmp_path: Path) -> None:
    days = [dt.date(2025, 12, 1), dt.date(2025, 6, 4), dt.date(2025, 5, 19)]
    write_sheets(tmp_path / "a.xlsx", [Worksheet("a", ["Ngày"], [[day] for day in days])])
    found = [row[0].value for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2)]
    assert sorted(found) == [dt.datetime.combine(day, dt.time()) for day in sorted(days)]


def test_a_number_too_long_for_a_spreadsheet_keeps_its_digits(tmp_path: Path) -> None:
    write_sheets(tmp_path / "a.xlsx", [Worksheet("a", ["Tài khoản"], [[12345678901234567]])])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value == "12345678901234567"


def test_a_cell_leads_to_another_one_of_its_file_and_pages_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheets(
        path, [Worksheet("A", ("x",), [(Link("1.735", "internal:'B'!A2"),)]), Worksheet("B", ("y",), [("7",)])]
    )
    sheet = openpyxl.load_workbook(path)["A"]
    assert sheet["A2"].hyperlink.location == "'B'!A2"
    assert (sheet.page_setup.paperSize, sheet.oddFooter.right.text) == (9, "&P / &N")


def test_csv_words_run_nothing(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    assert write_csv(HEADINGS, [ROW], path, PEOPLE) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [HEADINGS, ["17", "04/06/2025", f"'{ROW[2]}", "-2.50", "16/CT"]]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"so.{suffix}"
    path.write_bytes(b"old")

    def rows() -> object:
        yield ["a"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        if suffix == "csv":
            write_csv(["x"], rows(), path)  # type: ignore[arg-type]
        else:
            write_sheets(path, [Worksheet("x", ["x"], rows())])  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
