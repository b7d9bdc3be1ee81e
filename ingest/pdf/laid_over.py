"""One page and what is laid over it: the appearances made readable, and put into the page's lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from ingest.page.placed import PlacedWord, ReadPage
from ingest.page.rulings import Ruling, TableFrame
from ingest.pdf.characters import Frame
from ingest.pdf.field_pictures import FieldPictures
from ingest.pdf.fields import Fields
from ingest.pdf.overlays import (
    Overlay,
    appearance_form,
    flattened,
    read_overlays,
    text_objects,
    with_words,
)
from schemas.document import Furniture


@dataclass
class LaidOver:
    """A pdfium page with its appearances as page content, `objects` of its own before them.

    `texts`: the addresses of the text objects of the appearances; `form` holds them all.
    """

    page: Any
    frame: Frame
    number: int
    objects: int
    overlays: list[Overlay] = field(default_factory=list)
    form: Any | None = None
    texts: frozenset[int] = frozenset()

    @classmethod
    def on(cls, pdf: Any, page: Any, number: int, frame: Frame) -> LaidOver:
        """Page `number` of a pypdfium2 document. `page` may be closed and opened again: take it from the result."""
        objects = pdfium.FPDFPage_CountObjects(page.raw)
        overlays = read_overlays(page.raw, frame)
        if not any(overlay.is_readable for overlay in overlays):
            return cls(page, frame, number, objects, overlays)
        page = flattened(pdf, page, number - 1)
        form = appearance_form(page, objects)
        return cls(page, frame, number, objects, overlays, form, text_objects(form) if form else frozenset())

    @classmethod
    def without(cls, pdf: Any, number: int, frame: Frame) -> LaidOver:
        """Page `number` opened anew, as if nothing were laid over it: where that cannot be read."""
        page = pdf[number - 1]
        return cls(page, frame, number, pdfium.FPDFPage_CountObjects(page.raw))

    def take(self, words: Sequence[PlacedWord]) -> None:
        """Gives the overlays the words that the page shows through them, and takes them off the page's picture."""
        self.overlays = with_words(self.overlays, words)
        if self.form is not None:
            pdfium.FPDFPageObj_SetIsActive(self.form, False)

    @property
    def strikes(self) -> list[Ruling]:
        """The lines that marks of striking out draw through words."""
        boxes = [box for overlay in self.overlays for box in overlay.strikes]
        return [Ruling(box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2) for box in boxes]

    def put_into(
        self, words: Sequence[PlacedWord], frames: Sequence[TableFrame] = ()
    ) -> tuple[list[PlacedWord], list[Furniture]]:
        """The words of the page with those of its fields in their lines, and what else is laid over it."""
        if not self.overlays:
            return list(words), []
        fields = Fields(list(words), self.number, frames)
        pictures = FieldPictures(self.page, self.form, self.frame, self.number)
        fields.place(self.overlays, pictures.ink_of, pictures.read)
        return fields.words, fields.furniture

    def put_into_page(self, read: ReadPage) -> ReadPage:
        """A page that was read from its picture, with what is laid over it."""
        content = read.content
        # The words of a page that was turned to be read do not stand where the file has them.
        words, furniture = self.put_into(() if read.info.turn else content.words)
        words = list(content.words) if read.info.turn else words
        return replace(read, content=replace(content, words=words, furniture=[*content.furniture, *furniture]))
