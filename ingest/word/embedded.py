"""What lies inside a Word file as a file of its own: embedded objects, packages, and chunks of other formats.

ISO/IEC 29500-1, 17.3.3.19 (object), 17.17.2.1 (altChunk); [MS-OLEDS] 2.3.6 (OLENativeStream).
"""

from __future__ import annotations

import logging
from io import BytesIO

from lxml import etree

from ingest.word.element_properties import R
from ingest.word.package import Package

_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_KINDS = ("oleObject", "package", "aFChunk")
# Drawn like pictures: nobody has to open them.
_NO_FILES = ("equation", "mathtype", "paint", "pbrush", "msphoto", "picture", "visio", "mspaint", "msgraph", "chart")
_NATIVE = "\x01Ole10Native"
_NAME_AT, _LONGEST = 6, 260

_log = logging.getLogger("congvan.steps")


def embedded_names(package: Package, root: etree._Element) -> list[str]:
    """The names of the files embedded in the body of a Word file, as far as it says them."""
    programs = {shape.get(f"{R}id", ""): shape.get("ProgID", "") for shape in root.iter(_OBJECT)}
    names = []
    for identifier, relation in package.relations(package.main).items():
        program = programs.get(identifier, "")
        if relation.kind not in _KINDS or program.lower().startswith(_NO_FILES):
            continue
        file_name = relation.target.rpartition("/")[2]
        own = _packed_name(package.data(relation.target)) if relation.kind == "oleObject" else None
        names.append(own or (f"{file_name} ({program})" if program else file_name))
    return names


def _packed_name(data: bytes | None) -> str | None:
    """The name of the file that an object of kind Package wraps; None for any other object."""
    if data is None:
        return None
    import olefile  # loaded with the first such object

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            if not ole.exists(_NATIVE):
                return None
            packed = ole.openstream(_NATIVE).read(_NAME_AT + _LONGEST)
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged object makes of it; the object is named by its part
        _log.debug("an embedded object cannot be opened", exc_info=True)
        return None
    raw = packed[_NAME_AT:].split(b"\0")[0]
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding) or None
        except UnicodeDecodeError:
            continue
    return None
