"""Who issued the dispatch: cơ quan chủ quản and cơ quan ban hành out of the left half of the letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from form.doc_types import types_of_sign
from form.ocr_doubts import is_ocr
from form.offices import body_level, is_bare_body, stands_alone
from form.spans import Span, join_spans, trimmed, whole
from schemas.document import Paragraph
from vietnamese.fold import fold
from vietnamese.syllables import is_syllable

_EDGES = " .,:;*_|\\/~'\"`“”‘’«»=+<>^¬•·[](){}!"
_COMMITTEE = re.compile(r"(tinh|thanh|huyen|quan|thi|dang) uy\b|dang bo\b")
_COLLECTIVE = re.compile(r"(uy ban nhan dan|hoi dong nhan dan|uy ban (mttq|mat tran to quoc))\b")
_WHOLE = re.compile(
    r"(ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|so [a-z ]+|cong an|dang bo)\s+"
    r"(tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\s+\S+(\s\S+){1,3}$"
)
"""The name of a body with its place, which needs no further words."""
_OF_NAME = re.compile(r"TRƯỜNG (?!(?:TH|THCS|THPT|MN|MG|PT|ĐH|CĐ|TC)\b)\S+|SỐ \d.*")
"""What begins no body's name, though its plain letters do: a place called Trường (`TRƯỜNG SƠN`; a school has its kind
behind the word), a number (`SỐ 12`), which is no `SỞ`."""
_JOINT = ("LT", "LN", "LB")
"""Liên tịch, liên ngành, liên bộ in a ký hiệu."""
_UNITED = re.compile(r"lien (nganh|so|bo|tich|truong|phong|co quan)\b")


def read_bodies(
    lines: Sequence[Paragraph], symbol: str | None
) -> tuple[tuple[Span, ...], tuple[Span, ...], str | None]:
    """The spans of the parent's name, of the issuer's, and the issuer's name (joint issuers joined by ` - `)."""
    spans = [_without_speck(trimmed(whole(line), _EDGES)) for line in lines]
    spans = _with_commas(spans)
    kept = [
        span
        for index, span in enumerate(spans)
        if sum(c.isalpha() for c in _text(span)) >= 2
        or (index and ends_with_number(_text(spans[index - 1]), _text(span)))
    ]
    while kept and len(_text(kept[0])) <= 3 and body_level(_text(kept[0])) is None and not _is_broken_off(kept[:2]):
        kept.pop(0)
    weighted = _by_weight(kept)
    names = weighted or _names(kept)
    if not names:
        return (), (), None
    if _is_joint(kept, symbol) and len(names) > 1:
        if weighted and _is_joint(weighted[1], None):
            names = [weighted[0], *_names(weighted[1])]
        above = _above_joint(names) or _above_by_symbol(names, symbol)
        everything = tuple(span for name in names[above:] for span in name)
        parent = tuple(span for name in names[:above] for span in name)
        return parent, everything, " - ".join(join_spans(name).strip(" -–") for name in names[above:])
    cut = len(names) - 1
    parent = tuple(span for name in names[:cut] for span in name)
    issuer = tuple(span for name in names[cut:] for span in name)
    return parent, issuer, join_spans(issuer)


def _with_commas(spans: Sequence[Span]) -> list[Span]:
    """Lines with the comma at which a name was broken: `CHỐNG BUÔN LẬU,` / `GIAN LẬN THƯƠNG MẠI`."""
    broken = [(line, start, end + line.text.startswith(",", end)) for line, start, end in spans[:-1]]
    return [*broken, *spans[-1:]]


def ends_with_number(above: str, below: str) -> bool:
    """Whether a line is the number in which the name above it ends: `TRƯỜNG SỐ` / `3`, `NHIỆM KỲ 2020` / `- 2025`."""
    number = re.fullmatch(r"([-–—]\s*)?(\d{1,4})", below.strip())
    if number is None:
        return False
    of_years = re.search(r"\b(19|20)\d\d\s*[-–—]?$", above.rstrip()) is not None and len(number[2]) == 4
    return of_years or (number[1] is None and fold(above).rstrip().endswith(" so"))


def _is_broken_off(spans: Sequence[Span]) -> bool:
    """Whether a first line of a few letters is a word that the line below goes on with: `ỦY` / `BAN NHÂN DÂN`."""
    return len(spans) > 1 and not is_ocr(spans[0][0]) and _completes(_text(spans[0]), _text(spans[1]))


def _completes(above: str, below: str) -> bool:
    """Whether a line begins no body's name of its own, and together with the line below one of a higher body."""
    whole = body_level(f"{above} {below}")
    return body_level(above) is None and whole is not None and whole < (body_level(below) or 9)


def _above_joint(names: Sequence[Sequence[Span]]) -> int:
    """How many names stand over those that dashes join; none where no dash tells."""
    dashed = [index for index, name in enumerate(names[:-1]) if _printed(name).endswith(("-", "–", "—"))]
    dashed += [index for index, name in enumerate(names[1:]) if _printed(name[:1]).startswith(("-", "–", "—"))]
    first = min(dashed, default=0)
    above = [body_level(join_spans(name)) for name in names[: first + 1]]
    return first if first and None not in above and len(names) - first > 1 else 0


def _above_by_symbol(names: Sequence[Sequence[Span]], symbol: str | None) -> int:
    """How many names stand over joint issuers that only the ký hiệu tells: one, where the next name is itself of
    several (`LIÊN NGÀNH …`, `SỞ Y TẾ-BHXH TỈNH`) and the ký hiệu does not name the People's Committee above it.
    """
    upper, lower = fold(join_spans(names[0])), fold(join_spans(names[1]))
    if _UNITED.match(lower) and not _UNITED.match(upper):
        return 1
    several = re.search(r"\w\s*[-–]\s*\w", lower) is not None and len(names) == 2
    council = re.match(r"(uy ban nhan dan|ubnd)\b", upper) is not None and "ubnd" not in fold(symbol or "")
    return 1 if several and council else 0


def _printed(name: Sequence[Span]) -> str:
    """The lines of a name with the dashes at their edges."""
    return " ".join(span[0].text.strip(" *") for span in name)


def _without_speck(span: Span) -> Span:
    """A line of OCR without the one to three letters that it saw in a stamp's edge before the name."""
    paragraph, start, end = span
    text = paragraph.text[start:end]
    first, _, rest = text.partition(" ")
    if (
        not is_ocr(paragraph)
        or len(first) > 3
        or body_level(text) is not None
        or body_level(rest) is None
        or " " not in rest
    ):
        return span
    if len(first) > 1 and first.isupper() and is_syllable(first):
        # A word, not a speck: `XÃ ĐẠI SƠN`, `ĐẦU TƯ XÂY DỰNG`.
        return span
    return paragraph, end - len(rest), end


def _names(spans: Sequence[Span]) -> list[list[Span]]:
    """Lines into names: a line begins a new name where it begins with the word of a body not above the last one's."""
    names: list[list[Span]] = []
    for span in spans:
        text = _text(span)
        if names and (_repeats(names) or not _begins_name(text, names[-1])):
            names[-1].append(span)
        else:
            names.append([span])
    return names


def _repeats(names: Sequence[Sequence[Span]]) -> bool:
    """Whether the last line only repeats how the name above it begins (`NGÂN HÀNG NHÀ NƯỚC` below `NGÂN HÀNG NHÀ NƯỚC
    VIỆT NAM`), so that the next line must complete it: `CHI NHÁNH TỈNH …`.
    """
    if len(names) < 2:
        return False
    upper, lower = (fold(join_spans(name)) for name in names[-2:])
    return upper.startswith(lower + " ") and is_bare_body(lower)


def _begins_name(text: str, current: Sequence[Span]) -> bool:
    level = None if _OF_NAME.fullmatch(text.strip()) else body_level(text)
    so_far = join_spans(current)
    if level is None or " " not in text.strip():
        return _is_unknown_body(text, so_far)
    if so_far.endswith(("-", "–")):
        return True
    if fold(so_far).endswith((",", " va", " cua", " cac", " va cac")):
        return False
    if _completes(so_far, text):
        return False
    if _share_a_place(so_far, text):
        return True
    if is_bare_body(so_far) and not stands_alone(so_far):
        # `KHO BẠC NHÀ NƯỚC` above `KHO BẠC NHÀ NƯỚC KHU VỰC XI`: a name does not begin twice.
        return fold(text).startswith(fold(so_far) + " ")
    if _COMMITTEE.match(fold(text)) and _COMMITTEE.match(fold(so_far)):
        # `TỈNH ỦY …` above `ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH`: a committee's name does not go on with another's.
        return True
    return level >= (body_level(so_far) or 0)


def _share_a_place(upper: str, lower: str) -> bool:
    """Whether two lines name two collective bodies of the place below them: `ỦY BAN NHÂN DÂN` / `ỦY BAN MTTQ …`."""
    placeless = fold(upper).strip(" -") in ("uy ban nhan dan", "hoi dong nhan dan")
    return placeless and upper != lower and _COLLECTIVE.match(fold(lower)) is not None


def _is_unknown_body(text: str, so_far: str) -> bool:
    """Whether a line whose first word names no body we know must be a body: the name above it is whole."""
    first = text.split(" ", 1)[0]
    return first.isalpha() and len(text.split()) >= 3 and _WHOLE.match(fold(so_far)) is not None


def _text(span: Span) -> str:
    return span[0].text[span[1] : span[2]]


def _by_weight(spans: Sequence[Span]) -> list[list[Span]] | None:
    """Parent and issuer told apart by weight, where known: the rules of form print only the issuer bold."""
    weights = [span[0].bold for span in spans]
    if None in weights or all(weights) or not any(weights):
        return None
    cut = weights.index(True)
    if body_level(_text(spans[cut])) is None:
        return None
    return [list(spans[:cut]), list(spans[cut:])] if cut > 0 and all(weights[cut:]) else None


def _is_joint(spans: Sequence[Span], symbol: str | None) -> bool:
    """A line that ends or begins with a dash between names, or a ký hiệu that says liên tịch or liên ngành."""
    texts = [span[0].text.strip(" *") for span in spans]
    # `SỞ LAO ĐỘNG -` above `THƯƠNG BINH VÀ XÃ HỘI` is one name.
    dashed = any(
        (upper.endswith(("-", "–", "—")) or lower.startswith(("-", "–", "—")))
        and body_level(lower.lstrip("-–— ")) is not None
        for upper, lower in pairwise(texts)
    )
    # `TÒA ÁN NHÂN DÂN - VIỆN KIỂM SÁT NHÂN DÂN` above `CÔNG AN - …`.
    paired = sum(_holds_two(text) for text in texts) > 1
    shared = any(_share_a_place(upper, lower) for upper, lower in pairwise(texts))
    return dashed or shared or paired or (symbol is not None and _says_joint(symbol))


def _says_joint(symbol: str) -> bool:
    """Whether a ký hiệu says liên tịch or liên ngành: behind the sign of its type (`KHLN`, `NQLT`), or alone (`LN`).

    >>> _says_joint("KHLN-STP-CAT"), _says_joint("SXD-QLN")
    (True, False)
    """
    groups = re.split(r"[/:-]", symbol)
    return any(
        group in _JOINT or (group.endswith(_JOINT) and bool(types_of_sign(group[:-2]))) for group in groups if group
    )


def _holds_two(text: str) -> bool:
    """Whether a line names two bodies with a dash between them."""
    first, dash, second = text.partition(" - ")
    return bool(dash) and body_level(first) is not None and body_level(second) is not None
