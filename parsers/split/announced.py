"""Appendices that the text announces (`có phụ lục kèm theo`), so that their absence is noticed."""

from __future__ import annotations

import re

from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.document import Paragraph
from schemas.source import Notice
from vietnamese.fold import fold

_THING = r"(?:phu\s+luc|danh\s+sach|bieu\s+mau|bang\s+bieu|bieu|bang|mau|de\s+cuong|du\s+thao|ho\s+so|ke\s+hoach)"
_WITH = r"(?:kem\s+theo|dinh\s+kem|gui\s+kem|kem)"
_OF_ANOTHER = r"(?!\s*(?:\w+\s+){0,3}(?:so\b|\d))"
"""`kèm theo Nghị định số 30` announces nothing here: the appendix is the decree's."""
_ANNOUNCED = re.compile(
    rf"\(\s*(?:co\s+|theo\s+|chi\s+tiet\s+)?[^()]{{0,60}}?\b{_THING}\b[^()]{{0,80}}?\b{_WITH}\b{_OF_ANOTHER}[^()]{{0,30}}\)"
    rf"|\(\s*{_WITH}\s+(?:theo\s+)?{_THING}\b[^()]{{0,60}}\)"
    rf"|\b(?:tai|theo)\s+phu\s+luc(?:\s+(?:so\s+)?(?:\d{{1,2}}|[ivx]+))?\s+(?:kem\s+theo|dinh\s+kem)\b(?!\s*(?:\w+\s+){{0,2}}(?:nghi|quyet|thong|luat|so\b|\d))"
    rf"|\b(?:co|theo)\s+{_THING}\b(?:\s+[\w,]+){{0,6}}?\s+{_WITH}\b(?=\s*[.;,)]|\s+cong\s+van|\s+ke\s+hoach\s+nay|\s+van\s+ban)"
)


def announcement(text: str) -> tuple[int, int] | None:
    """Where a text says that an appendix of its own is enclosed, or None.

    >>> announcement("chưa đạt chỉ tiêu (có phụ lục kèm theo).")
    (18, 39)
    >>> announcement("theo Mẫu 09 Phụ lục II kèm theo Nghị định số 126/2024/NĐ-CP")
    """
    found = _ANNOUNCED.search(fold(text))
    return found.span() if found else None


def warn_missing_appendix(parts: Parts, trail: Trail) -> None:
    """Warn where the text announces an appendix and the file holds none."""
    if parts.appendices:
        _warn_missing_number(parts, trail)
        return
    for block in parts.body:
        if not isinstance(block, Paragraph):
            continue
        span = announcement(block.text)
        if span is not None:
            message = f"Văn bản nói có tài liệu kèm theo ({block.text[slice(*span)].strip('()')}) nhưng tệp không có."
            trail.tell(Notice(code="missing_appendix", message=message, page=block.page))
            return


_NUMBERED = re.compile(r"\bphu\s+luc\s+(?:so\s+)?(\d{1,2}|[ivx]{1,4})(?![\w/-])")
_ENCLOSED = re.compile(rf"\b{_WITH}\b{_OF_ANOTHER}")


def _warn_missing_number(parts: Parts, trail: Trail) -> None:
    """Warn where the text announces an appendix by its number, others are there by theirs, and this one is not."""
    shown = {
        _plain(match[1])
        for block in parts.appendices
        if isinstance(block, Paragraph) and len(block.text) < _LONGEST_LABEL
        for match in _NUMBERED.finditer(fold(block.text))
    }
    for block in parts.body if shown else ():
        if not isinstance(block, Paragraph):
            continue
        for match in _NUMBERED.finditer(fold(block.text)):
            close = fold(block.text)[match.end() : match.end() + 40].split(".")[0]
            if _ENCLOSED.search(close) and _plain(match[1]) not in shown:
                said = block.text[slice(*match.span())]
                message = f"Văn bản nói có tài liệu kèm theo ({said}) nhưng tệp không có."
                trail.warnings.append(Notice(code="missing_appendix", message=message, page=block.page))
                return


_LONGEST_LABEL = 120


def _plain(number: str) -> str:
    """An appendix's number without zeros before it."""
    return number.lstrip("0")
