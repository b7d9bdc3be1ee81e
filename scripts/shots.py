"""The two pictures of the README: the desk over a copy of the demo archive, on a day on which it has something to say.

`python -m scripts.shots [ARCHIVE]`, after `make run`. Writes docs/hom-nay.png and docs/can-xem.png.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import text

from congvan.intake.pipeline import ingest
from congvan.register.settings import OwnUnit, Settings, save_settings
from congvan.web.show.desk import Desk
from corpus.scans import WAYS, build_scans
from tests.support.browsers import WIDE, browsing, served, sized, wait_for
from tests.support.desks import open_desk

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2024, 8, 20)
BY_PEN = ("24-chi-thi-luc-nam", "40-cong-van-y-yen", "05-dau-muc-kien-thuy")
UNIT = ("Ban Tổ chức Huyện ủy",)
COLOURS, STEP = 64, 8
"""How many colours a picture keeps, in what steps: the grain of scans takes most of the room and tells nothing."""


def main() -> None:
    """Take both pictures."""
    demo = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "outputs" / "archive"
    if not (demo / "index.sqlite").exists():
        sys.exit(f"{demo}: there is no demo archive; make run fills it.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(demo, folder / "archive")
        save_settings(folder / "archive", Settings(unit=OwnUnit(names=UNIT)))
        desk = open_desk(folder, today=TODAY, dataset=folder / "dataset")
        _take_in_scans(desk, folder)
        desk.findings.refresh()
        with served(desk) as address, browsing(folder / "profile") as browser:
            sized(browser, WIDE)
            take(browser, f"{address}/", ROOT / "docs" / "hom-nay.png")
            take(browser, f"{address}/can-xem/{_by_pen(desk)}", ROOT / "docs" / "can-xem.png")


def _take_in_scans(desk: Desk, folder: Path) -> None:
    """Some dispatches of the corpus once more, as scans with their number written by pen."""
    pens = [place for place, way in enumerate(WAYS) if way.pen]
    (folder / "nothing").mkdir()
    for name in BY_PEN:
        turns = [folder / "nothing"] * len(WAYS)
        turns[pens[0]] = ROOT / "corpus" / name
        build_scans(turns, folder / "scans")
    ingest(sorted((folder / "scans").glob("*.pdf")), desk.archive, desk.quarantine)


def _by_pen(desk: Desk) -> str:
    """A scan whose number is written by pen and read or suggested as its printed copy has it: so what is shown is
    right.
    """
    statement = text(
        "SELECT d.id FROM dispatches d JOIN doubts o ON o.dispatch_id = d.id AND o.pointer = '/header/number' "
        "JOIN dispatches p ON p.date = d.date AND p.id != d.id "
        "AND (d.so_hieu IS NULL AND p.so_hieu LIKE o.suggestion || '_%' OR p.so_hieu = d.so_hieu) "
        "WHERE d.ocr_confidence IS NOT NULL AND p.ocr_confidence IS NULL "
        "ORDER BY d.so_hieu IS NOT NULL, d.warnings, d.name"
    )
    with desk.archive.engine.connect() as connection:
        found = connection.scalar(statement)
    if found is None:
        sys.exit("No scan with a number written by pen was read as its printed copy has it.")
    return str(found).replace("#", ".")


def take(browser: Any, address: str, path: Path) -> None:
    """A page as a small PNG, once all its pictures are there."""
    browser.get(address)
    wait_for(lambda: browser.execute_script("return [...document.images].every(one => one.complete)"))
    shot = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    shot = shot.point(lambda value: min(255, round(value / STEP) * STEP))
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
