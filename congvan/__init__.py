"""The application: the only room that knows all the others. Its public face is what this module names.

    import congvan

    dispatch = congvan.read("cong-van.pdf")      # a validated record
    congvan.audit(dispatch).findings             # which of its figures do not follow from its tables
    congvan.Archive("outputs/archive").search("phát triển đảng viên")
    congvan.dataset("outputs/dataset")           # all figures of an archive, a pandas DataFrame

What a call needs is loaded when it is called: `import congvan` alone costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

    from congvan.audit.audit import Audit
    from congvan.audit.wording import Language
    from congvan.face import ArchiveReader as Archive
    from schemas.dispatch import Dispatch
    from schemas.document import Document

__all__ = ["Archive", "audit", "dataset", "document", "read"]


def document(path: Path | str) -> Document:
    """What the reader sees of a file: its text, tables, words and places. Raises `ReadError` with a line for people."""
    from ingest.read import read_file

    return read_file(path)


def read(path: Path | str) -> Dispatch:
    """The validated record of a dispatch's file, whatever its format. Raises `ReadError` with a line for people.

    Digital signatures are checked for being intact; whom to trust is said by an archive's folder of certificates.
    """
    from pathlib import Path

    from congvan.intake.process import read_dispatch

    return read_dispatch(Path(path))[1]


def audit(dispatch: Dispatch, language: Language = "vi") -> Audit:
    """Every reported figure of a dispatch checked by itself and against its tables; explanations in `vi` or `en`."""
    from congvan.audit.audit import audit as audit_one

    return audit_one(dispatch, language)


def dataset(path: Path | str) -> DataFrame:
    """The figures of a dataset that `congvan dataset build` made in a folder, a row each (see docs/dataset.md)."""
    from pathlib import Path

    from congvan.dataset.ask.dataframes import observations

    return observations(Path(path))


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from congvan.face import ArchiveReader

        return ArchiveReader
    if name == "__version__":
        from importlib.metadata import version

        return version("congvan")
    raise AttributeError(f"module 'congvan' has no attribute {name!r}")
