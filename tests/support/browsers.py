"""A real browser at a desk that is being served: Chromium with its driver, waiting, keys, sizes and pictures."""

from __future__ import annotations

import base64
import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from congvan.web.app import make_app
from congvan.web.show.desk import Desk

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WIDE, PHONE = (1366, 768), (390, 844)
needs_chromium = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1366,768",
)  # fmt: skip
_PATIENCE = 60.0


@contextmanager
def browsing(profile: Path, downloads: Path | None = None) -> Iterator[Any]:
    """A browser with a profile of its own. `downloads` is where it keeps what it is sent."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """A desk that is served from a thread; gives its address."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_for(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def wait_for(condition: Callable[[], Any]) -> Any:
    """What a condition gives once it gives anything; a test that waits in vain fails."""
    from selenium.common.exceptions import StaleElementReferenceException

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(StaleElementReferenceException):  # the page was just left
            if found := condition():
                return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def keys(browser: Any, *pressed: str) -> None:
    """Press keys, one after the other, wherever the browser's focus is."""
    from selenium.webdriver import ActionChains

    for each in pressed:
        ActionChains(browser).send_keys(each).perform()


def one(browser: Any, selector: str) -> Any:
    """The first element of a selector, waited for."""
    return wait_for(lambda: browser.find_elements("css selector", selector))[0]


def field_with_focus(browser: Any) -> str | None:
    """The name of the field that what is typed goes to."""
    name = browser.switch_to.active_element.get_attribute("name")
    return str(name) if name else None


def sized(browser: Any, size: tuple[int, int]) -> None:
    """Give the window a size; a narrow one is a phone's."""
    width, height = size
    facts = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", facts)


def printed(browser: Any) -> bytes:
    """The page that is open as it is printed, a PDF."""
    answer = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    return base64.b64decode(answer["data"])
