"""The direction of the arrows: who may import whom (docs/design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("schemas", "vietnamese", "ingest", "parsers", "congvan")
MAY_IMPORT = {
    "schemas": set[str](),
    "vietnamese": set[str](),
    "ingest": {"schemas", "vietnamese"},
    "parsers": {"schemas", "vietnamese"},
    "congvan": {"schemas", "vietnamese", "ingest", "parsers"},
}
SEE_RECORDS_ONLY = ("audit", "register", "dataset")
IMPURE = {"os", "pathlib", "socket", "subprocess", "urllib", "requests", "time", "random", "tempfile", "shutil"}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for path in modules(room):
        rooms = {name.split(".")[0] for name in imports_of(path)} & set(ROOMS) - {room}
        assert rooms <= MAY_IMPORT[room], path


@pytest.mark.parametrize("room", SEE_RECORDS_ONLY)
def test_what_works_on_records_sees_neither_files_nor_parsers(room: str) -> None:
    for path in modules(f"congvan/{room}"):
        for name in imports_of(path):
            assert not name.startswith(("ingest", "parsers")), (path, name)
            assert not name.startswith("congvan") or name.startswith((f"congvan.{room}", "congvan.archive")), (
                path,
                name,
            )


def test_parsers_are_pure() -> None:
    for path in modules("parsers"):
        assert not {name.split(".")[0] for name in imports_of(path)} & IMPURE, path
        text = path.read_text(encoding="utf-8")
        assert "datetime.now" not in text and ".today()" not in text, path


def test_there_is_no_import_cycle() -> None:
    graph = {}
    for room in ROOMS:
        for path in modules(room):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            graph[name] = _top_level_imports(path)
    for start in graph:
        assert start not in _reachable(graph, start), f"{start} imports itself by a detour"


def _top_level_imports(path: Path) -> set[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.module for node in body if isinstance(node, ast.ImportFrom) and node.module}


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    queue = list(graph[start])
    while queue:
        name = queue.pop()
        if name in graph and name not in seen:
            seen.add(name)
            queue.extend(graph[name])
    return seen
