"""`python -m bench.long_text`: seconds that a dispatch takes whose one paragraph is far longer than any office writes.

    python -m bench.long_text [--characters 100000] [KIND …]

The paragraph is an item of a list of tasks, or stands in the running text. No kind may take much longer than the
others: what grows with the square of the length shows here first (`tests/parsers/test_growth.py` counts its calls).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.document import Document, Paragraph

_PLACE = "CHỖ CỦA ĐOẠN DÀI"
_HEAD = """ỦY BAN NHÂN DÂN TỈNH AN BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-VX
An Bình, ngày 12 tháng 5 năm 2025
V/v triển khai công tác quý II

Kính gửi: Các sở, ban, ngành tỉnh.

Để triển khai công tác, Ủy ban nhân dân tỉnh yêu cầu:
"""
_TAIL = """
Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn An
"""
_FORMS = {
    "item": f"1. Sở Nội vụ khẩn trương triển khai {_PLACE}\n2. Sở Tài chính báo cáo kết quả trước ngày 15/6/2025.\n",
    "running": f"Các cơ quan báo cáo {_PLACE}\n",
}
_REPEATED = {
    "sentences": "Ủy ban nhân dân xã rà soát hồ sơ và báo cáo kết quả trước ngày 15/6/2025. ",
    "no stop": "Ủy ban nhân dân xã rà soát hồ sơ và báo cáo kết quả phòng chống thiên tai ",
    "persons": "Nguyễn Văn An, Trần Thị Bình, Lê Hoàng Cường, ",
    "offices": "Sở Nội vụ, Sở Tài chính, Ủy ban nhân dân xã Thanh Hà, ",
    "charges": "giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, ",
    "one day": "trước ngày 15/6/2025, ",
    "bare days": "15/6/2025 ",
    "stretches": "từ ngày 01/5/2025 đến ngày 05/6/2025, ",
    "every year": "hằng năm trước ngày 15/6, ",
    "periods": "quý III ",
    "lengths": "trong vòng 15 ngày kể từ ngày ",
    "hours": "16 giờ 30 ngày ",
    "ngày": "ngày ",
    "từ": "từ ",
    "number words": "mười hai ba mươi ",
    "reports": "kỳ báo cáo ",
    "citations": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ; ",
    "symbols": "12/UBND-VP ",
    "percentages": "12,5% ",
    "figures": "tăng 12,5% so với năm 2024, đạt 1.234 tỷ đồng; ",
    "shares": "tổng số 120 đơn vị, trong đó 30 đơn vị, ",
    "brackets": "(",
    "pairs of brackets": "()",
    "quotes": "“abc ",
    "digits": "7",
    "groups of digits": "1.234.567 ",
    "no spaces": "Ủybannhândân",
    "spaces": " ",
    "commas": ", ",
    "dots": ".",
}


def texts(characters: int) -> Iterator[tuple[str, str]]:
    """Each kind of long text by its name."""
    for name, part in _REPEATED.items():
        yield name, (part * (characters // len(part) + 1))[:characters]
    days = ((1 + n % 28, 1 + n // 28 % 12, 2025 + n // 336) for n in range(characters // 42))
    yield "many days", "; ".join(f"Sở Nội vụ báo cáo trước ngày {day}/{month}/{year}" for day, month, year in days)


def document_with(text: str, form: str) -> Document:
    """A dispatch one of whose paragraphs holds the text: as an `item`, or `running` on."""
    cover = (_HEAD + _FORMS[form] + _TAIL).encode()
    document = read_text(SourceFile(Path("thư.txt"), "text/plain", cover))
    blocks = tuple(
        block.model_copy(update={"text": block.text.replace(_PLACE, text)}) if isinstance(block, Paragraph) else block
        for block in document.blocks
    )
    return document.model_copy(update={"blocks": blocks, "letters": ()})


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--characters", type=int, default=100_000)
    options = parser.parse_args(arguments)
    for name, text in texts(options.characters):
        if options.kinds and name not in options.kinds:
            continue
        for form in _FORMS:
            document = document_with(text, form)
            start = time.process_time()
            parse(document)
            print(f"{name:18} {form:8} {time.process_time() - start:6.2f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
