"""The desk in a real browser: keys alone, places lit both ways, two browsers, a phone, print, and no foreign load.

Pictures of every page are left in the folder that `CONGVAN_SHOTS` names, or in the test's own.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn

from congvan.archive.review.queue import queue
from congvan.web.app import make_app
from congvan.web.show.desk import Desk
from tests.congvan.web.test_pages import ALL_PAGES
from tests.congvan.web.test_uploads import TEXT
from tests.support.desks import DrawnLetter, open_desk, put_drawn

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1366,768",
)  # fmt: skip
_PATIENCE = 20.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed"),
]


class Opened(NamedTuple):
    """A desk that is being served, and where."""

    desk: Desk
    address: str
    folder: Path


def start_browser(profile: Path) -> Any:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    desk = open_desk(tmp_path, today=dt.date(2026, 3, 20))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_for(lambda: server.started)
    yield Opened(desk, f"http://127.0.0.1:{port}", tmp_path)
    server.should_exit = True
    thread.join()


def wait_for(condition: Any) -> Any:
    from selenium.common.exceptions import StaleElementReferenceException

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(StaleElementReferenceException):  # the page was just left
            if found := condition():
                return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def keys(browser: Any, *pressed: str) -> None:
    from selenium.webdriver import ActionChains

    for one in pressed:
        ActionChains(browser).send_keys(one).perform()


def one(browser: Any, selector: str) -> Any:
    return wait_for(lambda: browser.find_elements("css selector", selector))[0]


def sized(browser: Any, width: int, height: int) -> None:
    facts = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", facts)


def test_five_doubted_dispatches_are_worked_off_by_keys_alone(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import Keys

    for number in range(5):
        put_drawn(opened.desk.archive, DrawnLetter(subject=f"việc {number}", number=None, day=None,
                                                   guess_number=str(20 + number), guess_day="2026-03-04"))  # fmt: skip
    browser.get(f"{opened.address}/can-xem")
    keys(browser, Keys.ENTER)
    for number in range(5):
        wait_for(lambda left=5 - number: f"còn {left} văn bản" in one(browser, "h1").text)
        assert browser.switch_to.active_element.get_attribute("name") == "v_number"
        if number == 2:
            keys(browser, "9", "9")
        keys(browser, Keys.ENTER)
        wait_for(lambda: browser.switch_to.active_element.get_attribute("name") == "v_date")
        keys(browser, Keys.ENTER)
    wait_for(lambda: "Không còn văn bản nào cần xem" in browser.page_source)
    records = [opened.desk.archive.record(sha256) for sha256 in opened.desk.archive.hashes()]
    numbers = {record.header.number for record in records}
    assert len(numbers) == 5 and 99 in numbers and len(numbers & {20, 21, 22, 23, 24}) == 4
    assert {record.header.date for record in records} == {dt.date(2026, 3, 4)}
    wait_for(lambda: browser.execute_script("return document.readyState === 'complete'"))
    keys(browser, "u")
    wait_for(lambda: queue(opened.desk.archive.engine)[1] == 1)


def test_esc_leaves_a_place_open_and_goes_on(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import Keys

    letter = DrawnLetter(number=None, day=None, guess_number="20", guess_day="2026-03-04")
    sha256 = put_drawn(opened.desk.archive, letter)
    browser.get(f"{opened.address}/can-xem/{sha256}")
    keys(browser, Keys.ESCAPE)
    wait_for(lambda: browser.switch_to.active_element.get_attribute("name") == "v_date")
    keys(browser, Keys.ENTER)
    wait_for(lambda: opened.desk.archive.record(sha256).header.date is not None)
    assert opened.desk.archive.record(sha256).header.number is None


def test_values_and_places_light_each_other(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import ActionChains

    sha256 = put_drawn(opened.desk.archive, DrawnLetter())
    sized(browser, 1366, 768)
    browser.get(f"{opened.address}/van-ban/{sha256}")
    assert one(browser, ".page img").get_property("naturalWidth") >= 0
    wait_for(lambda: browser.execute_script("return document.querySelector('.page img').complete"))
    ActionChains(browser).move_to_element(one(browser, 'a[data-at="/header/date"]')).perform()
    assert "lit" in one(browser, 'rect[data-at="/header/date"]').get_attribute("class")
    assert not browser.find_elements("css selector", 'rect[data-at="/header/number"].lit')
    ActionChains(browser).move_to_element(one(browser, 'rect[data-at="/header/number"]')).perform()
    assert "lit" in one(browser, 'a[data-at="/header/number"]').get_attribute("class")


def test_the_second_of_two_browsers_is_told(browser: Any, opened: Opened, tmp_path: Path) -> None:
    from selenium.webdriver import Keys

    sha256 = put_drawn(opened.desk.archive, DrawnLetter(number=None, guess_number="16"))
    second = start_browser(tmp_path / "profile")
    try:
        for each in (browser, second):
            each.get(f"{opened.address}/can-xem/{sha256}")
        keys(browser, Keys.ENTER)
        wait_for(lambda: opened.desk.archive.record(sha256).header.number == 16)
        keys(second, "1", "8", Keys.ENTER)
        wait_for(lambda: "Người khác vừa sửa" in second.page_source)
        assert one(second, "#v_number").get_attribute("value") == "18"
    finally:
        second.quit()
    assert opened.desk.archive.record(sha256).header.number == 16


def test_a_file_is_taken_in_with_its_outcome_told(browser: Any, opened: Opened) -> None:
    file = opened.folder / "cv.txt"
    file.write_text(TEXT, encoding="utf-8")
    browser.get(f"{opened.address}/nap-tep")
    one(browser, 'input[type="file"]').send_keys(str(file))
    one(browser, "form[data-upload] button").click()
    link = one(browser, "tbody a")
    assert link.text == "cv.txt"
    link.click()
    wait_for(lambda: "21/PNV-VT" in one(browser, "h1").text)


def test_a_deadline_is_marked_done(browser: Any, opened: Opened) -> None:
    put_drawn(opened.desk.archive, DrawnLetter(due="2026-03-22"))
    sized(browser, 1366, 768)
    browser.get(f"{opened.address}/thoi-han?nhom=week")
    one(browser, ".acts summary").click()
    one(browser, 'input[name="tra_loi"]').send_keys("20/BC-PNV")
    one(browser, 'button[value="done"]').click()
    wait_for(lambda: "Không có thời hạn nào" in browser.page_source)
    browser.get(f"{opened.address}/thoi-han?nhom=done")
    assert "20/BC-PNV" in browser.page_source


def test_every_page_fits_loads_only_its_own_and_prints(browser: Any, opened: Opened) -> None:
    sha256 = put_drawn(opened.desk.archive, DrawnLetter(due="2026-03-22"))
    doubted = put_drawn(opened.desk.archive, DrawnLetter(number=None, guess_number="16", due="2026-03-02"))
    shots = Path(os.environ.get("CONGVAN_SHOTS") or opened.folder / "shots")
    shots.mkdir(parents=True, exist_ok=True)
    pages = (*ALL_PAGES, f"/van-ban/{sha256}", f"/can-xem/{doubted}", f"/kiem-tra/{sha256}", "/khong-co")
    browser.get_log("browser")
    for number, path in enumerate(pages):
        for width, height in ((1366, 768), (390, 844)):
            sized(browser, width, height)
            browser.get(f"{opened.address}{path}")
            assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"), path
            loaded = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
            assert all(name.startswith(opened.address) for name in loaded), loaded
            browser.save_screenshot(str(shots / f"{number:02}-{width}.png"))
        printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        (shots / f"{number:02}.pdf").write_bytes(base64.b64decode(printed["data"]))
        failed = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert [message for message in failed if "khong-co" not in message] == [], path
    sized(browser, 1366, 768)


def test_the_language_is_turned_and_kept(browser: Any, opened: Opened) -> None:
    browser.get(f"{opened.address}/van-ban")
    one(browser, '.who a[lang="en"]').click()
    wait_for(lambda: one(browser, "h1").text.startswith("Dispatches"))
    browser.get(f"{opened.address}/thoi-han")
    assert one(browser, "h1").text.startswith("Deadlines")
    one(browser, '.who a[lang="vi"]').click()
    wait_for(lambda: one(browser, "h1").text.startswith("Thời hạn"))
