"""Properties of elements of WordprocessingML (ISO/IEC 29500-1), read by tag; the names are python-docx's."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import nsmap
from lxml import etree

W, WP, R, M = (f"{{{nsmap[prefix]}}}" for prefix in ("w", "wp", "r", "m"))
# python-docx has no prefix for these.
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

VAL = f"{W}val"
_OFF = {"0", "false", "off", "none"}

Properties = Mapping[str, etree._Element]
"""The children of an element by their tags: one walk over them costs what `find` takes for two of them."""
_NONE: Properties = {}


def properties(parent: etree._Element | None) -> Properties:
    """The children of this element."""
    return _NONE if parent is None else {child.tag: child for child in parent}


def properties_in(parent: etree._Element, tag: str) -> Properties:
    """The children of this element's first child of that tag, such as `w:pPr`: it stands at the beginning."""
    for child in parent:
        if child.tag == tag:
            return properties(child)
    return _NONE


def value(said: Properties, name: str) -> str | None:
    """`w:val` of the child `w:<name>`, or None."""
    child = said.get(W + name)
    return None if child is None else child.get(VAL)


def flag(said: Properties, name: str) -> bool | None:
    """An on/off property: None where it is not said."""
    child = said.get(W + name)
    return None if child is None else child.get(VAL) not in _OFF


def number(said: Properties, name: str) -> int | None:
    """`w:val` of the child `w:<name>` as a whole number, or None where it is none."""
    text = value(said, name)
    return int(text) if text is not None and text.lstrip("-").isdigit() else None
