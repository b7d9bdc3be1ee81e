"""Values of the letterhead and the signature block that rest on words which OCR was not sure of."""

from __future__ import annotations

from parsers.trail import Trail

LOOK_AT = 0.9
"""What rests on a word that was read with less confidence than this is shown to a person."""


def warn_doubtful_header(trail: Trail) -> None:
    """A warning for each field of the header whose evidence is weak, where nothing else warns of it yet."""
    warned = {notice.pointer for notice in trail.warnings}
    for pointer, shown in list(trail.evidence.items()):
        if not pointer.startswith("/header/") or pointer in warned:
            continue
        weak = [one for one in shown if one.confidence < LOOK_AT]
        if weak:
            quote = " ".join(one.quote for one in weak)
            trail.warn("low_confidence", f"«{quote}» đọc chưa chắc chắn, cần xem lại bản gốc.", pointer)
