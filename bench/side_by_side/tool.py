"""One reader in a process of its own: `PYTHON tool.py NAME` reads file after file from standard input.

For each path, one line of JSON comes back: `text`, `tables` (rows of cells), `fields` (number and date as told), CPU
seconds of the process and of those that it started, seconds by the clock, the most memory so far. Needs nothing of
the project but for `congvan` and the floors, so that other readers run in environments of their own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Read = Callable[[str], dict[str, Any]]


def congvan() -> Read:
    """From file to record."""
    from pathlib import Path

    from congvan.intake.process import process_file

    def read(path: str) -> dict[str, Any]:
        result: Any = process_file(Path(path), allow_secret=True)
        record = result.dispatch()
        tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in record.tables]
        fields = {"so_hieu": record.header.so_hieu, "date": str(record.header.date or "")}
        return {"text": "", "tables": tables, "fields": fields}

    return read


def pdfium() -> Read:
    """The bare text of a PDF."""
    import pypdfium2

    def read(path: str) -> dict[str, Any]:
        with pypdfium2.PdfDocument(path) as pdf:
            return {"text": "\n".join(page.get_textpage().get_text_range() for page in pdf)}

    return read


def lxml() -> Read:
    """The bare text of a Word file, and the cells of its tables."""
    import zipfile

    from lxml import etree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    def text(node: Any) -> str:
        return " ".join("".join(one.itertext(f"{word}t")) for one in node.iter(f"{word}p"))

    def read(path: str) -> dict[str, Any]:
        root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
        tables = [
            [[text(cell) for cell in row.iter(f"{word}tc")] for row in one.iter(f"{word}tr")]
            for one in root.iter(f"{word}tbl")
        ]
        return {"text": text(root), "tables": tables}

    return read


def tesseract() -> Read:
    """Each page drawn at 300 dpi, and its text as Tesseract has it."""
    import pypdfium2
    from tesserocr import PyTessBaseAPI

    from ingest.scan.words.tesseract import (
        data_folder,  # type: ignore[import-not-found,unused-ignore]
    )

    engine = PyTessBaseAPI(path=data_folder(), lang="vie")

    def read(path: str) -> dict[str, Any]:
        texts = []
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                engine.SetImage(page.render(scale=300 / 72).to_pil())
                texts.append(engine.GetUTF8Text())
        return {"text": "\n".join(texts)}

    return read


def pdfplumber() -> Read:
    """Text and tables of every page."""
    import pdfplumber as library

    def read(path: str) -> dict[str, Any]:
        with library.open(path) as pdf:
            texts = [page.extract_text() for page in pdf.pages]
            tables = [table for page in pdf.pages for table in page.extract_tables()]
        return {"text": "\n".join(texts), "tables": [[[cell or "" for cell in row] for row in one] for one in tables]}

    return read


def kreuzberg() -> Read:
    """As its manual begins, with Vietnamese for OCR."""
    from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync

    config = ExtractionConfig(ocr=OcrConfig(backend="tesseract", language="vie"))

    def read(path: str) -> dict[str, Any]:
        result = extract_file_sync(path, config=config)
        return {"text": result.content, "tables": [table.cells for table in result.tables]}

    return read


def markitdown() -> Read:
    """As its manual begins."""
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: {"text": converter.convert(path).text_content}


def docling() -> Read:
    """As its manual begins; PDF needs models that it fetches from the network."""
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter()

    def read(path: str) -> dict[str, Any]:
        document = converter.convert(path).document
        tables = [[[cell.text for cell in row] for row in table.data.grid] for table in document.tables]
        return {"text": document.export_to_markdown(), "tables": tables}

    return read


def unstructured() -> Read:
    """As its manual begins, without models of layout."""
    from unstructured.partition.auto import partition

    def read(path: str) -> dict[str, Any]:
        found = partition(path, strategy="fast", languages=["vie"])
        return {"text": "\n".join(one.text for one in found)}

    return read


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _most_memory() -> int:
    """The most bytes that this process had: of the system's own count, since that of `resource` is inherited."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def _version(name: str) -> str:
    """The version of a reader that is a package by its name."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _error(error: Exception) -> dict[str, Any]:
    return {"error": f"{type(error).__name__}: {error}"[:300]}


def main() -> None:
    """Serve until standard input ends. What a reader prints itself goes to standard error."""
    answers, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr
    os.dup2(2, 1)
    os.environ |= {"HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "true"}
    try:
        read: Read = globals()[sys.argv[1]]()
        made: dict[str, Any] = {"version": _version(sys.argv[1])}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is why this reader does not run
        made = _error(error)
    print(json.dumps(made), file=answers, flush=True)
    for line in sys.stdin:
        began, cpu = time.perf_counter(), _cpu()
        try:
            made = read(line.rstrip("\n"))
        except Exception as error:  # noqa: BLE001 - whatever it is, this file was not read
            made = _error(error)
        made |= {"wall": time.perf_counter() - began, "cpu": _cpu() - cpu}
        made["memory"] = _most_memory()
        print(json.dumps(made, default=str), file=answers, flush=True)


if __name__ == "__main__":
    main()
