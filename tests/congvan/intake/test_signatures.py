"""Signatures are checked with certificates made here, on whole files and on altered copies."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from reportlab.pdfgen.canvas import Canvas

from congvan.archive.archive import Archive
from congvan.archive.index.keys import signature_words
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from congvan.archive.verify import doubtful_signatures, verify
from congvan.intake.pipeline import ingest
from congvan.intake.quarantine import Quarantine
from congvan.intake.reparse import reparse
from congvan.intake.signed.digital_signatures import check_signatures, load_trust, with_signatures
from congvan.register.books import arrivals_book
from schemas.dispatch import Dispatch, Header
from schemas.document import Document
from schemas.source import Notice, Signature, Source

OFFICE = "UBND HUYỆN KIM BẢNG"


def plain_pdf(words: str = "So: 12/UBND-NV") -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=0)
    canvas.drawString(100, 700, words)
    canvas.save()
    return made.getvalue()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of an invented office, in `trust/`, and its key."""
    folder = tmp_path_factory.mktemp("keys")
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, OFFICE),
            x509.NameAttribute(NameOID.COMMON_NAME, "Văn phòng"),
        ]
    )
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "trust").mkdir()
    (folder / "trust" / "office.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return folder


@pytest.fixture(scope="module")
def signed(keys: Path) -> bytes:
    signer = signers.SimpleSigner.load(str(keys / "key.pem"), str(keys / "trust" / "office.pem"))
    assert signer is not None
    writer = IncrementalPdfFileWriter(io.BytesIO(plain_pdf()))
    fields.append_signature_field(writer, fields.SigFieldSpec("Chuky"))
    made = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Chuky"), signer=signer)
    return bytes(made.getvalue())


def test_a_whole_signed_file_is_intact_and_trusted_by_those_who_trust_its_issuer(signed: bytes, keys: Path) -> None:
    [trusting] = check_signatures(signed, load_trust(keys / "trust"))
    assert (trusting.by, trusting.organisation, trusting.intact, trusting.trusted) == ("Văn phòng", OFFICE, True, True)
    assert trusting.time is not None
    [stranger] = check_signatures(signed)
    assert (stranger.intact, stranger.trusted) == (True, False)


def test_a_changed_byte_is_noticed(signed: bytes) -> None:
    altered = signed.replace(b"So: 12/UBND-NV", b"So: 21/UBND-NV")
    assert altered != signed
    assert [signature.intact for signature in check_signatures(altered)] == [False]


def test_a_page_added_after_signing_is_noticed(signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = writer.root["/Pages"]["/Count"]
    writer.update_container(page)
    made = io.BytesIO()
    writer.write(made)
    assert [signature.intact for signature in check_signatures(made.getvalue())] == [False]


def sign_again(data: bytes, keys: Path, field: str, *, certify: bool = False) -> bytes:
    signer = signers.SimpleSigner.load(str(keys / "key.pem"), str(keys / "trust" / "office.pem"))
    assert signer is not None
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    box = (100, 600, 160, 620)
    fields.append_signature_field(writer, fields.SigFieldSpec(field, box=box))
    meta = signers.PdfSignatureMetadata(
        field_name=field, certify=certify, docmdp_permissions=fields.MDPPerm.FILL_FORMS, reason=field
    )
    return bytes(signers.sign_pdf(writer, meta, signer=signer).getvalue())


@pytest.fixture(scope="module")
def thrice(keys: Path) -> bytes:
    """Certified by the leader, then signed by the office, then by the gazette."""
    led = sign_again(plain_pdf(), keys, "Lanhdao", certify=True)
    return sign_again(sign_again(led, keys, "Coquan"), keys, "Congbao")


def test_signatures_after_a_certification_are_the_usual_order(thrice: bytes) -> None:
    found = check_signatures(thrice)
    assert [signature.intact for signature in found] == [True, True, True]
    times = [signature.time for signature in found]
    assert times == sorted(times, key=str)


def test_words_say_who_signed_afterwards() -> None:
    chain = [Signature(by=name, intact=True, trusted=True) for name in ("Trần Thị Lụa", "Sở Ruộng", "Sở Ruộng")]
    assert signature_words(chain) == (
        "Trần Thị Lụa: nguyên vẹn; sau đó có thêm chữ ký của Sở Ruộng; Sở Ruộng: nguyên vẹn; Sở Ruộng: nguyên vẹn"
    )


def changed(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def other_words(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 100 700 Td (So: 99) Tj ET")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)


def a_remark(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Rect"): generic.ArrayObject(map(generic.NumberObject, (90, 690, 200, 720))),
            generic.NameObject("/Contents"): generic.TextStringObject("99"),
        }
    )
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    writer.update_container(page)


def what_is_not_seen(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/LastModified"] = generic.TextStringObject("D:20250101000000")
    writer.update_container(page)


@pytest.mark.parametrize(
    ("change", "intact"),
    [(other_words, False), (a_remark, False), (what_is_not_seen, True)],
    ids=["other words", "a remark", "what is not seen"],
)
def test_only_a_change_of_what_is_seen_is_an_alarm(
    thrice: bytes, change: Callable[[IncrementalPdfFileWriter], None], intact: bool
) -> None:
    found = check_signatures(changed(thrice, change))
    assert [signature.intact for signature in found] == [intact] * 3


def test_a_change_between_two_signatures_breaks_the_first_only(signed: bytes, keys: Path) -> None:
    again = sign_again(changed(signed, other_words), keys, "Coquan")
    assert [signature.intact for signature in check_signatures(again)] == [False, True]


def test_an_unsigned_file_has_no_signatures() -> None:
    assert check_signatures(plain_pdf()) == ()


def test_a_wreck_is_reported_not_raised(signed: bytes) -> None:
    assert [signature.intact for signature in check_signatures(signed[: len(signed) // 2] + b"/ByteRange")] == [None]


def test_no_trust_folder_trusts_nobody(tmp_path: Path) -> None:
    assert load_trust(tmp_path / "none") == []


def test_the_record_says_what_does_not_hold_and_is_offered_the_day() -> None:
    source = Source(name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, reader="pdf")
    notice = Notice(code="handwritten", message="Ngày viết tay.", pointer="/header/date")
    record = Dispatch(id="0" * 64, source=source, header=Header(), warnings=(notice,))
    time = dt.datetime(2024, 8, 5, 18, 30, tzinfo=dt.UTC)
    one = with_signatures(record, (Signature(by="A", time=time, intact=True), Signature(by="B", intact=False)))
    assert one.header.date is None
    found = [(warning.code, warning.suggested) for warning in one.warnings]
    assert found == [("handwritten", "2024-08-06"), ("signature", None)]
    assert with_signatures(record, ()) == record


def test_the_outcome_stands_in_the_book_and_in_verify(tmp_path: Path) -> None:
    source = Source(
        name="a.pdf",
        media_type="application/pdf",
        size=1,
        sha256=hashlib.sha256(b"a").hexdigest(),
        reader="pdf",
        signatures=(Signature(by="Văn phòng", intact=False, trusted=False),),
    )
    record = Dispatch(id=source.sha256, source=source, header=Header(so_hieu="12/UBND-NV"))
    archive = Archive(tmp_path / "archive")
    archive.add(b"a", pack(Document(source=source).json_pieces()), record, Seen("/a.pdf", 1, 1, record.id, "done"))
    archive.arrive(record.id, dt.date(2024, 8, 5), None, None, "bản sao")
    [row] = arrivals_book(archive.engine, 2024, {}).rows
    assert row[-1] == "bản sao; Chữ ký số: Văn phòng: BỊ THAY ĐỔI sau khi ký"
    assert list(verify(archive)) == []
    assert ["BỊ THAY ĐỔI" in doubt.what for doubt in doubtful_signatures(archive)] == [True]


def test_a_new_reading_keeps_the_signatures(tmp_path: Path, signed: bytes) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    archive = Archive(tmp_path / "archive")
    ingest([path], archive, Quarantine(tmp_path / "quarantine"))
    [(_, record, changed)] = reparse(archive)
    assert not changed and [signature.intact for signature in record.source.signatures] == [True]
