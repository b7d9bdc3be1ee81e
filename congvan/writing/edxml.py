"""The edXML envelope of a dispatch (QCVN 102:2016/BTTTT), as gateways write it: a draft, not validated.

The regulation's own tables were not at hand; names and order follow messages of working gateways. Codes of bodies
(OrganId) are left empty: they are assigned by the State and stand in no dispatch.
"""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as Tree

from schemas.dispatch import Dispatch

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_PRIORITY = {"KHẨN": "1", "THƯỢNG KHẨN": "2", "HỎA TỐC": "3", "HOẢ TỐC": "3"}
_NOTICE = " Bản nháp: chưa được kiểm tra theo lược đồ của QCVN 102:2016/BTTTT. "


def edxml(dispatch: Dispatch, type_name: str | None) -> str:
    """The envelope as indented XML. `type_name` is the Vietnamese name of the dispatch's type."""
    Tree.register_namespace("edXML", NAMESPACE)
    root = Tree.Element(_name("edXML"))
    root.append(Tree.Comment(_NOTICE))
    envelope = _add(root, "edXMLEnvelope")
    header = _add(envelope, "edXMLHeader")
    _message_header(_add(header, "MessageHeader"), dispatch, type_name)
    _trace(_add(header, "TraceHeaderList"), dispatch)
    _manifest(_add(_add(envelope, "edXMLBody"), "edXMLManifest"), dispatch)
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Tree.Element, name: str, text: str | None = None) -> Tree.Element:
    made = Tree.SubElement(parent, _name(name))
    made.text = text
    return made


def _message_header(message: Tree.Element, dispatch: Dispatch, type_name: str | None) -> None:
    header = dispatch.header
    sender = _add(message, "From")
    _add(sender, "OrganId")
    _add(sender, "OrganizationInCharge", header.parent_body)
    _add(sender, "OrganName", header.issuing_body)
    for recipient in header.recipients:
        to = _add(message, "To")
        _add(to, "OrganId")
        _add(to, "OrganName", recipient)
    code = _add(message, "Code")
    _add(code, "CodeNumber", str(header.number) if header.number is not None else None)
    _add(code, "CodeNotation", header.symbol)
    issued = _add(message, "PromulgationInfo")
    _add(issued, "Place", header.place)
    _add(issued, "PromulgationDate", _day(header.date))
    kind = _add(message, "DocumentType")
    _add(kind, "TypeName", type_name)
    _add(message, "Subject", header.subject)
    for signer in header.signers:
        info = _add(message, "SignerInfo")
        _add(info, "Competence", signer.authority)
        _add(info, "Position", signer.title)
        _add(info, "FullName", signer.name)
    due = min((deadline.due for deadline in dispatch.deadlines if deadline.due), default=None)
    _add(message, "DueDate", _day(due))
    places = _add(message, "ToPlaces")
    for delivery in header.distribution:
        _add(places, "Place", delivery.name)
    other = _add(message, "OtherInfo")
    _add(other, "Priority", _PRIORITY.get(header.urgency or "", "0"))
    _add(other, "PageAmount", str(dispatch.source.pages) if dispatch.source.pages else None)
    _add(message, "DocumentId", f",{_day(header.date) or ''},{header.so_hieu or ''}")


def _trace(trace: Tree.Element, dispatch: Dispatch) -> None:
    business = _add(trace, "Bussiness")  # so spelt in the messages
    _add(business, "BussinessDocType", "0")
    _add(business, "DocumentId", f",{_day(dispatch.header.date) or ''},{dispatch.header.so_hieu or ''}")


def _manifest(manifest: Tree.Element, dispatch: Dispatch) -> None:
    reference = _add(manifest, "Reference")
    _add(reference, "AttachmentName", dispatch.source.name)
    _add(reference, "ContentType", dispatch.source.media_type)
    _add(reference, "ContentId", dispatch.source.sha256)


def _day(day: dt.date | None) -> str | None:
    return f"{day:%Y/%m/%d}" if day else None
