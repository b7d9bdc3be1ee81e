"""Archives, mails and PDFs that hold files: what comes out of them, and what is refused in words."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ingest.door import sniff
from ingest.door.containers import members
from ingest.door.containers.expand import files_inside, is_container, open_container
from ingest.door.containers.members import Budget, Opened
from ingest.door.containers.portfolios import attached_files
from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile
from tests.support.compound import mail_tree, outlook_mail

DISPATCH = (
    "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "HUYỆN YÊN SƠN            Độc lập - Tự do - Hạnh phúc\n"
    "Số: 52/UBND-VP           Yên Sơn, ngày 03 tháng 4 năm 2025\n\n"
    "Kính gửi: Ủy ban nhân dân các xã\n\n1. Các xã báo cáo trước ngày 14/4/2025.\n"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(900)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf_with(files: dict[str, bytes]) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, data in files.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
    stream = BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> Opened:
    source = SourceFile.of("goi", data)
    assert is_container(source)
    return open_container(source)


def names(found: Opened) -> list[str]:
    return [member.name for member in found.members]


def reasons(found: Opened) -> dict[str, str]:
    return {member.name: member.error.code for member in found.members if member.error}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_of_pdfs_is_no_pdf(method: int) -> None:
    data = zipped({"mot.pdf": pdf_with({}), "thư mục/hai.pdf": pdf_with({})}, method)
    assert sniff.sniff(data) == sniff.ZIP
    assert names(opened(data)) == ["mot.pdf", "thư mục/hai.pdf"]


def test_pdfs_one_behind_the_other() -> None:
    data = pdf_with({}) + b"\r\n" + pdf_with({"a.txt": b"x"})
    assert names(opened(data)) == ["phan-1.pdf", "phan-2.pdf"]
    assert not is_container(SourceFile.of("a.pdf", pdf_with({"trong.pdf": pdf_with({})})))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"Rar!\x1a\x07\x01\x00%PDF-1.4", sniff.OTHER_ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\x00\x04%PDF-1.4", sniff.OTHER_ARCHIVE),
        (b"\x1f\x8b\x08\x00%PDF-1.4", sniff.OTHER_ARCHIVE),
        (b"cv.pdf".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0") + b"%PDF-1.4", sniff.OTHER_ARCHIVE),
        (b"From a@b.vn Mon\nSubject: x\nTo: y\n\n%PDF-1.4", sniff.MAILBOX),
        (b"rac o dau tep\n%PDF-1.4", sniff.PDF),
    ],
)
def test_what_holds_a_pdf_is_no_pdf(start: bytes, kind: str) -> None:
    assert sniff.sniff(start) == kind


def test_names_without_their_encoding() -> None:
    for encoding in ("utf-8", "cp1258"):
        raw = "Công văn 418.txt".encode(encoding) if encoding == "utf-8" else b"C\xf4ng v\xe3n 418.txt"
        data = zipped({"X" * len(raw): b"abc"}).replace(b"X" * len(raw), raw)
        (name,) = names(opened(data))
        assert name.endswith("418.txt") and name.startswith("Công v")


def test_what_an_archive_may_not_do() -> None:
    found = opened(
        zipped(
            {
                "../../etc/cv.txt": b"a",
                "C:\\Users\\An\\cv.txt": b"b",
                "/tuyet/doi.txt": b"c",
                "__MACOSX/._cv.txt": b"d",
                "bom.txt": bytes(20_000_000),
            },
            zipfile.ZIP_DEFLATED,
        )
    )
    assert list(reasons(found).values()) == ["unsafe", "zip_bomb"]
    assert names(found)[1:3] == ["Users/An/cv.txt", "tuyet/doi.txt"]
    assert len(found.members) == 4 and not any("_MACOSX" in name or ".." in name for name in names(found))


def test_an_encrypted_member_does_not_hold_the_others() -> None:
    data = bytearray(zipped({"kin.txt": b"a", "ho.txt": b"b"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    found = opened(bytes(data))
    assert reasons(found) == {"kin.txt": "encrypted"} and names(found) == ["kin.txt", "ho.txt"]


def test_a_link_is_no_file() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("cv.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert reasons(opened(stream.getvalue())) == {"cv.txt": "unsafe"}


def test_bombs_of_many_files_and_of_archives_in_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="bom nén"):
        opened(zipped({f"{number}.txt": b"" for number in range(members.MAX_MEMBERS + 1)}))
    inner = zipped({f"{number}.txt": b"x" for number in range(400)})
    with pytest.raises(ReadError, match="bom nén"):
        opened(zipped({f"{number}.zip": inner for number in range(4)}))
    deep = zipped({"cv.txt": b"x"})
    for _ in range(members.MAX_DEPTH):
        deep = zipped({"trong.zip": deep})
    assert list(reasons(opened(deep)).values()) == ["unsafe"]


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_archive(cut: float) -> None:
    data = zipped({"a.txt": bytes(5000), "b.txt": bytes(5000)})
    with pytest.raises(ReadError, match="bị hỏng"):
        open_container(SourceFile(Path("a.zip"), sniff.ZIP, data[: int(len(data) * cut)]))
    with pytest.raises(ReadError, match="không có văn bản nào"):
        opened(zipped({}) if cut < 0.5 else zipped({"Thumbs.db": b""}))


def mail(body: str, files: dict[str, bytes], subtype: str = "plain", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "an@vi.du", "binh@vi.du", "Gửi văn bản"
    message.set_content(body, subtype=subtype)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_a_mail_gives_its_attachments() -> None:
    inner = mail("Chuyển tiếp.", {"cv 3.pdf": pdf_with({})})
    message = mail("Kính gửi anh, xin gửi tệp kèm.", {"Công văn.docx": b"PK", "ho-so.zip": zipped({"a/b.txt": b"x"})})
    message.add_attachment(inner)
    message.add_attachment(PNG, maintype="image", subtype="png", disposition="inline", filename="logo.png", cid="<l>")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="hop.ics")
    found = opened(message.as_bytes())
    assert names(found) == ["Công văn.docx", "ho-so.zip > a/b.txt", "thu-dinh-kem.eml > cv 3.pdf"]
    told = "; ".join(found.left_out)
    assert "logo.png" in told and "hop.ics" in told and "lời thư" in told


def test_a_scan_in_a_mail_is_no_signature_picture() -> None:
    message = mail("Gửi anh.", {})
    message.add_attachment(PNG + bytes(200_000), maintype="image", subtype="png", filename="quet.png")
    assert names(opened(message.as_bytes())) == ["quet.png"]


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_mail_that_is_a_dispatch_itself(subtype: str) -> None:
    body = DISPATCH if subtype == "plain" else "<p>" + DISPATCH.replace("\n", "<br>") + "</p>"
    (member,) = opened(mail(body, {}, subtype).as_bytes()).members
    assert member.name == f"loi-thu.{'txt' if subtype == 'plain' else 'html'}"


def test_a_mail_without_a_dispatch() -> None:
    with pytest.raises(ReadError, match="không kèm văn bản nào") as caught:
        opened(mail("Chiều nay họp lúc 15 giờ, trước ngày 14/4/2025 gửi báo cáo.", {}).as_bytes())
    assert caught.value.code == "no_dispatch"


def test_a_page_kept_whole_is_no_mail() -> None:
    head = 'From: "Luu boi trinh duyet"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    part = (
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Số</p>\r\n--x--\r\n"
    )
    assert sniff.sniff((head + part).encode()) == sniff.MHTML
    sent = mail("x", {"a.txt": b"y"}).as_bytes()
    assert sniff.sniff(sent) == sniff.MAIL


def test_an_outlook_mail() -> None:
    inner: dict[str, Any] = mail_tree("Chuyển tiếp", {"trong.txt": b"abc"})
    files = {"Công văn.txt": DISPATCH.encode(), "lon.bin": bytes(9000), "Thư trước": inner, "logo.png": PNG}
    data = outlook_mail("Kính gửi anh, xin gửi tệp kèm.", files)
    assert sniff.sniff(data) == sniff.OUTLOOK
    found = opened(data)
    assert names(found) == ["Công văn.txt", "lon.bin", "Thư trước.msg > trong.txt"]
    assert found.members[0].data.decode() == DISPATCH and len(found.members[1].data) == 9000
    assert any("logo.png" in words for words in found.left_out)
    with pytest.raises(ReadError, match="Thư Outlook bị hỏng"):
        open_container(SourceFile(Path("a.msg"), sniff.OUTLOOK, data[:1500]))


def test_files_attached_to_a_pdf() -> None:
    data = pdf_with({"phu-luc.docx": b"PK", "bieu.xlsx": b"x"})
    assert sorted(names(files_inside(SourceFile.of("cv.pdf", data)))) == ["bieu.xlsx", "phu-luc.docx"]
    assert not files_inside(SourceFile.of("cv.pdf", pdf_with({}))).members


def test_a_file_pinned_to_a_page_of_a_pdf() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    stream = pdf.make_stream(b"abc")
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, UF="ghim.txt", EF=pikepdf.Dictionary(F=stream))
    pin = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
    page.Annots = pdf.make_indirect(pikepdf.Array([pin]))
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert names(files_inside(SourceFile.of("cv.pdf", out.getvalue()))) == ["ghim.txt"]


def test_a_pdf_too_damaged_for_its_list_of_files_is_no_fault_of_a_step(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", logger="congvan.steps"):
        assert attached_files(pdf_with({}).replace(b"/Root", b"/Loot"), Budget()).members == []
    assert not caplog.records
