"""Two columns in lines of text: letterhead and signature block whose halves stand side by side behind a tab or a gap.

Read line by line the halves would interleave; here the left half's lines come first, then the right half's, each with
its `column`. A block is known by the words of the form (Nghị định 30/2020, Phụ lục I, ô 1-4 and 7-9): one line that
has them on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from form.labels import distribution_names
from ingest.flowing.flow import FlowLine
from ingest.flowing.styled import Styled
from schemas.document import Grid
from vietnamese.fold import fold

_RIGHT_HEAD = re.compile(
    r"(?:cong\s*hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\s*[-–]\s*tu do"
    r"|doan (?:tncs|thanh nien cong san) ho chi minh$"
    r"|[^,;.]{2,40},\s*ngay\b.{0,20}thang\b)"
)
_NOI_NHAN = re.compile(rf"{distribution_names()}\s*:?")
_SIGNER = re.compile(
    r"(?:(?:t/m|t\.?m\.?|k/t|k\.?t\.?|t/l|t\.?l\.?|tuq\.?|q\.)\s"
    r"|(?:pho |quyen )?(?:chu tich|giam doc|bi thu|truong|chanh|vu|cuc|tong|hieu|thu (?:ky|truong)|chu t(?:oa|ri)"
    r"|ke toan)\b)"
)
_STOP = re.compile(
    r"(?:kinh (?:g[uo]i|trinh)\b|can cu\b|dieu \d|phu luc\b"
    r"|(?:nghi quyet|quyet dinh|chi thi|ket luan|quy che|quy dinh|thong tri|huong dan|thong bao|thong cao|bao cao"
    r"|ke hoach|chuong trinh|de an|phuong an|to trinh|cong dien|bien ban|giay \w+( \w+)?|phieu \w+|lich \w+( \w+)?"
    r"|the le|noi quy|dieu le|de cuong|loi keu goi|thu \w+)( \w+){0,2}:?$)"
)
_FORM = re.compile(
    r"(?:^|\n)\s*(?:cong\s*hoa xa hoi chu nghia|dang cong san viet nam|doc lap\s*[-–]\s*tu do|so\s*:"
    rf"|{distribution_names()}\s*:|kinh (?:g[uo]i|trinh)\b)"
)
_SIGNS_A_LINE = re.compile(
    r"(?:^|\n)\s*(?:(?:t/m|tm\.?|k/t|kt\.?|t/l|tl\.?|tuq\.?|q\.)\s|(?:pho )?(?:chu tich|giam doc|bi thu|hieu truong)\b)"
)
_GAP = re.compile(r"\t[\t ]*|(?<=\S) {3,}(?=\S)|\A {20,}(?=\S)|(?<! ) *\t[\t ]*")
_BLANK_BEFORE = re.compile(r"(?:\b[Ss][ốôo]\s*:?|\bSỐ\s*:?|\b[Nn]g[àa]y|\bth[áa]ng|\bn[ăa]m)$")
"""On the text as printed: in capitals `VIỆT NAM` and `PHONG NẪM` are names."""
_LONGEST = 110
_ACROSS = 25
"""Characters of white space, or of indentation, that set a line into the right half."""
_RAGGED = 8
"""Lines of the right half are centred in it: they begin so many characters to the left of each other."""
_BEHIND = 12
"""So many lines without two halves may stand inside a block."""


@dataclass(frozen=True)
class Halves:
    """A line cut at its gap; a half is None where the line has nothing on that side."""

    left: Styled | None
    right: Styled | None


def is_form_text(text: str) -> bool:
    """Whether a line of this text is a fixed part of a letterhead, Kính gửi or Nơi nhận."""
    return _FORM.search(fold(text)) is not None


def is_signer_text(text: str) -> bool:
    """Whether a line of this text begins like a signature block: an authority mark or a title."""
    return _SIGNS_A_LINE.search(fold(text)) is not None


def read_columns(elements: Sequence[FlowLine | Grid | None]) -> list[FlowLine | Grid | None]:
    """The same elements, with the lines of each two-column block put in reading order."""
    done: list[FlowLine | Grid | None] = []
    index = 0
    while index < len(elements):
        end = _block_end(elements, index)
        if end is None:
            done.append(elements[index])
            index += 1
            continue
        start = _block_start(done)
        block = [line for line in [*done[start:], *elements[index:end]] if isinstance(line, FlowLine)]
        del done[start:]
        done.extend(_in_order(block))
        index = end
    return done


def _block_start(done: list[FlowLine | Grid | None]) -> int:
    """Lines right above the first sure one that have two halves belong to the block."""
    start = len(done)
    while start and isinstance(line := done[start - 1], FlowLine) and line.column is None and _two(line) is not None:
        start -= 1
    return start


def _block_end(elements: Sequence[FlowLine | Grid | None], index: int) -> int | None:
    """The end of the block that begins at `index`, or None where none begins."""
    first = elements[index]
    if not isinstance(first, FlowLine) or first.column:
        return None
    sure = is_anchor(first)
    gutter = _gutter(first)
    if not (sure or _NOI_NHAN.match(fold(first.text.strip())) or (_right_only(first, gutter) and _signs(first.text))):
        return None
    end = index + 1 if sure else index
    for position in range(index, len(elements)):
        line = elements[position]
        if position - end >= _BEHIND or not isinstance(line, FlowLine) or _ends_block(line):
            break
        if sure and position > index and not _closes(first) and _closes(line):
            break  # a short dispatch: the signature block stands right below
        if _two(line) is not None or _right_only(line, gutter):
            end = position + 1
    return end if sure or _has_both(elements[index:end]) else None


def _closes(line: FlowLine) -> bool:
    return _NOI_NHAN.match(fold(line.text.strip(" \t*-"))) is not None


def _gutter(line: FlowLine) -> int:
    """Where the right half of a line set with spaces begins, in characters; a usual place where it has none."""
    halves = _two(line)
    if halves is None or halves.right is None or "\t" in line.text.strip():
        return _ACROSS
    return max(_ACROSS, len(line.text) - len(halves.right.text) - _RAGGED)


def _ends_block(line: FlowLine) -> bool:
    return line.column is not None or len(line.text) > 2 * _LONGEST or bool(_STOP.match(fold(line.text.strip())))


def _has_both(elements: Sequence[FlowLine | Grid | None]) -> bool:
    """Whether a block that no single line proves has a Nơi nhận on the left and a signer on the right."""
    lines = [line for line in elements if isinstance(line, FlowLine)]
    left = any(_NOI_NHAN.match(fold(line.text.strip())) for line in lines if not _right_only(line, _ACROSS))
    return left and any(_right_only(line, _ACROSS) and _signs(line.text) for line in lines)


def _signs(text: str) -> bool:
    return _SIGNER.match(" ".join(fold(text).split()) + " ") is not None


def is_anchor(line: FlowLine) -> bool:
    """Whether both halves of this line are known parts of a letterhead or a signature block."""
    halves = _two(line)
    if halves is None or halves.left is None or halves.right is None:
        return False
    left, right = fold(halves.left.text.strip(" \t*-")), fold(halves.right.text.strip())
    if _sign_jointly(halves.left, halves.right):
        return True
    if _NOI_NHAN.match(left):
        return _signs(right) or halves.right.text.strip().isupper()
    return _RIGHT_HEAD.match(right) is not None


def _sign_jointly(left: Styled, right: Styled) -> bool:
    """Whether both halves are offices in capitals: two who sign one dispatch side by side."""
    return all(half.text.strip().isupper() and _signs(half.text) for half in (left, right))


def _two(line: FlowLine) -> Halves | None:
    """The line cut at its widest gap, if it has one with words on both sides."""
    if len(line.text.strip()) > 2 * _LONGEST:
        return None
    gaps = [gap for gap in _GAP.finditer(line.text) if _parts(line.text[: gap.start()], line.text[gap.end() :])]
    if not gaps:
        return None
    gap = max(gaps, key=lambda match: (match[0].count("\t"), len(match[0])))
    left, right = line.styled.cut(0, gap.start()), line.styled.cut(gap.end(), len(line.text))
    return None if len(left.text.strip()) > _LONGEST else Halves(left, right)


def _parts(left: str, right: str) -> bool:
    """Whether a gap between these parts two columns, and is no blank to be filled in (`Số:      /KH-UBND`)."""
    return bool(left.strip() and right.strip()) and _BLANK_BEFORE.search(left.rstrip()) is None


def _right_only(line: FlowLine, gutter: int) -> bool:
    """Whether nothing but white space, wide enough to cross the left half, stands before the words."""
    return "\t" in _lead(line) or max(len(_lead(line)), line.indent) >= gutter


def _in_order(block: list[FlowLine]) -> Iterator[FlowLine]:
    margin = min((_lead(line).count("\t") for line in block if _two(line)), default=0)
    gutter = min((_gutter(line) for line in block if _two(line)), default=_ACROSS)
    halves = [(line, _two(line) or _one(line, margin, gutter)) for line in block]
    for line, half in halves:
        if half.left is not None and half.left.text.strip():
            yield line._replace(styled=half.left, column="left", tail=None)
    for line, half in halves:
        if half.right is not None and half.right.text.strip():
            yield line._replace(styled=half.right, column="right", indent=0, tail=None)


def _one(line: FlowLine, margin: int, gutter: int) -> Halves:
    """A line with one half; `margin` tabs lead even to the left one where both are set with tab stops."""
    tabs = _lead(line).count("\t")
    crosses = _right_only(line, gutter) and (tabs > margin or not tabs or line.indent >= gutter)
    return Halves(None, line.styled) if crosses else Halves(line.styled, None)


def _lead(line: FlowLine) -> str:
    return line.text[: len(line.text) - len(line.text.lstrip())]
