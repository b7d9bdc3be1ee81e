"""Letters put into an archive as records, without reading files: what an archive's tests need of one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from congvan.archive.archive import Archive
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from schemas.dispatch import Deadline, Directive, Dispatch, Header
from schemas.document import Document
from schemas.source import Notice, Ocr, Source

WORDS = (
    "Các cơ quan đơn vị trực thuộc rà soát hồ sơ tài liệu lưu trữ của đơn vị mình lập danh mục tài liệu hết giá trị "
    "gửi về văn phòng để tổng hợp báo cáo thường trực xem xét quyết định theo thẩm quyền và quy định hiện hành về "
    "công tác văn thư lưu trữ trong toàn hệ thống từ cấp huyện đến cấp xã bảo đảm đúng tiến độ yêu cầu đề ra"
)


@dataclass
class Letter:
    """What one file says. `dues` are days or (day, phrase) of its deadlines, one item each."""

    name: str = "cv.pdf"
    header: dict[str, Any] = field(default_factory=dict)
    dues: tuple[str, ...] = ()
    text: str = WORDS
    pages: int | None = None
    scanned: bool = False
    warnings: tuple[Notice, ...] = ()
    path: str | None = None

    def record(self) -> tuple[bytes, Dispatch]:
        """Its bytes and its record."""
        data = repr(self).encode()
        sha256 = hashlib.sha256(data).hexdigest()
        ocr = Ocr(engine="tesseract", mean_confidence=0.9) if self.scanned else None
        source = Source(
            name=self.name, media_type="application/pdf", size=len(data), sha256=sha256, reader="pdf",
            pages=self.pages, ocr=ocr,
        )  # fmt: skip
        items = [Directive(id="1", text=self.text)]
        items += [Directive(id=str(place), text=f"Gửi báo cáo lần {place}.") for place in range(2, 2 + len(self.dues))]
        due = [
            Deadline.model_validate(
                {"id": f"D{place}", "directive": str(place), "phrase": f"trước ngày {day}", "kind": "by", "due": day}
            )
            for place, day in enumerate(self.dues, start=2)
        ]
        facts = {"issuing_body": "UBND huyện Kim Thành", **self.header}
        if facts.get("date"):
            facts["year"] = int(facts["date"][:4])
        header = Header.model_validate(facts)
        record = Dispatch(
            id=sha256, source=source, header=header, regime="state", directives=tuple(items), deadlines=tuple(due),
            warnings=self.warnings,
        )  # fmt: skip
        return data, record


def put_letter(archive: Archive, letter: Letter) -> str:
    """Register a letter; gives its id."""
    data, record = letter.record()
    document = pack(Document(source=record.source).json_pieces())
    path = letter.path or f"/in/{record.id[:8]}/{letter.name}"
    archive.add(data, document, record, Seen(path, len(data), 1, record.id, "done"))
    return record.id
