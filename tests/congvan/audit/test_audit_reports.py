"""The audit's command and reports: JSON lines, spreadsheet, HTML page, marked copies; both languages."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from babel.messages.pofile import read_po
from babel.support import Translations
from typer.testing import CliRunner

import congvan.audit
from congvan.audit.across.batch import check_all
from congvan.audit.report.html_report import write_html
from congvan.audit.report.marked_pdf import to_page, write_marked_pdf
from congvan.audit.report.marks import OPEN, REPORTED, marks
from congvan.audit.report.text_report import headline, json_lines, print_table, shown_number, summary
from congvan.audit.report.xlsx_report import write_xlsx
from congvan.audit.where import Checked
from congvan.audit.wording import wording
from congvan.commands.cli import app
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Claim, Dispatch, Evidence, Header
from schemas.finding import Finding
from schemas.source import Source
from tests.support.planted import dispatch

LOCALE = Path(congvan.audit.__file__).parent / "locale"
WRONG = dispatch(
    "Đảng bộ Công an huyện đạt 11/10=112%; <b> & =1+1. Phấn đấu năm tới kết nạp 200 đảng viên mới trở lên."
)


def checked(text: str = WRONG) -> list[Checked]:
    source = SourceFile(Path("bao-cao.txt"), "text/plain", text.encode())
    return check_all([(Path("bao-cao.txt"), parse(read_text(source)))])


def test_each_line_of_json_is_one_dispatch_with_findings_and_counts() -> None:
    (line,) = [json.loads(line) for line in json_lines(checked()).splitlines()]
    assert set(line) == {"dispatch", "so_hieu", "findings", "counts"}
    assert line["so_hieu"] == "12-BC/HU"
    (wrong,) = [Finding.model_validate(one) for one in line["findings"] if one["verdict"] == "disagrees"]
    assert (wrong.check, wrong.reported, wrong.computed, wrong.pointers) == (
        "prose_ratio",
        "112%",
        "110",
        ("/claims/0",),
    )
    assert line["counts"]["disagrees"] == 1
    assert line["counts"]["reasons"] == {"goal": 1}


def test_nothing_wrong_and_nothing_checked_do_not_look_alike() -> None:
    empty = checked(dispatch("Các cấp ủy đã tập trung lãnh đạo."))[0]
    fine = checked(dispatch("Đảng bộ Công an huyện đạt 11/10=110%."))[0]
    words = wording("vi")
    assert summary(empty, words) == "Văn bản không nêu số liệu báo cáo."
    assert summary(fine, words) == "Đã đối chiếu 1 trong 1 số liệu (100 %)."
    untold = checked(dispatch("Đảng bộ đạt tỷ lệ 71,3%."))[0]
    wrong = checked()[0]
    assert [headline(one, words)[0] for one in (empty, fine, untold, wrong)] == ["none", "clean", "unchecked", "wrong"]
    assert headline(fine, words)[1] == "Các số đã đối chiếu đều khớp (1 phép kiểm tra)."
    assert headline(untold, words)[1].startswith("CHƯA KIỂM TRA ĐƯỢC")


def test_every_report_says_first_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untold = checked(dispatch("Đảng bộ đạt tỷ lệ 71,3%."))
    write_html(untold, tmp_path / "a.html", wording("en"))
    assert 'class="headline unchecked">NOTHING CHECKED' in (tmp_path / "a.html").read_text(encoding="utf-8")
    write_xlsx(untold, tmp_path / "a.xlsx", wording("vi"))
    (row,) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True)
    assert str(row[3]).startswith("CHƯA KIỂM TRA ĐƯỢC")
    print_table(untold, wording("vi"))
    assert "CHƯA KIỂM TRA ĐƯỢC" in capsys.readouterr().out


def test_a_box_of_two_findings_bears_both_numbers(tmp_path: Path) -> None:
    one, data = _one_claim((50, 100, 150, 115))
    (finding,) = one.audit.findings
    one.audit.findings = (finding, finding.model_copy(update={"id": "F2"}))
    assert write_marked_pdf(one, data, tmp_path / "marked.pdf", wording("vi")) == 1
    with pikepdf.open(tmp_path / "marked.pdf") as pdf:
        (annotation,) = pdf.pages[0].obj["/Annots"]
        assert str(annotation["/T"]) == "1, 2"


@pytest.mark.parametrize(("percent", "colour"), [("112", REPORTED), ("109", OPEN)])
def test_only_what_disagrees_is_red(percent: str, colour: tuple[float, float, float]) -> None:
    text = f"Đảng bộ Công an huyện đạt 11/10={percent}%."
    one = checked(dispatch(text))[0]
    shown = Evidence(page=1, bbox=(50, 100, 150, 115), quote=text, origin="body")
    doubted = shown.model_copy(update={"confidence": 1.0 if percent == "112" else 0.5})
    record = one.dispatch.model_copy(update={"evidence": {"/claims/0": (doubted,)}})
    (marked,) = marks(check_all([(None, record)])[0], wording("vi"))
    assert marked.colour == colour


def test_a_computed_number_is_printed_as_its_language_prints_it() -> None:
    printed = [shown_number(number, wording("vi")) for number in ("79.8", "3244", "-1234567.05", None, "2/3")]
    assert printed == ["79,8", "3.244", "-1.234.567,05", "", "2/3"]
    assert shown_number("3244.5", wording("en")) == "3244.5"


def test_the_spreadsheet_has_two_sheets_and_no_formulas(tmp_path: Path) -> None:
    out = tmp_path / "audit.xlsx"
    write_xlsx(checked(), out, wording("vi"))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Kết quả kiểm tra", "Mọi số liệu"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    told = [row[3].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert told == ["CÓ 1 CHỖ SAI.", "SAI LỆCH"]
    (link,) = [row[-1].hyperlink for row in book.worksheets[0].iter_rows(min_row=3)]
    assert link.target.casefold() == Path("bao-cao.txt").resolve().as_uri().casefold()
    assert link.location == "page=1"


def test_the_page_is_self_contained_and_escaped(tmp_path: Path) -> None:
    out = tmp_path / "audit.html"
    write_html(checked(dispatch("<script>x</script> đạt 11/10=112%.")), out, wording("vi"))
    page = out.read_text(encoding="utf-8")
    assert "11/10 = 110 %" in page
    assert "<script" not in page and "http" not in page


def _one_claim(box: tuple[float, float, float, float], rotate: int = 0) -> tuple[Checked, bytes]:
    """A PDF of one page, and a record whose only claim stands in this box and is wrong."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 600))
    pdf.pages[0].obj["/Rotate"] = rotate
    data = io.BytesIO()
    pdf.save(data)
    claim = Claim(id="C1", text="đạt 11/10=112%", kind="ratio", numerator=11, denominator=10, percent="112", decimals=0)
    record = Dispatch(
        id="0" * 64,
        source=Source(name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, reader="pdf"),
        header=Header(),
        claims=(claim,),
        evidence={"/claims/0": (Evidence(page=1, bbox=box, quote=claim.text, origin="body"),)},
    )
    return check_all([(Path("a.pdf"), record)])[0], data.getvalue()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_marked_copy_frames_the_figure_where_it_stands(tmp_path: Path, rotate: int) -> None:
    one, data = _one_claim((50, 100, 150, 115), rotate)
    out = tmp_path / "marked.pdf"
    assert write_marked_pdf(one, data, out, wording("vi")) == 1
    with pikepdf.open(out) as pdf:
        (annotation,) = pdf.pages[0].obj["/Annots"]
        assert "11/10 = 110 %" in str(annotation.Contents)
    image = pypdfium2.PdfDocument(out)[0].render(scale=1).to_pil().convert("RGB")
    red = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if (pixel := image.getpixel((x, y)))[0] > pixel[2] + 60  # type: ignore[index,operator]
    ]
    xs, ys = [x for x, _ in red], [y for _, y in red]
    assert min(xs) == pytest.approx(45, abs=8) and max(xs) == pytest.approx(151, abs=9)
    assert min(ys) == pytest.approx(95, abs=9) and max(ys) == pytest.approx(117, abs=9)


def test_boxes_are_turned_with_the_page() -> None:
    assert to_page((10, 20, 30, 40), [0, 0, 400, 600], 0) == (10, 560, 30, 580)
    assert to_page((10, 20, 30, 40), [0, 0, 400, 600], 180) == (370, 20, 390, 40)
    assert to_page((10, 20, 30, 40), [0, 0, 400, 600], 90) == (20, 10, 40, 30)


@pytest.mark.parametrize("form", ["table", "json", "xlsx", "html", "pdf"])
def test_the_command_writes_every_report(tmp_path: Path, form: str) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(WRONG, encoding="utf-8")
    out = tmp_path / ("copies" if form == "pdf" else f"audit.{form}")
    options = [] if form == "table" else ["--out", str(out)]
    result = CliRunner().invoke(app, ["audit", str(path), "--format", form, *options])
    assert result.exit_code == 3, result.output
    if form == "pdf":
        (marked,) = out.glob("*.pdf")
        text = pypdfium2.PdfDocument(marked)[0].get_textpage().get_text_bounded()
        assert re.search(r"\[1\]\s+Đảng bộ Công an huyện đạt 11/10=112%", text.replace("\r\n", " "))
    elif form != "table":
        assert out.stat().st_size > 0


def test_the_command_explains_in_english_too(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(WRONG, encoding="utf-8")
    result = CliRunner().invoke(app, ["audit", str(path), "--format", "json", "--lang", "en"])
    assert "11/10 = 110 %, not 112%." in result.stdout


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "rong.txt").write_bytes(b"")
    (tmp_path / "bao-cao.txt").write_text(WRONG, encoding="utf-8")
    result = CliRunner().invoke(app, ["audit", str(tmp_path), "--format", "json"])
    assert result.exit_code == 1
    assert "rong.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_compiled_catalogue_is_the_one_of_the_words(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    with (folder / "audit.po").open("rb") as words:
        written = {str(message.id): str(message.string) for message in read_po(words) if message.id}
    with (folder / "audit.mo").open("rb") as compiled:
        held = Translations(compiled)
    assert {key: held.gettext(key) for key in written} == written


def test_both_languages_have_the_same_messages_with_the_same_values() -> None:
    found = {}
    for language in ("vi", "en"):
        with (LOCALE / language / "LC_MESSAGES" / "audit.po").open("rb") as words:
            found[language] = {
                message.id: set(re.findall(r"{(\w+)}", str(message.string))) for message in read_po(words) if message.id
            }
    assert found["vi"] == found["en"]
