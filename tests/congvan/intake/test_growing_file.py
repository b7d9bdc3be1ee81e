"""The whole program watches a folder while a slow writer fills a file: half a file is never taken for a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from congvan.archive.archive import Archive
from congvan.archive.verify import verify

LETTER = """ỦY BAN NHÂN DÂN
XÃ BẠCH ĐẰNG
Số: 45/UBND-VP
V/v báo cáo công tác hòa giải
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bạch Đằng, ngày 04 tháng 3 năm 2026

Kính gửi: Các thôn trong xã

1. Thôn Đông báo cáo trước ngày 16/3/2026.

2. Thôn Tây báo cáo trước ngày 19/3/2026.

3. Thôn Nam báo cáo trước ngày 23/3/2026.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Sáu
"""


@pytest.mark.whole
@pytest.mark.parametrize("move", [False, True])
def test_a_letter_that_comes_in_halves_is_registered_once_and_whole(tmp_path: Path, move: bool) -> None:
    folder, archive = tmp_path / "in", tmp_path / "kho"
    folder.mkdir()
    program = [sys.executable, "-c", "from congvan.commands.cli import main; main()"]
    command = [*program, "watch", str(folder), "--archive", str(archive), "--quarantine", str(tmp_path / "apart")]
    command += ["--move"] if move else []
    half = LETTER.index("3. Thôn")
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                env=os.environ | {"PYTHONUNBUFFERED": "1"})  # fmt: skip
    try:
        with (folder / "cham.txt").open("w", encoding="utf-8") as file:
            file.write(LETTER[:half])
            file.flush()
            time.sleep(12)
            (folder / "xong.txt").write_text(LETTER.replace("45/", "46/"), "utf-8")
            file.write(LETTER[half:])
        for _ in range(400):
            if archive.exists() and len(list(Archive(archive).hashes())) == 2:
                break
            time.sleep(1)
    finally:
        watching.send_signal(signal.SIGTERM)
        said = watching.communicate(timeout=60)[0]
    kept = Archive(archive)
    dues = {record.header.so_hieu: len(record.deadlines) for record in map(kept.record, kept.hashes())}
    assert dues == {"45/UBND-VP": 3, "46/UBND-VP": 3}, said
    known = [event for line in kept.layout.log.read_text("utf-8").splitlines()
             if (event := json.loads(line))["act"] == "add"]  # fmt: skip
    assert len(known) == 2 and said.count("cham.txt") >= 1
    assert list(verify(kept)) == []
