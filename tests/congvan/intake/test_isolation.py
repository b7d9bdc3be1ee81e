"""One file that hangs, dies or eats memory costs that file alone."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

import pytest

from congvan.intake import process, workers
from congvan.intake.workers import Limits, NoWorkerError, run_isolated
from ingest.door.errors import ReadError
from schemas.dispatch import Dispatch, Header
from schemas.document import Document

LIMITS = Limits(seconds=3, memory=1 << 30, workers=2)


def behave(how: str) -> str:
    match how:
        case "hang":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "eat":
            return str(len(bytearray(2 << 30)))
        case "refuse":
            raise ReadError("empty", "Tệp rỗng.")
        case "stumble":
            raise KeyError("x")
        case "shout":
            os.write(2, b"TIFFReadDirectory: Warning, Unknown field with tag 259\n")
            return "heard" if os.fstat(2).st_rdev != os.stat(os.devnull).st_rdev else "not heard"
    return how.upper()


@pytest.mark.slow
def test_each_misdeed_costs_its_own_file_alone() -> None:
    deeds = ["a", "hang", "b", "die", "eat", "c", "refuse", "stumble", "d"]
    outcomes = dict(run_isolated(behave, deeds, LIMITS))
    assert set(outcomes) == set(deeds)
    codes = {deed: outcome.code for deed, outcome in outcomes.items() if isinstance(outcome, ReadError)}
    assert codes == {"hang": "timeout", "die": "crash", "eat": "memory", "refuse": "empty", "stumble": "internal"}
    assert [outcomes[deed] for deed in "abcd"] == ["A", "B", "C", "D"]


@pytest.mark.skipif(sys.platform == "win32", reason="devices have no numbers here")
def test_what_libraries_print_of_a_file_reaches_nobody() -> None:
    assert dict(run_isolated(behave, ["shout"], LIMITS)) == {"shout": "not heard"}


def test_a_record_that_is_not_by_the_contract_leaves_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(document: Document, signatures: object) -> Dispatch:
        unchecked = Header().model_copy(update={"number": "mười hai"})
        return Dispatch(id=document.source.sha256, source=document.source, header=unchecked)

    monkeypatch.setattr(process, "parse_signed", parsed)
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi: Các chi bộ.\nĐề nghị rà soát hồ sơ.\n", "utf-8")
    with pytest.raises(ReadError) as refused:
        process.process_file(path)
    assert refused.value.code == "invalid_record" and "không đúng khuôn dạng" in str(refused.value)


def test_a_machine_that_starts_no_worker_ends_the_run_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before, the run tried for ever."""
    monkeypatch.setattr(workers._Worker, "give", lambda *_: False)
    with pytest.raises(NoWorkerError, match="hết bộ nhớ"):
        list(run_isolated(len, ["a"], Limits(workers=1)))


def test_a_process_that_cannot_be_made_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(workers._Worker, "__init__", no_more)
    with pytest.raises(NoWorkerError):
        list(run_isolated(len, ["a"], Limits(workers=1)))
