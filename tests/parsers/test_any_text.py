"""Whatever a file says, parsing ends with a record that its own JSON gives again: texts of the pieces of dispatches."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.audit.audit import audit
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Dispatch

PIECES = (
    "Số: ", "Số", "12", "/UBND-VP", "-CV/HU", "*", "ngày", "ngày 31 tháng 2 năm 2024", "tháng … năm",
    "năm học 2023 - 2024", "quý IV/2023", "trước ngày", "chậm nhất", "từ ngày 5/8 đến ngày 3/8", "hằng tháng", "30/2",
    "00/00/0000", "%", "3,5%", "1.234.567", "-5", "0", "tăng", "giảm", "so với", "cùng kỳ", "tổng số", "trong đó",
    "gồm", "đồng chí", "Kính gửi:", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "V/v", "CÔNG VĂN", "KẾ HOẠCH",
    "ỦY BAN NHÂN DÂN", "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "T/M", "KT.", "TM.", "PHÓ", "1.", "1.1.", "a)", "I.", "Phụ lục", "(kèm theo Công văn số", ")", "(", "“", "”",
    "Điều 5", "Nghị định số 30/2020/NĐ-CP", "Căn cứ", ";", ".", ":", ",", "|", "TT", "STT", "Đơn vị", "Chỉ tiêu",
    "Kế hoạch", "Thực hiện", "Cộng", "\t", "   ", "\n", "\n", "\n", "\n\n", "\f", "_____", "......", "…", "Mật",
    "HỎA TỐC", "DỰ THẢO", "(đã ký)", "Nguyễn Văn An", "giao", "chủ trì", "phối hợp với", "báo cáo",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=120).map(" ".join)


def record_of(text: str) -> Dispatch:
    """The record of a text file."""
    return parse(read_text(SourceFile(Path("thư.txt"), "text/plain", text.encode("utf-8", "surrogatepass"))))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(TEXTS)
def test_any_text_gives_a_record_or_is_empty(text: str) -> None:
    record = record_of(f"Số: 1\n{text}")
    assert Dispatch.model_validate_json(record.model_dump_json()) == record
    audit(record)
