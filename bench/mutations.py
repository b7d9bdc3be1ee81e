"""Files as mistakes, bad disks and bad will make them: the letters of `corpus/` in each format, mutated.

A mutant is drawn from a number, so that the number alone makes it again. Some mutations know nothing of a format (bytes
turned, cut, doubled, spliced); the rest go inside: into the parts of a Word file, the streams of a PDF, the marks of
HTML and RTF, the parts of a mail, where a reader gets to see them instead of a broken wrapping.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image

from bench.cases import ROOT

FAST = ("txt", "docx", "pdf", "eml", "zip")
"""Kinds that are read in a moment; the others wait for LibreOffice or for OCR."""
KINDS = (*FAST, "html", "rtf", "mht", "doc", "odt", "png", "tif")

_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483649", b"99999999999999999999", b"1e308", b"NaN", b"")
_WORDS = (b"\x00", b"\xff\xfe", "ngày 31/02/0000".encode(), b"()" * 300, b"<" * 300, "ế̂̂".encode() * 50, b"\n" * 500)
_TOKEN = re.compile(
    rb"</?[A-Za-z:]+[^<>]{0,200}>|\\[a-z]+-?\d* ?|/[A-Za-z]+|[{}\[\]()<>]|\d+(?:\.\d+)?|[^\s<>{}\\/\d]+"
)
_PACKINGS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
_MOST = 200_000
"""Bytes of a part that are mutated by tokens: beyond it only bytes are."""


def mutant(kind: str, number: int) -> bytes:
    """The mutant with a number of a kind of file (KINDS)."""
    rng = random.Random(f"{kind}-{number}")
    data = rng.choice(seeds(kind))
    inside = _INSIDE.get(kind)
    if inside is not None and rng.random() < 0.75:
        return inside(rng, data)
    return _few(rng, data, _of_bytes)


def _few(rng: random.Random, data: bytes, one: Callable[[random.Random, bytes], bytes]) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = one(rng, data)
    return data


def _of_bytes(rng: random.Random, data: bytes) -> bytes:
    """Bytes turned, put in, taken out, doubled, moved, or the end cut off."""
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((1, 2, 4, 16, 200, 5000)))
    match rng.randrange(7):
        case 0 if start < len(data):
            return data[:start] + bytes([data[start] ^ 1 << rng.randrange(8)]) + data[start + 1 :]
        case 1:
            return data[:start] + rng.randbytes(end - start) + data[end:]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]
        case 4:
            return data[:start]
        case 5:
            return data[:start] + rng.choice((*_NUMBERS, *_WORDS)) + data[end:]
    return data[end:] + data[:end]


def _of_tokens(rng: random.Random, data: bytes) -> bytes:
    """A mark, a number or a word of a text replaced, taken out, doubled, nested, or put elsewhere."""
    found = [match.span() for match in _TOKEN.finditer(data[:_MOST])]
    if not found:
        return _of_bytes(rng, data)
    start, end = rng.choice(found)
    other = slice(*rng.choice(found))
    token = data[start:end]
    new = {
        0: rng.choice(_NUMBERS) if token.isdigit() else rng.choice(_WORDS),
        1: b"",
        2: token * rng.choice((2, 3, 400)),
        3: data[other],
        4: re.sub(rb"\d+", lambda _: rng.choice(_NUMBERS), token),
    }[rng.randrange(5)]
    return data[:start] + new + data[end:]


def _text(rng: random.Random, data: bytes) -> bytes:
    if rng.random() < 0.2:
        text = data.decode("utf-8", "replace")
        return text.encode(rng.choice(("utf-16", "utf-16-be", "utf-8-sig", "cp1258", "utf-7")), "replace")
    if rng.random() < 0.4:
        lines = data.splitlines(keepends=True)
        start, end = sorted(rng.randrange(len(lines) + 1) for _ in range(2))
        part = lines[start:end]
        rng.shuffle(part)
        return b"".join([*lines[:start], *part * rng.choice((0, 1, 2, 20)), *lines[end:]])
    return _few(rng, data, _of_tokens)


def _zipped(rng: random.Random, data: bytes) -> bytes:
    """A zip file with one of its parts mutated, taken out, or there twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    place = rng.randrange(len(parts))
    name, part = parts[place]
    match rng.randrange(8):
        case 0:
            del parts[place]
        case 1:
            parts.append((name, _few(rng, part, _of_tokens)))
        case 2:
            parts[place] = (rng.choice(("../ngoài.xml", "/", "", "a" * 300, name.upper(), name + "/")), part)
        case 3:
            parts[place] = (name, mutant(rng.choice(("txt", "docx", "pdf")), rng.randrange(1 << 30)))
        case _:
            parts[place] = (name, _few(rng, part, _of_tokens))
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", rng.choice(_PACKINGS)) as new:
        warnings.simplefilter("ignore", UserWarning)  # two parts of one name are meant
        for name, part in parts:
            new.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def _pdf(rng: random.Random, data: bytes) -> bytes:
    """A PDF unpacked into plain objects and streams, of which a token is mutated; now and then packed again."""
    unpacked = _few(rng, _unpacked_pdf(data), _of_tokens)
    if rng.random() < 0.3:
        try:
            with pikepdf.open(io.BytesIO(unpacked)) as pdf:
                stream = io.BytesIO()
                pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
                return stream.getvalue()
        except (pikepdf.PdfError, RuntimeError, ValueError):
            return unpacked
    return unpacked


@cache
def _unpacked_pdf(data: bytes) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(stream, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return stream.getvalue()


def _marked(rng: random.Random, data: bytes) -> bytes:
    return _few(rng, data, _of_tokens)


_INSIDE: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "txt": _text,
    "docx": _zipped,
    "odt": _zipped,
    "zip": _zipped,
    "pdf": _pdf,
    "eml": _marked,
    "html": _marked,
    "rtf": _marked,
    "mht": _marked,
}


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """The whole files that mutants of a kind are made of."""
    if kind in ("txt", "docx", "pdf"):
        return tuple(path.read_bytes() for path in sorted((ROOT / "corpus").glob(f"[0-9]*/*.{kind}")))
    if kind in ("zip", "eml"):
        return (_wrapped(kind),)
    if kind == "mht":
        return (_web_page(),)
    if kind in ("png", "tif"):
        return (_picture(kind),)
    return _converted(kind)


def _small(kind: str) -> list[bytes]:
    """The smallest letters."""
    return sorted(seeds(kind), key=len)[:3]


def _wrapped(kind: str) -> bytes:
    files = [(f"cv {number}.{each}", _small(each)[number]) for number, each in enumerate(("txt", "docx", "pdf"))]
    if kind == "zip":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(f"đợt 1/{name}", data)
        return stream.getvalue()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.gov.vn", "b@example.gov.vn", "Gửi công văn"
    mail.set_content("Kính gửi các đồng chí công văn kèm theo.")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _web_page() -> bytes:
    page = EmailMessage()
    page.set_content(_converted("html")[0].decode("utf-8", "replace"), subtype="html")
    page.make_related()
    return page.as_bytes()


def _picture(kind: str) -> bytes:
    import pypdfium2

    page = pypdfium2.PdfDocument(_small("pdf")[0])[0]
    stream = io.BytesIO()
    image: Image.Image = page.render(scale=1.5, grayscale=True).to_pil()
    image.save(stream, {"png": "PNG", "tif": "TIFF"}[kind], **({"compression": "tiff_lzw"} if kind == "tif" else {}))
    return stream.getvalue()


def _converted(kind: str) -> tuple[bytes, ...]:
    """A small letter as LibreOffice writes it; none where there is no LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="congvan-fuzz-") as scratch:
        path = Path(scratch) / "cv.docx"
        path.write_bytes(_small("docx")[0])
        command = [program, f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", scratch, str(path)], check=True, capture_output=True, timeout=300)
        return (path.with_suffix(f".{kind}").read_bytes(),)
