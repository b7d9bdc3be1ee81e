"""The same judgement of the same figures through text, Word and PDF: honest printing of each custom, and slips."""

from __future__ import annotations

import random
import shutil
from fractions import Fraction
from pathlib import Path

import docx
import pytest

from congvan.audit.audit import audit
from corpus.build import convert
from ingest.read import read_file
from parsers.parse import parse
from tests.support.planted import CALM, UNITS, Print, Row, Sheet, cut_off, dispatch, half_up, rounded_up


def made(author: Print, slips: bool) -> tuple[Sheet, set[int]]:
    """A table of thirty units as this author prints it, and the rows whose figure slipped out of every interval."""
    rng = random.Random(f"{author.__name__} {slips}")
    rows, wrong = [], set()
    for number in range(30):
        target = rng.randint(3, 400)
        done = rng.randint(1, target)
        percent = author(done, target, 2)
        if slips and number % 3 == 0:
            units = int(percent.replace(",", "")) + rng.choice((-1, 1)) * rng.randint(2, 900)
            if units > 0:
                digits = str(units).rjust(3, "0")
                percent = f"{digits[:-2]},{digits[-2:]}"
                wrong.add(number)
        rows.append(Row(f"Đảng bộ {UNITS[number]}", target, done, percent))
    target, done = sum(row.target for row in rows), sum(row.done for row in rows)
    return Sheet(rows, [str(target), str(done), author(done, target, 2)], 2, 2023), wrong


def write_word(text: str, path: Path) -> None:
    """The dispatch as a Word file: lines as paragraphs, lines with tabs as a ruled table."""
    document = docx.Document()
    lines = text.split("\n")
    rows = [line.split("\t") for line in lines if "\t" in line]
    placed = False
    for line in lines:
        if "\t" not in line:
            if line:
                document.add_paragraph(line)
        elif not placed:
            placed = True
            table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    table.cell(row, column).text = cell
    document.save(str(path))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent: no PDF can be made")
@pytest.mark.parametrize("slips", [False, True])
@pytest.mark.parametrize("author", [half_up, cut_off, rounded_up])
def test_every_format_gives_the_same_verdicts(tmp_path: Path, author: Print, slips: bool) -> None:
    sheet, wrong = made(author, slips)
    text = tmp_path / "dispatch.txt"
    text.write_text(dispatch(CALM, sheet.text()), encoding="utf-8")
    word = tmp_path / "dispatch.docx"
    write_word(text.read_text(encoding="utf-8"), word)
    convert([word], "pdf")
    for path in (text, word, word.with_suffix(".pdf")):
        findings = [one for one in audit(parse(read_file(path))).findings if one.check == "row_ratio"]
        rows = {int(one.pointers[0].split("/")[4]) for one in findings if one.verdict == "disagrees"}
        assert len(findings) == 31, path.suffix
        assert rows == wrong, path.suffix
        _check_words(findings[0].computed, sheet.rows[0])


def _check_words(computed: str | None, row: Row) -> None:
    """The computed figure is the exact ratio to two decimals."""
    assert computed is not None
    assert abs(Fraction(computed) - Fraction(100 * row.done, row.target)) <= Fraction(1, 200)
