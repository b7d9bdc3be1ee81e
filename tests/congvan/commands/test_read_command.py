"""`congvan read`: the text, or what became of every time in it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from congvan.commands.cli import app

LETTER = """ỦY BAN NHÂN DÂN
XÃ NẬM LỘC
Số: 52/UBND-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nậm Lộc, ngày 08 tháng 9 năm 2025

Kính gửi: Các trường học

Thực hiện Công văn số 77/SGD ngày 02/9/2025 của Sở Giáo dục, Ủy ban nhân dân xã yêu cầu:

1. Các trường gửi danh sách trước ngày 20/9/2025.

2. Các trường mở cửa thư viện ngày 25/9/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH
Tao Văn Pành
"""


def test_every_time_is_listed_with_what_became_of_it(tmp_path: Path) -> None:
    file = tmp_path / "cong-van.txt"
    file.write_text(LETTER, encoding="utf-8")
    lines = CliRunner().invoke(app, ["read", str(file), "--times"]).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["viện dẫn", "thời hạn", "CHƯA RÕ"]
    assert "mục 2" in lines[2]
    assert "«ngày 25/9/2025»" in lines[2]
