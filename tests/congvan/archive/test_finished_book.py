"""From scans with numbers and days by pen to a finished book: how many commands and rows a clerk needs."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.review.queue import State, Wanted, list_dispatches, queue
from congvan.archive.review.queue_sheet import SHEET
from congvan.archive.verify import verify
from congvan.commands.cli import app
from corpus.build import HERE
from corpus.scans import WAYS, build_scans
from tests.support.pictures import needs_ocr

SCANNED = ("chi-thi-luc-nam", "thong-tri-yen-the", "cong-van-y-yen", "giay-moi-nga-son", "thong-bao-mo-duc",
           "quyet-dinh-yen-the", "bao-cao-luc-nam", "huong-dan-hau-loc")  # fmt: skip


def scans_with_pen(out: Path) -> dict[str, dict[str, Any]]:
    """Each dispatch as a scan with its number by pen, where it has one to be written; the headers of their golds."""
    nobody = out / "nobody"
    nobody.mkdir(parents=True)
    for name in SCANNED:
        (folder,) = HERE.glob(f"*-{name}")
        turns = [folder if way.pen else nobody for way in WAYS[: 1 + WAYS.index(next(w for w in WAYS if w.pen))]]
        build_scans(turns, out / "scans")
    found = {path.stem: json.loads(path.read_text("utf-8"))["header"] for path in (out / "scans").glob("*.json")}
    for path in (out / "scans").glob("*.json"):
        path.unlink()
    return found


def fill_row(row: list[Any], gold: dict[str, Any], symbol: str | None) -> bool:
    """What a clerk does in one row: takes the suggestions where they are right, types what is not, says `seen`. What
    was read wrong (`symbol`) is among the doubts, which he reads. Gives whether suggestions were taken.
    """
    day = dt.date.fromisoformat(gold["date"])
    right = str(row[5].value or "").lstrip("0") in ("", str(gold["number"])) and (row[6].value or "") in (
        "",
        f"{day:%d/%m/%Y}",
    )
    accepted = right and bool(row[5].value or row[6].value)
    if accepted:
        row[7].value = "x"
    else:
        row[8].value, row[10].value = re.split(r"\D", gold["so_hieu"])[0], f"{day:%d/%m/%Y}"
    if symbol != gold["symbol"]:
        assert f"«{symbol}»" in row[12].value, "nothing is wrong in silence"
        row[9].value = gold["symbol"]
    row[11].value = "x"
    return accepted


@needs_ocr
@pytest.mark.whole
def test_pen_written_scans_become_a_book_with_at_most_one_row_a_dispatch(tmp_path: Path) -> None:
    golds = scans_with_pen(tmp_path)
    assert len(golds) == len(SCANNED)
    commands: list[str] = []

    def run(*words: str) -> str:
        commands.append(words[0])
        answer = CliRunner().invoke(app, [*words, "--archive", str(tmp_path / "kho")])
        assert answer.exit_code == 0, answer.output
        return answer.output

    run("ingest", str(tmp_path / "scans"), "--quarantine", str(tmp_path / "apart"))
    sheet_path = tmp_path / "can-xem.xlsx"
    run("review", "--out", str(sheet_path))
    book = openpyxl.load_workbook(sheet_path)
    rows = [list(row) for row in book[SHEET].iter_rows(min_row=2)]
    archive = Archive(tmp_path / "kho")
    symbols = {record.source.name: record.header.symbol for record in map(archive.record, archive.hashes())}
    accepted = [fill_row(row, golds[Path(str(row[1].value)).stem], symbols[row[1].value]) for row in rows]
    book.save(sheet_path)
    run("review", "--in", str(sheet_path))
    run("arrive", "--all", "--date", "10/3/2026")
    run("book", "arrivals", "--year", "2026", "--out", str(tmp_path / "so-den.xlsx"))

    assert queue(archive.engine)[1] == 0
    for one in list_dispatches(archive.engine)[0]:
        gold = golds[Path(one.name).stem]
        assert one.so_hieu and one.so_hieu.lstrip("0") == gold["so_hieu"].lstrip("0"), one.name
        assert one.date == dt.date.fromisoformat(gold["date"]), one.name
    assert list_dispatches(archive.engine, Wanted(State.DONE))[1] == len(rows) <= len(golds)
    assert len(rows) + len(commands) <= len(golds) + 5, "a row a dispatch, and five commands for them all"
    assert any(accepted), "pen is read well enough for some suggestion to be right"
    printed = {str(cell) for row in openpyxl.load_workbook(tmp_path / "so-den.xlsx").active.values for cell in row}
    assert all(any(gold["so_hieu"].lstrip("0") in text for text in printed) for gold in golds.values())
    assert list(verify(archive)) == []
