"""Kiểm tra số liệu: mistakes over all documents by weight, answers, and places in files that have no pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl

from congvan.audit.audit import audit
from congvan.web.show.excerpts import excerpts
from schemas.dispatch import Claim, Dispatch, Evidence
from schemas.document import Document, Paragraph
from schemas.finding import Finding
from tests.congvan.web.test_pages import TODAY
from tests.support.desks import DrawnLetter, open_desk, put_drawn, put_report, send, visit


def test_mistakes_of_all_dispatches_are_listed_answered_and_counted(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    first, second = (put_report(desk.archive, number, f"{number}.pdf") for number in (31, 32))
    desk.findings.refresh()
    client = visit(desk)
    page = client.get("/kiem-tra").text
    assert page.count("in 25 nhưng cộng 3 hàng") == 2 and "2 chỗ không khớp" in page
    assert "<b>2</b> chỗ số liệu chưa trả lời" in client.get("/").text
    key = re.search(rf"/kiem-tra/{first}\?chon=([0-9a-f]{{12}})", page)
    assert key is not None
    send(client, f"/kiem-tra/{first}/tra-loi", chon=key[1], tra_loi="explained", vi_sao="đã đính chính")
    assert "<b>1</b> chỗ số liệu chưa trả lời" in client.get("/").text
    assert client.get("/kiem-tra").text.count("Có lý do") == 1
    send(client, f"/kiem-tra/{first}/tra-loi", chon=key[1], tra_loi="open")
    assert "<b>2</b> chỗ số liệu chưa trả lời" in client.get("/").text
    by_dispatch = client.get("/kiem-tra", params={"theo": "van-ban"}).text
    assert first in by_dispatch and second in by_dispatch and "8 / 8" in by_dispatch
    client.get("/ngon-ngu/en")
    assert "25 is printed" in client.get("/kiem-tra").text or "cộng 3 hàng" not in client.get("/kiem-tra").text


def test_a_cutting_keeps_its_place_before_it_is_there(tmp_path: Path) -> None:
    """Else what stands below moves when it comes, and a click meets another button."""
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_report(desk.archive)
    desk.findings.refresh()
    shown = visit(desk).get(f"/kiem-tra/{sha256}").text
    cuttings = re.findall(r"<img [^>]*manh\.webp[^>]*>", shown)
    assert cuttings
    assert all(re.search(r' width="[1-9]\d*" height="[1-9]\d*"', each) for each in cuttings)


def test_the_register_is_narrowed_to_dispatches_whose_figures_disagree(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    wrong, clean = put_report(desk.archive), put_drawn(desk.archive, DrawnLetter())
    desk.findings.refresh()
    client = visit(desk)
    whole, narrowed = (client.get("/van-ban", params={"trang_thai": state}).text for state in ("", "so-lieu-sai"))
    assert wrong in whole and clean in whole
    assert wrong in narrowed and clean not in narrowed and "<small>1</small>" in narrowed
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/van-ban.xlsx?trang_thai=so-lieu-sai").content)).active
    printed = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert any("31" in text for text in printed) and not any("15/UBND-NV" in text for text in printed)


def test_what_is_removed_leaves_the_list(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_report(desk.archive)
    desk.findings.refresh()
    assert desk.findings.mistakes((), 0, 9)[1] == 1
    desk.archive.take_out(sha256, "gửi nhầm")
    desk.findings.refresh()
    assert desk.findings.mistakes((), 0, 9) == ([], 0) and desk.findings.overview((), 0, 9) == ([], 0, 0)
    assert desk.findings.totals() == (0, 0, 0)


def test_places_without_pictures_are_marked_in_the_words_of_the_document(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    record = desk.archive.record(put_report(desk.archive))
    wrong = next(one for one in audit(record).findings if one.verdict == "disagrees")
    document = Document(source=record.source, blocks=())
    (table,) = excerpts(record, document, wrong)
    assert [[cell.role for cell in row][3] for row in table.rows] == ["other", "other", "other", "reported"]
    assert table.heads[3] == "Số hộ thoát nghèo" and table.rows[3][3].text == "25"


def test_a_sentence_is_shown_in_its_paragraph(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    record = desk.archive.record(put_report(desk.archive))
    told = "25 hộ thoát nghèo"
    claim = Claim(id="C1", text=told, kind="count", numerator=25)
    with_claim = Dispatch.model_validate(record.model_dump() | {
        "claims": [claim.model_dump()],
        "evidence": {"/claims/0": [Evidence(page=1, quote=told, origin="body").model_dump()]},
    })  # fmt: skip
    paragraph = Paragraph(text=f"Quý I, huyện có {told}, vượt kế hoạch.")
    finding = Finding(id="F1", dispatch=record.id, check="prose_vs_table", verdict="disagrees", explanation="x",
                      pointers=("/claims/0",))  # fmt: skip
    (shown,) = excerpts(with_claim, Document(source=record.source, blocks=(paragraph,)), finding)
    assert (shown.before, shown.quote, shown.after) == ("Quý I, huyện có ", told, ", vượt kế hoạch.")
