"""`python -m corpus.build`: makes every form of every dispatch from its one source.

Beside each `dispatch.toml`: `<slug>.txt`, `<slug>.docx`, `<slug>.pdf` (needs LibreOffice) and `gold.json`. With
`--scans`, also scanned forms under `corpus/built/scans` (see `corpus/scans.py`); with `--second`, PDFs of a second kind
under `corpus/built/second` (see `corpus/write_pdf.py`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpus.source import Dispatch, load

HERE = Path(__file__).resolve().parent


def sources(only: str = "", base: Path = HERE) -> list[Path]:
    """The dispatches' folders in `base` whose name contains `only`."""
    return [path.parent for path in sorted(base.glob("*/dispatch.toml")) if only in path.parent.name]


def slug(folder: Path) -> str:
    """The name of a dispatch's files: its folder's, without the number."""
    return folder.name.partition("-")[2]


def write(folder: Path, out: Path) -> Dispatch:
    """Write gold, text and Word file of the dispatch in `folder` into `out`."""
    from corpus.write_docx import write_docx
    from corpus.write_text import text_of

    dispatch = load(folder / "dispatch.toml")
    out.mkdir(parents=True, exist_ok=True)
    gold = json.dumps(dispatch.gold(), ensure_ascii=False, indent=1)
    (out / "gold.json").write_text(gold + "\n", encoding="utf-8")
    (out / f"{slug(folder)}.txt").write_text(text_of(dispatch), encoding="utf-8")
    write_docx(dispatch, out / f"{slug(folder)}.docx")
    return dispatch


def _rewritten(folder: Path, out: Path) -> Path | None:
    """Write a dispatch; returns its Word file where that has changed or has no PDF beside it."""
    file = out / f"{slug(folder)}.docx"
    before = file.read_bytes() if file.exists() else None
    write(folder, out)
    return None if file.read_bytes() == before and file.with_suffix(".pdf").exists() else file


def convert(files: list[Path], suffix: str) -> None:
    """Convert files beside themselves with LibreOffice, in one start with a profile of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print("LibreOffice is not installed: no PDF was made.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        command = [program, f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", f"{scratch}/out", *map(str, files)], check=True, capture_output=True)
        for file in files:
            shutil.move(f"{scratch}/out/{file.stem}.{suffix}", file.with_suffix(f".{suffix}"))


def build_second(folders: Iterable[Path], out: Path) -> None:
    """Make PDFs whose letters with two marks stand in another font, out of order, each with its gold record."""
    from corpus.write_pdf import write_pdf

    out.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        name = slug(folder)
        write_pdf(load(HERE / folder.name / "dispatch.toml"), out / f"{name}.pdf")
        shutil.copyfile(folder / "gold.json", out / f"{name}.json")


def main(arguments: list[str] | None = None) -> int:
    """Build what the arguments name; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.build", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="only folders whose name contains this")
    parser.add_argument("--base", type=Path, default=HERE, help="where the sources lie")
    parser.add_argument("--out", type=Path, help="write here instead of beside the sources")
    parser.add_argument("--no-pdf", action="store_true", help="text and Word files only")
    parser.add_argument("--scans", action="store_true", help="also make scanned forms, in corpus/built/scans")
    parser.add_argument("--unseen", action="store_true", help="the letters of corpus/unseen, into corpus/built/unseen")
    parser.add_argument("--second", action="store_true", help="also make PDFs of a second kind, in corpus/built/second")
    options = parser.parse_args(arguments)
    if options.unseen:
        options.base, options.out = HERE / "unseen", HERE / "built" / "unseen"
    folders = sources(options.only, options.base)
    outs = [(options.out / folder.name) if options.out else folder for folder in folders]
    changed = [file for folder, out in zip(folders, outs, strict=True) if (file := _rewritten(folder, out))]
    if changed and not options.no_pdf:
        convert(changed, "pdf")
    if options.second:
        build_second(outs, HERE / "built" / "second")
    if options.scans:
        from corpus.scans import build_scans

        build_scans(outs, HERE / "built" / "scans")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
