"""Any measure: figures that no vocabulary knows are kept with their words, asked for by them, joined by people only."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from datasette.app import Datasette
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.commands.cli import app
from congvan.dataset.ask.codebook import BOOK
from congvan.dataset.ask.dataframes import Dataset, observations
from congvan.dataset.ask.exports import COLUMNS, write_csv, write_datapackage
from congvan.dataset.ask.measure_rules import join, names_of, propose
from congvan.dataset.ask.pivots import meant_by, pivot, tidy
from congvan.dataset.ask.questions import ALL, MEASURES
from congvan.dataset.ask.sqlite import write_sqlite
from congvan.dataset.keep.build import build
from congvan.dataset.keep.parquet import parts_folder
from congvan.dataset.see.observe import observe
from congvan.dataset.words.concepts import asked_words, concept_of, read_concept
from congvan.dataset.words.subjects import subjects_of
from congvan.dataset.words.when import read_time
from schemas.dispatch import Claim, Column, Row, Table, TableCell
from tests.congvan.dataset.test_dataset import archive, dispatch, put, table  # noqa: F401 - a fixture

D = dt.date
HEAD = "TÌNH HÌNH CHĂN NUÔI NĂM 2024"


@pytest.mark.parametrize(
    ("path", "caption", "words"),
    [
        (("Tổng số trâu, bò",), "", "trau bo"),
        (("Đàn lợn (con)",), "", "dan lon"),
        (("Lồng bè", "Diện tích (m2)"), "", "long be / dien tich"),
        (("Đàn lợn", "Kế hoạch năm 2024"), "", "dan lon"),
        (("Đàn lợn", "So với kế hoạch (%)"), "", "dan lon / ty le"),
        (("Chi đầu tư",), "", "chi dau tu"),
        (("Sản lượng đến 30/9/2024",), "", "san luong"),
        (("Quý I",), "BIỂU TỔNG HỢP SỐ LƯỢNG ĐÀN TRÂU NĂM 2024", "dan trau"),
        (("Kế hoạch",), "2. Đàn vịt Phụ lục 03", "dan vit"),
        (("Kế hoạch",), "", "ke hoach"),
        (("Nam",), "ĐÀN VỊT NĂM 2024", "dan vit"),
    ],
)
def test_the_concept_of_a_heading_is_its_own_words(path: tuple[str, ...], caption: str, words: str) -> None:
    assert concept_of(path, caption) == words


def test_male_is_no_year() -> None:
    assert read_concept(("Lao động", "Nam")).dimensions == ("nam",)
    assert read_concept(("Lao động", "Năm")).dimensions == ()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("SỐ LIỆU NĂM HỌC 2022 - 2023", D(2022, 9, 5), D(2023, 5, 31)),
        ("kết quả giai đoạn 2021-2025", D(2021, 1, 1), D(2025, 12, 31)),
        ("tình hình 9 tháng", D(2024, 1, 1), D(2024, 9, 30)),
        ("10 tháng năm 2023 và kế hoạch năm 2024", D(2023, 1, 1), D(2023, 10, 31)),
        ("Năm 2023 Thực hiện 10 tháng", D(2023, 1, 1), D(2023, 10, 31)),
        ("từ ngày 15/12/2023 đến ngày 14/6/2024", D(2023, 12, 15), D(2024, 6, 14)),
        ("có mặt đến ngày 01/4/2024", None, D(2024, 4, 1)),
        ("Ước thực hiện cả năm", D(2024, 1, 1), D(2024, 12, 31)),
    ],
)
def test_times_as_tables_and_titles_print_them(text: str, start: D | None, end: D) -> None:
    time = read_time(text, 2024)
    assert time is not None and time.end == end and (start is None or time.start == start)


def test_two_periods_are_none() -> None:
    assert read_time("năm học 2021 - 2022 và năm học 2022 - 2023", 2023) is None
    assert read_time("trẻ dưới 6 tháng tuổi", 2024) is None


def things() -> Table:
    """Rows that are what is counted, with their unit; a part of one; a row of column numbers."""
    columns = [Column(path=(heading,), kind=kind) for heading, kind in (("TT", "ordinal"), ("Chỉ tiêu", "text"))]  # type: ignore[arg-type]  # kinds
    columns += [Column(path=("ĐVT",), kind="text"), Column(path=("Kế hoạch năm 2024",), kind="decimal")]
    columns += [Column(path=("Thực hiện 9 tháng",), kind="decimal")]
    lines = [
        ("A", "B", "C", 1, 2),
        ("1", "Sản lượng thịt hơi", "tấn", 120, 80),
        ("", "- Thịt lợn", "tấn", 70, "41.5"),
        ("2", "Thu hoạch muối", "nghìn đồng", 9, None),
    ]
    rows = [
        Row(
            kind="data",
            cells=tuple(TableCell(text="" if each is None else str(each), value=each) for each in line),
            page=2,
        )
        for line in lines
    ]
    return Table(id="T1", caption="MỘT SỐ CHỈ TIÊU", columns=tuple(columns), rows=tuple(rows))


def test_rows_that_are_what_is_counted_give_the_words_and_the_unit() -> None:
    rows = observe(dispatch("5-BC/HU", "2024-10-02", [things()]))
    told = {(row.subject, row.status, row.value, row.unit_of_row, row.period_end) for row in rows}
    assert told == {
        ("san luong thit hoi", "plan", "120", "tấn", D(2024, 12, 31)),
        ("san luong thit hoi", "result", "80", "tấn", D(2024, 9, 30)),
        ("san luong thit hoi / thit lon", "plan", "70", "tấn", D(2024, 12, 31)),
        ("san luong thit hoi / thit lon", "result", "41.5", "tấn", D(2024, 9, 30)),
        ("thu hoach muoi", "plan", "9", "nghìn đồng", D(2024, 12, 31)),
        ("thu hoach muoi", "result", None, "nghìn đồng", D(2024, 9, 30)),
    }


def test_a_part_belongs_to_the_thing_above() -> None:
    names = ("Đàn trâu", "- Trâu đực", "Trong đó: nghé", "Đàn bò")
    assert list(subjects_of(names, ("data",) * 4).values()) == [
        "dan trau", "dan trau / trau duc", "dan trau / nghe", "dan bo"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "values"),
    [
        (["Cỡ chữ"], ["14"]),
        (["Năm sinh"], ["1975"]),
        (["Số điện thoại"], ["0912"]),
        (["Đàn vịt", "Đàn gà"], ["", ""]),
    ],
)
def test_what_counts_nothing_is_no_observation(headings: list[str], values: list[str]) -> None:
    assert observe(dispatch("5-BC/HU", "2024-10-02", [table(1, HEAD, headings, [["Hải Anh", *values]])])) == []


def test_a_list_of_persons_is_no_observation() -> None:
    people = table(1, "DANH SÁCH HỘ", ["Nhân khẩu"], [["Trần Văn Mùi", "4"]])
    columns = (people.columns[0], Column(path=("Họ và tên",), kind="text"), people.columns[2])
    assert observe(dispatch("5-BC/HU", "2024-10-02", [people.model_copy(update={"columns": columns})])) == []


@pytest.mark.parametrize(
    ("claim", "concept", "unit"),
    [
        (Claim(id="C1", text="Số phụ nữ đẻ là 2.469 người", kind="total", numerator=2469), "phu nu de", "người"),
        (
            Claim(id="C1", text="giải ngân vốn đạt 41,3 tỷ đồng", kind="total", numerator="41.3"),
            "giai ngan von",
            "tỷ đồng",
        ),
        (Claim(id="C1", text="toàn huyện có 15 hồ chứa nước", kind="total", numerator=15), "ho chua nuoc", None),
    ],
)
def test_what_a_sentence_counts(claim: Claim, concept: str, unit: str | None) -> None:
    [row] = observe(dispatch("5-BC/HU", "2024-10-02", [], (claim,)))
    assert (row.concept, row.unit_of_value) == (concept, unit)


@pytest.fixture
def built(archive: Archive, tmp_path: Path) -> Path:  # noqa: F811 - the fixture above
    ducks = table(
        1, HEAD, ["Đàn vịt (nghìn con)", "Tỷ lệ tiêm phòng (%)"], [["Hải Anh", "3", "90%"], ["Hải Châu", "4", "80%"]]
    )
    put(archive, dispatch("20-BC/HU", "2025-01-10", [ducks]))
    put(archive, dispatch("21-BC/HU", "2025-01-12", [table(1, HEAD, ["Số vịt"], [["Hải Anh", "2999"]]), things()]))
    out = tmp_path / "dataset"
    build(
        archive,
        out,
        checks=lambda records: ({(record.id, "/tables/0/rows/0/cells/2"): ("disagrees", "8")} for record in records),
    )
    return out


def test_any_measure_is_found_by_its_words_whole_and_never_by_guess(built: Path) -> None:
    dataset = Dataset(built)
    assert meant_by(dataset, "Đàn vịt").measures == ["dan vit"]
    assert meant_by(dataset, "đảng viên kết nạp").measures == ["Đảng viên kết nạp"]
    asked = meant_by(dataset, "đàn vịt trời")
    assert asked.measures == [] and "dan vit" in asked.nearest
    assert "san luong thit hoi / thit lon" in set(dataset.frame(MEASURES)["indicator"])


def test_a_pivot_sums_units_and_never_ratios(built: Path) -> None:
    dataset = Dataset(built)
    [row] = pivot(tidy(dataset, ["dan vit"]), ["district"]).to_dict("records")
    assert row == {"district": "Hải Hậu", "2024, nghìn con": 7.0}
    assert pivot(tidy(dataset, ["ty le tiem phong"]), ["district"]).empty
    by_unit = pivot(tidy(dataset, ["ty le tiem phong"]), ["unit"])
    assert dict(zip(by_unit["unit"], by_unit["2024, %"], strict=True)) == {"Hải Anh": 90.0, "Hải Châu": 80.0}


def test_of_a_year_the_whole_is_taken_and_not_its_last_quarter(archive: Archive, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    quarters = table(1, HEAD, ["Đàn dê năm 2024", "Đàn dê quý IV năm 2024"], [["Hải Anh", "9", "2"]])
    put(archive, dispatch("30-BC/HU", "2025-01-12", [quarters]))
    build(archive, tmp_path / "dataset")
    made = pivot(tidy(Dataset(tmp_path / "dataset"), ["dan de"]), ["district"])
    assert made["2024"].tolist() == [9.0]


def test_units_are_converted_and_totals_stand_beside_what_was_computed(built: Path) -> None:
    rows = tidy(Dataset(built), ["dan vit"]).set_index("unit")
    first = rows.loc["Hải Anh"]
    assert (first["base_value"], first["base_unit"], first["printed"]) == (3000.0, "con", "3")
    assert (first["computed"], first["verdict"]) == ("8", "disagrees")
    assert (first["province_code"], first["district_code"], first["commune_code"] is not None) == ("36", "366", True)


def test_headings_are_joined_by_a_person(archive: Archive, built: Path) -> None:  # noqa: F811 - the fixture
    rule = join(archive.layout.root, "Vịt", ["Đàn vịt", "Số vịt"])
    assert rule.headings == ("dan vit", "vit") and names_of([rule])["dan vit"] == "Vịt"
    build(archive, built)
    dataset = Dataset(built)
    assert meant_by(dataset, "vịt").measures == ["Vịt"] and len(tidy(dataset, ["Vịt"])) == 3


def test_classes_and_numbers_that_differ_are_not_proposed() -> None:
    assert list(propose({"hoc sinh lop 6": 4, "hoc sinh lop 7": 4}, {})) == []
    [found] = propose({"so hoc sinh cuoi ky": 4, "hoc sinh cuoi ky so": 1}, {})
    assert (found.figures, found.figures_like) == (1, 4)


def test_rules_that_cannot_be_read_are_said_plainly(built: Path) -> None:
    (built / "measures.toml").write_text("[[measure]]\nten = 1\n", encoding="utf-8")
    answer = CliRunner().invoke(app, ["dataset", "measures", "--dataset", str(built)])
    assert answer.exit_code != 0 and "Traceback" not in answer.output


def test_the_command_makes_a_spreadsheet_and_says_what_is_near(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "vit.xlsx"
    run = CliRunner().invoke
    asked = ["dataset", "table", "--dataset", str(built), "--measure"]
    made = run(app, [*asked, "đàn vịt", "--by", "unit", "--out", str(out)])
    assert made.exit_code == 0, made.output
    assert pd.read_excel(out)["Đơn vị"].tolist() == ["Hải Anh", "Hải Châu"]
    missed = run(app, [*asked, "đàn vịt trời"])
    assert missed.exit_code == 1 and "dan vit" in missed.output


def test_contradictions_are_sentences(built: Path) -> None:
    shown = CliRunner().invoke(app, ["dataset", "contradictions", "--dataset", str(built)], env={"COLUMNS": "80"})
    assert "Điều chỉnh: hải anh, Hải Hậu, Nam Định; Đảng viên kết nạp" in " ".join(shown.output.split())
    assert max(map(len, shown.output.splitlines())) <= 80


def test_whole_numbers_stay_whole_and_unknown_is_missing(archive: Archive, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    claim = Claim(id="C1", text="có 15 hồ chứa nước", kind="total", numerator=15)
    unknown = dispatch("1/BC", "2024-10-02", [], (claim,))
    header = unknown.header.model_copy(update={"parent_body": None, "issuing_body": None, "date": None, "year": None})
    put(archive, unknown.model_copy(update={"header": header}))
    out = tmp_path / "dataset"
    build(archive, out)
    read = pd.read_parquet(parts_folder(out))
    assert {str(read[name].dtype) for name in ("year", "row", "column", "page")} == {"Int32"}
    for frame in (read, observations(out)):
        [row] = frame[frame["concept"] == "ho chua nuoc"].to_dict("records")
        assert pd.isna(row["province"]) and pd.isna(row["year"]) and pd.isna(row["row"])


def test_the_code_book_describes_every_column(built: Path) -> None:
    dataset = Dataset(built)
    assert tuple(dataset.frame(ALL, most=1).columns) == COLUMNS and set(COLUMNS) <= set(BOOK)
    write_csv(dataset, built / "observations.csv")
    write_datapackage(built, built / "observations.csv")
    fields = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
    assert all(field["description"].endswith(".") for field in fields)
    assert next(field for field in fields if field["name"] == "status")["constraints"]["enum"]


def test_sqlite_has_keys_views_and_links_that_travel(built: Path, tmp_path: Path) -> None:
    path = built / "observations.sqlite"
    original = {dispatch("20-BC/HU", "2025-01-10", []).id: tmp_path / "archive" / "a.pdf"}
    write_sqlite(Dataset(built), path, original)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {row[3] for row in connection.execute("PRAGMA foreign_key_list(observations)")}
    assert keys == {"dispatch", "place", "province_id", "district_id"}
    linked = [each for (each,) in connection.execute("SELECT original FROM dispatches WHERE original IS NOT NULL")]
    assert linked == ["../archive/a.pdf"]
    checked = connection.execute("SELECT printed, computed, verdict FROM totals_checked").fetchall()
    assert ("3", "8", "disagrees") in checked
    [value] = connection.execute("SELECT value FROM by_district WHERE indicator = 'dan vit'").fetchone()
    assert value == 7.0


@pytest.mark.slow
def test_datasette_shows_the_dataset_with_what_its_columns_mean(built: Path) -> None:
    path = built / "observations.sqlite"
    write_sqlite(Dataset(built), path, {})
    metadata = json.loads((built / "datasette.json").read_text(encoding="utf-8"))

    async def status(address: str) -> int:
        datasette = Datasette([str(path)], metadata=metadata)
        await datasette.invoke_startup()
        return int((await datasette.client.get(address)).status_code)

    for name in ("observations", "dispatches", "by_district", "totals_checked", "indicators"):
        assert asyncio.run(status(f"/observations/{name}")) == 200


def test_words_that_are_asked_for_are_made_as_those_of_headings() -> None:
    assert asked_words("Tổng số trâu, bò") == "trau bo" and asked_words("Đàn lợn / Kế hoạch") == "dan lon / ke hoach"
