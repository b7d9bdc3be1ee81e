"""The direction of the arrows: who may import whom (docs/design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("schemas", "vietnamese", "form", "ingest", "parsers", "congvan")
MAY_IMPORT = {
    "schemas": set[str](),
    "vietnamese": set[str](),
    "form": {"schemas", "vietnamese"},
    "ingest": {"schemas", "vietnamese", "form"},
    "parsers": {"schemas", "vietnamese", "form"},
    "congvan": {"schemas", "vietnamese", "form", "ingest", "parsers"},
}
WITHIN = {
    "ingest": {
        "ingest": {"ingest.door", "ingest.word"},
        "ingest.door": set(),
        "ingest.door.containers": {"ingest.door"},
        "ingest.flowing": {"ingest.door"},
        "ingest.text": {"ingest.door", "ingest.flowing"},
        "ingest.word": {"ingest.door", "ingest.flowing"},
        "ingest.page": {"ingest.door"},
        "ingest.page.unruled": {"ingest.page"},
        "ingest.pdf": {"ingest.door", "ingest.door.containers", "ingest.page", "ingest.page.unruled"},
        "ingest.scan.picture": {"ingest.page"},
        "ingest.scan.words": {"ingest.door", "ingest.page", "ingest.scan.picture"},
        "ingest.scan.pen": {"ingest.page", "ingest.scan.picture", "ingest.scan.words"},
        "ingest.scan": {"ingest.door", "ingest.page", "ingest.scan.picture", "ingest.scan.words", "ingest.scan.pen"},
    },
}
"""Which packages of a room may import which others of it."""
MOST_MODULES = 14
"""A folder is looked over at a glance."""
ONE_A_ROOM = {"__init__", "reader"}
"""Names that mean the same wherever they stand: the reader of a format."""
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
            assert not name.startswith("congvan") or name.startswith(
                (f"congvan.{room}", "congvan.archive", "congvan.writing")
            ), (
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


def package_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def packages_imported(path: Path) -> set[str]:
    """The packages of ours that a module imports from, its own left out."""
    known = {module_of(other) for room in ROOMS for other in modules(room)}
    found = set()
    for name in imports_of(path):
        if name in known:
            file = ROOT / (name.replace(".", "/") + ".py")
            found.add(package_of(file) if file.exists() else name)
    return found - {package_of(path)}


@pytest.mark.parametrize(("room", "package"), [(room, package) for room in WITHIN for package in WITHIN[room]])
def test_a_package_imports_only_what_it_may(room: str, package: str) -> None:
    for path in sorted((ROOT / package.replace(".", "/")).glob("*.py")):
        within = {name for name in packages_imported(path) if name.split(".")[0] == room}
        assert within <= WITHIN[room][package], path


def test_there_is_no_cycle_between_packages() -> None:
    graph: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in modules(room):
            graph.setdefault(package_of(path), set()).update(_top_level_packages(path))
    for start in graph:
        assert start not in _reachable(graph, start), f"{start} imports itself by a detour"


def _top_level_packages(path: Path) -> set[str]:
    return packages_imported(path) & {name.rpartition(".")[0] or name for name in _top_level_imports(path)} | {
        name for name in packages_imported(path) if name in _top_level_imports(path)
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_folder_is_looked_over_at_a_glance_and_says_what_it_is_for(room: str) -> None:
    for folder in sorted({path.parent for path in modules(room)}):
        names = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        assert len(names) <= MOST_MODULES, folder
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))), folder


def test_one_name_means_one_thing() -> None:
    stems = [path.stem for room in ROOMS for path in modules(room) if path.stem not in ONE_A_ROOM]
    assert not {stem for stem in stems if stems.count(stem) > 1}
    classes = [name for room in ROOMS for path in modules(room) for name in _classes(path)]
    assert not {name for name in classes if classes.count(name) > 1}


def _classes(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
