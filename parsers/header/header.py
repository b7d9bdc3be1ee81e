"""The header of a dispatch: letterhead, Kính gửi, Nơi nhận and signature block, each value with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from form.number_line import regime_of
from form.ocr_doubts import is_doubtful, is_ocr, is_unsure
from form.offices import mark_of
from form.spans import Span, join_spans, trimmed, whole
from parsers.closing.recipients import joint_purpose, read_distribution, read_recipients
from parsers.closing.signature import SignatureLines, sort_closing
from parsers.header.blank_fields import is_draft, warn_absent, warn_date, warn_draft, warn_number
from parsers.header.head_lines import HeadLines, sort_head
from parsers.header.inferred import infer
from parsers.header.issuing_bodies import read_bodies
from parsers.header.pen_fields import line_place, write_date, write_number
from parsers.header.respell import disputed_subject, respell_header, tell_respelt
from parsers.header.subject import read_doc_type, read_subject
from parsers.record.passage import Passage
from parsers.record.showing import show
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.base import Box
from schemas.dispatch import Delivery, Evidence, EvidenceOrigin, Header, Regime
from schemas.document import Paragraph
from vietnamese.fold import fold
from vietnamese.surnames import is_surname, lacks_mark
from vietnamese.syllables import is_syllable

_DEPUTY = re.compile(r"\W*k\s*/?\s*t\b")
_PEN_BEFORE = 4.0
"""How far before a title, in heights of its line, a pen writes what it lacks."""
Fields = dict[str, Any]
"""Some fields of a header, by name; validated when the header is made."""


def read_header(parts: Parts, trail: Trail) -> tuple[Regime | None, Header]:
    """The regime and the header of one dispatch; evidence and warnings go to `trail`.

    Without a letterhead the captions of the appendices are asked (Phụ lục I of Nghị định 30/2020 has them name the
    dispatch); what they give says so in its evidence.
    """
    lines = sort_head(parts.head)
    regime = lines.regime or (regime_of(lines.number[0].text) if lines.number else None)
    fields: Fields = {
        **_number_fields(lines, parts, trail),
        **_date_fields(lines, parts, trail),
        **_body_fields(lines, trail),
        **_subject_fields(lines, trail),
        **_mark_fields(lines, parts, trail),
        **_closing_fields(parts, trail),
        "recipients": _recipients(lines, trail),
        **_draft_field(lines, parts, trail),
    }
    warn_absent(lines, parts, trail)
    fields["doc_type"] = read_doc_type(lines, fields["symbol"], regime)
    _show_type(lines, fields["doc_type"], trail)
    read = Header.model_validate(fields)
    if disputed := disputed_subject(read.subject, parts):
        message = f"Trong văn bản có cả «{disputed[0]}» và «{disputed[1]}»; cần xem lại bản gốc."
        trail.warn("subject_conflict", message, "/header/subject")
    header = respell_header(read, parts)
    tell_respelt(read, header, trail)
    return infer(parts, lines, regime, header, trail)


def _number_fields(lines: HeadLines, parts: Parts, trail: Trail) -> Fields:
    if lines.number is None:
        return {"number": None, "symbol": None, "so_hieu": None}
    paragraph, found = lines.number
    symbol = (paragraph, *found.symbol_span)
    show(trail, "/header/symbol", [symbol], "letterhead")
    written = write_number(paragraph, found, parts, trail)
    if written is not None:
        return {"number": written.number, "symbol": written.symbol, "so_hieu": written.so_hieu}
    digits = trimmed((paragraph, *found.number_span), " .,:;_")
    if found.number is not None and is_ocr(paragraph) and (is_doubtful(digits) or not found.labelled):
        found = replace(found, number=None, so_hieu=None)
        warn_number(paragraph, found, parts, trail, digits[0].text[digits[1] : digits[2]])
    elif found.number is not None:
        show(trail, "/header/number", [digits], "letterhead")
        show(trail, "/header/so_hieu", [trimmed((paragraph, found.number_span[0], found.end), " .,:;_")], "letterhead")
    else:
        warn_number(paragraph, found, parts, trail)
    return {"number": found.number, "symbol": found.symbol, "so_hieu": found.so_hieu}


def _date_fields(lines: HeadLines, parts: Parts, trail: Trail) -> Fields:
    if lines.place_date is None:
        return {}
    paragraphs, found = lines.place_date
    passage = Passage.of(paragraphs)
    place = passage.text[slice(*found.place)].strip(" .,:;*_-–|'\"()[]") or None
    if place:
        start = passage.text.index(place)
        trail.show("/header/place", passage.evidence(start, start + len(place), "letterhead"))
    dated = passage.evidence(*found.date_span, "letterhead")
    if found.date is not None and len(paragraphs) == 1 and is_doubtful((paragraphs[0], *found.day_span)):
        warn_date(paragraphs, replace(found, misread=True), parts, trail)
        found = replace(found, date=None)
    elif found.date is not None:
        trail.show("/header/date", dated)
    elif (written := write_date(paragraphs, found, parts, trail)) is not None:
        found = replace(found, date=written)
    else:
        warn_date(paragraphs, found, parts, trail)
    if found.year is not None:
        trail.show("/header/year", dated)
    return {"place": place, "date": found.date, "year": found.year}


def _body_fields(lines: HeadLines, trail: Trail) -> Fields:
    symbol = lines.number[1].symbol if lines.number else None
    parent, issuer, name = read_bodies(lines.bodies, symbol)
    if parent:
        show(trail, "/header/parent_body", parent, "letterhead")
        _warn_unsure(trail, "/header/parent_body", parent)
    if issuer:
        show(trail, "/header/issuing_body", issuer, "letterhead")
        _warn_unsure(trail, "/header/issuing_body", issuer)
    elif lines.heading is not None:
        trail.warn("not_found", "Không đọc được tên cơ quan ban hành.", "/header/issuing_body")
    return {"parent_body": join_spans(parent) or None, "issuing_body": name}


def _subject_fields(lines: HeadLines, trail: Trail) -> Fields:
    subject, spans = read_subject(lines.subject)
    if subject:
        show(trail, "/header/subject", spans, "letterhead")
        _warn_unsure(trail, "/header/subject", spans)
    return {"subject": subject}


def _mark_fields(lines: HeadLines, parts: Parts, trail: Trail) -> Fields:
    fields: Fields = _stamped_marks(lines, parts, trail)
    for name, mark in (("urgency", lines.urgency), ("secrecy", lines.secrecy)):
        if mark is not None:
            fields[name] = mark[0]
            show(trail, f"/header/{name}", [mark[1]], "letterhead")
    return fields


def _draft_field(lines: HeadLines, parts: Parts, trail: Trail) -> Fields:
    draft = is_draft(lines, parts)
    blanks = [lines.draft] if lines.draft else []
    if lines.number is not None and lines.number[1].blank:
        blanks.append(whole(lines.number[0]))
    if lines.place_date is not None and lines.place_date[1].blank:
        blanks.extend(map(whole, lines.place_date[0]))
    if draft:
        show(trail, "/header/is_draft", blanks, "letterhead")
    else:
        warn_draft(lines, parts, trail)
    return {"is_draft": draft}


def _stamped_marks(lines: HeadLines, parts: Parts, trail: Trail) -> Fields:
    """Urgency and secrecy from stamps that the reader set apart on the first page."""
    page = lines.heading.page if lines.heading else 1
    fields: Fields = {}
    for item in parts.furniture:
        found = mark_of(item.text) if item.kind in ("stamp", "annotation") and item.page == page else None
        if found is not None and found[0] != "draft":
            fields[found[0]] = found[1]
            evidence = Evidence(
                page=item.page, bbox=item.box, quote=item.text, origin="letterhead", confidence=item.confidence or 1.0
            )
            trail.show(f"/header/{found[0]}", [evidence])
    return fields


def _show_type(lines: HeadLines, doc_type: str | None, trail: Trail) -> None:
    if doc_type is None:
        return
    if lines.title is not None:
        show(trail, "/header/doc_type", [lines.title], "letterhead")
    elif lines.number is not None:
        origin: EvidenceOrigin = "inferred"
        show(trail, "/header/doc_type", [(lines.number[0], *lines.number[1].symbol_span)], origin)


def _recipients(lines: HeadLines, trail: Trail) -> tuple[str, ...]:
    entries = read_recipients(lines.recipients)
    for index, entry in enumerate(entries):
        show(trail, f"/header/recipients/{index}", entry.spans, "letterhead")
        _warn_unsure(trail, f"/header/recipients/{index}", entry.spans)
    return tuple(entry.text for entry in entries)


def _from_scan(span: Span) -> bool:
    return is_ocr(span[0])


def _warn_unsure(trail: Trail, pointer: str, spans: Sequence[Span]) -> None:
    if any(map(is_unsure, spans)):
        trail.warn("unsure_reading", "Có chữ đọc không rõ trên ảnh quét; cần người xem lại.", pointer)


def _is_partial(signature: SignatureLines) -> bool:
    """Whether a part of what was signed is hidden: the name, a letter or mark of it, the deputy's title below KT."""
    name = join_spans([signature.name]) if signature.name else ""
    misread = any(word[:1].isupper() and word.isalpha() and not is_syllable(word) for word in name.split())
    stands_in = any(_DEPUTY.match(fold(join_spans([span]))) for span in signature.authority)
    if not name or misread or lacks_mark(name.split()[0]) or (stands_in and not signature.title):
        return True
    # A name that begins with no surname (behind a degree, perhaps) has lost its first word or letters of it.
    proper = [word for word in name.split() if word.isalpha() and word.istitle()]
    return bool(proper) and not is_surname(proper[0])


def _warn_deputy(trail: Trail, pointer: str, signature: SignatureLines) -> None:
    """Warnings where a scan shows a deputy, or ink before a head's title, and no KT. was read."""
    if signature.office is not None:
        message = "Chức vụ người ký bị che một phần, suy từ chức vụ người đứng đầu ở trên; cần người xem lại."
        trail.warn("under_stamp", message, f"{pointer}/title", signature.office)
    if signature.cut is not None:
        message = "Phần đầu của chức vụ người ký bị che; cần người xem lại."
        trail.warn("under_stamp", message, f"{pointer}/title", signature.cut)
    if signature.head is None:
        return
    message = "Không đọc được quyền ký ghi trước chức vụ người đứng đầu (thường là «KT.» viết tay); cần người xem lại."
    authority, place = join_spans(signature.authority), _before_title(signature)
    suggested = f"{authority} KT. {signature.head}".strip()
    trail.warn("handwritten", message, f"{pointer}/authority", suggested, "form", place)
    if not signature.title:
        message = "Có chữ viết tay trước chức vụ, chức vụ người ký có thể là cấp phó; cần người xem lại."
        trail.warn("handwritten", message, f"{pointer}/title", f"PHÓ {signature.head}", "form", place)


def _before_title(signature: SignatureLines) -> tuple[int | None, Box | None]:
    """Where a pen may have written `KT.` or `PHÓ`: before the printed title, and the title itself."""
    spans = signature.unmarked or signature.title or signature.authority
    page, box = line_place(spans[0][0]) if spans else (None, None)
    if box is None:
        return page, None
    height = box[3] - box[1]
    return page, (max(0.0, box[0] - _PEN_BEFORE * height), box[1] - height / 2, box[2], box[3] + height / 2)


def _warn_joint_purpose(trail: Trail, closing: Sequence[Paragraph], deliveries: Sequence[Delivery]) -> None:
    """Warnings at the items without a purpose where a purpose stands beside the list, behind a brace over several."""
    purpose = next(filter(None, map(joint_purpose, closing)), None)
    for index, delivery in enumerate(deliveries):
        if purpose and delivery.purpose is None and not fold(delivery.name).startswith("nhu "):
            message = f"Mục đích gửi «{purpose}» ghi chung cho nhiều nơi nhận; cần xem lại bản gốc."
            trail.warn("joint_purpose", message, f"/header/distribution/{index}", purpose)


def _closing_fields(parts: Parts, trail: Trail) -> Fields:
    items, signatures = sort_closing(parts.closing, parts.signers)
    distribution = read_distribution(items)
    for index, (_, spans) in enumerate(distribution):
        show(trail, f"/header/distribution/{index}", spans, "signature_block")
        _warn_unsure(trail, f"/header/distribution/{index}", spans)
    _warn_joint_purpose(trail, parts.closing, [delivery for delivery, _ in distribution])
    for index, signature in enumerate(signatures):
        pointer = f"/header/signers/{index}"
        show(trail, pointer, signature.spans, "signature_block")
        scanned = any(map(_from_scan, signature.spans))
        _warn_deputy(trail, pointer, signature)
        if signature.half_name is not None:
            message = "Tên người ký bị chữ ký, con dấu che một phần; cần người xem lại."
            trail.warn("under_stamp", message, f"{pointer}/name", join_spans([signature.half_name]))
        if signature.name is None and not scanned:
            trail.warn("not_found", "Không thấy tên người ký; cần người xem lại.", pointer)
        elif any(map(is_doubtful, signature.spans)) or (scanned and _is_partial(signature)):
            trail.warn("under_stamp", "Chữ ký, con dấu che tên hoặc chức vụ người ký; cần người xem lại.", pointer)
    if distribution and not signatures:
        trail.warn("not_found", "Không thấy người ký; cần người xem lại.", "/header/signers")
    return {
        "distribution": tuple(delivery for delivery, _ in distribution),
        "signers": tuple(signature.signer() for signature in signatures),
    }
