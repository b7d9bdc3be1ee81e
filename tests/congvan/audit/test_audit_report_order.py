"""What an inspector reads first: one mistake with its consequences, the weightiest first; an overview; exit codes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from congvan.audit.across.batch import check_all
from congvan.audit.report.overview import overview_lines
from congvan.audit.report.text_report import print_table
from congvan.audit.report.weight import mistakes
from congvan.audit.report.xlsx_report import write_xlsx
from congvan.audit.where import Checked
from congvan.audit.wording import wording
from congvan.commands.cli import app
from schemas.dispatch import Dispatch, Header
from schemas.source import Source
from tests.congvan.audit.test_audit_caution import SOURCE
from tests.congvan.audit.test_audit_reports import WRONG
from tests.support.grids import grid, tables_of

GOODS = """
TT | Tên hàng | Số lượng | Đơn giá (đồng) | Thành tiền (đồng)
1 | Bàn | 12 | 2.450.000 | 29.400.000
2 | Ghế | 24 | 890.000 | 21.360.000
3 | Tủ | 6 | 3.150.000 | {chest}
 | Tổng cộng | | | {total}
"""
RATES = """
TT | Đơn vị | Kế hoạch | Thực hiện | Tỷ lệ (%)
1 | Xã Phú Long | 300 | 100 | 33,30
2 | Xã An Hòa | 80 | 60 | 75,00
3 | Xã Tân Lập | 50 | 40 | 80,00
4 | Xã Bình Minh | 60 | 27 | 45,00
 | Tổng cộng | 490 | 237 | 48,37
"""


def checked(drawing: str, name: str = "a.txt", office: str | None = None) -> Checked:
    source = Source(name=name, media_type="text/plain", size=1, sha256="0" * 64, reader="text")
    header = Header(issuing_body=office)
    record = Dispatch(id=name.ljust(64, "0"), source=source, header=header, tables=tables_of(grid(drawing)))
    return check_all([(Path(name), record)])[0]


def test_a_wrong_row_and_the_total_that_hangs_on_it_are_one_mistake() -> None:
    (one,) = mistakes(checked(GOODS.format(chest="18.600.000", total="69.660.000")))
    assert (one.lead.reported, one.lead.computed) == ("18.600.000", "18900000")
    assert [finding.reported for finding in one.consequences] == ["69.660.000"]


def test_a_total_comes_before_a_row_and_a_third_decimal_last() -> None:
    led = [one.lead for one in mistakes(checked(RATES)) if one.lead.verdict == "disagrees"]
    assert [(one.check, one.reported) for one in led] == [("column_total", "237"), ("row_ratio", "33,30")]


def test_an_overview_tells_of_all_dispatches_and_the_rest_only_of_those_with_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    empty = check_all([(Path("c.txt"), Dispatch(id="c" * 64, source=SOURCE, header=Header()))])
    fine = checked(GOODS.format(chest="18.900.000", total="69.660.000"), "b.txt")
    several = [fine, checked(RATES, "a.txt", "ỦY BAN NHÂN DÂN XÃ PHÚ LONG"), *empty]
    lines = overview_lines(several, wording("vi"))
    assert lines[0].startswith("3 văn bản: 1 văn bản có chỗ sai (2 chỗ), 1 văn bản có số liệu")
    assert "tổng cột: 1" in lines[1] and lines[2].endswith("ỦY BAN NHÂN DÂN XÃ PHÚ LONG: 2.")
    print_table(several, wording("vi"))
    shown = capsys.readouterr().out
    assert shown.index("a.txt") < shown.index("b.txt") and "không nêu số liệu báo cáo" not in shown


def test_the_sheets_are_set_up_for_a4(tmp_path: Path) -> None:
    write_xlsx([checked(RATES)], tmp_path / "a.xlsx", wording("vi"))
    for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx"):
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize(("percent", "code"), [("110", 0), ("112", 3)])
def test_a_script_can_stop_on_what_is_wrong(tmp_path: Path, percent: str, code: int) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(WRONG.replace("11/10=112%", f"11/10={percent}%"), encoding="utf-8")
    assert CliRunner().invoke(app, ["audit", str(path)]).exit_code == code
