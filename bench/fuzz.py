"""`python -m bench.fuzz [--minutes N] [--kind pdf] [--seed N]`: strange files, one by one, until the time is up.

Each mutant (`bench.mutations`) goes the way of a file: opened, read, parsed, audited, in the same workers as those of
`ingest`. It must give a record, or one line of plain words. Findings, told with the number that makes the mutant again:

- `crash`, `hang`, `memory`: it killed the worker, or took too long or too much;
- `fault`: an exception of the program or of a library came through;
- `step`: a step of a page failed (the page goes on, so that it costs little, but it is a fault);
- `words`: what a person would be told is not Vietnamese in one line;
- `record`: the record is not what its own JSON says.

Exit code 1 where anything was found; the mutants lie in `outputs/fuzz`.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import logging
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.cases import ROOT
from bench.mutations import KINDS, mutant, seeds
from congvan.audit.audit import audit
from congvan.intake.inside import Inside, Unpacked
from congvan.intake.process import process_file
from congvan.intake.workers import Limits, run_isolated
from ingest.door.errors import ReadError
from ingest.door.steps import FAILED
from schemas.dispatch import Dispatch

_FOUND = ROOT / "outputs" / "fuzz"
_LIMITS = Limits(seconds=240, memory=4 << 30, workers=1)
_STRANGE = re.compile(
    r"Traceback|\w(?:Error|Exception)\b|0x[0-9a-f]|"
    r"\b(?:invalid|expected|unexpected|failed|cannot|could not|not a|bad|unknown)\b",
    re.IGNORECASE,
)
_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵếềểễệốồổỗộớờởỡợứừửữựấầẩẫậắằẳẵặ]", re.IGNORECASE)


class Verdict(NamedTuple):
    """What came of a mutant: `record` and `refused` are as it should be; the rest is a finding, with its trace."""

    kind: str
    words: str = ""


def judge(path: Path) -> Verdict:
    """The way of one file, and what is wrong with what came of it. Runs in a worker process."""
    traces = _Traces()
    log = logging.getLogger("congvan.steps")
    log.setLevel(logging.DEBUG)
    log.addHandler(traces)
    try:
        with tempfile.TemporaryDirectory(prefix="congvan-fuzz-") as folder:
            return _all_of(path, Path(folder)) or traces.verdict()
    except ReadError as error:
        return _of_words(error)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what comes through is what is looked for
        return Verdict("fault", traceback.format_exc())
    finally:
        log.removeHandler(traces)


def _all_of(path: Path, folder: Path) -> Verdict | None:
    """What is wrong with the record of a file, or of those inside it; None for nothing."""
    waiting: list[Path | Inside] = [path]
    verdict = None
    while waiting and verdict is None:
        item = waiting.pop()
        try:
            result = process_file(item, allow_secret=True, converted=folder)
        except ReadError as error:
            verdict = _of_words(error) if item is path or _of_words(error).kind == "words" else None
            continue
        if isinstance(result, Unpacked):
            waiting += result.members
            continue
        waiting += result.inside
        verdict = _of_record(result.dispatch())
    return verdict


def _of_record(record: Dispatch) -> Verdict | None:
    if Dispatch.model_validate_json(record.model_dump_json()) != record:
        return Verdict("record", "another record by its JSON")
    if strange := [one.message for one in record.warnings if one.code != FAILED and _is_strange(one.message)]:
        return Verdict("words", strange[0])
    audit(record)
    return None


def _of_words(error: ReadError) -> Verdict:
    return Verdict("words", error.message) if _is_strange(error.message) else Verdict("refused", error.code)


def _is_strange(message: str) -> bool:
    """Whether a message is no line of Vietnamese; what it quotes of the file is not looked at."""
    own = re.sub(r"“[^”]*”|\([^()]*\)", "", message)
    return "\n" in message or bool(_STRANGE.search(own)) or not _VIETNAMESE.search(own)


class _Traces(logging.Handler):
    """What the steps of pages say of their failures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.found.append(f"{record.getMessage()}\n{trace}")

    def verdict(self) -> Verdict:
        return Verdict("step", self.found[0]) if self.found else Verdict("record ok")


def judged(kinds: list[str], seed: int, seconds: float) -> Iterator[tuple[str, int, Verdict]]:
    """Mutants of the kinds in turn, numbered from `seed` on, each with its verdict, until the time is up."""
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="congvan-fuzz-") as folder:

        def files() -> Iterator[Path]:
            for number in itertools.count(seed):
                for kind in kinds:
                    if time.monotonic() > end:
                        return
                    path = Path(folder) / f"{kind}-{number}.{kind}"
                    path.write_bytes(mutant(kind, number))
                    yield path

        for path, result in run_isolated(judge, files(), _LIMITS):
            kind, number = path.stem.split("-")
            verdict = Verdict(result.code, result.message) if isinstance(result, ReadError) else result
            path.unlink()
            yield kind, int(number), verdict


_FINE = ("record ok", "refused")


def main() -> int:
    """Fuzz and tell; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    kinds = [kind for kind in options.kind or KINDS if seeds(kind)]
    counts: collections.Counter[str] = collections.Counter()
    known: set[str] = set()
    for kind, number, verdict in judged(kinds, options.seed, options.minutes * 60):
        counts[f"{kind} {verdict.kind}"] += 1
        last = verdict.words.strip().splitlines()[-3:]
        if verdict.kind not in _FINE and str(last) not in known:
            known.add(str(last))
            _FOUND.mkdir(parents=True, exist_ok=True)
            (_FOUND / f"{kind}-{number}.{kind}").write_bytes(mutant(kind, number))
            print(f"{verdict.kind}: {kind} {number}\n{verdict.words}", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{name:24} {count}")
    return int(bool(known))


if __name__ == "__main__":
    sys.exit(main())
