"""What a person should look at in the header: values that rest on words OCR was not sure of, and what was not found."""

from __future__ import annotations

import re
import unicodedata

from parsers.record.trail import Trail
from schemas.dispatch import Header
from schemas.doubts import LOOK_AT, code_of
from vietnamese.fold import fold
from vietnamese.tones import tone_key

# Abbreviations are capitals without tones (and `r` in TTr, CTr): after an I no small letter stands (`TIr` is TTr).
_MISREAD = re.compile(r"I[a-z]|[\u0300\u0301\u0303\u0309\u0323]")
_UPRIGHT = re.compile(r"I[I1][A-ZĐ]|[A-ZĐ/-]1+[A-ZĐ]|(?:^|[/-])I(?=$|[/-])")
"""What OCR makes of TT in a picture: two upright strokes inside an abbreviation (`MIIW`), or one that is left of it."""

_OF_STAMP = re.compile(r"\b(?:so|ngay)\s?:\s?\d+\b(?!/[a-z])|den\s+so\s?:")

_NOT_FOUND = {
    "issuing_body": ("/header/issuing_body", "Không thấy tên cơ quan ban hành."),
    "so_hieu": ("/header/number", "Không thấy số, ký hiệu của văn bản."),
    "date": ("/header/date", "Không thấy ngày ban hành."),
    "subject": ("/header/subject", "Không thấy trích yếu."),
    "signers": ("/header/signers", "Không thấy người ký."),
}
"""Each dispatch has these (Nghị định 30/2020, article 8; the Party: Hướng dẫn 36-HD/VPTW): what is null is named."""

_GIVES_TASKS = {"chi_thi", "cong_dien", "ke_hoach", "chuong_trinh"}


def warn_absent_header(header: Header, trail: Trail) -> None:
    """A warning for each component of form that was not found, where no other warning says so already."""
    if "/header" in trail.asked:
        return
    for name, (pointer, message) in _NOT_FOUND.items():
        known = trail.asks_below(pointer) or trail.asks_below(f"/header/{name}")
        if not getattr(header, name) and not known:
            trail.warn("not_found", message, pointer)


def warn_absent_directives(doc_type: str | None, found: bool, trail: Trail) -> None:
    """A warning where a type of dispatch that exists to give tasks gave none."""
    if doc_type in _GIVES_TASKS and not found:
        trail.warn("not_found", "Không thấy nhiệm vụ nào trong văn bản.", "/directives")


def warn_doubtful_header(header: Header, trail: Trail) -> None:
    """A warning for each field of the header whose evidence is weak, where nothing else warns of it yet.

    A symbol that OCR was sure of is doubted all the same where no abbreviation is written so.
    """
    read = any(one.confidence < 1 for one in trail.evidence.get("/header/symbol", ()))
    symbol = header.symbol or ""
    if _MISREAD.search(unicodedata.normalize("NFD", symbol)) or (read and _UPRIGHT.search(symbol)):
        for pointer in ("/header/symbol", "/header/so_hieu"):
            message = f"Ký hiệu «{header.symbol}» có chữ không dùng khi viết tắt, cần xem lại bản gốc."
            trail.warn("misread_word", message, pointer)
    _warn_spelt_otherwise(header, trail)
    _warn_stamped(header, trail)
    warned = set(trail.asked)
    for pointer, shown in list(trail.evidence.items()):
        if not pointer.startswith("/header/") or pointer in warned:
            continue
        weak = [one for one in shown if one.confidence < LOOK_AT]
        if weak:
            quote = " ".join(one.quote for one in weak)
            code = code_of({doubt for one in weak for doubt in one.doubts})
            trail.warn(code, f"«{quote}» đọc chưa chắc chắn, cần xem lại bản gốc.", pointer)


def _warn_spelt_otherwise(header: Header, trail: Trail) -> None:
    """Warnings where a scan's place has other marks than the same words in the name of a body above it."""
    read = any(one.confidence < 1 for one in trail.evidence.get("/header/place", ()))
    if not header.place or not read:
        return
    place = tone_key(header.place.lower())
    for name in ("issuing_body", "parent_body"):
        body = getattr(header, name)
        found = re.search(rf"\b{re.escape(fold(place))}\b", fold(body or ""))
        if found and tone_key(body.lower())[slice(*found.span())] != place:
            message = f"Địa danh «{header.place}» và tên cơ quan «{body}» viết dấu khác nhau, cần xem lại bản gốc."
            for pointer in ("/header/place", f"/header/{name}"):
                trail.warn("spelt_otherwise", message, pointer)
            return


def _warn_stamped(header: Header, trail: Trail) -> None:
    """A warning where words of an arrival stamp (`Số: 6766`, `Ngày: 10/11`) stand in a name or in the trích yếu."""
    for name in ("parent_body", "issuing_body", "subject", "place"):
        if _OF_STAMP.search(fold(getattr(header, name) or "")):
            trail.warn("under_stamp", "Có chữ của dấu đến lẫn vào, cần xem lại bản gốc.", f"/header/{name}")
