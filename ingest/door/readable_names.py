"""Names of files are bytes, not text: what of them can be shown, kept as text and sent to a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories of what a line of text cannot show: control characters, bytes that are no UTF-8, new lines."""


def readable(name: str) -> str:
    r"""A name or path with everything that is no text escaped; the same name always gives the same words.

    >>> readable("Công văn 418.txt")
    'Công văn 418.txt'
    >>> readable("a\nb.txt") == "a\\x0ab.txt"
    True
    >>> readable(b"C\xf4ng.txt".decode("utf-8", "surrogateescape")) == "C\\xf4ng.txt"
    True
    """
    if name.isprintable():
        return name
    return "".join(_escaped(letter) if unicodedata.category(letter) in _HIDDEN else letter for letter in name)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as Python keeps it
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
