"""Bad input: each file gets one line that a clerk understands, and a code for programs."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest.door.errors import ReadError
from ingest.door.sniff import sniff
from ingest.read import load, read_file
from tests.support.word import p, word_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert "\n" not in caught.value.message
    return caught.value.code


def zipped(name: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "a")
    return stream.getvalue()


def rezipped(data: bytes, replaced: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00abcd", "image/tiff"),
        (b"  {\\rtf1\\ansi", "application/rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "text/html"),
        (b"<html><body>a</body></html>", "text/html"),
        ("Số: 1 <b>đậm</b>".encode(), "text/plain"),
        ("Số: 1/KH".encode("utf-16-le"), "text/plain"),
        (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "application/x-encrypted-office"),
        (bytes(range(256)) * 8, "application/octet-stream"),
        (zipped("xl/workbook.xml"), "application/x-office"),
        (zipped("van-ban.txt"), "application/zip"),
        (word_bytes(p("Chữ")), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(data: bytes, media_type: str) -> None:
    assert sniff(data) == media_type


def test_a_word_file_named_otherwise_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vanban.doc"
    path.write_bytes(word_bytes(p("Nội dung")))
    assert read_file(path).text == "Nội dung"


def test_missing_folder_and_unknown(tmp_path: Path) -> None:
    assert code_of(tmp_path / "khong-co.docx") == "missing_file"
    assert code_of(tmp_path) == "not_a_file"
    strange = tmp_path / "a.pdf"
    strange.write_bytes(bytes(range(256)) * 8)
    assert code_of(strange) == "unknown_type"


def test_a_plain_zip_and_an_encrypted_word_file(tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    assert code_of(tmp_path / "a.zip") == "unknown_type"
    (tmp_path / "b.docx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(tmp_path / "b.docx") == "encrypted"


def test_a_cut_word_file(tmp_path: Path) -> None:
    data = word_bytes(p("Nội dung " * 500))
    for length in (len(data) // 2, len(data) - 30):
        path = tmp_path / f"{length}.docx"
        path.write_bytes(data[:length])
        assert code_of(path) == "damaged"


def test_a_zip_bomb_and_external_entities(tmp_path: Path) -> None:
    data = word_bytes(p("Nội dung"))
    bomb = tmp_path / "bom.docx"
    bomb.write_bytes(rezipped(data, {"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
    assert code_of(bomb) == "zip_bomb"
    entity = tmp_path / "thucthe.docx"
    evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    entity.write_bytes(rezipped(data, {"word/document.xml": evil}))
    assert code_of(entity) == "unsafe"


def test_broken_xml(tmp_path: Path) -> None:
    path = tmp_path / "hong.docx"
    path.write_bytes(rezipped(word_bytes(p("a")), {"word/document.xml": b"<w:document"}))
    assert code_of(path) == "damaged"


def test_too_large_a_file_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.read.MAX_BYTES", 10)
    path = tmp_path / "to.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(ReadError) as caught:
        load(path)
    assert caught.value.code == "too_large"


def test_senseless_numbers_in_a_word_file_do_no_harm(tmp_path: Path) -> None:
    body = (
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="x"/></w:trPr>'
        '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc>'
        '<w:tc><w:tcPr><w:gridSpan w:val="-4"/></w:tcPr><w:p><w:r><w:t>B</w:t><w:sym w:char="zz"/></w:r></w:p></w:tc>'
        "</w:tr></w:tbl>"
    )
    path = tmp_path / "so.docx"
    path.write_bytes(word_bytes(body))
    assert "A" in read_file(path).text


def test_tables_nested_without_end(tmp_path: Path) -> None:
    deep = 500
    body = "<w:tbl><w:tr><w:tc>" * deep + p("a") + "</w:tc></w:tr></w:tbl>" * deep
    path = tmp_path / "sau.docx"
    path.write_bytes(word_bytes(body))
    assert code_of(path) == "unsafe"
