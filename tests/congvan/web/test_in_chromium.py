"""The desk in a real browser: what a clerk does in a day, by keys alone where that is promised; two at one place; a
server that is killed.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from congvan.archive.archive import Archive
from congvan.archive.review.queue import queue
from congvan.archive.review.settle import settle_ok
from congvan.web.show.desk import Desk
from tests.congvan.web.test_uploads import TEXT
from tests.support.browsers import (
    PHONE,
    WIDE,
    browsing,
    field_with_focus,
    free_port,
    keys,
    needs_chromium,
    one,
    served,
    sized,
    wait_for,
)
from tests.support.desks import DrawnLetter, open_desk, put_drawn, put_report
from tests.support.pictures import Sheet, needs_ocr

pytestmark = [pytest.mark.slow, needs_chromium]


class Opened(NamedTuple):
    """A desk that is being served, and where; `folder` is where the browser keeps what it is sent."""

    desk: Desk
    address: str
    folder: Path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("desk")
    desk = open_desk(folder, today=dt.date(2026, 3, 20))
    with served(desk) as address:
        yield Opened(desk, address, folder)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, opened: Opened) -> Iterator[Any]:
    with browsing(tmp_path_factory.mktemp("profile"), opened.folder) as driver:
        yield driver


def test_five_doubted_dispatches_are_worked_off_by_keys_alone(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import Keys

    archive = opened.desk.archive
    settle_ok(archive, list(archive.hashes()))
    mine = [
        put_drawn(archive, DrawnLetter(subject=f"việc {number}", number=None, day=None, guess_number=str(20 + number),
                                       guess_day="2026-03-04"))
        for number in range(5)
    ]  # fmt: skip
    browser.get(f"{opened.address}/can-xem")
    keys(browser, Keys.ENTER)
    for number in range(5):
        wait_for(lambda left=5 - number: f"còn {left} văn bản" in one(browser, "h1").text)
        wait_for(lambda: field_with_focus(browser) == "v_number")
        if number == 2:
            keys(browser, "9", "9")
        keys(browser, Keys.ENTER)
        wait_for(lambda: field_with_focus(browser) == "v_date")
        keys(browser, Keys.ENTER)
    wait_for(lambda: "Không còn văn bản nào cần xem" in browser.page_source)
    headers = [archive.record(sha256).header for sha256 in mine]
    numbers = {header.number for header in headers}
    assert len(numbers) == 5 and 99 in numbers and len(numbers & {20, 21, 22, 23, 24}) == 4
    assert {header.date for header in headers} == {dt.date(2026, 3, 4)}
    wait_for(lambda: browser.execute_script("return document.readyState === 'complete'"))
    keys(browser, "u")
    wait_for(lambda: queue(archive.engine)[1] == 1)


def test_esc_leaves_a_place_open_and_goes_on(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import Keys

    letter = DrawnLetter(subject="để ngỏ", number=None, day=None, guess_number="20", guess_day="2026-03-04")
    sha256 = put_drawn(opened.desk.archive, letter)
    browser.get(f"{opened.address}/can-xem/{sha256}")
    wait_for(lambda: field_with_focus(browser) == "v_number")
    keys(browser, Keys.ESCAPE)
    wait_for(lambda: field_with_focus(browser) == "v_date")
    keys(browser, Keys.ENTER)
    wait_for(lambda: opened.desk.archive.record(sha256).header.date is not None)
    assert opened.desk.archive.record(sha256).header.number is None


def test_values_and_places_light_each_other(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import ActionChains

    sha256 = put_drawn(opened.desk.archive, DrawnLetter(subject="chỗ in"))
    sized(browser, WIDE)
    browser.get(f"{opened.address}/van-ban/{sha256}")
    wait_for(lambda: browser.execute_script("return document.querySelector('.page img').naturalWidth > 0"))
    ActionChains(browser).move_to_element(one(browser, 'a[data-at="/header/date"]')).perform()
    assert "lit" in one(browser, 'rect[data-at="/header/date"]').get_attribute("class")
    assert not browser.find_elements("css selector", 'rect[data-at="/header/number"].lit')
    ActionChains(browser).move_to_element(one(browser, 'rect[data-at="/header/number"]')).perform()
    assert "lit" in one(browser, 'a[data-at="/header/number"]').get_attribute("class")


def test_the_second_of_two_browsers_is_told_and_nothing_is_lost(browser: Any, opened: Opened, tmp_path: Path) -> None:
    from selenium.webdriver import Keys

    archive = opened.desk.archive
    sha256 = put_drawn(archive, DrawnLetter(subject="hai người", number=None, guess_number="16"))
    with browsing(tmp_path / "profile") as second:
        for each in (browser, second):
            each.get(f"{opened.address}/can-xem/{sha256}")
            wait_for(lambda each=each: field_with_focus(each) == "v_number")
        keys(browser, Keys.ENTER)
        wait_for(lambda: archive.record(sha256).header.number == 16)
        keys(second, "1", "8", Keys.ENTER)
        wait_for(lambda: "Người khác vừa sửa" in second.page_source)
        assert one(second, "#v_number").get_attribute("value") == "18"
        assert archive.record(sha256).header.number == 16
        subject = "hai người, sửa lần một"
        archive.correct(sha256, "/header/subject", "chưa sửa")
        second.get(f"{opened.address}/van-ban/{sha256}")
        archive.correct(sha256, "/header/subject", subject)
        form = second.find_element("css selector", 'form:has(input[value="subject"]) textarea')
        second.execute_script("arguments[0].closest('details').open = true", form)
        form.clear()
        form.send_keys("hai người, sửa lần hai")
        form.find_element("xpath", "ancestor::form//button").click()
        wait_for(lambda: "Bây giờ" in second.page_source)
        assert subject in second.page_source and "sửa lần hai" in second.page_source
    assert archive.record(sha256).header.subject == subject


@needs_ocr
def test_a_scan_is_taken_in_with_its_outcome_told(browser: Any, opened: Opened) -> None:
    sheet = Sheet()
    sheet.write(70, 60, "ỦY BAN NHÂN DÂN", style="Bold")
    sheet.write(70, 78, "HUYỆN KIM THÀNH", style="Bold")
    sheet.write(80, 100, "Số: 47/UBND-VX")
    sheet.write(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="Bold", size=12)
    sheet.write(340, 78, "Độc lập - Tự do - Hạnh phúc", style="Bold")
    sheet.write(330, 100, "Kim Thành, ngày 12 tháng 3 năm 2026", style="Italic")
    sheet.write(60, 120, "V/v tổng kết hội thi thể thao", size=12)
    sheet.write(120, 160, "Kính gửi: Ủy ban nhân dân các xã, thị trấn.")
    sheet.write(90, 190, "Đề nghị các xã, thị trấn gửi danh sách vận động viên trước ngày 25/3/2026.")
    file = opened.folder / "quet.png"
    sheet.image.convert("L").save(file, dpi=(200, 200))
    browser.get(f"{opened.address}/nap-tep")
    one(browser, 'input[type="file"]').send_keys(str(file))
    one(browser, "form[data-upload] button").click()
    link = one(browser, "tbody a")
    assert link.text == "quet.png"
    link.click()
    wait_for(lambda: "47/UBND-VX" in one(browser, "h1").text)
    wait_for(lambda: browser.execute_script("return document.querySelector('.page img').naturalWidth > 0"))


def test_a_dispatch_is_found_without_marks_and_with_a_slip(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import Keys

    put_drawn(opened.desk.archive, DrawnLetter(subject="sửa chữa đường giao thông nông thôn", number=88))
    browser.get(f"{opened.address}/")
    keys(browser, "/")
    wait_for(lambda: field_with_focus(browser) == "q")
    keys(browser, "giao thong nong thon", Keys.ENTER)
    link = one(browser, ".register td.so_hieu a")
    assert link.text == "88/UBND-NV" and one(browser, ".register mark").text == "giao"
    browser.get(f"{opened.address}/van-ban?q=giao+thongg")
    one(browser, ".hint a").click()
    wait_for(lambda: one(browser, ".register td.so_hieu a").text == "88/UBND-NV")


def test_a_deadline_is_marked_done_on_a_phone(browser: Any, opened: Opened) -> None:
    put_drawn(opened.desk.archive, DrawnLetter(subject="hạn", due="2026-03-22", task="Phòng Y tế báo cáo tiêm phòng."))
    sized(browser, PHONE)
    browser.get(f"{opened.address}/thoi-han?nhom=week")
    row = wait_for(lambda: browser.find_elements("xpath", "//tr[contains(., 'tiêm phòng')]"))[0]
    row.find_element("css selector", ".acts summary").click()
    row.find_element("css selector", 'input[name="tra_loi"]').send_keys("20/BC-PNV")
    row.find_element("css selector", 'button[value="done"]').click()
    wait_for(lambda: "tiêm phòng" not in browser.page_source)
    browser.get(f"{opened.address}/thoi-han?nhom=done")
    assert "20/BC-PNV" in browser.page_source
    sized(browser, WIDE)


def test_a_finding_lights_both_places_and_is_answered(browser: Any, opened: Opened) -> None:
    put_report(opened.desk.archive)
    opened.desk.findings.refresh()
    browser.get(f"{opened.address}/kiem-tra")
    wait_for(lambda: browser.find_elements("partial link text", "in 25 nhưng cộng 3 hàng"))[0].click()
    one(browser, ".finding.disagrees")
    assert len(browser.find_elements("css selector", ".cuttings .reported img")) == 1
    assert len(browser.find_elements("css selector", ".page rect.reported")) == 1
    assert len(browser.find_elements("css selector", ".page rect.other")) == 3
    one(browser, '.finding input[name="vi_sao"]').send_keys("cộng thừa một hộ")
    one(browser, '.finding button[value="mistake"]').click()
    wait_for(lambda: "cộng thừa một hộ" in one(browser, ".finding .answer").text)
    browser.get(f"{opened.address}/kiem-tra")
    assert "Văn bản sai" in one(browser, "tr.disagrees").text


def test_the_register_is_taken_as_a_sheet_and_read_back(browser: Any, opened: Opened) -> None:
    put_drawn(opened.desk.archive, DrawnLetter(subject="cấp nước sạch đợt hai", number=71))
    browser.get(f"{opened.address}/van-ban?q=nuoc+sach")
    one(browser, '.tools a[href*="van-ban.xlsx"]').click()
    file = opened.folder / "van-ban.xlsx"
    wait_for(file.exists)
    rows = list(openpyxl.load_workbook(file).worksheets[-1].iter_rows(values_only=True))
    told = [row for row in rows if "71/UBND-NV" in row]
    assert len(told) == 1 and "cấp nước sạch đợt hai" in told[0]
    assert any(isinstance(cell, dt.date) for cell in told[0])
    assert not any("báo cáo" in str(cell) for row in rows for cell in row)


def test_a_table_is_copied_with_one_key(browser: Any, opened: Opened) -> None:
    sha256 = put_report(opened.desk.archive, number=32, name="bang.pdf")
    browser.get(f"{opened.address}/van-ban/{sha256}/bang/1")
    rights = {"origin": opened.address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", rights)
    browser.execute_script("document.activeElement.blur(); window.focus()")
    keys(browser, "c")
    wait_for(lambda: "✓" in one(browser, "#said").text)
    taken = browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    lines = [line.split("\t") for line in taken.splitlines()]
    assert lines[0][1:3] == ["Đơn vị", "Chỉ tiêu hộ thoát nghèo"]
    assert lines[1] == ["1", "Xã Kim Anh", "12", "9"] and len(lines) == 5


def test_the_language_is_turned_and_kept(browser: Any, opened: Opened) -> None:
    browser.get(f"{opened.address}/van-ban")
    one(browser, '.who a[lang="en"]').click()
    wait_for(lambda: one(browser, "h1").text.startswith("Dispatches"))
    browser.get(f"{opened.address}/thoi-han")
    assert one(browser, "h1").text.startswith("Deadlines")
    one(browser, '.who a[lang="vi"]').click()
    wait_for(lambda: one(browser, "h1").text.startswith("Thời hạn"))


def test_a_server_killed_in_the_middle_of_an_upload_loses_nothing_and_says_so(browser: Any, tmp_path: Path) -> None:
    port, file, heavy = free_port(), tmp_path / "cv.txt", tmp_path / "anh.bin"
    file.write_text(TEXT, encoding="utf-8")
    heavy.write_bytes(bytes(1_500_000))
    server = _start(tmp_path, port)
    browser.get(f"http://127.0.0.1:{port}/nap-tep")
    browser.set_network_conditions(offline=False, latency=0, download_throughput=10**7, upload_throughput=200_000)
    try:
        one(browser, 'input[type="file"]').send_keys(f"{file}\n{heavy}")
        one(browser, "form[data-upload] button").click()
        wait_for(lambda: "%" in one(browser, "#said").text)
        server.send_signal(signal.SIGKILL)
        server.wait()
        wait_for(lambda: "Mất kết nối" in one(browser, "#said").text)
    finally:
        browser.delete_network_conditions()
    assert not list(Archive(tmp_path / "archive").hashes())
    server = _start(tmp_path, port)
    try:
        one(browser, "form[data-upload] button").click()
        assert one(browser, "tbody a").text == "cv.txt"
    finally:
        server.terminate()
        server.wait()
    assert len(list(Archive(tmp_path / "archive").hashes())) == 1


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The desk as a process of its own."""
    command = [sys.executable, "-c", "from congvan.commands.cli import main; main()", "serve", "--port", str(port),
               "--archive", str(folder / "archive"), "--quarantine", str(folder / "quarantine")]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ, PYTHONUNBUFFERED="1"))
    assert server.stdout is not None and server.stdout.readline()
    wait_for(lambda: _answers(port))
    return server


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as asking:
        if asking.connect_ex(("127.0.0.1", port)) == 0:
            return True
    time.sleep(0.1)
    return False
