"""A clerk at the keyboard: odd orders of use, names with spaces and marks, and what the commands say."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.index.copies import Pair
from congvan.archive.review.pair_words import pair_in_words
from congvan.archive.verify import verify
from congvan.commands.cli import app
from tests.congvan.commands.test_troubles import in_this_process
from tests.support.poison import good

TASK = "1. Các chi bộ rà soát hồ sơ số 7 trước ngày 15/4/2024."


class Desk:
    """A folder with spaces and Vietnamese letters, an archive beside it, and one dispatch in it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "Văn thư – Huyện ủy (năm 2024)"
        self.inbox, self.archive = self.root / "Văn bản đến", self.root / "Kho lưu"
        self.inbox.mkdir(parents=True)
        self.put("Công văn số 7 (bản chính).txt", good(7))
        assert self.ingest().exit_code == 0

    def put(self, name: str, data: bytes) -> Path:
        path = self.inbox / name
        path.write_bytes(data)
        return path

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--archive", str(self.archive)])

    def ingest(self) -> Result:
        return self.run("ingest", str(self.inbox), "--quarantine", str(self.root / "để riêng"))

    def record(self) -> dict[str, dict[str, object]]:
        """The one dispatch, found by its file's name: a correction of its số hiệu gives it another."""
        facts: dict[str, dict[str, object]] = json.loads(self.run("show", "Công văn số 7", "--json").stdout)
        return facts

    def deadlines(self, *words: str) -> list[dict[str, object]]:
        printed = self.run("deadlines", "--format", "json", "--today", "2024-03-20", *words)
        return [json.loads(line) for line in printed.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("congvan.intake.pipeline.run_isolated", in_this_process)
    monkeypatch.setattr("congvan.intake.reparse.run_isolated", in_this_process)
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("pointer", "value", "kept"),
    [
        ("/header/date", "9/3/2024", "2024-03-09"),
        ("/header/date", "2024-03-09", "2024-03-09"),
        ("/header/place", "9/3/2024", "9/3/2024"),
        ("/header/place", "12", "12"),
        ("/header/number", "12", 12),
        ("/header/number", "null", None),
        ("/header/recipients", '["Đảng ủy các xã"]', ["Đảng ủy các xã"]),
    ],
)
def test_a_value_is_taken_as_the_field_wants_it(desk: Desk, pointer: str, value: str, kept: object) -> None:
    assert desk.run("correct", "7-CV/BTC", pointer, value).exit_code == 0
    assert desk.record()["header"][pointer.removeprefix("/header/")] == kept


@pytest.mark.parametrize(
    ("pointer", "value", "words"),
    [
        ("/header/date", "hôm qua", "hãy viết như 27/12/2021"),
        ("/header/date", "31/2/2024", "Không có ngày 31/2/2024"),
        ("/header/number", "mười", "viết bằng chữ số"),
        ("/header/so_hieu", "hai nghìn", "viết bằng chữ số"),
        ("/header/doc_type", "giấy mật danh", "Không có loại văn bản"),
        ("/header/recipients", "Đảng ủy", "phải là danh sách"),
        ("/header/is_draft", "có thể", "phải là true hoặc false"),
        ("/regime", "tỉnh", "phải là một trong 'party' hoặc 'state'"),
        ("/header/ngay", "9/3/2024", "Bản ghi không có trường /header/ngay"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_vietnamese(desk: Desk, pointer: str, value: str, words: str) -> None:
    refused = desk.run("correct", "7-CV/BTC", pointer, value)
    assert refused.exit_code == 1 and words in refused.stderr and "Input should" not in refused.stderr


@pytest.mark.parametrize(
    ("pointer", "value", "so_hieu", "number", "symbol"),
    [
        ("/header/number", "12", "12-CV/BTC", 12, "CV/BTC"),
        ("/header/so_hieu", "15-KH/BTC", "15-KH/BTC", 15, "KH/BTC"),
        ("/header/symbol", "KH/BTC", "7-KH/BTC", 7, "KH/BTC"),
        ("/header/so_hieu", "null", None, None, "CV/BTC"),
    ],
)
def test_number_symbol_and_so_hieu_never_contradict_each_other(
    desk: Desk, pointer: str, value: str, so_hieu: str | None, number: int | None, symbol: str
) -> None:
    assert desk.run("correct", "7-CV/BTC", pointer, value).exit_code == 0
    header = desk.record()["header"]
    assert (header["so_hieu"], header["number"], header["symbol"]) == (so_hieu, number, symbol)  # type: ignore[index]  # a mapping


def test_a_date_and_a_type_are_corrected_as_they_are_filled_in(desk: Desk) -> None:
    desk.run("correct", "7-CV/BTC", "/header/date", "9/3/2023")
    desk.run("correct", "7-CV/BTC", "/header/doc_type", "kế hoạch")
    header = desk.record()["header"]
    assert (header["date"], header["year"], header["doc_type"]) == ("2023-03-09", 2023, "ke_hoach")  # type: ignore[index]  # a mapping


def test_reparse_tells_of_a_conflict_and_correcting_again_settles_it(desk: Desk) -> None:
    desk.run("correct", "7-CV/BTC", "/header/place", "Nơi khác")
    [path] = desk.archive.glob("records/*/*.json")
    path.write_text(path.read_text("utf-8").replace("Hải Hậu", "Chỗ cũ"), "utf-8")  # an older parser's reading
    [corrections] = desk.archive.glob("corrections/*/*.jsonl")
    corrections.write_text(corrections.read_text("utf-8").replace("Hải Hậu", "Chỗ cũ"), "utf-8")
    reparsed = desk.run("reparse")
    assert "Công văn số 7 (bản chính).txt: /header/place" in reparsed.stderr and "Nơi khác" in reparsed.stderr
    assert desk.record()["header"]["place"] == "Nơi khác"
    assert "correction_conflict" in [notice["code"] for notice in desk.record()["warnings"]]  # type: ignore[index]  # a list
    desk.run("correct", "7-CV/BTC", "/header/place", "Hải Hậu")
    assert desk.record()["header"]["place"] == "Hải Hậu"
    assert desk.record()["warnings"] == [] and desk.run("reparse").stderr == ""


def test_the_same_file_under_two_names_is_one_dispatch(desk: Desk) -> None:
    desk.put("bản chép.txt", good(7))
    assert "Trùng" in desk.ingest().output
    assert len(desk.deadlines()) == 1
    (desk.inbox / "Công văn số 7 (bản chính).txt").unlink()
    assert desk.ingest().exit_code == 0 and len(desk.deadlines()) == 1
    assert len(list(Archive(desk.archive).hashes())) == 1


def test_an_archive_that_was_moved_or_copied_works_as_before(desk: Desk) -> None:
    [deadline] = desk.deadlines()
    desk.run("done", str(deadline["id"]), "--reply", "5-BC/CB")
    before = desk.deadlines()
    moved = desk.root / "ổ khác" / "kho"
    moved.parent.mkdir()
    shutil.move(desk.archive, moved)
    desk.archive = moved
    assert desk.deadlines() == before and desk.run("verify").exit_code == 0
    copied = desk.root / "chỉ chép phần gốc"
    shutil.copytree(moved, copied, ignore=shutil.ignore_patterns("index.*", "*.lock"))
    desk.archive = copied
    assert desk.deadlines() == before and desk.run("verify").exit_code == 0
    assert "Không thay đổi" in desk.ingest().stdout


def test_the_next_morning_in_another_time_zone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    before = desk.deadlines()
    for zone in ("America/Los_Angeles", "Asia/Ho_Chi_Minh", "UTC"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert desk.deadlines() == before
        assert "Không thay đổi" in desk.ingest().stdout
        assert desk.run("correct", "7-CV/BTC", "/header/place", zone).exit_code == 0
    monkeypatch.undo()
    time.tzset()
    [path] = desk.archive.glob("corrections/*/*.jsonl")
    path.unlink()
    desk.run("rebuild")
    assert [one.value for one in Archive(desk.archive).corrections(next(Archive(desk.archive).hashes()))] == [
        "America/Los_Angeles", "Asia/Ho_Chi_Minh", "UTC",
    ]  # fmt: skip
    assert list(verify(Archive(desk.archive))) == []


def test_a_number_that_is_taken_is_named(desk: Desk) -> None:
    desk.put("hai.txt", good(8))
    desk.ingest()
    assert "Số đến 1" in desk.run("arrive", "7-CV/BTC", "--date", "8/3/2024").stdout
    refused = desk.run("arrive", "8-CV/BTC", "--date", "9/3/2024", "--number", "1")
    assert refused.exit_code == 1 and "Số đến 1 năm 2024 đã dùng cho văn bản 7-CV/BTC" in refused.stderr


def test_all_that_is_not_in_the_book_is_entered_by_one_command_and_taken_back_by_one(desk: Desk) -> None:
    for number in (8, 9, 10):
        desk.put(f"{number}.txt", good(number))
    desk.ingest()
    assert "Nêu văn bản" in desk.run("arrive").stderr and "Nêu văn bản" in desk.run("arrive", "x", "--all").stderr
    refused = desk.run("arrive", "8-CV/BTC", "9-CV/BTC", "--number", "4")
    assert refused.exit_code == 2 and "--number" in refused.stderr
    said = desk.run("arrive", "--all", "--date", "8/3/2024").stdout
    assert "Số đến 1, ngày 08/03/2024" in said and "Số đến 4" in said and "Đã vào sổ 4 văn bản." in said
    assert "0 văn bản chưa vào sổ" in desk.run("arrivals").stdout
    assert "Đã vào sổ 0 văn bản." in desk.run("arrive", "--all", "--date", "8/3/2024").stdout
    desk.run("undo")
    assert "4 văn bản chưa vào sổ" in desk.run("arrivals").stdout


def test_ids_in_a_narrow_table_can_be_copied(desk: Desk) -> None:
    desk.put("ba.txt", good(9).replace("trước ngày 15/4/2024".encode(), "trước ngày 25 hằng tháng".encode()))
    desk.ingest()
    [series] = [one for one in desk.deadlines() if one["kind"] == "recurring"]
    assert str(series["id"]) in desk.run("deadlines", "--today", "2024-03-20").stdout


@pytest.mark.parametrize(
    "command",
    ["search x", "show x", "deadlines", "done x", "calendar", "arrivals", "arrive x", "book arrivals", "verify",
     "rebuild", "reparse", "correct x /header/place y", "dataset build", "export edxml x"],
)  # fmt: skip
def test_a_mistyped_archive_is_no_empty_one(command: str, tmp_path: Path) -> None:
    wrong = tmp_path / "kho lưu nhầm"
    result = CliRunner().invoke(app, [*command.split(), "--archive", str(wrong)])
    assert result.exit_code == 1 and f"{wrong}: không có kho lưu ở đây" in result.stderr
    assert not wrong.exists()


def test_days_the_wrong_way_round_are_told_of(desk: Desk) -> None:
    for command in (["deadlines"], ["calendar"], ["search", "hồ sơ"]):
        result = desk.run(*command, "--from", "2024-09-01", "--to", "1/8/2024")
        assert result.exit_code == 2 and "Từ ngày 01/09/2024 lại sau đến ngày 01/08/2024" in result.stderr


def test_a_place_that_cannot_be_written_is_named_as_typed(desk: Desk) -> None:
    for out, words in (
        (desk.root, "đây là thư mục"),
        (desk.inbox / "Công văn số 7 (bản chính).txt" / "x", "không phải thư mục"),
    ):
        for command in (["calendar"], ["book", "arrivals"], ["deadlines", "--format", "csv"]):
            result = desk.run(*command, "--out", str(out))
            assert result.exit_code == 1 and words in result.stderr and ".part" not in result.stderr
    assert not list(desk.root.rglob("*.part"))


def test_a_folder_to_watch_that_is_not_there(desk: Desk) -> None:
    result = desk.run("watch", str(desk.root / "không có"), "--quarantine", str(desk.root / "q"))
    assert result.exit_code == 1 and "Không có thư mục này" in result.stderr and "Traceback" not in result.stderr


def test_a_command_that_is_stopped_says_so_and_the_next_run_finishes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    desk.put("hai.txt", good(8))
    with monkeypatch.context() as patched:
        patched.setattr("congvan.intake.pipeline.Dispatch.model_validate_json", stop)
        result = desk.ingest()
    assert result.exit_code == 130 and "Đã dừng theo lệnh" in result.stderr and "Aborted" not in result.stderr
    assert desk.run("verify").exit_code == 0
    assert desk.ingest().exit_code == 0 and len(list(Archive(desk.archive).hashes())) == 2


def test_of_two_copies_only_the_one_that_has_more_days_is_named() -> None:
    day = (dt.date(2024, 4, 14),)
    said = pair_in_words(Pair("7-CV/BTC", "b.txt", "a.txt", (), day))
    assert said == (
        "b.txt: bản khác của 7-CV/BTC; dùng a.txt. HAI BẢN GHI HẠN KHÁC NHAU: chỉ bản được dùng có 14/04/2024."
    )
    assert "KHÁC NHAU" not in pair_in_words(Pair("7-CV/BTC", "b.txt", "a.txt", (), ()))


def test_a_changed_file_is_another_copy_and_differing_days_are_told_of(desk: Desk) -> None:
    desk.put("Công văn số 7 (bản chính).txt", good(7).replace(b"15/4/2024", b"20/4/2024"))
    said = " ".join(desk.ingest().stdout.split())
    assert "nay đã có nội dung mới hơn" in said and "HAI BẢN GHI HẠN KHÁC NHAU" in said
    assert "14/04/2024" in said and "19/04/2024" in said
    desk.put("bản Word.txt", good(7).replace("hồ sơ số 7".encode(), "các hồ sơ số 7".encode()))
    assert len(desk.deadlines()) == 1
    told = " ".join(desk.ingest().stdout.split())
    assert "bản Word.txt" in told and "bản khác của 7-CV/BTC" in told
