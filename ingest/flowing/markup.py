"""Remnants of Markdown and HTML in text that came out of an OCR service: removed, with what they say kept.

Bold and italic become styles, superscripts become footnote marks, `<br>` a line break. A lone `*` (the star under a
Party letterhead) and `(*)` are no markup and stay.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from ingest.flowing.styled import BOLD, ITALIC, Styled

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ANY_MARKUP = re.compile(r"[*<&$\\\[!⁰¹²³⁴-⁹]")
_TOKEN = re.compile(
    r"(?P<stars>\*{1,3})"
    r"|<sup>\s*(?P<sup>[^<\n]{1,12}?)\s*</sup>"
    r"|\[\^(?P<ref>[^\]\s]{1,8})\]"
    r"|\$\s*\^\s*\{?\s*(?P<tex>[^${}\s]{1,5})\s*\}?\s*\$"
    r"|(?P<digits>[⁰¹²³⁴-⁹]+)"
    r"|<(?P<close>/?)(?P<tag>b|strong|i|em)\s*>"
    r"|(?P<newline><(?:br|hr)\s*/?>|</(?:p|div|center|h[1-6]|li)\s*>)"
    r"|(?P<dropped></?(?:u|s|ins|del|span|font|p|div|center|sup|sub|small|big|mark|a|ul|ol|li|h[1-6])\b[^<>\n]*>"
    r"|!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))"
    r"|\[(?P<link>[^\]\n]{1,300})\]\((?:https?:|mailto:|\#|/)[^)\s]*\)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|>~])"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|\#\d{1,6}|\#x[0-9a-fA-F]{1,6});)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 400
_STAR_STYLE = {1: ITALIC, 2: BOLD, 3: BOLD | ITALIC}
_TAG_STYLE = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC}
_UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[kdcmh]?m|ha|10)$")
_NOTE_MARK = re.compile(r"\(?\[?((?:\d{1,3}|\*{1,3}|[ivxIVX]{1,4}|[a-z]))\]?\)?")
_SPACE_BEFORE_STOP = re.compile(r"[ \t]+(?=[,.;:)\]”])")


def parse_markup(text: str) -> Styled:
    """Text (several lines at most, no blank one) without its markup."""
    if not _ANY_MARKUP.search(text):
        return Styled.plain(text)
    return _Parser(text).run()


def raised_mark(content: str, before: str) -> tuple[str | None, str]:
    """What raised characters are: `(footnote mark, "")`, or `(None, text)`.

    No marks are the exponent of a unit (m², 10³), which stays raised, and letters as in 1<sup>st</sup>.
    """
    digits = content.translate(_SUPERSCRIPTS)
    if digits.isdigit() and _UNIT_BEFORE.search(before):
        return None, digits.translate(_TO_SUPERSCRIPT)
    mark = _NOTE_MARK.fullmatch(digits)
    return (mark[1], "") if mark else (None, content)


class _Parser:
    """One pass over a stretch of text; what is opened and never closed inside it is no markup."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.style = 0
        self.out: list[Styled] = []
        self.length = 0
        self.marks: list[tuple[int, str]] = []

    def run(self) -> Styled:
        start = 0
        for match in _TOKEN.finditer(self.text):
            if match.start() < start:
                continue
            self.add(self.text[start : match.start()])
            self.token(match)
            start = match.end()
        self.add(self.text[start:])
        joined = Styled.concat(self.out) if self.out else Styled.plain("")
        return _without_gaps(Styled(joined.text, joined.style, tuple(self.marks)))

    def add(self, text: str) -> None:
        if text:
            self.out.append(Styled.plain(text, self.style))
            self.length += len(text)

    def token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "stars":
            self.stars(match)
        elif kind in ("sup", "ref", "tex", "digits"):
            self.note_mark(match[kind])
        elif kind == "tag":
            flag = _TAG_STYLE[match["tag"].lower()]
            self.style = self.style & ~flag if match["close"] else self.style | flag
        elif kind == "newline":
            self.add("\n")
        elif kind in ("link", "escaped"):
            self.add(match[kind])
        elif kind == "entity":
            self.add(html.unescape(match["entity"]).replace("\u00a0", " "))

    def note_mark(self, content: str) -> None:
        mark, text = raised_mark(content, self.text_before())
        if mark is not None:
            self.marks.append((self.length, mark))
        self.add(text)

    def text_before(self) -> str:
        return "".join(piece.text for piece in self.out[-2:])[-6:]

    def stars(self, match: re.Match[str]) -> None:
        count = len(match[0])
        before = self.text[match.start() - 1 : match.start()]
        after = self.text[match.end() : match.end() + 1]
        closes = self.style & _STAR_STYLE[count]
        if closes:
            opens = _STAR_STYLE.get(count - (2 if closes & BOLD else 0) - (1 if closes & ITALIC else 0), 0)
            self._border(before, after, closing=True)
            self.style = (self.style & ~closes) | opens
        elif self._opens(match, after):
            self._border(before, after, closing=False)
            self.style |= _STAR_STYLE[count]
        else:
            self.add(match[0])

    def _opens(self, match: re.Match[str], after: str) -> bool:
        if not after or after.isspace() or (len(match[0]) == 1 and after in ").,;:"):
            return False
        return self.text.find(match[0], match.end()) >= 0

    def _border(self, before: str, after: str, *, closing: bool) -> None:
        """Differently styled words glued together lost the line break, or the space, that stood between them."""
        if not (before and after and _is_glued(before, after)):
            return
        line = self._line_before()
        title_ends = line.text.isupper() and len(line.text) > 3
        caption_ends = closing and after in "(*" and len(line.text) > 3 and line.has(self.style) is True
        self.add("\n" if title_ends or caption_ends else " ")

    def _line_before(self) -> Styled:
        """What stands on the line so far; of a line too long for a title only the end."""
        pieces: list[Styled] = []
        length = 0
        for piece in reversed(self.out):
            pieces.insert(0, piece)
            length += len(piece.text)
            if "\n" in piece.text or length > _LONGEST_TITLE:
                break
        line = Styled.concat(pieces) if pieces else Styled.plain("")
        return line.cut(line.text.rfind("\n") + 1, len(line.text)).folded()


def _is_glued(before: str, after: str) -> bool:
    return (before.isalnum() or before in ").:;,”") and (after.isalpha() or after in "(“")


def _without_gaps(styled: Styled) -> Styled:
    """Where a footnote mark was taken out between a space and a full stop, the space goes too."""
    gaps = [_SPACE_BEFORE_STOP.match(styled.text, at - 1) for at, _ in styled.marks if at]
    spots = sorted({spot for gap in gaps if gap for spot in range(gap.start(), gap.end())})
    if not spots:
        return styled
    texts, styles, start = [], [], 0
    for spot in spots:
        texts.append(styled.text[start:spot])
        styles.append(styled.style[start:spot])
        start = spot + 1
    marks = tuple((at - bisect_left(spots, at), mark) for at, mark in styled.marks)
    return Styled("".join(texts) + styled.text[start:], b"".join(styles) + styled.style[start:], marks)
