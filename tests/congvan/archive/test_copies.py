"""Which files are one dispatch, which of them leads, and that no deadline of any is lost."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from congvan.archive.archive import Archive
from congvan.archive.index.sql_tables import dispatches
from congvan.archive.review.copies_said import say_of_copies
from congvan.register.entries import Entry, Query, list_deadlines
from congvan.register.settings import Settings
from schemas.source import Notice
from tests.support.kept_letters import WORDS, Letter, put_letter

NUMBERED = {"so_hieu": "16/UBND-VP", "number": 16, "symbol": "UBND-VP", "date": "2025-05-12"}
DOUBT = Notice(code="misread_word", message="Chữ “rả soát” có thể đọc sai.")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def lead(archive: Archive) -> dict[str, str | None]:
    """The name of each file with that of the one that leads it."""
    with archive.engine.connect() as connection:
        rows = connection.execute(select(dispatches)).all()
    names = {row.id: row.name for row in rows}
    return {row.name: names.get(row.copy_of or "") for row in rows}


def register(archive: Archive) -> list[Entry]:
    return list_deadlines(archive.engine, Query(dt.date(2025, 5, 1)), Settings())


def dues(archive: Archive) -> list[str]:
    return [str(entry.due) for entry in register(archive)]


TORN = Letter("quet-1.tif", NUMBERED, ("2025-06-19",), pages=1, scanned=True)
WHOLE = Letter(
    "quet-2.tif", NUMBERED | {"signers": [{"name": "Lê Văn Tám"}]}, ("2025-06-19", "2025-06-24", "2025-06-29"),
    pages=2, scanned=True, warnings=(DOUBT, DOUBT.model_copy(update={"message": "khác"})),
)  # fmt: skip


@pytest.mark.parametrize("order", list(permutations([TORN, WHOLE])))
def test_the_whole_copy_leads_however_many_doubts_it_has(archive: Archive, order: tuple[Letter, ...]) -> None:
    for letter in order:
        put_letter(archive, letter)
    assert lead(archive) == {"quet-1.tif": "quet-2.tif", "quet-2.tif": None}
    assert dues(archive) == ["2025-06-19", "2025-06-24", "2025-06-29"]
    archive.rebuild()
    assert lead(archive)["quet-1.tif"] == "quet-2.tif"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_only_a_copy_has_is_listed_and_marked(archive: Archive, order: tuple[int, ...]) -> None:
    printed = Letter("cv.docx", NUMBERED, ("2025-06-19",))
    scanned = Letter("cv.tif", NUMBERED, ("2025-06-19", "2025-06-26"), scanned=True)
    third = Letter("cv (1).docx", NUMBERED, ("2025-06-19",), text=WORDS + ".")
    for place in order:
        put_letter(archive, (printed, scanned, third)[place])
    assert lead(archive) == {"cv.docx": None, "cv.tif": "cv.docx", "cv (1).docx": "cv.docx"}
    assert [(str(entry.due), entry.only_in) for entry in register(archive)] == [
        ("2025-06-19", None),
        ("2025-06-26", "cv.tif"),
    ]
    assert {entry.so_hieu for entry in register(archive)} == {"16/UBND-VP"}


@pytest.mark.parametrize("order", list(permutations(range(2))))
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"date": "2025-06-12"}, {"date": "2025-07-11"}),
        ({"recipients": ["Trường THCS Thị trấn"]}, {"recipients": ["Ban Quản lý chợ huyện"]}),
        ({"issuing_body": "UBND huyện Kim Thành"}, {"issuing_body": "Trung tâm Y tế Thanh Hà"}),
        ({"so_hieu": "7/UBND-VP", "date": "2025-06-12"}, {"date": "2025-07-11"}),
    ],
)
def test_what_is_printed_otherwise_is_another_dispatch(
    archive: Archive, one: dict[str, object], other: dict[str, object], order: tuple[int, ...]
) -> None:
    letters = Letter("a.txt", dict(one), ("2025-06-19",)), Letter("b.txt", dict(other), ("2025-07-19",))
    for place in order:
        put_letter(archive, letters[place])
    assert lead(archive) == {"a.txt": None, "b.txt": None}
    assert dues(archive) == ["2025-06-19", "2025-07-19"]


def test_figures_that_differ_make_two_and_words_that_agree_make_one(archive: Archive) -> None:
    put_letter(archive, Letter("a.txt", text=WORDS + " với 120 hộ"))
    put_letter(archive, Letter("b.txt", text=WORDS + " với 135 hộ"))
    put_letter(archive, Letter("c.txt", text=WORDS + " với 135 hộ", scanned=True))
    assert lead(archive) == {"a.txt": None, "b.txt": None, "c.txt": "b.txt"}


def test_a_later_state_of_a_path_leads_and_the_former_is_kept(archive: Archive) -> None:
    half = Letter("quet.tif", dues=("2025-06-19",), scanned=True, path="/in/quet.tif", text=WORDS[:150])
    whole = Letter("quet.tif", dues=("2025-06-19", "2025-06-29"), scanned=True, path="/in/quet.tif")
    first, second = put_letter(archive, half), put_letter(archive, whole)
    for _ in range(2):
        with archive.engine.connect() as connection:
            found = dict(connection.execute(select(dispatches.c.id, dispatches.c.copy_of)).all())  # type: ignore[arg-type]  # rows are pairs
        assert found == {first: second, second: None}
        assert dues(archive) == ["2025-06-19", "2025-06-29"]
        archive.rebuild()


def test_a_path_that_a_scanner_uses_again_holds_another_dispatch(archive: Archive) -> None:
    other = "Phòng Tài chính hướng dẫn quyết toán kinh phí hỗ trợ học sinh vùng khó khăn niên độ ngân sách vừa qua"
    put_letter(archive, Letter("scan0001.tif", dues=("2025-06-19",), path="/in/scan0001.tif"))
    put_letter(archive, Letter("scan0001.tif", dues=("2025-08-19",), path="/in/scan0001.tif", text=other))
    assert list(lead(archive).values()) == [None] and dues(archive) == ["2025-06-19", "2025-08-19"]


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_correction_under_the_same_number_replaces_its_days_openly(archive: Archive, order: tuple[int, ...]) -> None:
    letters = (
        Letter("lần 1.pdf", NUMBERED, ("2025-06-19", "2025-06-24")),
        Letter("đính chính.pdf", NUMBERED | {"date": "2025-05-15"}, ("2025-06-20",)),
    )
    for place in order:
        put_letter(archive, letters[place])
    assert lead(archive) == {"lần 1.pdf": "đính chính.pdf", "đính chính.pdf": None}
    # The first item has another day now; of the second, which the correction leaves out, nobody said it is void.
    assert [(str(entry.due), entry.only_in) for entry in register(archive)] == [
        ("2025-06-20", "đính chính.pdf"),
        ("2025-06-24", "lần 1.pdf"),
    ]


def test_a_person_overrules_and_a_rebuild_keeps_it(archive: Archive) -> None:
    one = put_letter(archive, Letter("a.pdf", NUMBERED, ("2025-06-19",)))
    other = put_letter(archive, Letter("b.pdf", NUMBERED, ("2025-06-19",), text=WORDS + " "))
    far = put_letter(archive, Letter("c.pdf", {"date": "2025-07-01"}, ("2025-07-19",), text="Ngắn"))
    say_of_copies(archive, one, other, "different")
    say_of_copies(archive, far, one, "same")
    for _ in range(2):
        assert lead(archive)["b.pdf"] is None and lead(archive)["c.pdf"] == "a.pdf"
        archive.rebuild()
    say_of_copies(archive, one, other, "same")
    say_of_copies(archive, far, one, "different")
    assert lead(archive)["c.pdf"] is None and None in (lead(archive)["a.pdf"], lead(archive)["b.pdf"])
    assert len(dues(archive)) == 2


@pytest.mark.parametrize(
    "name",
    [
        "z4567890123456_0a1b2c3d4e5f6a7b.pdf", "z4567890123456_0a1b2c3d4e5f6a7b(1).pdf", "IMG_20250512_0830.pdf",
        "Scan_20250512 (3).pdf", "received_123456789012345.pdf", "20250512083000.pdf", "Bản sao - cv.pdf",
        "cv - Copy (2).pdf", "cv(1).pdf", "cv_1.pdf", "0f8fad5b-d9cb-469f-a165-70867728950e.pdf",
    ],
)  # fmt: skip
def test_of_two_equal_files_the_one_with_a_name_that_a_person_gave_leads(archive: Archive, name: str) -> None:
    for each in (name, "zz van ban so 16.pdf"):
        put_letter(archive, Letter(each, NUMBERED, ("2025-06-19",), pages=1))
    assert lead(archive) == {name: "zz van ban so 16.pdf", "zz van ban so 16.pdf": None}


@pytest.mark.parametrize(
    "name", ["16-CT-UBND.pdf", "scan kế hoạch.pdf", "z bao cao.pdf", "doc lap.pdf", "quy 1 2024.pdf"]
)
def test_a_name_that_a_person_gave_is_no_name_by_machine(archive: Archive, name: str) -> None:
    for each in (name, "zzz.pdf"):
        put_letter(archive, Letter(each, NUMBERED, ("2025-06-19",), pages=1))
    assert lead(archive) == {name: None, "zzz.pdf": name}
