"""The HTML reports in a real browser: they open without errors, show their tables, and load nothing from outside."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from congvan.archive.archive import Archive
from congvan.audit.report.html_report import write_html
from congvan.audit.wording import wording
from congvan.dataset.ask.report import write_report
from congvan.dataset.keep.build import build
from tests.congvan.audit.test_audit_reports import checked
from tests.congvan.dataset.test_dataset import REPORT, dispatch, put
from tests.support.planted import dispatch as planted

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,1600",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


def errors(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def loaded(browser: Any) -> list[str]:
    """What the page loaded besides itself."""
    return list(browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    archive = Archive(folder / "archive")
    put(archive, dispatch("9-BC/HU", "2024-10-02", [REPORT]))
    put(archive, dispatch("<b>8</b>-BC/HU", "2023-10-02", [REPORT]))
    build(archive, folder / "out")
    write_report(folder / "out", folder / "report.html", dt.date(2024, 11, 1))
    return folder / "report.html"


def test_the_report_of_the_dataset_opens_and_shows_its_figures(browser: Any, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.title == "Số liệu của các huyện"
    assert errors(browser) == [] and loaded(browser) == []
    rows = browser.execute_script("return [...document.querySelectorAll('table')[0].rows].map(row => row.innerText)")
    assert any("Hải Hậu" in row and "30,8%" in row for row in rows)
    bar = browser.execute_script("return document.querySelectorAll('svg rect')[1].getBoundingClientRect().width")
    assert 80 < bar < 100  # 30.8 of 150 per cent of 420 pixels


def test_the_page_is_not_wider_than_the_window(browser: Any, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_text_of_a_dispatch_is_shown_and_not_run(browser: Any, report: Path) -> None:
    browser.get(report.as_uri())
    assert browser.execute_script("return document.querySelectorAll('td b').length") == 0


@pytest.fixture(scope="module")
def audit_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("audit") / "audit.html"
    prose = "Đảng bộ Công an huyện đạt 11/10=112%. Đảng bộ <script>document.title='x'</script> đạt 1/2=60%."
    write_html(checked(planted(prose)), out, wording("vi"))
    return out


def test_the_audit_opens_without_errors_and_loads_nothing(browser: Any, audit_page: Path) -> None:
    browser.get(audit_page.as_uri())
    assert errors(browser) == [] and loaded(browser) == []
    rows = browser.find_elements("css selector", "tr.disagrees")
    assert any("11/10 = 110 %" in row.text for row in rows)
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_the_words_of_an_audited_dispatch_are_shown_and_not_run(browser: Any, audit_page: Path) -> None:
    browser.get(audit_page.as_uri())
    assert browser.title == "Kiểm tra số liệu"
    assert browser.find_elements("css selector", "script") == []
    assert "<script>" in browser.find_element("css selector", "tbody").text
