"""Old office files through LibreOffice: the same record as from .docx, in both encodings; bad ones cost themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.door.errors import ReadError
from ingest.read import load, read_file
from ingest.word import libreoffice as office
from ingest.word.libreoffice import convert_batch, convert_many, read_converted, read_office
from ingest.word.office_run import find_libreoffice
from parsers.parse import parse
from tests.support.word import p, tbl, tc, tr, word_bytes
from vietnamese import tcvn3, vni

needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is absent")

HEAD = [
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("HUYỆN MỖ", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 15/UBND-NV", "Mỗ, ngày 05 tháng 8 năm 2004"),
]
BODY = ["Kính gửi: Các xã, thị trấn.", "Đề nghị các xã báo cáo trước ngày 15/8/2004, như hướng dẫn của Sở Nội vụ./."]


def letter(code: dict[str, str], font: str) -> bytes:
    """A short công văn typed in a legacy font; in TCVN3 capitals with marks are typed small in the capital font."""

    def typed(text: str) -> str:
        if code and text.isupper() and font == ".VnTime":
            return p(_coded(text.lower(), code), run=_font(".VnTimeH"))
        return p(_coded(text, code), run=_font(font))

    rows = [tr(tc(typed(left)), tc(typed(right))) for left, right in HEAD]
    return word_bytes(tbl(*rows, ruled=False) + "".join(map(typed, BODY)))


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _coded(text: str, code: dict[str, str]) -> str:
    return "".join(code.get(letter, letter) for letter in text)


TCVN3 = {letter: chr(byte) for byte, letter in tcvn3.BY_BYTE.items()}
VNI = {letter: coded for coded, letter in reversed(vni.TABLE.items())}


def to_doc(files: list[Path], folder: Path) -> None:
    """Save Word files as .doc, in one start."""
    command = [find_libreoffice() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", "doc:MS Word 97", "--outdir", folder, *files], check=True, timeout=120)


@needs_libreoffice
@pytest.mark.slow
def test_a_doc_gives_the_record_of_its_docx_in_every_encoding(tmp_path: Path) -> None:
    made = {
        "unicode": letter({}, "Times New Roman"),
        "tcvn3": letter(TCVN3, ".VnTime"),
        "vni": letter(VNI, "VNI-Times"),
    }
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    to_doc([tmp_path / f"{name}.docx" for name in made], tmp_path)
    sources = {name: load(tmp_path / f"{name}.doc") for name in made}
    converted = convert_many(sources.values(), tmp_path)
    expected = parse(read_file(tmp_path / "unicode.docx"))
    assert expected.header.so_hieu == "15/UBND-NV"
    for name, source in sources.items():
        docx = converted[source.sha256]
        assert isinstance(docx, Path)
        document = read_converted(source, docx.read_bytes())
        assert document.source.steps == (("libreoffice",) if name == "unicode" else ("libreoffice", name))
        assert document.source.media_type == "application/msword"
        for record in (parse(document), parse(read_file(tmp_path / f"{name}.docx"))):
            same = {"id": expected.id, "source": expected.source}
            assert record.model_copy(update=same) == expected


@needs_libreoffice
@pytest.mark.slow
def test_rtf_and_html_inside_a_doc(tmp_path: Path) -> None:
    rtf = tmp_path / "a.doc"
    rtf.write_bytes(rb"{\rtf1\ansi{\b S\u7889?}: 15/KH-UBND\par Ng\u224?y 5}")
    html = tmp_path / "b.doc"
    html.write_text("<html><body><p><b>Kế hoạch</b></p><table border=1><tr><td>1<td>2<tr><td>3<td>4</table>", "utf-8")
    found = convert_many([load(rtf), load(html)], tmp_path)
    assert all(isinstance(target, Path) for target in found.values())
    assert read_office(load(rtf)).text == "Số: 15/KH-UBND\nNgày 5"
    assert "Kế hoạch" in read_office(load(html)).text


@needs_libreoffice
@pytest.mark.slow
def test_a_broken_doc_costs_itself_alone(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.rtf", tmp_path / "broken.doc"
    good.write_bytes(rb"{\rtf1\ansi Tot}")
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(2000))
    sources = [load(broken), load(good)]
    found = convert_many(sources, tmp_path)
    failed = found[sources[0].sha256]
    assert isinstance(failed, ReadError) and failed.code == "damaged"
    assert isinstance(found[sources[1].sha256], Path)


@needs_libreoffice
@pytest.mark.slow
def test_a_batch_is_converted_beforehand_and_read_from_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi Mot}")
    (tmp_path / "b.doc").write_bytes(rb"{\rtf1\ansi Hai}")
    (tmp_path / "c.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(999)
    )
    (tmp_path / "d.txt").write_text("Bốn", "utf-8")
    folder = tmp_path / "converted"
    folder.mkdir()
    convert_batch([*sorted(tmp_path.glob("*.*")), tmp_path / "vanished.doc"], folder)
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    assert [read_file(tmp_path / name, folder).text for name in ("a.rtf", "b.doc", "d.txt")] == ["Mot", "Hai", "Bốn"]
    with pytest.raises(ReadError) as caught:
        read_file(tmp_path / "c.doc", folder)
    assert caught.value.code == "damaged"


def test_without_libreoffice_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 a}")
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.code == "no_libreoffice"
    assert "LibreOffice" in caught.value.message


def test_a_hanging_program_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = tmp_path / "soffice"
    hanging.write_text("#!/bin/sh\nsleep 60\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(office, "find_libreoffice", lambda: str(hanging))
    monkeypatch.setattr(office, "SECONDS_A_START", 0.2)
    monkeypatch.setattr(office, "SECONDS_A_FILE", 0.1)
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 a}")
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.code == "timeout"


@pytest.mark.skipif(sys.platform != "linux", reason="no such limits here")
def test_a_worker_with_little_memory_starts_the_program_with_no_more(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from ingest.word.office_run import run_bounded;"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "assert run_bounded(['/bin/true'], Path(sys.argv[1]), 30)"
    )
    # The administrator may give more than he has; another may not.
    less = ["setpriv", "--bounding-set=-sys_resource", "--inh-caps=-sys_resource"] if os.geteuid() == 0 else []
    if less and shutil.which(less[0]) is None:
        pytest.skip("setpriv is absent")
    done = subprocess.run([*less, sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
