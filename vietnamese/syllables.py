"""Vietnamese syllables: is this group of letters one that the language can write?

A syllable is an optional onset, a rhyme and a tone. The rhymes are a closed list, so that text read by an English OCR
engine, cut by stray spaces or mapped to wrong letters shows itself word by word, without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING TILDE}"} | {
    "\N{COMBINING HOOK ABOVE}",
    "\N{COMBINING DOT BELOW}",
}
_WRITTEN_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_WRITTEN_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ynh yt ych
"""
_ONSETS = ("", *_WRITTEN_ONSETS.split())
_RHYMES = frozenset(_WRITTEN_RHYMES.split())
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = ("c", "ch", "p", "t")
_TONES_OF_STOPPED = {"", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}"}


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, NFC) is a possible Vietnamese syllable. A missing tone is forgiven, a wrong one is not.

    >>> is_syllable("Nghiêng"), is_syllable("quyết"), is_syllable("HoAxA"), is_syllable("ĐIỀ")
    (True, True, False, False)
    """
    letters, tones = _without_tone(word.lower())
    if len(tones) > 1:
        return False
    rhymes = (letters[len(onset) :] for onset in _ONSETS if letters.startswith(onset))
    if not any(rhyme in _RHYMES for rhyme in rhymes) and letters not in ("gi", "quôc"):
        return False
    return not letters.endswith(_STOPS) or set(tones) <= _TONES_OF_STOPPED


def _without_tone(word: str) -> tuple[str, list[str]]:
    decomposed = unicodedata.normalize("NFD", word)
    tones = [mark for mark in decomposed if mark in _TONES]
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES)), tones


def has_mark(word: str) -> bool:
    """Whether a word carries a letter that only Vietnamese writing has (a tone, a hat, a horn, đ)."""
    return not word.isascii() and ("đ" in word or "Đ" in word or not unicodedata.normalize("NFD", word).isascii())


def vietnamese_share(text: str) -> float:
    """Of the words that hold a letter outside ASCII, the share that could be Vietnamese syllables; 0 without any."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
