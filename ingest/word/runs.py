"""The inline content of Word paragraphs: runs, fields, tracked changes, notes, text boxes (ISO/IEC 29500-1, 17.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.flowing.markup import raised_mark
from ingest.flowing.repair import Steps, repair
from ingest.flowing.struck import StruckOut, only_label
from ingest.flowing.styled import BOLD, ITALIC, Styled
from ingest.word.element_properties import MC, WP, M, Properties, R, V, W, flag, properties, properties_in, value
from ingest.word.styles import RunStyle, Styles, run_style
from vietnamese.legacy import decode_run, encoding_of_font, is_unicode

_WRAPPERS = {
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir")
}
_SHAPES = {f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"}
_FIXED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_TEXT, _SYMBOL, _FIELD, _SOFT_HYPHEN = f"{W}t", f"{W}sym", f"{W}fldChar", f"{W}softHyphen"
_RUN, _PROPERTIES, _BOX = f"{W}r", f"{W}rPr", f"{W}txbxContent"
_DELETED = {f"{W}del", f"{W}moveFrom"}
_VML_LEFT = re.compile(r"margin-left:\s*(-?[\d.]+)pt")
_VML_WIDTH = re.compile(r"(?:^|;)width:\s*([\d.]+)pt")
_SYMBOL_CODE = re.compile(r"[0-9A-Fa-f]{2,4}")
_EMU = 12700
_SAMPLE = 5000
"""Characters kept as the file has them, to tell a legacy encoding that no font names."""


@dataclass(frozen=True)
class TextBox:
    """A text box: its content, and in points how far its left side and how wide it is, where the file says so."""

    content: etree._Element
    left: float | None = None
    width: float | None = None


@dataclass
class Marks:
    """Footnote marks in order of their references: `1`, `2`, … by the note's id."""

    by_id: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str, identifier: str) -> str:
        known = sum(1 for other, _ in self.by_id if other == kind)
        return self.by_id.setdefault((kind, identifier), str(known + 1))


class InlineReader:
    """Reads paragraphs one after the other; fields may run on from one to the next."""

    def __init__(self, styles: Styles, steps: Steps) -> None:
        self.styles = styles
        self.steps = steps
        self.marks = Marks()
        self.boxes: list[TextBox] = []
        self.watermarks: list[str] = []
        self.size: float | None = None
        self.raw = ""
        self.struck: list[StruckOut] = []
        self._crossed = ""
        self._crossed_at = 0
        self.crossed_out = False
        self._fields: list[bool] = []
        self._base = RunStyle()
        self._paragraph: etree._Element | None = None
        self._known_unicode: bool | None = None
        self._out: list[Styled] = []

    def read(self, paragraph: etree._Element, style: str | None) -> Styled:
        """A paragraph's text, tabs and line breaks kept. Its text boxes are left in `boxes`, its size in `size`.

        Struck-out words are left out and kept in `struck`; `crossed_out` says whether they were all of it.
        """
        self.crossed_out = False
        self._base = self.styles.paragraph(style).run
        self._out, self.size, self._crossed = [], None, ""
        self._paragraph, self._known_unicode = paragraph, None
        self._walk(paragraph)
        read = Styled.concat(self._out) if self._out else Styled.plain("")
        return self._without_remains(read) if self._crossed.strip() else read

    def _without_remains(self, read: Styled) -> Styled:
        """What is left of a paragraph with struck-out words: nothing, where it is no more than a number or a bullet."""
        self.crossed_out = only_label(read.text)
        around = "" if self.crossed_out else " ".join(read.text.split())
        self.struck.append(StruckOut(" ".join(self._crossed.split()), around))
        return Styled.plain("") if self.crossed_out else read

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == _RUN:
                self._run(child)
            elif child.tag in _WRAPPERS:
                if not flag(properties_in(child, f"{W}sdtPr"), "showingPlcHdr"):
                    self._walk(child)
            elif child.tag == f"{M}oMath" or child.tag == f"{M}oMathPara":
                self._add("".join(text.text or "" for text in child.iter(f"{M}t")), self._base)
            elif child.tag == f"{MC}AlternateContent":
                self._shape(child)

    def _run(self, run: etree._Element) -> None:
        style = self._base
        for item in run:
            tag = item.tag
            if tag == _PROPERTIES:
                style = self._style(properties(item))
            elif tag == _TEXT:
                self._text(item.text or "", style)
            elif tag in _FIXED:
                self._text(_FIXED[tag], style)
            elif tag == _FIELD:
                self._field(item.get(f"{W}fldCharType"))
            elif tag in _NOTES:
                self._note(item, _NOTES[tag])
            elif tag in _SHAPES:
                self._shape(item)
            else:
                self._rare(item, style)

    def _rare(self, item: etree._Element, style: RunStyle) -> None:
        """A symbol of a pictorial font; a soft hyphen, which a TCVN3 font shows as ư."""
        if item.tag == _SYMBOL:
            code = item.get(f"{W}char", "")
            self._text(chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else "•", style)
        elif item.tag == _SOFT_HYPHEN and encoding_of_font(style.font):
            self._text("\u00ad", style)

    def _style(self, said: Properties) -> RunStyle:
        character = value(said, "rStyle")
        base = self.styles.character(character).over(self._base) if character else self._base
        return run_style(said).over(base)

    def _text(self, text: str, style: RunStyle) -> None:
        if style.hidden or not all(self._fields):
            return
        if len(self.raw) < _SAMPLE:
            self.raw += text
        if encoding_of_font(style.font) and not self._is_unicode(style.font or ""):
            text, encoding = decode_run(text, style.font)
            if encoding:
                self.steps.add(encoding)
        if style.struck:
            self._cross(text)
            return
        if style.raised:
            mark, text = raised_mark(text.strip(), "".join(piece.text for piece in self._out[-2:])[-6:])
            if mark is not None:
                self._mark(mark)
        self._add(text.upper() if style.capitals or style.small_capitals else text, style)

    def _cross(self, text: str) -> None:
        """Struck-out words: kept apart, a gap between those that living text parts."""
        apart = bool(self._out) and not self._crossed.endswith((" ", " … ")) and self._crossed_at != len(self._out)
        self._crossed += (" … " if self._crossed and apart else "") + text
        self._crossed_at = len(self._out)

    def _is_unicode(self, font: str) -> bool:
        if self._paragraph is None:
            return False
        if self._known_unicode is None:
            texts = [text.text or "" for text in self._paragraph.iter(_TEXT)]
            self._known_unicode = is_unicode("".join(texts), font)
        return self._known_unicode

    def _add(self, text: str, style: RunStyle) -> None:
        if not text:
            return
        if self.size is None and style.half_points and not text.isspace():
            self.size = style.half_points / 2
        flags = (BOLD if style.bold else 0) | (ITALIC if style.italic else 0)
        self._out.append(Styled.plain(repair(text, self.steps), flags))

    def _mark(self, mark: str) -> None:
        self._out.append(Styled("", b"", ((0, mark),)))

    def _note(self, reference: etree._Element, kind: str) -> None:
        if all(self._fields):
            self._mark(self.marks.of(kind, reference.get(f"{W}id", "")))

    def _field(self, kind: str | None) -> None:
        """Of a field only its result shows: what stands between `separate` and `end`."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shape(self, shape: etree._Element) -> None:
        """Text boxes and watermarks of a drawing; of alternatives for old and new programs only the first."""
        if shape.tag == f"{MC}AlternateContent":
            choices = [child for child in shape if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
            filled = [choice for choice in choices if choice.find(f".//{_BOX}") is not None]
            shape = (filled or choices or [shape])[0]
        for path in shape.iter(f"{V}textpath"):
            self.watermarks.append(path.get("string", ""))
        for content in shape.iter(_BOX):
            if _outermost(content, shape):
                self.boxes.append(_placed(content))


def _outermost(content: etree._Element, shape: etree._Element) -> bool:
    """Whether no other text box of this shape holds this one."""
    for parent in content.iterancestors():
        if parent is shape:
            return True
        if parent.tag == _BOX:
            return False
    return True


def _placed(content: etree._Element) -> TextBox:
    """A text box with its place, from a DrawingML anchor or a VML style."""
    for parent in content.iterancestors():
        if parent.tag == f"{WP}anchor":
            offset = parent.findtext(f"{WP}positionH/{WP}posOffset")
            extent = parent.find(f"{WP}extent")
            return TextBox(content, _points(offset), _points(None if extent is None else extent.get("cx")))
        style = parent.get("style", "")
        left = _VML_LEFT.search(style)
        if left:
            width_found = _VML_WIDTH.search(style)
            return TextBox(content, float(left[1]), float(width_found[1]) if width_found else None)
    return TextBox(content)


def _points(emu: str | None) -> float | None:
    """A length in English Metric Units, as points; None where the file gives no whole number."""
    return int(emu) / _EMU if emu is not None and emu.strip().lstrip("-").isdigit() else None


def image_count(root: etree._Element) -> int:
    """How many pictures a part shows."""
    blips = root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    return sum(1 for blip in blips if blip.get(f"{R}embed")) + sum(1 for _ in root.iter(f"{V}imagedata"))


def deleted_mark(said: Properties) -> bool:
    """Whether the end of this paragraph was deleted under change tracking: the next one follows on the same line."""
    runs = said.get(_PROPERTIES)
    return runs is not None and any(child.tag in _DELETED for child in runs)
