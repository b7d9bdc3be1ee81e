"""The corpus as scans: what is printed is read as well as it must be, and no figure is wrong in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.accuracy import share
from bench.cases import cases_in
from bench.characters import score_characters
from congvan.scoring.compared import Compared
from congvan.scoring.score import score
from corpus.build import sources
from corpus.scans import build_scans
from ingest.read import read_file
from parsers.parse import parse
from tests.support.pictures import needs_ocr

SHARE = ("chi-thi-luc-nam", "ke-hoach-truong-hoc", "thong-tri-yen-the", "ket-nap-hai-hau")
"""Scanned in turn at 300 dpi in grey, at 200 dpi in black and white, in colour under a seal, and at 200 dpi askew."""
BARS = {"header_soft": 0.97, "deadlines": 0.97, "cells": 0.98, "figures": 0.99, "characters": 0.995}

pytestmark = [needs_ocr, pytest.mark.slow]


def marks_of(folders: Sequence[Path], out: Path) -> Iterator[Compared]:
    build_scans(folders, out)
    for case in cases_in(out, "scans", "scan"):
        document = read_file(case.path)
        yield from score(case.gold, parse(document).model_dump(mode="json"))
        yield from score_characters(case.gold["ocr_probe"], document.text)


def assert_bars(marks: Sequence[Compared]) -> None:
    counts = {area: Counter[str]() for area in BARS}
    for mark in marks:
        if mark.area in counts:
            counts[mark.area][mark.verdict] += mark.weight
    missed = [mark for mark in marks if mark.area in BARS and mark.verdict != "right"]
    assert {area: share(count) for area, count in counts.items() if share(count) < BARS[area]} == {}, missed
    assert all(sum(count.values()) for count in counts.values())
    silent = [mark for mark in marks if mark.area == "silent" and mark.verdict == "missed"]
    assert [mark for mark in silent if mark.field.startswith("/tables/")] == []


def test_a_share_of_the_scans(tmp_path: Path) -> None:
    folders = [folder for name in SHARE for folder in sources(name)]
    assert len(folders) == len(SHARE)
    assert_bars(list(marks_of(folders, tmp_path)))


@pytest.mark.whole
def test_all_scans(tmp_path: Path) -> None:
    assert_bars(list(marks_of(sources(), tmp_path)))
