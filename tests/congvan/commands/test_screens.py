"""What is printed can be read at 80 columns: words kept whole, grouped by dispatch, days in one style."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.commands.cli import app
from congvan.commands.lists import print_list
from congvan.commands.options import Format
from congvan.writing.document_text import document_html, document_markdown
from schemas.dispatch import Column, Deadline, Directive, Row, Table, TableCell
from schemas.document import Cell, Document, Grid, Paragraph
from schemas.source import Notice, Source, Suggestion
from tests.support.kept_letters import Letter, put_letter
from vietnamese.fold import fold

WIDE = Table(
    id="T1", label="Phụ lục I", caption="Thu, chi ngân sách", pages=(2,),
    columns=(
        Column(path=("STT",), kind="ordinal"),
        Column(path=("Đơn vị",), kind="text"),
        Column(path=("Thu", "Quý I"), kind="integer"),
        Column(path=("Thu", "Quý II"), kind="decimal"),
    ),
    rows=(
        Row(kind="data", page=2, cells=tuple(
            TableCell.model_validate(each) for each in (
                {"text": "1", "value": 1}, {"text": "Xã A | B"}, {"text": "1.200", "value": 1200},
                {"text": "3,50", "value": "3.50"},
            )
        )),
    ),
)  # fmt: skip
TASKS = (
    Directive(id="1", label="1", text="Phòng Nội vụ hướng dẫn kỹ thuật lập danh mục hồ sơ cho văn thư các cơ quan",
              assignees=("Phòng Nội vụ",)),
    Directive(id="2", label="2", text="Các đơn vị gửi quý III báo cáo kĩ thuật số hóa về Lưu trữ lịch sử tỉnh"),
    Directive(id="3", label="3", text="Nguyên tắc chung: nộp đủ hồ sơ lịch sử kỹ thuật theo quy định hiện hành"),
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "kho")
    for number, name in enumerate(("Kế hoạch số hóa (bản ký).pdf", "huong-dan.docx"), start=1):
        kind = "ke_hoach" if number == 1 else "huong_dan"
        header = {
            "so_hieu": f"{number}/UBND-LT", "date": f"2024-08-0{number}", "doc_type": kind,
            "subject": "số hóa tài liệu lưu trữ lịch sử và lập hồ sơ công việc trong môi trường mạng tại các cơ quan",
            "signers": [{"name": f"Phùng Thị Bảy {number}"}],
        }  # fmt: skip
        doubt = Notice(
            code="handwritten", pointer="/header/number", page=1, suggestions=(Suggestion(value="17", source="pen"),),
            message="Số văn bản viết tay, hãy xem lại chỗ ấy trên bản gốc trước khi vào sổ đăng ký văn bản đến.",
        )  # fmt: skip
        letter = Letter(name, header, warnings=(doubt,), text=f"việc {number}")
        record = letter.record()[1]
        put_letter(archive, letter)
        due = Deadline(id="D1", directive="2", phrase="trước ngày 15/9/2024", kind="before", due=dt.date(2024, 9, 14))
        changed = {"directives": TASKS[: 3 if number == 1 else 1], "tables": (WIDE,), "deadlines": (due,)}
        archive.replace_record(record.model_copy(update=changed))
    return archive


def run(archive: Archive, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--archive", str(archive.layout.root)], env={"COLUMNS": "80"})


@pytest.mark.parametrize(
    "words",
    [
        ["search", "kĩ thuật"], ["list"], ["review"], ["show", "1/UBND-LT"], ["deadlines", "--today", "1/9/2024"],
        ["trash"], ["remind", "--today", "1/9/2024"], ["dataset", "bodies"], ["ok", "1/UBND-LT"], ["config"],
        ["assign", "1/UBND-LT", "--to", "Phòng Nội vụ và Lao động thành phố", "--note", "Chủ trì, phối hợp các phòng"],
        ["arrivals"], ["table", "1/UBND-LT", "--help"], ["copies", "1/UBND-LT"], ["history", "1/UBND-LT"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_screen_of_80_columns_keeps_words_whole(archive: Archive, words: list[str]) -> None:
    printed = run(archive, *words).stdout
    lines = printed.splitlines()
    assert lines and all(len(line) <= 80 for line in lines if " " in line.strip()), printed
    plain = " ".join(printed.replace("«", "").replace("»", "").split())
    if words[0] in ("search", "list", "review", "show", "arrivals"):
        assert "số hóa tài liệu lưu trữ lịch sử và lập hồ sơ công việc trong môi trường mạng tại các cơ quan" in plain
    assert not re.search(r"\d{4}-\d\d-\d\d", plain)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kỹ thuật", {"1/UBND-LT", "2/UBND-LT"}),
        ("ky thuat", {"1/UBND-LT", "2/UBND-LT"}),
        ("quí III", {"1/UBND-LT"}),
        ("phùng thị bảy 2", {"2/UBND-LT"}),
        ("huong-dan.docx", {"2/UBND-LT"}),
        ("bản ký", {"1/UBND-LT"}),
    ],
)
def test_i_and_y_file_names_and_signers_are_found(archive: Archive, query: str, names: set[str]) -> None:
    printed = run(archive, "search", query).stdout
    assert {name for name in ("1/UBND-LT", "2/UBND-LT") if name in printed} == names


def test_a_dispatch_stands_once_with_the_best_passage_and_how_many_more(archive: Archive) -> None:
    printed = run(archive, "search", "kỹ thuật").stdout
    assert printed.count("1/UBND-LT") == 1 and "«" in printed and "còn 2 đoạn" in printed
    assert printed.splitlines()[-1] == "2 văn bản."
    assert "2 văn bản, in 1;" in run(archive, "search", "kỹ thuật", "--limit", "1").stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lịch sủ", None),
        ("luu trũ", None),
        ("tai lieuu luu tru", "tài liệu lưu trữ"),
        ("nguyêm tắc", "nguyên tắc"),
        ("lập hồ mơ công việc", "lập hồ sơ công việc"),
    ],
)
def test_a_slip_is_answered_with_what_may_be_meant(archive: Archive, typed: str, meant: str | None) -> None:
    printed = " ".join(run(archive, "search", typed).stdout.split())
    if meant is None:
        assert "Không thấy" not in printed
    else:
        found = re.search(r"Có phải muốn tìm: (.+)\?", printed)
        assert found and len(found[1].split()) == len(typed.split())
        assert fold(found[1]) == fold(meant)


def test_types_are_understood_by_name(archive: Archive) -> None:
    assert "1 văn bản." in run(archive, "search", "số hóa", "--type", "kế hoạch").stdout
    refused = run(archive, "search", "số hóa", "--type", "kế hoách")
    assert refused.exit_code in (0, 1) and "Traceback" not in refused.output
    assert "1 văn bản." in run(archive, "list", "--type", "hướng dẫn").stdout


def test_programs_get_id_file_and_page(archive: Archive) -> None:
    facts = [json.loads(line) for line in run(archive, "search", "ngân sách", "--format", "json").stdout.splitlines()]
    assert {(one["name"], one["page"]) for one in facts} == {("Kế hoạch số hóa (bản ký).pdf", 2), ("huong-dan.docx", 2)}
    assert all(len(one["id"]) == 64 for one in facts)
    rows = list(csv.DictReader(io.StringIO(run(archive, "search", "ngân sách", "--format", "csv").stdout)))
    assert {row["Trang"] for row in rows} == {"2"} and all(row["Mã"] for row in rows)


def test_show_is_for_people_and_json_for_programs(archive: Archive) -> None:
    printed = run(archive, "show", "1/UBND-LT").stdout
    assert printed.startswith("Số, ký hiệu: 1/UBND-LT\nNgày: 01/08/2024")
    for part in (
        "VIỆC (3)",
        "Hạn: 14/09/2024",
        "BẢNG (1;",
        "Phụ lục I. Thu, chi ngân sách (1 dòng, 4 cột, trang 2)",
        "CẦN XEM (1)",
    ):
        assert part in printed
    assert json.loads(run(archive, "show", "1/UBND-LT", "--json").stdout)["header"]["number"] is None


def test_open_gives_the_path_of_the_original(archive: Archive) -> None:
    path = Path(run(archive, "open", "huong-dan.docx").stdout.strip())
    assert path.is_file() and path.is_absolute()


def test_a_table_is_written_as_it_is_printed(archive: Archive, tmp_path: Path) -> None:
    assert run(archive, "table", "1/UBND-LT").stdout == (
        "**Phụ lục I. Thu, chi ngân sách**\n\n| STT | Đơn vị | Thu / Quý I | Thu / Quý II |\n"
        "| --- | --- | --- | --- |\n"
        "| 1 | Xã A \\| B | 1.200 | 3,50 |\n"
    )
    for suffix in ("csv", "xlsx", "md"):
        assert run(archive, "table", "1/UBND-LT", "1", "--out", str(tmp_path / f"b.{suffix}")).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert sheet is not None
    assert [[cell.value or None for cell in row] for row in sheet.iter_rows()] == [
        ["STT", "Đơn vị", "Thu", None], [None, None, "Quý I", "Quý II"], [1, "Xã A | B", 1200, 3.5],
    ]  # fmt: skip
    assert "C1:D1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert '1,Xã A | B,1.200,"3,50"' in (tmp_path / "b.csv").read_text("utf-8-sig")
    assert "không có bảng thứ 9" in run(archive, "table", "1/UBND-LT", "9").stderr


def test_a_document_is_written_as_markdown_and_html() -> None:
    grid = Grid(
        n_rows=2, n_columns=2, cells=(Cell(0, 0, 1, 2, "Gộp <hai>"), Cell(1, 0, text="a|b"), Cell(1, 1, text="2")),
    )  # fmt: skip
    source = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")
    document = Document(source=source, blocks=(Paragraph(text="Kính gửi: <UBND>"), grid))
    assert document_markdown(document) == ("Kính gửi: <UBND>\n\n| Gộp <hai> |  |\n| --- | --- |\n| a\\|b | 2 |\n")
    page = document_html(document, "a & b")
    assert '<td colspan="2">Gộp &lt;hai&gt;</td>' in page and "<title>a &amp; b</title>" in page


@pytest.mark.parametrize("rows", [1, 40])
def test_a_list_too_wide_for_the_screen_is_told_in_paragraphs(
    rows: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    heads = [f"Tiêu đề dài của cột thứ {number}" for number in range(9)]
    line = ["2024-BC/HU", dt.date(2024, 8, 5), None, "Ban Chỉ đạo xây dựng nông thôn mới", 12, "x", "", "kết nạp", 7]
    print_list(heads, heads, [line] * rows, Format.TABLE, title=f"{rows} dòng")
    printed = capsys.readouterr().out
    assert all(len(each) <= 80 for each in printed.splitlines()) and printed.endswith(f"{rows} dòng\n")
    words = " ".join(printed.split())
    assert words.count("Tiêu đề dài của cột thứ 3: Ban Chỉ đạo xây dựng nông thôn mới") == rows
    assert "Tiêu đề dài của cột thứ 1: 05/08/2024" in words and "cột thứ 2" not in words


def test_a_list_that_fits_is_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_list(["Số", "Việc"], ["n", "v"], [[1, "Rà soát, lập danh mục hồ sơ của các phòng ban " * 3]], Format.TABLE)
    printed = capsys.readouterr().out
    assert "│" in printed and all(len(line) <= 80 for line in printed.splitlines())
