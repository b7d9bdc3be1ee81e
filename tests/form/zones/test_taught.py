"""An office that words Nơi nhận otherwise is taught in one line of `form/labels.toml`, and every layout is read.

The names are compiled into patterns when the rooms are loaded, so a program of its own is started for each test, with a
copy of `form/` in which that one line differs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
READ = """
import json, sys
sys.path[:0] = sys.argv[1:3]
from tests.support.letters import LAYOUTS, header_of
case = {
    "left": "UBND HUYỆN MỘC BÀI\\n!PHÒNG KINH TẾ\\nSố: 18/PKT-NN",
    "right": "!CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n!Độc lập - Tự do - Hạnh phúc\\nMộc Bài, ngày 06 tháng 5 năm 2021",
    "under": "V/v nạo vét kênh nội đồng",
    "to": "Kính gửi: Các hợp tác xã nông nghiệp.",
    "notes": "Bản này gửi:\\n- Như trên;\\n- Lưu: VT.",
    "sign": "!TRƯỞNG PHÒNG\\n!Tạ Quang Bền",
}
read = {name: header_of(layout(case)) for name, layout in LAYOUTS.items()}
print(json.dumps({name: [fields["distribution"], fields["signers"]] for name, fields in read.items()}))
"""
NAMES = 'names = ["noi nhan", "noi gui"'
TAUGHT = [["Như trên", "VT|Lưu"], ["|TRƯỞNG PHÒNG|Tạ Quang Bền"]]


def read_in_every_layout(form: Path) -> dict[str, list[list[str]]]:
    """The distribution and the signers of one letter in each layout, read with this folder's `form`."""
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(form.parent), str(ROOT)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    fields: dict[str, list[list[str]]] = json.loads(ran.stdout)
    return fields


def test_another_wording_is_taught_in_one_line(tmp_path: Path) -> None:
    form = shutil.copytree(ROOT / "form", tmp_path / "form")
    labels = form / "labels.toml"
    text = labels.read_text("utf-8")
    assert text.count(NAMES) == 1
    labels.write_text(text.replace(NAMES, NAMES + ', "ban nay gui"'), "utf-8")
    taught = read_in_every_layout(form)
    assert taught and taught == dict.fromkeys(taught, TAUGHT)
    assert read_in_every_layout(ROOT / "form") != taught
