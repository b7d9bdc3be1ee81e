"""What the captions of the appendices say of a dispatch whose letterhead is missing, or against its letterhead."""

from __future__ import annotations

from typing import Any

from form.number_line import regime_of
from form.spans import Span, join_spans
from parsers.header.head_caption import HeadCaption, full_issuer, read_captions
from parsers.header.head_lines import HeadLines
from parsers.record.showing import show
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.dispatch import Header, Regime
from schemas.document import Paragraph


def infer(
    parts: Parts, lines: HeadLines, regime: Regime | None, header: Header, trail: Trail
) -> tuple[Regime | None, Header]:
    """The regime and header with what only a caption tells; warnings where a caption differs from the letterhead."""
    captions = [caption for caption in read_captions(parts) if _is_own(caption, header)]
    _warn_conflicts(captions, header, trail)
    if lines.heading is not None or lines.number is not None:
        return regime, header
    trail.warn("no_letterhead", "Văn bản không có phần đầu (cơ quan ban hành, số, ngày).", "/header")
    if not captions:
        return regime, header
    first = captions[0]
    update = {**_number(first, header, trail), **_date(first, header, trail), **_issuer(first, header, parts, trail)}
    if header.doc_type is None and first.kind is not None:
        update["doc_type"] = first.kind
        show(trail, "/header/doc_type", [first.sign_span], "caption")
    return regime or regime_of(_text(first.sign_span)), header.model_copy(update=update)


def _is_own(caption: HeadCaption, header: Header) -> bool:
    """Whether a caption names this dispatch: the same số hiệu, as far as both are known, or the same ký hiệu."""
    if caption.number is None or header.symbol is None:
        return True
    return caption.number.symbol == header.symbol and (
        header.number is None or caption.number.number in (None, header.number)
    )


def _warn_conflicts(captions: list[HeadCaption], header: Header, trail: Trail) -> None:
    for caption in captions:
        date = caption.date.date if caption.date else None
        if header.date is not None and date is not None and date != header.date and header.number is not None:
            message = f"Phụ lục ghi ngày {date:%d/%m/%Y}, khác ngày {header.date:%d/%m/%Y} ở đầu văn bản."
            trail.other_days.append(date)
            trail.warn("date_conflict", message, "/header/date", date.isoformat())
            return


def _number(caption: HeadCaption, header: Header, trail: Trail) -> dict[str, Any]:
    found = caption.number
    if found is None or header.symbol is not None:
        return {}
    for name in ("symbol", "number", "so_hieu"):
        if getattr(found, name) is not None:
            show(trail, f"/header/{name}", [caption.sign_span], "caption")
    return {"number": found.number, "symbol": found.symbol, "so_hieu": found.so_hieu}


def _date(caption: HeadCaption, header: Header, trail: Trail) -> dict[str, Any]:
    if caption.date is None or caption.date_span is None or header.date is not None:
        return {}
    if caption.date.date is not None:
        show(trail, "/header/date", [caption.date_span], "caption")
    if caption.date.year is not None:
        show(trail, "/header/year", [caption.date_span], "caption")
    return {"date": caption.date.date, "year": caption.date.year}


def _issuer(caption: HeadCaption, header: Header, parts: Parts, trail: Trail) -> dict[str, Any]:
    if header.issuing_body is not None:
        return {}
    short = join_spans([caption.issuer_span]).strip(" .,;:*)")
    body = [block for block in (*parts.body, *parts.closing) if isinstance(block, Paragraph)]
    name = full_issuer(short, body)
    spans: list[Span] = [caption.issuer_span]
    for block in body:
        if name != short and name in block.text:
            start = block.text.index(name)
            spans.append((block, start, start + len(name)))
            break
    show(trail, "/header/issuing_body", spans, "inferred" if name != short else "caption")
    return {"issuing_body": name}


def _text(span: Span) -> str:
    return span[0].text[span[1] : span[2]]
