"""What lies in archives, mails and PDFs is taken in like files of their own, with where it was found."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.archive.archive import Archive
from congvan.archive.verify import verify
from congvan.commands.cli import app
from congvan.intake.outcomes import FileEntry, Outcome
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.reparse import reparse
from congvan.intake.watching.steady import Patience
from congvan.intake.watching.watch import Manner, watch_folder
from schemas.dispatch import Dispatch
from tests.ingest.door.test_containers import mail, pdf_with, zipped
from tests.support.compound import outlook_mail
from tests.support.poison import good


class Office:
    """A folder of arrivals, an archive and a quarantine."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.root = root / "vào", root / "kho"
        self.inbox.mkdir()
        self.quarantine = Quarantine(root / "riêng")

    @property
    def archive(self) -> Archive:
        return Archive(self.root)

    def put(self, name: str, data: bytes) -> Path:
        path = self.inbox / name
        path.write_bytes(data)
        return path

    def ingest(self, **options: bool) -> dict[str, FileEntry]:
        report = ingest([self.inbox], self.archive, self.quarantine, Options(**options))
        names = [str(entry.path.relative_to(self.inbox)) for entry in report.entries]
        assert len(names) == len(set(names)), "each file has one line"
        return dict(zip(names, report.entries, strict=True))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def outcomes(entries: dict[str, FileEntry]) -> dict[str, str]:
    return {name: "done" if entry.record else entry.outcome.value for name, entry in entries.items()}


@pytest.mark.slow
def test_every_file_inside_is_registered_with_where_it_lay(office: Office) -> None:
    office.put("ho-so.zip", zipped({"đợt 1/mot.txt": good(1), "hai.txt": good(2)}))
    office.put("thu.eml", mail("Xin gửi.", {"ba.txt": good(3), "goi.zip": zipped({"bon.txt": good(4)})}).as_bytes())
    office.put("thu.msg", outlook_mail("Xin gửi.", {"nam.txt": good(5), "hai nữa.txt": good(2)}))
    entries = office.ingest()
    assert outcomes(entries) == {
        "ho-so.zip": "opened",
        "ho-so.zip > đợt 1 > mot.txt": "done",
        "ho-so.zip > hai.txt": "done",
        "thu.eml": "opened",
        "thu.eml > ba.txt": "done",
        "thu.eml > goi.zip > bon.txt": "done",
        "thu.msg": "opened",
        "thu.msg > nam.txt": "done",
        "thu.msg > hai nữa.txt": "duplicate",
    }
    record = entries["ho-so.zip > đợt 1 > mot.txt"].record
    assert record is not None and record.source.name == "mot.txt"
    assert record.source.found_in == "ho-so.zip > đợt 1/mot.txt"
    assert "lời thư" in (entries["thu.eml"].reason or "")
    assert outcomes(office.ingest()) == dict.fromkeys(("ho-so.zip", "thu.eml", "thu.msg"), "unchanged")
    assert list(verify(office.archive)) == []


@pytest.mark.slow
def test_one_bad_member_does_not_hold_the_others(office: Office, tmp_path: Path) -> None:
    path = office.put("ho-so.zip", zipped({"mot.txt": good(1), "hong.pdf": b"%PDF-1.7\nhong"}))
    first = office.ingest()
    assert outcomes(first) == {"ho-so.zip": "opened", "ho-so.zip > mot.txt": "done", "ho-so.zip > hong.pdf": "failed"}
    (held,) = office.quarantine.held()
    assert held.origin == path and held.copy.name == "hong.pdf" and held.copy.read_bytes() == b"%PDF-1.7\nhong"
    again = office.ingest()
    assert outcomes(again)["ho-so.zip > hong.pdf"] == "failed", "what failed is not forgotten"
    office.put("ho-so.zip", zipped({"mot.txt": good(1), "hong.pdf": good(7)}))
    arguments = ("retry", "--archive", str(office.root), "--quarantine", str(office.quarantine.root))
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert not list(office.quarantine.held())
    assert len(list(office.archive.hashes())) == 2


@pytest.mark.slow
def test_files_attached_to_a_pdf_are_read_apart(office: Office) -> None:
    office.put("kem.pdf", pdf_with({"phu-luc.txt": good(3)}))
    entries = office.ingest()
    assert outcomes(entries)["kem.pdf > phu-luc.txt"] == "done"


@pytest.mark.slow
def test_bytes_of_one_container_under_two_names(office: Office) -> None:
    data = zipped({"mot.txt": good(1)})
    office.put("a.zip", data)
    office.put("b.zip", data)
    assert outcomes(office.ingest()) == {"a.zip": "opened", "b.zip": "opened", "a.zip > mot.txt": "done"}


@pytest.mark.slow
def test_the_commands_that_read(office: Office) -> None:
    path = office.put("ho-so.zip", zipped({"mot.txt": good(1), "hong.bin": bytes(range(256)) * 9, "hai.txt": good(2)}))
    parsed = CliRunner().invoke(app, ["parse", str(path)])
    records = [json.loads(line) for line in parsed.stdout.splitlines() if line.startswith("{")]
    assert [record["source"]["found_in"] for record in records] == ["ho-so.zip > mot.txt", "ho-so.zip > hai.txt"]
    assert parsed.exit_code == 1 and "hong.bin" in parsed.output and "Không nhận ra loại tệp" in parsed.output
    read = CliRunner().invoke(app, ["read", str(path)])
    assert "== ho-so.zip > mot.txt ==" in read.stdout and "rà soát hồ sơ đợt 2" in read.stdout
    assert "Traceback" not in read.output


@pytest.mark.slow
def test_watch_opens_a_mail_and_leaves_it(office: Office) -> None:
    path = office.put("thu.eml", mail("Xin gửi.", {"mot.txt": good(1)}).as_bytes())
    said: list[str] = []
    stop = threading.Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        if "mot.txt" in sentence:
            stop.set()

    manner = Manner(Patience(valid_beginnings=0), 0.0)
    watch_folder(office.inbox, office.archive, office.quarantine, manner, say=say, stop=stop)
    assert any(line.startswith("thu.eml: tệp nén hoặc thư: Đã mở, 1 tệp") for line in said)
    assert any(line.startswith("thu.eml > mot.txt: đã đăng ký") for line in said)
    assert path.exists(), "the archive keeps what was in the mail, not the mail"


def test_an_opened_file_is_no_failure() -> None:
    assert Outcome("opened") is Outcome.OPENED


@pytest.mark.slow
@pytest.mark.parametrize("damaged", [["records"], ["documents"], ["records", "documents"]])
def test_what_is_read_again_still_says_where_it_lay(office: Office, damaged: list[str]) -> None:
    office.put("ho-so.zip", zipped({"mot.txt": good(1)}))
    entry = office.ingest()["ho-so.zip > mot.txt"]
    assert entry.record is not None
    for what in damaged:
        [path] = office.root.glob(f"{what}/*/{entry.record.id}*")
        path.write_bytes(b"")
    [(_, again, changed)] = reparse(office.archive)
    assert isinstance(again, Dispatch) and changed
    assert (again.source.name, again.source.found_in) == ("mot.txt", "ho-so.zip > mot.txt")
