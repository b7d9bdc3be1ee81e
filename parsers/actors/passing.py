"""To whom an office passes a matter on: `Văn phòng UBND tỉnh chuyển đơn của ông A đến Sở Y tế giải quyết`.

The form of the letters by which an office (văn phòng, ban tiếp công dân) hands on what another body must settle.
"""

from __future__ import annotations

import re

from parsers.actors.lexicon import grammar
from parsers.actors.name_heads import body_at
from parsers.actors.office_names import name_end
from parsers.record.passage import Passage

_LONGEST_OFFICE = 160
_TOWARDS = re.compile(r"(?:den|toi|cho|ve) (?=\S)")
_SETTLES = re.compile(
    r"[^.;]{0,80}?\b(?:xem xet|giai quyet|nghien cuu|xu ly|tham muu|chu tri|tham dinh|de xuat|kiem tra|thuc hien|"
    r"tra loi|tra cuu|theo tham quyen|ra soat|trien khai|to chuc|biet)\b"
)


def passed_on(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """The span of who must settle what is passed on by the sentence at `start`, or None if it passes nothing on."""
    verb = _verb(text, folded, start)
    if verb is None:
        return None
    if body_at(text, folded, verb):
        return _receiver(text, folded, verb)
    stop = re.compile(r"[.;]").search(folded, verb)
    for way in _TOWARDS.finditer(folded, verb, stop.start() if stop else len(folded)):
        if body_at(text, folded, way.end()):
            return _receiver(text, folded, way.end())
    return None


def passes_on(passage: Passage) -> bool:
    """Whether a paragraph passes a matter on to somebody."""
    return passed_on(passage.text, passage.folded, 0) is not None


def _verb(text: str, folded: str, start: int) -> int | None:
    """Where the words behind `chuyển` begin: at the sentence's start, or behind an office that passes things on."""
    match = grammar("passes_on").match(folded, start)
    if match is None or match.end() - start > _LONGEST_OFFICE:
        return None
    printed = text[match.start("verb") : match.end("verb")].lower()
    return match.end() if printed in ("chuyển", "chuyen") else None


def _receiver(text: str, folded: str, start: int) -> tuple[int, int] | None:
    end, _ = name_end(text, folded, start)
    return (start, end) if end > start and _SETTLES.match(folded, end) else None
