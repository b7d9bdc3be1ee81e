"""The parts of a Word file, opened by python-docx behind checks that it does not make.

python-docx gives parts, relationships and elements. Before it opens anything, the archive is looked over for bombs,
passwords and entities; what it refuses though Word opens it (links to parts that are not there, parts without a type,
the namespaces of "strict" files) is mended first.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from ingest.door.errors import ReadError
from ingest.word.word_archive import check_archive, mended_archive

if TYPE_CHECKING:
    from docx.opc.part import Part

_DAMAGED = ReadError("damaged", "Tệp Word bị hỏng hoặc bị cắt cụt, không mở được.")
TOO_DEEP = ReadError("unsafe", "Tệp Word lồng bảng hay khung quá sâu (có thể là tệp phá hoại); không đọc.")
_TOO_MUCH = "Excessive depth"  # what libxml2 says of elements nested beyond its bound
_NOT_WHOLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, etree.LxmlError)


@dataclass(frozen=True)
class PartRelation:
    """A link from one part to another: its kind (`footnotes`, `header`, …) and the target's name in the archive."""

    kind: str
    target: str


class Package:
    """The parts of one Word file. Raises ReadError: damaged, encrypted, a zip bomb, external entities."""

    def __init__(self, data: bytes) -> None:
        try:
            check_archive(data)
            self._main = _main_part(data)
        except _NOT_WHOLE as error:
            raise (TOO_DEEP if _TOO_MUCH in str(error) else _DAMAGED) from error

    @property
    def main(self) -> str:
        """The name of the part that holds the text."""
        return _name(self._main)

    @cached_property
    def _parts(self) -> dict[str, Part]:
        return {_name(part): part for part in self._main.package.iter_parts()}

    def relations(self, part: str) -> dict[str, PartRelation]:
        """What a part links to, by relationship id; links out of the file are left out."""
        if part not in self._parts:
            return {}
        return {
            identifier: PartRelation(link.reltype.rpartition("/")[2], _name(link.target_part))
            for identifier, link in self._parts[part].rels.items()
            if not link.is_external
        }

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is no such part."""
        part = self._parts.get(name)
        if part is None:
            return None
        try:
            return _root(part)
        except etree.LxmlError as error:
            raise _DAMAGED from error

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        part = self._parts.get(name)
        return None if part is None else part.blob


def _main_part(data: bytes) -> Any:
    """The main part of the file as it is, or, where python-docx refuses it, of the file with what it minds mended."""
    from docx.package import Package as WordPackage

    for archive in _ways(data):
        try:
            part = WordPackage.open(BytesIO(archive)).main_document_part
        except (KeyError, AttributeError):  # a link that leads nowhere, a part without a type, another namespace
            continue
        if _root(part) is not None:
            return part
    raise _DAMAGED


def _ways(data: bytes) -> Iterator[bytes]:
    yield data
    yield mended_archive(data)


def _root(part: Any) -> etree._Element | None:
    """The root of a part: python-docx has parsed those whose type it knows."""
    element = getattr(part, "element", None)
    if element is None:
        from docx.oxml.parser import parse_xml

        element = parse_xml(part.blob)
    root: etree._Element = element
    return root


def _name(part: Any) -> str:
    return str(part.partname).lstrip("/")
