"""Kính gửi and Nơi nhận: items with or without dashes, over several lines, what each copy is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from form.labels import distribution_names, is_line
from form.offices import body_level, is_office, purposes
from form.spans import Span, join_spans, starts_lower, trimmed
from parsers.closing.list_ink import without_ink, without_strokes
from schemas.dispatch import Delivery
from schemas.document import Paragraph
from vietnamese.fold import fold

_BULLET = re.compile(r"\s*(?:[º°]\s|[^\w\s(“\"'‘/.]{1,3}|[.·]\s|\d{1,2}[.)]\s)\s*(?=[\w(“\"])")
_LABEL = re.compile(rf"\W{{0,4}}(?:{distribution_names()}|[a-z]{{1,2}}o[il1t]\s*nha[nm])\s*[:;.,*]*\s*")
_DEFINED = re.compile(r"\(\s*(?:sau day|duoi day)[^)]*\)?|\([^)]*goi (?:tat|chung|la)[^)]*\)?")
_KEEP = re.compile(r"luu\s*[:;.,]?\s*")
_PURPOSE = re.compile(r"[\s,;-]*\(\s*(?P<purpose>[^()]{2,60})\s*\)\s*$")
_VERB = re.compile(
    r"(bao cao|thuc hien|phoi hop|trinh|theo doi|chi dao|kiem tra|dang|thay|biet|tham muu|xin|tong hop|giam sat|luu"
    r"|thong bao|trien khai|tuyen truyen|giup|ho tro|tham du|du hop|cong khai|niem yet)\b"
)
"""Verbs that tell what a copy is for."""
_POSTS = re.compile(r"(dang|dua|cong khai)( tai| tin)?( len| tren)? (cong|website|web|trang|bao|cong bao)\b")
"""Where it is to be published: `đăng Cổng TTĐT`."""
_EDGES = " .;,:*_/|\\-–—~`'"
_RUN_IN = re.compile(r"(?<=[\w;,.)])\s+(?:[-–—][\s–—-]*(?=luu\s*[:;])|(?=luu\s*:\s*vt\b))")
_SPECK = re.compile(r"[;,]\s*[^\w\s]*\s*\w?\W*$")
_APART = 22.0
"""Points before a purpose that stands behind a brace."""
_CODED = re.compile(r"[A-Z]\d{2}")
"""A department of the police by its code: `- V03;`."""
_NEXT_BULLET = re.compile(r";\s*[-–—+]\s*(?=\S)")
_SEPARATOR = re.compile(r";\s*(?:[-–+]\s*)?(?=\S)")


@dataclass(frozen=True)
class Addressee:
    """One addressee: its words and where they stand."""

    text: str
    spans: tuple[Span, ...]


def read_recipients(spans: Sequence[Span]) -> list[Addressee]:
    """The addressees after Kính gửi; definitions in brackets (`sau đây gọi là …`) are dropped."""
    entries = (_without_definition(entry) for entry in _entries(spans))
    return [entry for entry in entries if sum(c.isalpha() for c in entry.text) >= 3]


def _without_definition(entry: Addressee) -> Addressee:
    text = entry.text
    found = _DEFINED.search(fold(text))
    if found is not None:
        text = (text[: found.start()] + text[found.end() :]).strip(_EDGES)
    return Addressee(text, entry.spans)


def _entries(spans: Sequence[Span]) -> Iterator[Addressee]:
    """Lines into items: a dash or the end of the last item begins a new one."""
    lines = [piece for span in spans if not _is_speck(span) for piece in _before_kept(span)]
    bulleted = any(_is_bulleted(span) for span in lines)
    current: list[Span] = []
    for span in lines:
        if current and _begins_item(span, current[-1], bulleted):
            yield from _split(current, bulleted)
            current = []
        current.append(_without_bullet(span))
    if current:
        yield from _split(current, bulleted)


def _before_kept(span: Span) -> Iterator[Span]:
    """A line into which OCR ran the item of the copies kept, cut before that item."""
    paragraph, start, end = span
    found = _RUN_IN.search(fold(paragraph.text), start, end)
    if found is not None:
        yield paragraph, start, found.start()
        start = found.start()
    yield paragraph, start, end


def _is_speck(span: Span) -> bool:
    """One stray letter or figure on a line of its own: dust on a scan."""
    return sum(character.isalnum() for character in _text(span)) < 2


def _is_bulleted(span: Span) -> bool:
    return _BULLET.match(_text(span)) is not None


def _is_behind_label(span: Span) -> bool:
    """Whether a line has a Kính gửi of its own: `Đồng kính gửi: …` below the first."""
    return span[1] > 0 and is_line("recipients_label", span[0].text)


def _begins_item(span: Span, last: Span, bulleted: bool) -> bool:
    if (
        _is_bulleted(span)
        or _is_behind_label(span)
        or (_KEEP.match(fold(_text(span))) and not starts_lower(_text(span)))
    ):
        return True
    before, text = _text(last).rstrip(" *"), _text(span)
    if before.endswith((";", ".")) and not re.search(r"\b(Tp|TP|tp|Tx)\.$", before):
        return not starts_lower(text)
    if text.lstrip().startswith("("):
        return False
    if bulleted or not before.endswith(",") or starts_lower(text):
        return False
    # `trường Mầm non, Tiểu học,` / `THCS`: commas part the words of one addressee.
    return len(before) < 60 if "," not in before[:-1] else body_level(text) is not None or is_office(text)


def _without_bullet(span: Span) -> Span:
    paragraph, start, end = span
    found = _BULLET.match(paragraph.text[start:end])
    return trimmed((paragraph, start + (found.end() if found else 0), end), " *")


def _split(spans: Sequence[Span], bulleted: bool) -> Iterator[Addressee]:
    """One item, or several that stand on one line with semicolons (in a list with dashes: and dashes) between them."""
    separator = _NEXT_BULLET if bulleted else _SEPARATOR
    if len(spans) > 1 or ";" not in _text(spans[0]).rstrip(_EDGES):
        yield _entry(spans)
        return
    paragraph, start, end = spans[0]
    text = paragraph.text[start:end]
    position = 0
    for found in [*separator.finditer(text), None]:
        stop = found.start() if found else len(text)
        if position < stop:
            yield _entry([(paragraph, start + position, start + stop)])
        position = found.end() if found else stop


def _entry(spans: Sequence[Span]) -> Addressee:
    return Addressee(_SPECK.sub("", without_strokes(join_spans(spans))).strip(_EDGES), tuple(spans))


def _text(span: Span) -> str:
    return span[0].text[span[1] : span[2]]


def without_label(paragraph: Paragraph) -> Span:
    """The rest of the line of Nơi nhận behind its label."""
    found = _LABEL.match(fold(paragraph.text))
    return trimmed((paragraph, found.end() if found else 0, len(paragraph.text)), " *")


def read_distribution(spans: Sequence[Span]) -> list[tuple[Delivery, tuple[Span, ...]]]:
    """The items of Nơi nhận, what each copy is for where it says so, and `Lưu` for the copies that are kept."""
    found = []
    for entry in _entries(list(_until_kept(without_ink(spans)))):
        delivery = _delivery(entry.text)
        if sum(c.isalpha() for c in delivery.name) >= 2 or _CODED.fullmatch(delivery.name):
            found.append((delivery, entry.spans))
    return found


def _until_kept(spans: Iterable[Span]) -> Iterator[Span]:
    """The lines up to the item of the copies kept, which ends the list, and the lines that go on with it."""
    kept = False
    for span in spans:
        text = _text(span)
        if kept and not (starts_lower(text) or text.startswith("(")):
            return
        yield span
        if _KEEP.match(fold(_text(_without_bullet(span)))):
            kept = True
        if kept and text.rstrip(" *").endswith("."):
            return


def _delivery(text: str) -> Delivery:
    kept = _KEEP.match(fold(text))
    if kept is not None:
        return Delivery(name=text[kept.end() :].strip(_EDGES) or text, purpose="Lưu")
    found = _PURPOSE.search(text)
    if found is not None and _is_purpose(found["purpose"]):
        return Delivery(name=text[: found.start()].strip(_EDGES), purpose=found["purpose"].strip())
    return Delivery(name=text, purpose=None)


def joint_purpose(paragraph: Paragraph) -> str | None:
    """What the copies of several items are for, where it stands beside them behind a brace: `}  (để b/c)`.

    Such a purpose is a line of the right column, or stands apart from the item in whose line it was read.
    """
    found = _PURPOSE.search(paragraph.text.rstrip(_EDGES))
    if found is None or not _is_purpose(found["purpose"]):
        return None
    opens = paragraph.text.index("(", found.start())
    before = [word for word in paragraph.words if word.start < opens]
    after = [word for word in paragraph.words if word.start >= opens]
    if not paragraph.text[:opens].strip(_EDGES + "{}]["):
        return found["purpose"].strip() if paragraph.column == "right" else None
    if not before or not after or before[-1].box is None or after[0].box is None:
        return None
    apart = after[0].box[0] - before[-1].box[2] > _APART and after[0].box[1] < before[-1].box[3]
    return found["purpose"].strip() if apart else None


def _is_purpose(text: str) -> bool:
    parts = re.split(r"[,;]\s*|\s+và\s+", text.strip(" ."))
    return all(_is_one_purpose(part) for part in parts)


def _is_one_purpose(text: str) -> bool:
    folded = " ".join(fold(text).strip(" .").split())
    if folded in purposes() or _is_abbreviated(text) or (folded.startswith("de ") and folded != "de an"):
        return True
    # `trình duyệt`, `báo cáo thay thư mời`: a verb that tells what for, and no name behind it.
    return (_VERB.match(folded) is not None and text[1:] == text[1:].lower()) or _POSTS.match(folded) is not None


def _is_abbreviated(text: str) -> bool:
    """A verb cut to its first letter: `(B/cáo)`, `(t/hiện)`; capitals behind the slash would be two offices."""
    first, slash, rest = text.strip(" .").partition("/")
    return bool(slash) and len(first) <= 2 and first.isalpha() and rest.isalpha() and rest.islower()
