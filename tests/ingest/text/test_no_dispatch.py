"""Text that nobody wrote as a text: refused, with what it is; what people write is read, whatever stands in it."""

from __future__ import annotations

import base64
import json
import quopri
from pathlib import Path

import pytest

from ingest.door.errors import ReadError
from ingest.read import read_file

WORDS = (
    "HUYỆN ỦY HẢI HẬU\nSố 12-CV/HU\nKính gửi: Các chi bộ, đảng bộ cơ sở.\n"
    "1. Các chi bộ rà soát, bổ sung hồ sơ đảng viên, báo cáo trước ngày 15/4/2024.\n"
)
LOG = "".join(f"2024-04-{day:02} 08:15:02,120 INFO nap: da nhan tep {day}.pdf\n" for day in range(1, 9))
REFUSED = {
    "quoted-printable": quopri.encodestring(WORDS.encode()).decode(),
    "base64": base64.encodebytes(WORDS.encode() * 4).decode(),
    "JSON": json.dumps({"van_ban": WORDS, "so": 12}, indent=1),
    "XML": '<?xml version="1.0"?>\n<vanban><so>12</so><noidung>Kính gửi: Các chi bộ</noidung></vanban>\n',
    "nhật ký": LOG,
    "mã nguồn": "import os\n\n\ndef main():\n    return os.getcwd()\n\n\nclass A:\n    x = dict()\n",
    "cấu hình": '[kho]\nthu_muc = "a"\nso_luong = 3\n\n[doc]\nngon_ngu = "vie"\n',
    "CSV": "stt;xa;ho\n1;Tay;12\n2;Dong;31\n3;Nam;7\n",
}
READ = (
    WORDS,
    f"<p>{WORDS}</p>\n",
    "1. Xã Tây, xã Đông, xã Nam: 12, 31, 7 hộ\n2. Xã Bắc, xã Trung, xã Hạ: 3, 4, 5 hộ\n3. Xã khác, thị trấn: 9\n",
    f"{WORDS}stt,xa,ho\n1,Tay,12\n2,Dong,31\n",
    "| TT | Xã |\n|---|---|\n| 1 | Tây |\n| 2 | Đông |\n",
)


@pytest.mark.parametrize("what", REFUSED)
def test_what_nobody_wrote_as_text_is_refused(what: str, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(REFUSED[what], "utf-8")
    with pytest.raises(ReadError, match=what) as caught:
        read_file(path)
    assert caught.value.code == "no_dispatch"


@pytest.mark.parametrize("words", READ)
def test_what_people_write_is_read(words: str, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(words, "utf-8")
    assert read_file(path).text
