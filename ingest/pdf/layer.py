"""Is the text layer of a page to be trusted? Only when it is Vietnamese, and covers more than a stamp.

Text layers of scans are often made by an English OCR engine, or hold nothing but the appearance of a digital
signature; those of damaged files have lost letters or are cut by stray spaces. A page whose layer is in trouble is read
from its picture instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum
from itertools import pairwise

from vietnamese.legacy import detect
from vietnamese.syllables import has_mark, is_syllable


class LayerTrouble(StrEnum):
    """Why a text layer is not trusted. The value goes into messages and `source.steps`."""

    EMPTY = "empty"
    THIN = "thin"
    UNMAPPED = "unmapped"
    LOST_LETTERS = "lost_letters"
    SPLIT_WORDS = "split_words"
    NOT_VIETNAMESE = "not_vietnamese"


# A page that is a picture and has fewer words than this in its layer: they are a stamp's, not the page's.
_WORDS_OF_A_STAMP = 60
# Below this many words no share says anything.
_WORDS_FOR_A_VERDICT = 12
_PICTURE_PAGE = 0.5
_BAD_CHARACTERS_ALLOWED = 0.01
_LOST_LETTERS_ALLOWED = 0.03
_FRAGMENTS_ALLOWED = 0.15
_MARKED_AT_LEAST = 0.5
_FOREIGN_ALLOWED = 0.30
# A layer laid under a picture was made by OCR: the picture can be read again, so less is forgiven.
_FOREIGN_ALLOWED_OVER_A_PICTURE = 0.12

# A text in another language has at least this share of words that are no Vietnamese syllables.
_OTHER_LANGUAGE = 0.4
_SHAPED = re.compile(r"[^\W\d_a-zà-öø-ÿ]?[^\W\d_A-ZÀ-ÖØ-Þ]*|[^\W\d_a-zà-öø-ÿ]+")
_SIGN_INSIDE = re.compile(r"[^\W\d_][^\w\s'’.,;:/()\[\]\"”“&@+–—-][^\W\d_]")

_WORD = re.compile(r"[^\W\d_]+")
_LOST_LETTER = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?<!\S)\?+[^\W\d_]|[^\W\d_]\?\?")
_GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,5}|[A-ZĐ]+[a-zđ]{1,2}[A-ZĐ]*|[IVXLC]+")
# The words of one letter that are written alone: ô, ở, ý, y, à, ạ, o (o bế), and labels a) b) c).
_LONE_LETTERS = set("aàạáảăâôốồổóòỏọởởờơíìịỉìyýỷỳ")


def layer_trouble(text: str, *, picture_share: float = 0.0, seen: bool = False) -> LayerTrouble | None:
    """What is wrong with the text layer of one page, or None when it can be trusted.

    `picture_share` is the share of the page (0 to 1) that its largest picture covers; `seen`: the text is drawn so that
    it is seen upon that picture, as no OCR does.
    """
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(text)
    is_picture = picture_share >= _PICTURE_PAGE
    if not text.strip():
        return LayerTrouble.EMPTY
    if is_picture and len(words) < _WORDS_OF_A_STAMP:
        return LayerTrouble.THIN
    if _share_of_bad_characters(text) > _BAD_CHARACTERS_ALLOWED:
        return LayerTrouble.UNMAPPED
    if len(words) < _WORDS_FOR_A_VERDICT:
        return None
    return _trouble_of_words(text, words, is_picture and not seen)


def _trouble_of_words(text: str, words: list[str], is_picture: bool) -> LayerTrouble | None:
    if len(_LOST_LETTER.findall(text)) > _LOST_LETTERS_ALLOWED * len(words):
        return LayerTrouble.LOST_LETTERS
    judged = [word for word in words if not _ABBREVIATION.fullmatch(word)] or words
    foreign = sum(not is_syllable(word) for word in judged) / len(judged)
    if foreign > _FRAGMENTS_ALLOWED and _looks_split(text):
        return LayerTrouble.SPLIT_WORDS
    allowed = _FOREIGN_ALLOWED_OVER_A_PICTURE if is_picture else _FOREIGN_ALLOWED
    marked = sum(has_mark(word) for word in judged) / len(judged)
    if foreign <= allowed and marked >= _MARKED_AT_LEAST:
        return None
    return None if not is_picture and _is_other_language(text, judged, foreign) else LayerTrouble.NOT_VIETNAMESE


def _is_other_language(text: str, words: list[str], foreign: float) -> bool:
    """Whether words that are no Vietnamese are clean words of another language, and no damaged or recoded Vietnamese.

    Vietnamese that lost its marks is made of syllables all the same; that of old encodings has signs and capitals among
    its letters, or is Vietnamese once decoded.
    """
    if foreign < _OTHER_LANGUAGE or detect(text) is not None:
        return False
    shaped = sum(bool(_SHAPED.fullmatch(word)) for word in words)
    broken = len(_SIGN_INSIDE.findall(text))
    return shaped >= 0.95 * len(words) and broken <= 0.01 * len(words)


def _share_of_bad_characters(text: str) -> float:
    bad = sum(count for character, count in Counter(text).items() if _is_bad(character))
    return (bad + len(_GLYPH_NUMBER.findall(text))) / len(text)


def _is_bad(character: str) -> bool:
    category = unicodedata.category(character)
    control = category == "Cc" and character not in "\t\n\r\f\v"
    return control or category in ("Co", "Cn", "Cs") or character == "\ufffd"


def _looks_split(text: str) -> bool:
    """Whether neighbours that are no syllables make one when they are put together: `ĐIỀ U`, `KHO ẢN`."""
    tokens = text.split()
    if not tokens:
        return False
    joined = 0
    for left, right in pairwise(tokens):
        broken = not is_syllable(left) or (not is_syllable(right) and right.isalpha())
        loose = len(right) == 1 and right.lower() not in _LONE_LETTERS
        whole = left.isalpha() and right.isalpha() and left.isupper() == right.isupper() and is_syllable(left + right)
        joined += whole and (broken or loose)
    return joined > 0.08 * len(tokens)
