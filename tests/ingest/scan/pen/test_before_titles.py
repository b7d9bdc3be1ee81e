"""`KT.` or `PHÓ` written by pen before a printed title: who signs is never the head in silence, and what it may be is
suggested to a person (Nghị định 30/2020, Phụ lục I: a deputy signs for the head).
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from congvan.archive.review.queue import open_doubts
from ingest.door.registry import SourceFile
from ingest.scan.reader import read_image
from parsers.parse import parse
from schemas.dispatch import Dispatch
from tests.support.kept_letters import Letter, put_letter
from tests.support.pictures import DPI, Sheet, letterhead, needs_ocr

pytestmark = [pytest.mark.slow, needs_ocr]

K = [[(1, -13), (0, 0)], [(7, -13), (1, -6), (8, 1)]]
T = [[(0, -12), (9, -14)], [(5, -13), (4, 1)]]
P = [[(0, 1), (1, -13), (7, -11), (6, -6), (1, -5)]]
H = [[(0, 0), (1, -13)], [(7, 1), (8, -13)], [(0, -6), (8, -7)]]
O = [[(3, -13), (0, -6), (2, 0), (7, -1), (8, -6), (4, -13)], [(4, -15), (7, -19)]]  # noqa: E741  # the letter Ó
KT = [(0, K), (10, T), (25, [[(0, -1), (1, 0)]])]
PHO = [(0, P), (10, H), (24, O)]


def signed(pen: list[tuple[int, list[list[tuple[int, int]]]]], gap: int) -> Dispatch:
    """A scan whose printed title is that of the head, with letters by pen that end so many points before it."""
    sheet: Sheet = letterhead()
    sheet.write(85, 330, "Nơi nhận:", style="BoldItalic", size=12)
    sheet.write(85, 345, "- Như trên;", size=11)
    sheet.write(85, 358, "- Lưu: VT.", size=11)
    sheet.write(390, 332, "CHỦ TỊCH", style="Bold")
    for place, letter in pen:
        for stroke in letter:
            sheet.line([(356 - gap + place + x, 332 + y) for x, y in stroke], width=0.9)
    sheet.write(385, 420, "Trần Văn Ánh", style="Bold")
    kept = io.BytesIO()
    Image.fromarray(sheet.picture(grey=False).pixels).save(kept, "PNG", dpi=(DPI, DPI))
    return parse(read_image(SourceFile(Path("a.png"), "image/png", kept.getvalue())))


def test_a_head_who_signs_alone_is_no_doubt() -> None:
    record = signed([], 0)
    assert record.header.signers[0].title == "CHỦ TỊCH"
    assert not any((one.pointer or "").startswith("/header/signers") for one in record.warnings)


@pytest.mark.parametrize("gap", [2, 6, 14])
@pytest.mark.parametrize(("pen", "may_be"), [(KT, "KT. CHỦ TỊCH"), (PHO, "PHÓ CHỦ TỊCH")])
def test_letters_by_pen_before_a_title_are_doubted(
    pen: list[tuple[int, list[list[tuple[int, int]]]]], may_be: str, gap: int
) -> None:
    record = signed(pen, gap)
    signer = record.header.signers[0]
    told = [one for one in record.warnings if (one.pointer or "").startswith("/header/signers/0")]
    assert signer.title != "CHỦ TỊCH" and told
    suggested = {suggestion.value for one in told for suggestion in one.suggestions}
    assert may_be in suggested | {signer.authority, signer.title}


def test_what_it_may_be_is_shown_in_the_queue(tmp_path: Path) -> None:
    from congvan.archive.archive import Archive

    archive = Archive(tmp_path / "kho")
    record = signed(PHO, 6)
    kept = put_letter(archive, Letter("a.png", {"so_hieu": "1/UBND"}, warnings=record.warnings))
    shown = {doubt.suggestion for doubt in open_doubts(archive.engine, kept)}
    assert {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"} & shown
