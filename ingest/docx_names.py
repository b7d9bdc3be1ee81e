"""Names of WordprocessingML (ISO/IEC 29500-1) that the Word reader meets, and small helpers to read them."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"

VAL = f"{W}val"
_OFF = {"0", "false", "off", "none"}


def value(parent: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child `w:<name>`, or None."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def flag(parent: etree._Element | None, name: str) -> bool | None:
    """An on/off property: None where it is not said."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL) not in _OFF


def number(parent: etree._Element | None, name: str) -> int | None:
    """`w:val` of the child `w:<name>` as a whole number, or None where it is none."""
    text = value(parent, name)
    return int(text) if text is not None and text.lstrip("-").isdigit() else None
