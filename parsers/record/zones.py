"""Parts: one dispatch's blocks, sorted by their place in the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.document import Block, Footnote, Furniture, Paragraph


@dataclass(frozen=True)
class Parts:
    """One dispatch as laid out by the rules of form (Nghị định 30/2020, Phụ lục I; Hướng dẫn 36-HD/VPTW).

    `head`: the letterhead, type and trích yếu, Kính gửi. `body`: from the first sentence to the last before Nơi nhận
    and the signature. `closing`: Nơi nhận and the signature block, without `signers`, who stand side by side in it.
    `appendices`: all that follows them. Footnotes and furniture are those of its pages.
    """

    head: tuple[Paragraph, ...]
    body: Sequence[Block]
    closing: tuple[Paragraph, ...] = ()
    signers: tuple[tuple[Paragraph, ...], ...] = ()
    appendices: Sequence[Block] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Furniture, ...] = ()
