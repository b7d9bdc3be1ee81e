"""Digital signatures of a PDF: unaltered since signing or not, by whom, when, and by which issuer of certificates.

Nghị định 30/2020/NĐ-CP, Điều 21 khoản 2, obliges the clerk to check the authenticity and integrity of an electronic
dispatch on arrival. Which issuers are trusted is for the office to say: the certificates in its trust folder.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvan.intake.signed.pen_days import judged_by_signing
from parsers.parse import parse
from schemas.dispatch import Dispatch
from schemas.document import Document
from schemas.source import Notice, Signature, Suggestion

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_ZONE = dt.timezone(dt.timedelta(hours=7))
_SIGNED = b"/ByteRange"
_HARMLESS = {"NONE", "LTA_UPDATES", "FORM_FILLING"}
_CERTIFICATES = {".pem", ".crt", ".cer", ".der"}


def load_trust(folder: Path) -> list[Certificate]:
    """The certificates of trusted issuers in a folder (.pem, .crt, .cer, .der); none where there is no folder."""
    from pyhanko.keys import load_certs_from_pemder

    paths = [path for path in sorted(folder.glob("*")) if path.suffix.lower() in _CERTIFICATES]
    return list(load_certs_from_pemder([str(path) for path in paths]))


def check_signatures(data: bytes, trust: Sequence[Certificate] = ()) -> tuple[Signature, ...]:
    """All signatures of a PDF with what the check says; empty for a file that bears none.

    `intact` is None where the signature itself cannot be read.
    """
    if _SIGNED not in data:
        return ()
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # an untrusted issuer is an outcome here, not an error
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
    except (PdfError, ValueError, KeyError, TypeError):
        return (Signature(),)
    return tuple(_check(signature, trust) for signature in sorted(found, key=lambda one: one.signed_revision))


def _check(signature: Any, trust: Sequence[Certificate]) -> Signature:
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    from congvan.intake.signed.signed_changes import ANY_ORDER

    context = ValidationContext(trust_roots=list(trust), allow_fetching=False)
    try:
        status = validate_pdf_signature(signature, context, diff_policy=ANY_ORDER)
    except (SignatureValidationError, SigningError, ValueError, KeyError, TypeError):
        return Signature(by=_name(signature))
    subject = signature.signer_cert.subject.native
    issuer = signature.signer_cert.issuer.native
    return Signature(
        by=subject.get("common_name"),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(issuer.get("common_name")),
        time=signature.self_reported_timestamp,
        intact=bool(status.intact and status.valid and _is_whole(signature, status)),
        trusted=bool(status.trusted),
    )


def _is_whole(signature: Any, status: Any) -> bool:
    """Whether a signature covers all of the file as it was then, and nothing that is seen was changed afterwards."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation import SignatureCoverageLevel

    from congvan.intake.signed.signed_changes import pages_changed

    if status.coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION):
        return False
    level = status.modification_level
    if level is None or level.name in _HARMLESS:
        return True
    try:
        return not pages_changed(signature.reader, signature.signed_revision)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _name(signature: Any) -> str | None:
    """The signer's name where at least the certificate can be read."""
    try:
        return _text(signature.signer_cert.subject.native.get("common_name"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value) if value else None


def parse_signed(document: Document, signatures: tuple[Signature, ...]) -> Dispatch:
    """The record of a document whose signatures are known: the day of issue is held against their times."""
    source = document.source.model_copy(update={"signatures": signatures})
    return with_signatures(parse(document.model_copy(update={"source": source})), signatures)


def with_signatures(record: Dispatch, signatures: tuple[Signature, ...]) -> Dispatch:
    """The record with its signatures, a warning for each that does not hold, and a day offered where none was read."""
    if not signatures:
        return record
    source = record.source.model_copy(update={"signatures": signatures})
    broken = [_complaint(signature, place) for place, signature in enumerate(signatures) if not signature.intact]
    days = [signature.time.astimezone(_ZONE).date() for signature in signatures if signature.time]
    record = record.model_copy(update={"source": source})
    if days:
        judged = judged_by_signing(record, min(days))
        offered = tuple(_offer(notice, judged.header.date, days[0]) for notice in judged.warnings)
        record = judged.model_copy(update={"warnings": offered})
    return record.model_copy(update={"warnings": (*record.warnings, *broken)})


def _complaint(signature: Signature, place: int) -> Notice:
    by = signature.by or "không rõ người ký"
    what = "không đọc được" if signature.intact is None else "không khớp: tệp đã bị thay đổi sau khi ký"
    return Notice(code="signature", message=f"Chữ ký số của {by} {what}.", pointer=f"/source/signatures/{place}")


def _offer(notice: Notice, read: dt.date | None, signed: dt.date) -> Notice:
    """A signature's day is a suggestion for a day that was not read: dispatches are often signed on the day after.

    It stands behind what was read at the place itself, and never instead of it.
    """
    day = signed.isoformat()
    if notice.pointer != "/header/date" or read == signed or day in [one.value for one in notice.suggestions]:
        return notice
    seen = (*notice.suggestions, Suggestion(value=day, source="signature_time"))
    return notice.model_copy(update={"suggestions": seen})
