"""Limits that OCR misread: believed where only letters were confused, else shown with a suggestion, never guessed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.parsers.deadlines.test_deadline_phrases import FOLDER, read

CASES = tomllib.loads((Path(FOLDER) / "deadline_damaged.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "issued", "kind", "due"), CASES["believed"])
def test_confused_letters_are_mended(text: str, issued: str, kind: str, due: str) -> None:
    (one,), trail = read(text, issued)
    assert (one.kind, one.due.isoformat() if one.due else "") == (kind, due)
    assert one.phrase in text
    assert not trail.warnings


@pytest.mark.parametrize(("text", "issued", "suggestion"), CASES["shown"])
def test_a_confused_figure_is_shown_and_not_believed(text: str, issued: str, suggestion: str) -> None:
    (one,), trail = read(text, issued)
    assert (one.due, one.start, one.recurrence, one.timex) == (None, None, None, None)
    assert one.phrase in text
    (notice,) = trail.warnings
    assert (notice.code, notice.suggested or "", notice.pointer) == ("unreadable_date", suggestion, "/deadlines/0/due")
    assert one.phrase in notice.message


@pytest.mark.parametrize(("text", "issued"), CASES["told"])
def test_a_time_behind_a_garbled_word_is_told_of(text: str, issued: str) -> None:
    found, trail = read(text, issued)
    assert found == ()
    assert [notice.code for notice in trail.warnings] == ["damaged_text"]


@pytest.mark.parametrize(("text", "issued"), CASES["sound"])
def test_what_is_sound_is_left_alone(text: str, issued: str) -> None:
    found, trail = read(text, issued)
    assert (found, [one for one in trail.warnings if one.code != "unread_time"]) == ((), [])


def test_an_address_before_a_limit_garbles_nothing() -> None:
    text = "Các xã báo cáo về Phòng (thư điện tử: noivu@sonha.gov.vn) chậm nhất là ngày 22/10/2024."
    (one,), trail = read(text, "2024-07-29")
    assert one.phrase == "chậm nhất là ngày 22/10/2024" and not trail.warnings


def test_text_without_any_marks_is_told_of() -> None:
    text = "Cac don vi gui bao cao ve Phong Noi vu de tong hop truoc ngay 15/8/2024. " * 4
    assert [notice.code for notice in read(text, "2024-07-29")[1].warnings] == ["damaged_text"]


def test_a_limit_behind_a_garbled_word_is_told_of() -> None:
    found, trail = read("Các xã đăng ký cbỉ tiêu phấn đấu năm 2025 với huyện.", "2024-07-29")
    assert len(found) == 1
    assert [notice.code for notice in trail.warnings] == ["damaged_text"]


def test_a_garbled_word_further_than_a_few_words_before_a_time_says_nothing_of_it() -> None:
    text = "Các đơn vị cbỉ rà soát lại toàn bộ hồ sơ của mình và đăng ký chỉ tiêu phấn đấu tháng 9/2024."
    assert "damaged_text" not in [notice.code for notice in read(text, "2024-07-29")[1].warnings]
