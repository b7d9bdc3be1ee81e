"""PDF files that hold others: a portfolio, files attached to a page, PDFs written one behind the other.

ISO 32000-2, 7.11.4 (embedded files), 12.3.5 (collections), 12.5.6.15 (file attachment annotations).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from ingest.door.containers.members import BOMB, Budget, Member, Opened, clean_name
from ingest.door.errors import ReadError
from vietnamese.fold import nfc

_GLUED = re.compile(rb"%%EOF[\s\x00]*(?=%PDF-\d)")
_BROKEN = ReadError("damaged", "Bị hỏng trong tệp PDF chứa nó, không lấy ra được.")

_log = logging.getLogger("congvan.steps")


def glued(data: bytes) -> Opened | None:
    """The PDFs that one file holds one behind the other, of which readers see the last alone; None for a single one."""
    starts = [found.end() for found in _GLUED.finditer(data)]
    if not starts:
        return None
    edges = [0, *starts, len(data)]
    pairs = enumerate(pairwise(edges), 1)
    return Opened([Member(f"phan-{number}.pdf", data[start:end]) for number, (start, end) in pairs])


def attached_files(data: bytes, budget: Budget) -> Opened:
    """The files that a PDF carries, in its list of files or on its pages. Gives none for a PDF that cannot be opened.

    Raises ReadError (`zip_bomb`).
    """
    import pikepdf

    opened = Opened()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for name, stream in _streams(pdf):
                opened.members.append(_member(name, stream, budget))
    except (ReadError, MemoryError):
        raise
    except pikepdf.PdfError:
        return opened  # a damaged file: what reads its pages says what is wrong with it
    except Exception:  # noqa: BLE001 - its pages are read all the same, by another library; they say what is wrong with it
        _log.debug("attachments of a PDF cannot be listed", exc_info=True)
    return opened


def _streams(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The names and streams of embedded files; one that is listed and stands on a page too is given once."""
    seen: set[tuple[int, int]] = set()
    for key, spec in pdf.attachments.items():
        yield from _of_spec(spec.obj, key, seen)
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Subtype") == "/FileAttachment" and "/FS" in annotation:
                yield from _of_spec(annotation.FS, "", seen)


def _of_spec(spec: Any, key: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Any]]:
    files = spec.get("/EF", {})
    stream = files.get("/UF", files.get("/F"))
    if stream is None or stream.objgen in seen:
        return
    if stream.objgen != (0, 0):
        seen.add(stream.objgen)
    yield nfc(str(spec.get("/UF", spec.get("/F", key)))), stream


def _member(name: str, stream: Any, budget: Budget) -> Member:
    try:
        shown = clean_name(name)
        size = int(stream.get("/Params", {}).get("/Size", 0) or 0)
        if size > budget.size:
            raise BOMB
        data = bytes(stream.read_bytes())
    except ReadError as error:
        return Member(name.replace("..", "…"), error=error)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever the library finds wrong with one embedded file, the others are taken
        _log.debug("an attachment of a PDF cannot be taken out", exc_info=True)
        return Member(clean_name(name), error=_BROKEN)
    budget.take(len(data))
    return Member(shown, data)
