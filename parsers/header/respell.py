"""Marks that OCR lost or changed in a header, put right by how the text itself, read many times over, spells the words.

Only what was read from a picture is touched, only words in the company of the same neighbour, and only where the
spelling found elsewhere clearly outvotes the one in the header. Names of persons are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from form.known_names import mend_name, provinces_in, same_place
from form.known_symbols import mend_symbol
from form.ocr_doubts import is_ocr
from form.offices import spelt_phrases
from parsers.record.trail import Trail
from parsers.record.zones import Parts
from schemas.dispatch import Delivery, Header, Signer
from schemas.document import Paragraph
from vietnamese.fold import fold
from vietnamese.tones import tone_key

_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"\b(TM|KT|TL|TUQ)[,:]\s*")
"""The stop of an authority mark, read as another sign."""
_ROMAN = re.compile(r"\b([Mm]ục|[Pp]hần|[Pp]hụ lục) ([lI1i|]{2,3})(?!\w)")
"""A part numbered II or III, read as other upright strokes."""
_PHRASE_VOTES = 3
"""How many readings in the text a phrase of the table is worth."""

Pair = tuple[str, str]


class Speller:
    """Knows how pairs of neighbouring words are spelt; pairs are looked up folded."""

    def __init__(self, texts: Iterable[str], phrases: Sequence[str] | None = None) -> None:
        self._votes: dict[Pair, Counter[Pair]] = {}
        for phrase in spelt_phrases() if phrases is None else phrases:
            self._learn(phrase, _PHRASE_VOTES)
        for text in texts:
            self._learn(text, 1)

    def _learn(self, text: str, votes: int) -> None:
        words = _WORD.findall(text.lower())
        for pair in pairwise(words):
            self._votes.setdefault((fold(pair[0]), fold(pair[1])), Counter())[pair] += votes

    def respell(self, text: str) -> str:
        """The text with the marks that its words have elsewhere; case stays (`ĐÐ`, one letter read twice, is one).

        >>> Speller(["Sở Y tế báo cáo; Sở Y tế đề nghị"]).respell("SỞ Y TÉ")
        'SỞ Y TẾ'
        """
        text = text.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ").replace("Ð", "Đ")
        found = list(_WORD.finditer(text))
        words = [match[0].lower() for match in found]
        pieces, last = [], 0
        for index, match in enumerate(found):
            pieces += [text[last : match.start()], _in_case(self._choose(words, index), match[0])]
            last = match.end()
        return "".join(pieces) + text[last:]

    def disputed(self, text: str) -> tuple[str, str] | None:
        """The first two words that the text never spells so, and how it does spell them; None where none are.

        >>> Speller(["lịch cấp đổi giấy phép"]).disputed("Lịch cấp đối giấy phép")
        ('cấp đối', 'cấp đổi')
        """
        for pair in pairwise(_WORD.findall(text.lower())):
            votes = self._votes.get((fold(pair[0]), fold(pair[1])))
            keys = {tuple(map(tone_key, known)) for known in votes or ()}
            if votes and tuple(map(tone_key, pair)) not in keys:
                return " ".join(pair), " ".join(votes.most_common(1)[0][0])
        return None

    def _choose(self, words: list[str], index: int) -> str:
        own = words[index]
        votes: Counter[str] = Counter()
        for left in (index - 1, index):
            if 0 <= left < len(words) - 1:
                pair = (fold(words[left]), fold(words[left + 1]))
                for spelt, count in self._votes.get(pair, Counter()).items():
                    votes[spelt[index - left]] += count
        if not votes:
            return own
        best, count = votes.most_common(1)[0]
        clear = count >= 2 and count > 2 * votes[own]
        return best if clear and tone_key(best) != tone_key(own) and len(best) == len(own) else own


def _in_case(word: str, like: str) -> str:
    """A word in small letters with the capitals of the one that it replaces, which is as long: `TTg`, `nCoV`."""
    return "".join(new.upper() if old.isupper() else new for new, old in zip(word, like, strict=True))


def _with_numerals(text: str) -> str:
    """`Như mục li` for `Như mục II`."""
    return _ROMAN.sub(lambda found: f"{found[1]} {'I' * len(found[2])}", text)


def disputed_subject(subject: str | None, parts: Parts) -> tuple[str, str] | None:
    """Two words of a scan's subject, as read, that its text spells with other marks only, and how it spells them.

    Where the subject was put right by its text the same holds: either of the two may be what is printed.
    """
    if not subject or not any(is_ocr(paragraph) for paragraph in (*parts.head, *parts.closing)):
        return None
    blocks = (*parts.body, *parts.appendices)
    return Speller((block.text for block in blocks if isinstance(block, Paragraph)), ()).disputed(subject)


def _place(place: str, bodies: dict[str, str]) -> str:
    """A place with the spelling of the province that the bodies above name, where it can be no other."""
    names = [name.title() for body in bodies.values() for name in provinces_in(body)]
    return next((name for name in names if same_place(place, name) and place != name), place)


def _symbols(header: Header, bodies: Iterable[str | None]) -> dict[str, str]:
    """The ký hiệu and số hiệu with the letters that the types' signs and the bodies' initials tell."""
    mended = mend_symbol(header.symbol or "", [body for body in bodies if body])
    if not header.symbol or mended == header.symbol:
        return {}
    so_hieu = {"so_hieu": header.so_hieu.replace(header.symbol, mended)} if header.so_hieu else {}
    return {"symbol": mended, **so_hieu}


def tell_respelt(read: Header, header: Header, trail: Trail) -> None:
    """A warning for each name of the header that is not as OCR read it, with what was read."""
    fields = ("parent_body", "issuing_body", "place", "symbol", "so_hieu")
    pairs = [(f"/header/{name}", getattr(read, name), getattr(header, name)) for name in fields]
    pairs += [
        (f"/header/recipients/{at}", *both)
        for at, both in enumerate(zip(read.recipients, header.recipients, strict=True))
    ]
    for pointer, was, now in pairs:
        if was and now and tone_key(was) != tone_key(now):
            message = f"Trên ảnh quét đọc là «{was}», hiểu là «{now}»; cần xem lại bản gốc."
            trail.warn("misread_word", message, pointer, was)


def respell_header(header: Header, parts: Parts) -> Header:
    """The header of a scan with the spelling of its text; any other header as it is."""
    if not any(is_ocr(paragraph) for paragraph in (*parts.head, *parts.closing)):
        return header
    blocks = (*parts.body, *parts.appendices)
    speller = Speller(block.text for block in blocks if isinstance(block, Paragraph))

    def spell(text: str) -> str:
        return mend_name(speller.respell(text))

    one = {
        name: spell(value) for name in ("parent_body", "issuing_body") if (value := getattr(header, name)) is not None
    }
    if header.subject is not None:
        one["subject"] = speller.respell(header.subject)
    if header.place is not None:
        one["place"] = _place(speller.respell(header.place), one)
    one |= _symbols(header, (one.get("issuing_body"), one.get("parent_body")))
    return header.model_copy(
        update={
            **one,
            "recipients": tuple(spell(text) for text in header.recipients),
            "distribution": tuple(
                Delivery(name=_with_numerals(spell(item.name)), purpose=spell(item.purpose) if item.purpose else None)
                for item in header.distribution
            ),
            "signers": tuple(
                Signer(
                    authority=_MARK.sub(r"\1. ", spell(signer.authority)) if signer.authority else None,
                    title=spell(signer.title) if signer.title else None,
                    name=signer.name,
                )
                for signer in header.signers
            ),
        }
    )
