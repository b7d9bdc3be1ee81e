"""The pages as they are without scripts: what they show, what their forms do, and what two people at once are told."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from congvan.archive.review.queue import open_doubts
from congvan.intake.pipeline import ingest
from congvan.intake.quarantine import Quarantine
from congvan.web.show import page_pictures
from congvan.web.show.desk import Desk
from ingest.word.office_run import find_libreoffice
from tests.support.desks import DrawnLetter, open_desk, put_drawn, send, visit
from tests.support.word import p, word_bytes

TODAY = dt.date(2026, 3, 20)
ALL_PAGES = (
    "/", "/van-ban", "/can-xem", "/thoi-han", "/thoi-han/lich", "/thoi-han/tuan", "/kiem-tra", "/so-lieu", "/nap-tep",
    "/cach-ly", "/thung-rac", "/nhat-ky",
)  # fmt: skip


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("filled", [False, True])
def test_every_page_opens_empty_and_filled_in_both_languages(tmp_path: Path, path: str, filled: bool) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    if filled:
        put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
        put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16"))
    client = visit(desk)
    answer = client.get(path)
    assert answer.status_code == 200 and 'lang="vi"' in answer.text
    client.get("/ngon-ngu/en")
    assert 'lang="en"' in client.get(path).text


def test_a_dispatch_shows_its_page_and_its_places(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    page = client.get(f"/van-ban/{sha256}").text
    assert "15/UBND-NV" in page and 'data-at="/header/number"' in page and "05/03/2026" in page
    picture = client.get(f"/tep/{sha256}/trang/1.webp?w=900")
    assert Image.open(io.BytesIO(picture.content)).width == 900
    piece = client.get(f"/tep/{sha256}/trang/1/manh.webp?o=90,60,130,74")
    assert Image.open(io.BytesIO(piece.content)).width < 200
    desk.close()


def put_word(desk: Desk, folder: Path) -> str:
    """Take in a Word letter; gives its id."""
    path = folder / "to-trinh.docx"
    lines = ("ỦY BAN NHÂN DÂN HUYỆN KIM THÀNH", "Số: 27/TTr-UBND", "Kim Thành, ngày 06 tháng 3 năm 2026",
             "TỜ TRÌNH", "Về việc sửa đường Đồng Lau",
             "Giao Phòng Nội vụ báo cáo trước ngày 20/3/2026 về việc sửa đường.")  # fmt: skip
    path.write_bytes(word_bytes("".join(map(p, lines))))
    report = ingest([path], desk.archive, Quarantine(folder / "apart"))
    assert report.entries[0].record is not None, report.entries
    return report.entries[0].record.id


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is absent")
def test_a_word_file_is_shown_as_it_is_printed_with_its_values_lit(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_word(desk, tmp_path)
    client = visit(desk)
    as_text = client.get(f"/van-ban/{sha256}").text
    assert "<figure" not in as_text and "sửa đường" in as_text and "xem=trang" in as_text
    printed = client.get(f"/van-ban/{sha256}?xem=trang").text
    assert 'id="trang-1"' in printed and 'id="trang-2"' not in printed
    lit = re.findall(r'<rect data-at="([^"]+)" x="([\d.]+)" y="([\d.]+)"', printed)
    where = {pointer: float(y) for pointer, _, y in lit}
    assert 0 < where["/header/number"] < where["/header/date"] < 400  # printed on the second line, and on the third
    picture = Image.open(io.BytesIO(client.get(f"/tep/{sha256}/trang/1.webp?w=900").content))
    assert picture.width == 900 and picture.convert("L").getextrema()[0] < 80
    assert client.get(f"/tep/{sha256}/trang/2.webp?w=900").status_code == 404
    assert "<figure" in client.get(f"/van-ban/{sha256}").text, "what is printed already is shown at once"
    assert "<figure" not in client.get(f"/van-ban/{sha256}?xem=chu").text
    desk.archive.take_out(sha256, "nhập nhầm")
    desk.archive.purge(sha256)
    assert not list((desk.root / "pictures").rglob(f"{sha256}*")), "a purged file leaves no picture behind"
    desk.close()


def test_a_word_file_that_cannot_be_printed_shows_its_text_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_word(desk, tmp_path)
    asked = list[str]()
    monkeypatch.setattr(page_pictures, "print_pdf", lambda source, *_: asked.append(source.name))
    client = visit(desk)
    for _ in range(2):
        shown = client.get(f"/van-ban/{sha256}?xem=trang")
        assert shown.status_code == 200 and "Không in được tệp này" in shown.text and "sửa đường" in shown.text
    assert client.get(f"/tep/{sha256}/trang/1.webp?w=900").status_code == 404
    assert len(asked) == 1, "what could not be printed is not tried at every look"
    desk.close()


def test_what_has_no_picture_is_told_as_not_there(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    off_the_page = "trang/1/manh.webp?o=5000,5,5100,9"
    for path in ("trang/2.webp", "trang/0.webp", "trang/1.webp?w=7", off_the_page, "tim-duoc.pdf"):
        assert client.get(f"/tep/{sha256}/{path}").status_code == 404, path
    desk.close()


def test_a_review_takes_what_was_typed_and_leaves_open_what_was_not(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(number=None, day=None, guess_number="16", guess_day="2026-03-04"))
    client = visit(desk)
    page = client.get(f"/can-xem/{sha256}").text
    assert 'placeholder="16"' in page and 'placeholder="04/03/2026"' in page and "manh.webp" in page
    form = {"v_number": "17", "t_number": "", "v_date": "04/03/2026", "t_date": "", "s_date": "open"}
    assert send(client, f"/can-xem/{sha256}", **form).status_code == 303
    header = desk.archive.record(sha256).header
    assert (header.so_hieu, header.date) == ("17/UBND-NV", None)
    assert [doubt.pointer for doubt in open_doubts(desk.archive.engine, sha256)] == ["/header/date"]
    send(client, f"/can-xem/{sha256}", v_date="04/03/2026", t_date="")
    assert desk.archive.record(sha256).header.date == dt.date(2026, 3, 4)
    assert open_doubts(desk.archive.engine, sha256) == []


def test_the_last_step_is_taken_back_whole(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16"))
    client = visit(desk)
    send(client, f"/can-xem/{sha256}", v_number="16", t_number="")
    assert desk.archive.record(sha256).header.so_hieu == "16/UBND-NV"
    assert send(client, "/hoan-tac").status_code == 303
    assert desk.archive.record(sha256).header.so_hieu is None
    assert [doubt.pointer for doubt in open_doubts(desk.archive.engine, sha256)] == ["/header/number"]


def test_a_value_that_cannot_be_is_refused_and_kept_in_the_form(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16"))
    answer = send(visit(desk), f"/can-xem/{sha256}", v_number="hai nghìn", t_number="")
    assert answer.status_code == 422 and 'value="hai nghìn"' in answer.text and "Chưa ghi gì" in answer.text
    assert desk.archive.record(sha256).header.number is None


def test_the_second_of_two_reviewers_is_told_and_loses_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter(number=None, guess_number="16"))
    first, second = visit(desk), visit(desk)
    send(first, f"/can-xem/{sha256}", v_number="16", t_number="")
    answer = send(second, f"/can-xem/{sha256}", v_number="18", t_number="")
    assert answer.status_code == 409 and "Người khác vừa sửa" in answer.text and 'value="18"' in answer.text
    assert desk.archive.record(sha256).header.number == 16


def test_the_second_of_two_who_correct_a_field_sees_both_values(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    first, second = visit(desk), visit(desk)
    old = "báo cáo công tác văn thư"
    send(first, f"/van-ban/{sha256}/sua", truong="subject", gia_tri="báo cáo năm", thay=old)
    answer = send(second, f"/van-ban/{sha256}/sua", truong="subject", gia_tri="báo cáo quý", thay=old)
    assert answer.status_code == 409 and "báo cáo năm" in answer.text and "báo cáo quý" in answer.text
    assert desk.archive.record(sha256).header.subject == "báo cáo năm"
    send(second, f"/van-ban/{sha256}/sua", truong="subject", gia_tri="báo cáo quý", thay="báo cáo năm")
    page = second.get(f"/van-ban/{sha256}").text
    assert desk.archive.record(sha256).header.subject == "báo cáo quý" and f"máy đọc: {old}" in page


def test_the_register_filters_searches_without_marks_and_says_what_may_be_meant(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(subject="phòng cháy chữa cháy"))
    put_drawn(desk.archive, DrawnLetter(subject="trồng cây đầu xuân", number=16, day="2025-01-02"))
    client = visit(desk)
    found = client.get("/van-ban", params={"q": "chua chay"}).text
    assert "<mark>chữa</mark>" in found and "trồng cây" not in found
    assert "trồng cây" not in client.get("/van-ban", params={"tu": "01/01/2026"}).text
    assert "trồng cây" in client.get("/van-ban", params={"den": "31/12/2025"}).text
    assert "Không có văn bản nào như thế" in client.get("/van-ban", params={"q": "voi rừng"}).text
    assert client.get("/van-ban", params={"tu": "hôm qua"}).status_code == 422
    straight = client.get("/van-ban", params={"q": "16/UBND-NV"}, follow_redirects=False)
    assert straight.status_code == 303 and straight.headers["location"].startswith("/van-ban/")


def test_the_register_as_a_sheet_is_read_back(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(subject="=1+1"))
    sheet = openpyxl.load_workbook(io.BytesIO(visit(desk).get("/van-ban.xlsx").content)).worksheets[-1]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "15/UBND-NV" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_deadline_is_done_with_its_reply_and_opened_again(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    page = client.get("/thoi-han?nhom=week").text
    deadline = page.split('action="/thoi-han/')[2].split('"')[0]
    send(client, f"/thoi-han/{deadline}", tinh_trang="done", tra_loi="20/BC-PNV", ngay="21/03/2026")
    done = client.get("/thoi-han?nhom=done").text
    assert "20/BC-PNV" in done and "21/03/2026" in done
    send(client, f"/thoi-han/{deadline}", tinh_trang="open")
    assert "20/BC-PNV" not in client.get("/thoi-han?nhom=done").text
    assert send(client, "/thoi-han/khong-co", tinh_trang="done").status_code == 404


def test_a_number_of_arrival_is_given_and_made_void(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    send(client, f"/van-ban/{sha256}/vao-so", don_vi="Văn phòng")
    assert "<b>1</b>, ngày 20/03/2026, Văn phòng" in client.get(f"/van-ban/{sha256}").text
    send(client, f"/van-ban/{sha256}/huy-so", vi_sao="vào nhầm sổ")
    send(client, f"/van-ban/{sha256}/vao-so")
    assert "<b>2</b>" in client.get(f"/van-ban/{sha256}").text


def test_what_is_taken_out_comes_back_from_the_trash(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    send(client, f"/van-ban/{sha256}/go", vi_sao="không phải văn bản")
    assert client.get(f"/van-ban/{sha256}").status_code == 404
    assert "không phải văn bản" in client.get("/thung-rac").text
    send(client, f"/thung-rac/{sha256}/lay-lai")
    assert client.get(f"/van-ban/{sha256}").status_code == 200


def test_the_calendar_has_a_secret_address_that_ends_with_a_new_one(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    client = visit(desk)
    addresses = [
        send(client, "/thoi-han/dia-chi-lich").text.split('value="http://testserver')[1].split('"')[0] for _ in range(2)
    ]
    assert client.get(addresses[0]).status_code == 404
    assert "BEGIN:VEVENT" in client.get(addresses[1]).text


def test_under_a_prefix_every_address_bears_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    put_drawn(desk.archive, DrawnLetter())
    client = visit(desk, "/cong-van")
    page = client.get("/cong-van/van-ban").text
    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    own = [link for link in links if not link.startswith("#")]
    assert own and all(link.startswith("/cong-van") for link in own), own
    assert client.get("/cong-van/static/desk.css").status_code == 200


def test_a_long_week_is_printed_page_by_page(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, today=TODAY)
    for number in range(83):
        put_drawn(desk.archive, DrawnLetter(number=number + 1, due="2026-03-22", name=f"{number}.pdf"))
    client = visit(desk)
    pages = [client.get(f"/thoi-han/tuan?trang={number}").text for number in (1, 2, 3)]
    listed = [set(re.findall(r'href="/van-ban/([0-9a-f]{64})"', page)) for page in pages]
    assert [len(each) for each in listed] == [80, 3, 0] and len(listed[0] | listed[1]) == 83
    assert "in việc thứ 1 đến 80" in pages[0] and "in việc thứ 81 đến 83" in pages[1]
