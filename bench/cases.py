"""What accuracy is measured on: the corpus, and real dispatches beside the repository where they are present."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_SHARED = ROOT.parent / "shared"
_SUFFIXES = (".txt", ".docx", ".pdf", ".doc", ".rtf", ".tif", ".png", ".jpg")
SETS = ("corpus", "unseen", "second", "scans", "seeds", "real")


@dataclass(frozen=True)
class Case:
    """A file and its gold record. `form` is the format it is counted under: `text`, `docx`, `pdf`, `scan`, `doc`."""

    set_name: str
    form: str
    path: Path
    gold: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.set_name}/{self.path.name}"


def cases(*sets: str) -> list[Case]:
    """The cases of the sets named (all where none is), in a fixed order; a set that is absent has none."""
    makers = {"corpus": _corpus, "unseen": _unseen, "second": _second, "scans": _scans, "seeds": _seeds, "real": _real}
    return [case for name in sets or SETS for case in makers[name]()]


def _form(path: Path) -> str:
    return {".txt": "text", ".md": "text", ".tif": "scan", ".png": "scan", ".jpg": "scan"}.get(
        path.suffix, path.suffix[1:]
    )


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _corpus() -> Iterator[Case]:
    return _built("corpus", "corpus/*/gold.json")


def _unseen() -> Iterator[Case]:
    """Letters by people who never saw the rules; nobody who writes rules looks at them, only at their score."""
    return _built("unseen", "corpus/built/unseen/*/gold.json")


def _built(set_name: str, pattern: str) -> Iterator[Case]:
    for gold in sorted(ROOT.glob(pattern)):
        for path in sorted(gold.parent.iterdir()):
            if path.suffix in _SUFFIXES:
                yield Case(set_name, _form(path), path, _load(gold))


def _second() -> Iterator[Case]:
    return cases_in(ROOT / "corpus/built/second", "second", "pdf")


def _scans() -> Iterator[Case]:
    return cases_in(ROOT / "corpus/built/scans", "scans", "scan")


def cases_in(folder: Path, set_name: str, form: str) -> Iterator[Case]:
    """The files of a folder that have a gold record of the same name beside them."""
    for gold in sorted(folder.glob("*.json")):
        for path in sorted(gold.parent.glob(f"{gold.stem}.*")):
            if path.suffix in _SUFFIXES:
                yield Case(set_name, form, path, _load(gold))


def _seeds() -> Iterator[Case]:
    for gold in sorted(_SHARED.glob("gold/*.json")):
        loaded = _load(gold)
        yield Case("seeds", "text", _SHARED / "seeds" / loaded["source"], loaded)


def _real() -> Iterator[Case]:
    for gold in sorted(_SHARED.glob("real/gold/*.json")):
        loaded = _load(gold)
        for path in sorted(_SHARED.glob(f"real/{gold.stem}.*")):
            # Sentences to measure OCR on are given for scans only.
            yield Case("real", "scan" if "ocr_probe" in loaded else _form(path), path, loaded)
