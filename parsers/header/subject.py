"""Loại văn bản and trích yếu."""

from __future__ import annotations

from collections.abc import Sequence

from form.doc_types import type_of_symbol, types_of_sign
from form.ocr_doubts import is_ocr
from form.spans import Span, join_spans, trimmed
from parsers.header.head_lines import HeadLines
from schemas.dispatch import Regime

_QUOTES = '"”“'


def read_doc_type(lines: HeadLines, symbol: str | None, regime: Regime | None) -> str | None:
    """The type that the title names; without a title the one that the sign names, or công văn, which has no title.

    The Party's `QĐ` is a quyết định or a quy định (66-QĐ/TW is the latter): the sign alone never decides.
    """
    if lines.kind is not None:
        return lines.kind.key
    if regime == "state" and (lines.labelled or lines.recipients):
        return "cong_van"
    kind = type_of_symbol(symbol, regime) if symbol else None
    if kind is None:
        return "cong_van" if symbol and regime == "state" else None
    if regime == "party" and len(types_of_sign(kind.signs[0], regime)) > 1:
        return None
    return kind.key


def read_subject(spans: Sequence[Span]) -> tuple[str | None, tuple[Span, ...]]:
    """The trích yếu on one line, and the spans that it stands in."""
    kept = [span for span in (trimmed(span, " *_|~") for span in spans) if span[1] < span[2]]
    while kept and is_ocr(kept[-1][0]) and kept[-1][2] - kept[-1][1] <= 2:
        kept.pop()
    text = join_spans(kept).strip(" :;")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    elif text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]  # `(V/v …)`: the bracket was opened before the label
    text = text.rstrip(" .,;:*_-–").strip()
    if text[-1:] in _QUOTES and not any(mark in _QUOTES for mark in text[:-1]):
        text = text[:-1].rstrip()
    return text or None, tuple(kept)
