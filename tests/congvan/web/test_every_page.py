"""Every page in a real browser, wide, on a phone and printed: it fits, loads nothing of other hosts, and axe-core finds
nothing serious. Pictures are left in the folder that `CONGVAN_SHOTS` names, or in the test's own.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from congvan.dataset.keep.build import build
from tests.congvan.web.test_pages import ALL_PAGES
from tests.support.browsers import PHONE, WIDE, browsing, needs_chromium, printed, served, sized, wait_for
from tests.support.desks import DrawnLetter, open_desk, put_drawn, put_report

pytestmark = [pytest.mark.slow, needs_chromium]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
HOSTILE = '<script>window.ran = 1</script>"\'><img src=x onerror="window.ran = 2">{{ 7 * 7 }}'
_GRAVE = ("serious", "critical")
_SEARCH = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']}).then(found => done(found.violations.map(
  one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 200)).slice(0, 3)])));
"""

_PICTURES_STAND = """
return [...document.images].every(one => one.complete || one.getBoundingClientRect().top > window.innerHeight);
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, as a package of the tests brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("CONGVAN_SHOTS") or tmp_path_factory.mktemp("shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a filled desk, and its pages by name."""
    folder = tmp_path_factory.mktemp("desk")
    desk = open_desk(folder, today=dt.date(2026, 3, 20), dataset=folder / "dataset")
    due = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    doubted = put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16", due="2026-03-02"))
    report = put_report(desk.archive)
    name = f"{HOSTILE}.pdf".replace("/", "_")
    letter = DrawnLetter(subject=HOSTILE, task=HOSTILE, name=name, number=None, due="2026-03-23")
    hostile = put_drawn(desk.archive, letter)
    desk.archive.take_out(put_drawn(desk.archive, DrawnLetter(subject=HOSTILE, number=77)), HOSTILE)
    build(desk.archive, folder / "dataset", None, False)
    desk.findings.refresh()
    desk.archive.take_out(put_drawn(desk.archive, DrawnLetter(subject="gửi nhầm")), "gửi nhầm")
    named = {path.strip("/").replace("/", "-") or "hom-nay": path for path in ALL_PAGES} | {
        "hostile": f"/van-ban/{hostile}",
        "hostile-xem": f"/can-xem/{hostile}",
        "mot-van-ban": f"/van-ban/{due}",
        "xem-lai": f"/can-xem/{doubted}",
        "bang": f"/van-ban/{report}/bang/1",
        "mot-kiem-tra": f"/kiem-tra/{report}",
        "kiem-tra-van-ban": "/kiem-tra?theo=van-ban",
        "tim": "/van-ban?q=cong+tac",
        "dang-nhap": "/dang-nhap",
        "khong-co": "/khong-co",
    }
    with served(desk) as address:
        yield address, named


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browsing(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


def test_every_page_fits_loads_only_its_own_and_hinders_nobody(
    browser: Any, places: tuple[str, dict[str, str]], axe: str, shots: Path
) -> None:
    address, named = places
    browser.get_log("browser")
    faults = []
    for name, path in named.items():
        for size in (PHONE, WIDE):
            sized(browser, size)
            browser.get(f"{address}{path}")
            if not browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"):
                faults.append(f"{name}: wider than {size[0]}")
            loaded = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
            faults += [f"{name}: loads {each}" for each in loaded if not each.startswith(address)]
            wait_for(lambda: browser.execute_script(_PICTURES_STAND))
            browser.save_screenshot(str(shots / f"{name}-{size[0]}.png"))
        browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        browser.execute_script(axe)
        found = browser.execute_async_script(_SEARCH, _RULES)
        faults += [f"{name}: {rule} {nodes}" for impact, rule, nodes in found if impact in _GRAVE]
        failed = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        faults += [f"{name}: {message}" for message in failed if "khong-co" not in message]
    assert faults == []


def test_pages_are_printed_without_what_is_only_pressed(
    browser: Any, places: tuple[str, dict[str, str]], shots: Path
) -> None:
    address, named = places
    wanted = {"mot-van-ban": "15/UBND-NV", "thoi-han-tuan": "Phòng Nội vụ tổng hợp", "van-ban": "báo cáo công tác",
              "mot-kiem-tra": "in 25 nhưng cộng 3 hàng", "bang": "Xã Kim Anh"}  # fmt: skip
    sized(browser, WIDE)
    for name, words in wanted.items():
        browser.get(f"{address}{named[name]}")
        data = printed(browser)
        (shots / f"{name}.pdf").write_bytes(data)
        document = pypdfium2.PdfDocument(io.BytesIO(data))
        text = _packed("".join(page.get_textpage().get_text_range() for page in document))
        assert _packed(words) in text, name
        for pressed in ("Nạp tệp", "Vào sổ", "Sửa", "Trả lời", "Xử lý"):
            assert _packed(pressed) not in text, (name, pressed)


def _packed(text: str) -> str:
    """Without blanks: letters that are set apart on paper stand apart in the text of a PDF."""
    return "".join(text.split())


def test_nothing_of_a_document_runs(browser: Any, places: tuple[str, dict[str, str]]) -> None:
    address, named = places
    for name in ("hom-nay", "van-ban", "thoi-han", "thoi-han-lich", "thoi-han-tuan", "can-xem", "nhat-ky", "thung-rac",
                 "hostile", "hostile-xem", "tim"):  # fmt: skip
        browser.get(f"{address}{named[name]}")
        assert HOSTILE[:7] in browser.find_element("css selector", "main").text or name == "tim", name
        assert browser.execute_script("return window.ran === undefined && !document.querySelector('main script')"), name


def test_everything_is_reached_by_the_tab_key(browser: Any, places: tuple[str, dict[str, str]]) -> None:
    address, named = places
    sized(browser, WIDE)
    for name in ("hom-nay", "mot-van-ban", "xem-lai", "mot-kiem-tra"):
        browser.get(f"{address}{named[name]}")
        unreached = browser.execute_script(
            "return [...document.querySelectorAll('a, button, input, select, textarea, summary, [data-copy]')].filter("
            "one => one.tabIndex < 0 && one.type !== 'hidden').map(one => one.outerHTML.slice(0, 120))"
        )
        assert unreached == [], name
        assert browser.execute_script("return document.querySelector('.skip') === document.body.firstElementChild")
