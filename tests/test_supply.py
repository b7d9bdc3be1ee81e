"""What the program is made of is pinned, divided from what only its tests need, and may be passed on."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from congvan.commands.words.troubles import in_words

ROOT = Path(__file__).resolve().parents[1]
PERMISSIVE = re.compile(r"Apache|MIT|BSD|ISC|PSF|Python Software Foundation|Zlib|CC0|CNRI|Unlicense", re.IGNORECASE)
FILE_BY_FILE = {"pikepdf", "certifi", "tqdm", "pathspec"}
"""Under the Mozilla Public License, which asks only for changes of its own files to be given away."""


def _supply() -> ModuleType:
    spec = importlib.util.spec_from_file_location("supply", ROOT / "scripts" / "supply.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


supply = _supply()


def test_the_lock_holds_what_the_program_needs_and_the_other_what_its_tests_need() -> None:
    run = {one.name for one in supply.pinned(supply.LOCK)}
    tests = {one.name for one in supply.pinned(supply.TEST_LOCK)}
    assert not run & tests
    assert run == supply.needed_to_run() & (run | tests)


def test_every_package_is_pinned_with_its_hashes() -> None:
    entries = supply.pinned(supply.LOCK, supply.TEST_LOCK)
    assert len(entries) > 100 and all(one.hashes for one in entries)
    text = supply.LOCK.read_text("utf-8") + supply.TEST_LOCK.read_text("utf-8")
    assert len(re.findall(r"^\S+==", text, re.MULTILINE)) == len(entries)


def test_what_the_program_needs_may_be_passed_on() -> None:
    for one in supply.pinned(supply.LOCK):
        licence = supply.licence_of(one.name)
        if not licence:
            assert one.name == "colorama", one.name  # for Windows alone; BSD-3-Clause
        elif one.name in FILE_BY_FILE:
            assert "MPL" in licence, (one.name, licence)
        else:
            assert PERMISSIVE.search(licence) and "GPL" not in licence, (one.name, licence)


def test_the_bill_of_materials_names_each_package_with_its_hashes() -> None:
    bill = supply.bill()
    names = [one["name"] for one in bill["components"]]
    assert bill["bomFormat"] == "CycloneDX" and {"lxml", "pydantic"} <= set(names) and "pytest" not in names
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


@pytest.mark.parametrize(
    ("missing", "extra"),
    [("pandas", "dataset"), ("uvicorn", "desk"), ("fastapi.staticfiles", "desk"), ("pg8000", "postgres")],
)
def test_a_part_that_is_not_installed_is_named_in_words(missing: str, extra: str) -> None:
    words = in_words(ModuleNotFoundError(f"No module named {missing!r}", name=missing))
    assert words is not None and f"congvan[{extra}]" in words and "module" not in words
    assert in_words(ModuleNotFoundError("No module named 'lxml'", name="lxml")) is None
