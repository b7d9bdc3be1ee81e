"""The measurements as a page: docs/benchmarks.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
import random
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.side_by_side.__main__ import Measured
    from bench.side_by_side.scaling import Scaled

_HEAD = """# Side by side

Made by `python -m bench.side_by_side{options} --write` on {day}; do not edit. {machine}

Each reader is a process of its own that stays; each file of the corpus goes through all readers, one after the other in
shuffled order{rounds}, so that what else the machine does falls on all of them alike. Imports are
not counted. CPU holds that of processes that a reader starts. In brackets is the middle 95 % of a thousand means over
readings drawn with replacement. **Read the ratios**: other programs had the same cores, and seconds on another machine
are other seconds. Scans are eight dispatches of the corpus as grey pictures of 200 dpi, without damage.

What is right: of congvan, the number and the day of its record as in the gold; of the others, that number and that day
stand somewhere in the text that they give, which is less than a reader of dispatches needs. A cell of figures counts
where it stands in its column in a row with its row's name. The corpus was written for this project, so that congvan's
rows say that it reads what it was made for; to the others it is new.
"""


def page(found: Mapping[str, Mapping[str, Measured]], scaled: Sequence[Scaled], rounds: int) -> str:
    """The page, as Markdown."""
    text = _HEAD.format(
        options=" --scaling" if scaled else "",
        day=f"{dt.date.today():%Y-%m-%d}",
        machine=_machine(),
        rounds=f", {rounds} rounds (scans: one)",
    )
    for form, tools in found.items():
        text += f"\n## {form}\n\n{_table(tools)}"
        if absent := [f"- {name}: {one.why}" for name, one in tools.items() if one.why]:
            text += "\nDid not run:\n\n" + "\n".join(absent) + "\n"
    return text + (_scaling(scaled) if scaled else "")


def _machine() -> str:
    cpu = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "").partition(": ")[2]
    return (
        f"Machine: {cpu or platform.processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[2]:.1f} in the last quarter of an hour. Versions: "
        + ", ".join(f"{name} {version(name)}" for name in ("congvan", "pypdfium2", "lxml", "tesserocr", "pdfplumber"))
        + "; others as in the tables."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def _table(tools: Mapping[str, Measured]) -> str:
    ran = {name: one for name, one in tools.items() if not one.why}
    lines = ["| reader | CPU a file, ms | wall, ms | × congvan | peak memory | number | day | cells | failed |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    ours = statistics.fmean(ran["congvan"].cpu) if "congvan" in ran else 0
    for name, one in ran.items():
        low, high = interval(one.cpu)
        cpu, wall = statistics.fmean(one.cpu), statistics.fmean(one.wall)
        shares = " | ".join(_share(*pair) for pair in one.right)
        named = f"{name} {one.version}".strip()
        lines.append(
            f"| {named} | {cpu * 1000:.0f} ({low * 1000:.0f}–{high * 1000:.0f}) | {wall * 1000:.0f} | "
            f"{cpu / ours if ours else 0:.2f} | {one.memory / 1e6:.0f} MB | {shares} | {one.failed} |"
        )
    return "\n".join(lines) + "\n"


def _share(right: int, asked: int) -> str:
    return f"{right}/{asked}" if asked else "–"


def interval(values: Sequence[float], draws: int = 1_000) -> tuple[float, float]:
    """The middle 95 % of the means of samples drawn with replacement."""
    drawn = random.Random(0)
    means = sorted(statistics.fmean(drawn.choices(values, k=len(values))) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def _scaling(scaled: Sequence[Scaled]) -> str:
    lines = ["\n## Files by the thousand\n"]
    lines.append(
        "Text files of the corpus, each made another file, into a new archive each time; seconds by the clock.\n"
    )
    lines += ["| files | by | seconds, each round | files a second, best |", "|---|---|---|---|"]
    for one in scaled:
        seconds = ", ".join(f"{each:.1f}" for each in one.seconds)
        lines.append(f"| {one.files} | {one.way} | {seconds} | {one.files / min(one.seconds):.0f} |")
    return "\n".join(lines) + "\n"
