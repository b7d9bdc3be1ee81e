"""Uploads: outcomes told file by file, and what a server that was killed in the middle does when it starts again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from congvan.archive.archive import Archive
from congvan.intake.quarantine import Quarantine
from congvan.web.show.uploads import Uploads
from tests.support.browsers import wait_for
from tests.support.desks import open_desk, token_of, visit

TEXT = (
    "UBND HUYỆN KIM THÀNH\nPHÒNG NỘI VỤ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "Số: 21/PNV-VT\n\nKim Thành, ngày 09 tháng 3 năm 2026\n\nV/v báo cáo công tác lưu trữ\n\n"
    "Kính gửi: Ủy ban nhân dân các xã.\n\nĐề nghị các xã gửi báo cáo trước ngày 25/3/2026.\n"
)


def test_an_upload_is_taken_in_and_told_file_by_file(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    client = visit(desk)
    headers = {"x-csrf-token": token_of(client), "accept": "application/json"}
    files = [("tep", ("cv.txt", TEXT.encode())), ("tep", ("lai.txt", TEXT.encode()))]
    key = client.post("/nap-tep", files=files, headers=headers).json()["key"]
    told = client.get(f"/nap-tep/{key}/dong").text
    assert told.count("event: taken") == 2 and "event: finished" in told and '"number": 2' in told
    assert "21/PNV-VT" in client.get("/van-ban").text
    desk.uploads.close()
    assert not list((desk.root / "uploads").glob("*/*"))


def test_what_a_killed_server_had_received_whole_is_taken_in_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    archive, quarantine = Archive(tmp_path / "archive"), Quarantine(tmp_path / "quarantine")
    for key, whole in (("aa", True), ("bb", False)):
        (folder / key / "0").mkdir(parents=True)
        (folder / key / "0" / "cv.txt").write_text(TEXT + key, encoding="utf-8")
        if whole:
            (folder / key / ".complete").touch()
    uploads = Uploads(archive, quarantine, folder, False)
    uploads.resume()
    uploads.close()
    assert len(list(archive.hashes())) == 1
    assert not list(folder.glob("*"))


def test_a_killed_desk_leaves_no_process_that_draws(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.support.desks import open_desk\n"
        "if __name__ == '__main__':\n"
        "    desk = open_desk(Path(sys.argv[1])); pool = desk.pictures._running()\n"
        "    print(pool.submit(__import__('os').getpid).result(), flush=True); sys.stdin.read()\n"
    )
    script = tmp_path / "desk.py"
    script.write_text(program, encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path / "desk")]
    root = Path(__file__).resolve().parents[3]
    desk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root,
                            env=dict(os.environ, PYTHONPATH=str(root)))  # fmt: skip
    assert desk.stdout is not None
    drawer = int(desk.stdout.readline())
    desk.kill()
    desk.wait()
    wait_for(lambda: not Path(f"/proc/{drawer}").exists() or _is_over(drawer))


def _is_over(process: int) -> bool:
    try:
        return "(zombie)" in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return True
