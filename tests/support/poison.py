"""Files that harm whoever reads them, and good ones among them.

Some harm by themselves (bombs, cycles, cut files). What a library may do on a file that we cannot make to order — hang,
die, eat memory — is done by a reader of these tests alone, for files that begin with its sign, in the same workers.
"""

from __future__ import annotations

import ctypes
import sys
import time
import zlib
from pathlib import Path
from unittest.mock import patch

from congvan.archive.archive import Archive
from congvan.intake import pipeline
from congvan.intake.inside import Unpacked
from congvan.intake.outcomes import Report
from congvan.intake.pipeline import Options, ingest
from congvan.intake.process import Processed, process_file
from congvan.intake.quarantine import Quarantine
from congvan.intake.workers import Limits
from tests.ingest.test_bad_input import rezipped
from tests.support.word import p, word_bytes

SIGN = b"tests-poison:"
LIMITS = Limits(seconds=12, memory=2 << 30, workers=2)
"""Time enough for a good file in a new worker, even where many others share the machine."""


def read_poison(
    path: Path, allow_secret: bool = False, trust: Path | None = None, converted: Path | None = None
) -> Processed | Unpacked:
    """As `process_file`, but for files that begin with the sign."""
    with path.open("rb") as file:
        head = file.read(40)
    if head.startswith(SIGN):
        _harm(head.removeprefix(SIGN).split(b"\n")[0].decode())
    return process_file(path, allow_secret, trust, converted)


def _harm(how: str) -> None:
    match how:
        case "sleep":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "crash":
            ctypes.string_at(0)
        case "eat":
            eaten = [bytes(1 << 20)]
            while True:
                eaten.append(bytes(1 << 20))


def _pdf(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.7\n"
    for number, data in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    return body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def _endless_pages() -> bytes:
    """A tree of pages that has itself as a child, a thousand million pages by its own word."""
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"
    return _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree])


def _picture_bomb() -> bytes:
    """A PNG of a hundred thousand by a hundred thousand dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4)
        return len(data).to_bytes(4) + name + data + check

    side = (100_000).to_bytes(4)
    pixels = zlib.compress(bytes(1 << 20))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + bytes((8, 0, 0, 0, 0)))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def _word_bomb() -> bytes:
    return rezipped(word_bytes(p("Nội dung")), {"word/document.xml": b"<a>" + b" " * 300_000_000 + b"</a>"})


def poison() -> list[tuple[str, bytes]]:
    """Every kind of poison, each as a name and bytes."""
    word = word_bytes(p("Nội dung " * 500))
    acted = [(f"{how}.txt", SIGN + how.encode() + b"\n") for how in ("sleep", "spin", "crash", "eat")]
    return [
        *acted,
        ("trang-vo-tan.pdf", _endless_pages()),
        ("bom.docx", _word_bomb()),
        ("cut.docx", word[: len(word) // 2]),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat"),
        ("anh-bom.png", _picture_bomb()),
        ("rac.pdf", bytes(range(256)) * 40),
    ]


def good(number: int) -> bytes:
    """A small dispatch, another for each number."""
    return (
        f"HUYỆN ỦY HẢI HẬU\nBAN TỔ CHỨC\n*\nSố {number}-CV/BTC\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        f"Hải Hậu, ngày {1 + number % 28:02} tháng 3 năm 2024\nV/v rà soát hồ sơ đợt {number}\n\n"
        f"Kính gửi: Các chi bộ, đảng bộ cơ sở.\n\n1. Các chi bộ rà soát hồ sơ số {number} trước ngày 15/4/2024.\n\n"
        "T/M BAN THƯỜNG VỤ\nTRƯỞNG BAN\nNguyễn Văn A\n"
    ).encode()


def fill(folder: Path, good_files: int, poisoned: int) -> None:
    """A folder of good files with the kinds of poison in turn among them."""
    folder.mkdir()
    for number in range(good_files):
        (folder / f"{number:04}.txt").write_bytes(good(number))
    kinds = poison()
    for number in range(poisoned):
        name, data = kinds[number % len(kinds)]
        place = number * good_files // poisoned
        (folder / f"{place:04}-{number}-{name}").write_bytes(data + b"\n%% " + str(number).encode())


def run(folder: Path, root: Path) -> Report:
    """One run of `ingest` over a folder into `root`, with the reader of these tests in the workers."""
    with patch.object(pipeline, "process_file", read_poison):
        return ingest([folder], Archive(root / "archive"), Quarantine(root / "quarantine"), Options(limits=LIMITS))


if __name__ == "__main__":
    from tests import poison as named  # by its name, so that workers find the reader

    named.run(Path(sys.argv[1]), Path(sys.argv[2]))
