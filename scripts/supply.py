"""What the program is made of: `python scripts/supply.py sbom|licences|locks` (`make sbom`, `make licences`).

- `sbom` writes a CycloneDX 1.6 bill of materials of what `make run` installs: names, versions, licences, hashes.
- `licences` lists every package with its licence and size, the largest first, and the sum.
- `locks` divides what the two lock files pin: requirements.lock holds what the program needs to run,
  requirements-test.lock what only its tests need.
"""

from __future__ import annotations

import importlib.metadata as metadata
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)[^\n]*\n(?:[ \t]+[^\n]*\n?)*", re.MULTILINE)
_BROUGHT = ("pen", "dataset", "desk", "postgres")
"""The extras that `make run` brings."""
_NO_CODE = {"rapidocr"}
"""Wanted for a file in the package: what its own code would need is not installed."""


class Pinned(NamedTuple):
    """An entry of a lock file: its text is what pip reads."""

    name: str
    version: str
    hashes: tuple[str, ...]
    text: str


def pinned(*locks: Path) -> list[Pinned]:
    """The entries of lock files, in order; a package may stand twice, for different versions of Python."""
    found = []
    for entry in (match for lock in locks if lock.exists() for match in _ENTRY.finditer(lock.read_text("utf-8"))):
        name = str(canonicalize_name(entry["name"]))
        found.append(Pinned(name, entry["version"], tuple(re.findall(r"sha256:([0-9a-f]{64})", entry[0])), entry[0]))
    return found


def needed_to_run() -> set[str]:
    """The packages that the program needs, to be built too, and those that they need, on any system."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, builders = described["project"], described["build-system"]["requires"]
    extras = [line for name in _BROUGHT for line in project["optional-dependencies"][name]]
    waiting = [Requirement(line) for line in (*builders, *project["dependencies"], *extras)]
    found: dict[str, set[str]] = {}
    while waiting:
        wanted = waiting.pop()
        name, extras = str(canonicalize_name(wanted.name)), set(wanted.extras)
        if name in found and extras <= found[name]:
            continue
        found[name] = found.get(name, set()) | extras
        waiting += _needs_of(name, found[name])
    return set(found)


def _needs_of(name: str, extras: set[str]) -> Iterator[Requirement]:
    """What a package needs on whichever system; one that is not installed here is for another."""
    try:
        lines = [] if name in _NO_CODE else metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for need in map(Requirement, lines):
        asked = re.findall(r"extra\s*==\s*[\"']([^\"']+)", str(need.marker or ""))
        if not asked or set(asked) & extras:
            yield need


def licence_of(name: str) -> str:
    """The licence that a package declares, in the words of its own description; empty where it says none."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    lines = [line for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    classifiers = [line.split("::")[-1].strip() for line in lines]
    first = (told.get("License") or "").strip().split("\n")[0]
    return told.get("License-Expression") or "; ".join(classifiers) or first[:80]


def size_of(name: str) -> int:
    """Bytes that a package takes when it is installed, 0 where it is not."""
    try:
        return sum(file.size or 0 for file in metadata.files(name) or [])
    except metadata.PackageNotFoundError:
        return 0


def bill() -> dict[str, object]:
    """The bill of materials."""
    components = [
        {
            "type": "library",
            "name": one.name,
            "version": one.version,
            "purl": f"pkg:pypi/{one.name}@{one.version}",
            "licenses": [{"license": {"name": licence_of(one.name) or "unknown"}}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                    "hashes": [{"alg": "SHA-256", "content": each} for each in one.hashes],
                }
            ],
        }
        for one in pinned(LOCK)
    ]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, LOCK.read_text('utf-8'))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "congvan",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
    }


def _write_bill() -> None:
    path = ROOT / "outputs" / "sbom.cdx.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{path.relative_to(ROOT)}: {len(pinned(LOCK))} packages")


def _list_licences() -> None:
    for title, lock in (("to run", LOCK), ("for tests only", TEST_LOCK)):
        names = {one.name: size_of(one.name) for one in pinned(lock)}
        print(f"{title}: {len(names)} packages, {sum(names.values()) / 1e6:.0f} MB")
        for name, size in sorted(names.items(), key=lambda pair: -pair[1]):
            print(f"  {name:32} {size / 1e6:8.1f} MB  {licence_of(name)}")


def _divide_locks() -> None:
    run, entries = needed_to_run(), pinned(LOCK, TEST_LOCK)
    for lock, mine in ((LOCK, True), (TEST_LOCK, False)):
        lock.write_text("".join(sorted(one.text for one in entries if (one.name in run) is mine)), "utf-8")
        print(f"{lock.name}: {sum((one.name in run) is mine for one in entries)} packages")


if __name__ == "__main__":
    {"sbom": _write_bill, "licences": _list_licences, "locks": _divide_locks}[sys.argv[1]]()
