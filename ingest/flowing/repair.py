"""Named repairs of text, each from text to text; `source.steps` names those that changed something.

They touch only how letters are coded, never how words are spelled: `uỷ` stays `uỷ`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
# Signs of mathematics that stand for the slash in số hiệu and dates.
_SLASHES = str.maketrans({"\u2044": "/", "\u2215": "/"})
# Eth and the African D look like Đ and are typed for it; Vietnamese has neither.
_D_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
# Bullets of the Symbol and Wingdings fonts, which have no letter of their own in Unicode.
_SYMBOL_BULLETS = str.maketrans(
    dict.fromkeys("\uf0b7\uf0a7\uf06c\uf0d8\uf076\uf0fc", "•") | {"\uf02d": "-", "\uf02b": "+"}
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_TONES = "\u0300\u0301\u0303\u0309"
_SHAPES = "\u0302\u0306"
_TONE_BEFORE_SHAPE = re.compile(f"([{_TONES}])([\u0323\u031b]*)([{_SHAPES}])")
_DOUBLED_MARK = re.compile("([\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323])\\1+")
_MARKS = re.compile("[\u0300-\u036f]")


def _order_marks(text: str) -> str:
    """Put the shape (circumflex, breve) before the tone, as Unicode composes them, and drop doubled marks."""
    if not _MARKS.search(text):
        return text
    decomposed = unicodedata.normalize("NFD", text)
    ordered = _DOUBLED_MARK.sub(r"\1", _TONE_BEFORE_SHAPE.sub(r"\3\2\1", decomposed))
    return text if ordered == decomposed else unicodedata.normalize("NFC", ordered)


REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("line_breaks", lambda text: _LINE_BREAKS.sub("\n", text)),
    ("control_characters", lambda text: _CONTROLS.sub("", text)),
    ("zero_width", lambda text: _ZERO_WIDTH.sub("", text)),
    ("no_break_space", lambda text: _SPACES.sub(" ", text)),
    ("hyphens", lambda text: text.translate(_HYPHENS)),
    ("slashes", lambda text: text.translate(_SLASHES)),
    ("eth_for_d", lambda text: text.translate(_D_LOOKALIKES)),
    ("symbol_bullets", lambda text: text.translate(_SYMBOL_BULLETS)),
    ("ligatures", lambda text: text.translate(_LIGATURES)),
    ("mark_order", _order_marks),
    ("nfc", lambda text: unicodedata.normalize("NFC", text)),
)

# Changing how lines end is no repair worth a word to the reader of a record.
_SILENT = {"line_breaks"}
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\xd0\xf0\u0189\u0300-\u036f\u061c\u115f\u1680\u180e\u2000-\u2011\u2028-\u202f"
    "\u2044\u205f-\u206f\u2215\u3000\uf000-\uf0ff\ufb00-\ufb04\ufe00-\ufe0f\ufeff\ufffe\uffff]"
)


class Steps:
    """The names of the repairs made so far, each once, in order."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = dict.fromkeys(names)

    def add(self, name: str) -> None:
        self._names[name] = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)


def repair(text: str, steps: Steps) -> str:
    """The text with all repairs made, their names added to `steps`. Line feeds, tabs and form feeds stay."""
    if text.isascii() and not _SUSPECT.search(text):
        return text
    if not _SUSPECT.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    for name, change in REPAIRS:
        changed = change(text)
        if changed != text and name not in _SILENT:
            steps.add(name)
        text = changed
    return text
