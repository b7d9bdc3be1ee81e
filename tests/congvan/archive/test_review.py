"""The clerk's morning on an archive: what needs a look is worked off, kept, and taken back."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from congvan.archive.archive import Archive
from congvan.archive.index.naming import find_dispatches
from congvan.archive.review.fixing import Fix, FixError, fix, type_key
from congvan.archive.review.history import UndoError, history, undo
from congvan.archive.review.queue import State, Wanted, list_dispatches, open_doubts, queue
from congvan.archive.review.queue_sheet import take_queue, write_queue
from congvan.archive.review.settle import settle_ok
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.verify import verify
from schemas.source import Notice, Suggestion
from tests.support.kept_letters import Letter, put_letter

NUMBER = Notice(
    code="handwritten", message="Số văn bản viết tay.", pointer="/header/number", page=1, bbox=(60, 60, 90, 75),
    suggestions=(Suggestion(value="16", source="pen"),),
)  # fmt: skip
DAY = Notice(
    code="handwritten", message="Ngày viết tay.", pointer="/header/date", page=1, bbox=(300, 60, 340, 75),
    suggestions=(Suggestion(value="2021-12-27", source="pen"),),
)  # fmt: skip
WORN = Notice(code="misread_word", message="Chữ “rả soát” có thể đọc sai.", page=1)
PENNED = Letter("qn-16-ct.pdf", {"symbol": "CT-UBND", "is_draft": True}, ("2022-01-05",), warnings=(WORN, DAY, NUMBER))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setenv("CONGVAN_USER", "văn thư")
    return Archive(tmp_path / "kho")


def states(archive: Archive) -> dict[str, tuple[str, int]]:
    return {one.name: (one.state.value, one.open_doubts) for one in list_dispatches(archive.engine)[0]}


def test_the_queue_has_the_worst_first_and_what_was_settled_stays_so(archive: Archive) -> None:
    slight = put_letter(archive, Letter("a.pdf", {"so_hieu": "1/UBND", "date": "2024-01-02"}, warnings=(WORN,)))
    grave = put_letter(archive, PENNED)
    put_letter(archive, Letter("c.pdf", {"so_hieu": "3/UBND", "date": "2024-01-03"}))
    found, total = queue(archive.engine)
    assert [one.id for one in found] == [grave, slight] and total == 2
    assert [doubt.message for doubt in open_doubts(archive.engine, grave)] == [
        DAY.message,
        NUMBER.message,
        WORN.message,
    ]
    assert settle_ok(archive, [grave]) == 3
    expected = {"a.pdf": ("review", 1), "qn-16-ct.pdf": ("done", 0), "c.pdf": ("new", 0)}
    for _ in range(2):
        assert states(archive) == expected
        archive.rebuild()
    new = NUMBER.model_copy(update={"code": "under_stamp", "message": "Dấu đè lên số."})
    record = archive.machine_record(grave)
    archive.replace_record(record.model_copy(update={"warnings": (*record.warnings, new)}))
    assert states(archive)["qn-16-ct.pdf"] == ("review", 1)


def test_lists_are_narrowed(archive: Archive) -> None:
    put_letter(archive, Letter("a.pdf", {"so_hieu": "1/UBND", "date": "2024-08-02", "doc_type": "ke_hoach"}))
    put_letter(archive, Letter("b.pdf", {"so_hieu": "2/UBND", "date": "2024-08-31", "doc_type": "cong_van"}))
    put_letter(archive, Letter("c.pdf", {"so_hieu": "3/SYT", "date": "2024-09-01", "issuing_body": "Sở Y tế"}))

    def names(wanted: Wanted) -> list[str]:
        return [one.name for one in list_dispatches(archive.engine, wanted)[0]]

    assert names(Wanted(month=dt.date(2024, 8, 1))) == ["b.pdf", "a.pdf"]
    assert names(Wanted(doc_type="ke_hoach")) == ["a.pdf"]
    assert names(Wanted(issuer="so y te")) == ["c.pdf"]
    assert names(Wanted(limit=1, offset=1)) == ["b.pdf"]
    assert names(Wanted(state=State.DONE)) == []


@pytest.mark.parametrize(
    ("regime", "given", "so_hieu"),
    [
        ("state", Fix(number="16", date="27/12/2021"), "16/CT-UBND"),
        ("state", Fix(number="05", date="2021-12-27"), "05/CT-UBND"),
        ("state", Fix(number="16/QĐ-UBND", date="27.12.2021"), "16/QĐ-UBND"),
        ("state", Fix(number="16", symbol="KH-UBND", date="27/12/2021"), "16/KH-UBND"),
        ("party", Fix(number="16", symbol="CT/HU", date="27/12/2021"), "16-CT/HU"),
    ],
)
def test_number_symbol_and_day_are_filled_in_as_one(archive: Archive, regime: str, given: Fix, so_hieu: str) -> None:
    record = PENNED.record()[1]
    sha256 = put_letter(archive, PENNED)
    archive.replace_record(record.model_copy(update={"regime": regime}))
    done = fix(archive, sha256, given)
    for _ in range(2):
        header = archive.record(sha256).header
        assert (header.so_hieu, header.date, header.year) == (so_hieu, dt.date(2021, 12, 27), 2021)
        assert header.number == int(so_hieu[:2]) and header.symbol == so_hieu[3:] and not header.is_draft
        assert done.settled == 2 and states(archive) == {"qn-16-ct.pdf": ("review", 1)}
        assert find_dispatches(archive.engine, so_hieu) == [sha256]
        archive.rebuild()
    assert list(verify(archive)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Fix(number="hai nghìn"), "chữ số"),
        (Fix(number="0"), "từ 1"),
        (Fix(number="123456"), "từ 1"),
        (Fix(number="16/"), "không đúng cách viết"),
        (Fix(date="31/2/2021"), "Không có ngày"),
        (Fix(date="hôm nay"), "Không hiểu ngày"),
        (Fix(date="27/12/1899"), "không thể"),
        (Fix(doc_type="chỉ thị mật danh"), "Không có loại"),
        (Fix(subject="  "), "để trống"),
        (Fix(), "Chưa nêu"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(archive: Archive, given: Fix, words: str) -> None:
    sha256 = put_letter(archive, PENNED)
    before = archive.record(sha256)
    with pytest.raises(FixError, match=words):
        fix(archive, sha256, given)
    assert archive.record(sha256) == before


def test_a_type_is_understood_by_key_and_by_name() -> None:
    assert {type_key(name) for name in ("chỉ thị", "Chi thi", "chi_thi", "CHỈ THỊ")} == {"chi_thi"}


def test_steps_are_told_of_and_taken_back_one_by_one(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = put_letter(archive, PENNED)
    before, open_before = archive.record(sha256).header, open_doubts(archive.engine, sha256)
    fix(archive, sha256, Fix(number="16", date="27/12/2021"))
    archive.arrive(sha256, dt.date(2022, 1, 3), None, None, None)
    settle_ok(archive, [sha256])
    assert states(archive)["qn-16-ct.pdf"] == ("done", 0)
    undo(archive)
    assert states(archive)["qn-16-ct.pdf"] == ("review", 1)
    assert undo(archive) == ["vào sổ đến số 1 ngày 03/01/2022"]
    assert archive.arrive(sha256, dt.date(2022, 1, 3), None, None, None)["number"] == 1
    undo(archive)
    undo(archive)
    for _ in range(2):
        assert archive.record(sha256).header == before
        assert open_doubts(archive.engine, sha256) == open_before
        archive.rebuild()
    with pytest.raises(UndoError):
        undo(archive)
    said = [f"{step.who}: {step.what}" for step in history(archive, sha256)]
    assert said[0] == "văn thư: đăng ký tệp qn-16-ct.pdf"
    assert any("sửa số hiệu thành 16/CT-UBND" in words for words in said) and "lùi lại" in said[-1]
    assert list(verify(archive)) == []


def test_nobody_takes_back_what_another_did_or_built_on(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = put_letter(archive, PENNED)
    fix(archive, sha256, Fix(number="16"))
    monkeypatch.setenv("CONGVAN_USER", "người khác")
    with pytest.raises(UndoError, match="Không có việc nào"):
        undo(archive)
    fix(archive, sha256, Fix(number="17"))
    monkeypatch.setenv("CONGVAN_USER", "văn thư")
    with pytest.raises(UndoError, match="sửa tiếp"):
        undo(archive)
    assert archive.record(sha256).header.number == 17


def test_a_dispatch_is_named_by_what_a_clerk_has_at_hand(archive: Archive) -> None:
    facts = {"issuing_body": "UBND tỉnh", "symbol": "CT-UBND", "number": 16, "so_hieu": "16/CT-UBND"}
    old = put_letter(archive, Letter("chi-thi-cu.pdf", facts | {"date": "2020-05-06"}, text="Một"))
    new = put_letter(archive, Letter("Chỉ thị 16 (2021).pdf", facts | {"date": "2021-12-27"}, text="Hai"))
    scan = put_letter(archive, Letter("quet 7.tif", facts | {"date": "2021-12-27"}, text="Hai", scanned=True))
    found = {
        "16/CT-UBND": {old, new},
        "16/CT-UBND năm 2021": {new},
        "16/ct-ubnd 2020": {old},
        "chi-thi-cu.pdf": {old},
        "Chỉ thị 16 (2021).pdf": {new},
        "/vào/Chỉ thị 16 (2021).pdf": {new},
        "chỉ thị cũ": {old},
        "quet 7": {scan},
        new[:4]: {new},
        new: {new},
        "không có": set[str](),
    }
    assert {name: set(find_dispatches(archive.engine, name)) for name in found} == found


def pdf(path: Path) -> bytes:
    page = Canvas(str(path), pagesize=(595, 842))
    page.drawString(62, 842 - 72, "16")
    page.save()
    return path.read_bytes()


def test_the_queue_goes_to_a_desk_and_comes_back(archive: Archive, tmp_path: Path) -> None:
    ids = {}
    for place, name in enumerate("abcde"):
        header = {"symbol": "CT-UBND", "is_draft": True, "issuing_body": f"UBND huyện {name}"}
        ids[name] = put_letter(archive, Letter(f"{name}.pdf", header, warnings=(NUMBER, DAY), text=f"Việc {place}"))
        original = archive.layout.find_original(ids[name])
        assert original is not None
        original.write_bytes(pdf(tmp_path / "trang.pdf"))
    sheet = tmp_path / "can-xem.xlsx"
    assert write_queue(archive, sheet) == 5
    book = load_workbook(sheet)
    page = book.active
    assert page is not None
    assert len(page._images) == 10  # type: ignore[attr-defined]  # the stubs know no pictures
    with Image.open(io.BytesIO(page._images[0]._data())) as picture:  # type: ignore[attr-defined]  # likewise
        assert picture.convert("L").getextrema()[0] < 100
    book = load_workbook(sheet)
    page = book.active
    assert page is not None
    heads = {str(cell.value): cell.column for cell in page[1]}
    rows = {str(row[1].value): row[0].row for row in page.iter_rows(min_row=2)}
    assert page.cell(rows["a.pdf"], heads["Gợi ý số"]).value == "16"
    page.cell(rows["a.pdf"], heads["Nhận gợi ý (x)"]).value = "x"
    page.cell(rows["b.pdf"], heads["Số"]).value = 21
    page.cell(rows["b.pdf"], heads["Ngày"]).value = dt.datetime(2021, 11, 2)
    page.cell(rows["b.pdf"], heads["Đã xem xong (x)"]).value = "X"
    page.cell(rows["c.pdf"], heads["Số"]).value = "hai mốt"
    page.cell(rows["d.pdf"], heads["Mã"]).value = "ffffffffffff"
    page.cell(rows["d.pdf"], heads["Số"]).value = 5
    book.save(sheet)
    taken = {row.name: (row.taken, row.what) for row in take_queue(archive, sheet)}
    assert [taken[name][0] for name in ("a.pdf", "b.pdf", "c.pdf", "d.pdf")] == [True, True, False, False]
    assert "e.pdf" not in taken and "chữ số" in taken["c.pdf"][1] and "ffffffffffff" in taken["d.pdf"][1]
    first, second = (archive.record(ids[name]).header for name in "ab")
    assert (first.so_hieu, str(first.date)) == ("16/CT-UBND", "2021-12-27")
    assert (second.so_hieu, str(second.date)) == ("21/CT-UBND", "2021-11-02")
    assert states(archive) == {
        "a.pdf": ("new", 0),
        "b.pdf": ("done", 0),
        **dict.fromkeys(("c.pdf", "d.pdf", "e.pdf"), ("review", 2)),
    }
    undo(archive)
    undo(archive)
    assert states(archive) == dict.fromkeys(taken | {"e.pdf": None}, ("review", 2))


@pytest.mark.parametrize("data", [b"", b"khong phai bang", b"PK\x03\x04 hong"])
def test_another_file_is_refused_in_words(archive: Archive, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    with pytest.raises(PlainError, match="bảng"):
        list(take_queue(archive, path))


def test_what_is_taken_out_comes_back_whole(archive: Archive) -> None:
    sha256 = put_letter(archive, PENNED)
    fix(archive, sha256, Fix(number="16", date="27/12/2021"))
    archive.arrive(sha256, dt.date(2022, 1, 3), None, None, None)
    before = {path: path.read_bytes() for path in archive.layout.root.glob("*/*/*") if "trash" not in str(path)}
    for turn in range(3):
        archive.take_out(sha256, "nạp nhầm")
        assert list(archive.hashes()) == [] and queue(archive.engine)[1] == 0 and list(verify(archive)) == []
        archive.rebuild()
        assert [row["why"] for row in archive.removals()] == ["nạp nhầm"] and list(verify(archive)) == []
        if turn == 1:
            undo(archive)
        else:
            archive.put_back(sha256)
        assert {path: path.read_bytes() for path in before} == before and list(verify(archive)) == []
        assert find_dispatches(archive.engine, "16/CT-UBND") == [sha256]
    archive.take_out(sha256, "nạp nhầm")
    archive.purge(sha256)
    assert not list((archive.layout.root / "trash").rglob("*.pdf")) and list(verify(archive)) == []
    assert archive.removal(sha256) is not None


def test_a_number_given_by_mistake_is_void_and_never_given_again(archive: Archive) -> None:
    one = put_letter(archive, Letter("a.pdf", {"so_hieu": "1/UBND", "date": "2024-01-02"}))
    two = put_letter(archive, Letter("b.pdf", {"so_hieu": "2/UBND", "date": "2024-01-02"}))
    archive.arrive(one, dt.date(2024, 1, 5), None, None, None)
    assert archive.cancel(one, "vào nhầm sổ") == (1, 2024)
    with pytest.raises(PlainError, match="đã hủy"):
        archive.arrive(two, dt.date(2024, 1, 5), 1, None, None)
    assert archive.arrive(two, dt.date(2024, 1, 5), None, None, None)["number"] == 2
    with pytest.raises(PlainError, match="chưa vào sổ"):
        archive.cancel(one, "lần nữa")
    archive.rebuild()
    assert archive.arrive(one, dt.date(2024, 1, 6), None, None, None)["number"] == 3
    undo(archive)
    undo(archive)
    undo(archive)
    assert archive.arrive(one, None, None, None, None)["number"] == 1
    assert list(verify(archive)) == []
