"""The code book: what each column of the dataset is called and means, and which values it may have."""

from __future__ import annotations

from typing import Any, NamedTuple

from congvan.dataset.see.units import kind_labels
from congvan.dataset.words.vocabulary import dimension_labels

STATUS = {"plan": "kế hoạch", "result": "kết quả", "estimate": "ước"}
PART = {"unit": "đơn vị", "subtotal": "cộng nhóm", "total": "tổng"}
VERDICT = {
    "agrees": "khớp",
    "truncated": "khớp khi cắt bớt số lẻ",
    "disagrees": "không khớp",
    "cannot_tell": "không kiểm tra được",
}


class BookEntry(NamedTuple):
    """A column: its Vietnamese title, its type (as Frictionless Table Schema names it), and what it means."""

    title: str
    type: str
    description: str


BOOK: dict[str, BookEntry] = {
    "province": BookEntry("Tỉnh", "string", "Tỉnh, thành phố mà văn bản thuộc về, theo tên tại ngày văn bản."),
    "district": BookEntry("Huyện", "string", "Huyện, quận, thị xã mà văn bản thuộc về (đến 30/6/2025)."),
    "province_code": BookEntry("Mã tỉnh", "string", "Mã tỉnh của danh mục đơn vị hành chính tại ngày văn bản."),
    "district_code": BookEntry("Mã huyện", "string", "Mã huyện của danh mục đơn vị hành chính tại ngày văn bản."),
    "commune_code": BookEntry("Mã xã", "string", "Mã xã, phường, thị trấn của dòng, nếu dòng là một xã."),
    "commune": BookEntry("Xã", "string", "Tên xã, phường, thị trấn của dòng, nếu dòng là một xã."),
    "unit": BookEntry("Đơn vị", "string", "Tên của dòng như in: đơn vị báo cáo, hoặc điều được đếm."),
    "unit_kind": BookEntry("Loại đơn vị", "string", "Loại của đơn vị, suy từ tên của nó."),
    "unit_name": BookEntry("Tên chuẩn hoá", "string", "Tên của dòng bằng chữ thường, viết tắt viết ra."),
    "place": BookEntry("Địa bàn", "string", "Khoá vào bảng places: xã, huyện hoặc tỉnh mà dòng là."),
    "section": BookEntry("Nhóm dòng", "string", "Tiêu đề của nhóm dòng mà dòng nằm trong."),
    "indicator": BookEntry("Chỉ tiêu", "string", "Số liệu là của gì: tên trong measures.toml, tên trong từ vựng, hoặc "
                       "chính những chữ của tiêu đề."),
    "measure": BookEntry("Khoá chỉ tiêu", "string", "Khoá trong từ vựng, hoặc tên trong measures.toml; trống nếu tiêu "
                     "đề không khớp chỉ tiêu nào."),
    "subject": BookEntry("Điều được đếm", "string", "Chữ của dòng, không dấu, khi mỗi dòng là một điều được đếm."),
    "concept": BookEntry("Chữ của tiêu đề", "string", "Chữ của tiêu đề cột, không dấu, bỏ thời gian và phân tổ."),
    "heading": BookEntry("Tiêu đề cột", "string", "Các cấp tiêu đề của cột như in, cách nhau bằng dấu gạch chéo."),
    "dimensions": BookEntry("Phân tổ", "string", "Số liệu chỉ tính cho ai (nữ, dân tộc thiểu số …); trống là tất cả."),
    "status": BookEntry("Kế hoạch/kết quả", "string", "Kế hoạch, kết quả hay ước; trống nếu không có chữ nào nói."),
    "part": BookEntry("Dòng", "string", "Dòng của một đơn vị, dòng cộng nhóm hay dòng tổng. Chỉ cộng các dòng đơn vị."),
    "period_start": BookEntry("Từ ngày", "date", "Ngày đầu của kỳ số liệu; trống với số có đến một ngày."),
    "period_end": BookEntry("Đến ngày", "date", "Ngày cuối của kỳ số liệu."),
    "as_of": BookEntry("Tính đến", "date", "Ngày mà số liệu được tính đến, nếu in."),
    "cumulative": BookEntry("Luỹ kế", "boolean", "Cộng dồn từ đầu năm: số của kỳ sau chứa số của kỳ trước."),
    "year": BookEntry("Năm", "integer", "Năm của kỳ số liệu, nếu không có thì năm của văn bản."),
    "value_number": BookEntry("Giá trị", "number", "Giá trị dạng số để tính."),
    "value": BookEntry("Giá trị trong bản ghi", "string", "Giá trị như in, dạng thập phân; trống không phải là 0."),
    "printed": BookEntry("Như in", "string", "Chữ của ô như in trong văn bản."),
    "unit_of_value": BookEntry("Đơn vị tính", "string", "Đơn vị tính in ở cột, ở dòng, ở đầu bảng, hoặc của chỉ tiêu."),
    "base_value": BookEntry("Giá trị quy đổi", "number", "Giá trị đã đổi sang đơn vị gốc (đồng, kg, m2)."),
    "base_unit": BookEntry("Đơn vị gốc", "string", "Đơn vị của giá trị quy đổi."),
    "disagrees": BookEntry("Kiểm tra thấy sai", "boolean", "Khi kiểm tra, số in không khớp số tính lại."),
    "verdict": BookEntry("Kết luận kiểm tra", "string", "Kết luận của congvan audit; trống nếu không kiểm tra."),
    "computed": BookEntry("Số tính lại", "string", "Số mà congvan audit tính được từ các ô khác, đặt cạnh số in."),
    "corrected": BookEntry("Đã sửa", "boolean", "Có người đã sửa giá trị mà máy đọc."),
    "confidence": BookEntry("Độ tin cậy", "number", "Từ 0 đến 1; dưới 1 khi đọc từ ảnh."),
    "body": BookEntry("Cơ quan báo cáo", "string", "Cơ quan ban hành văn bản, như in."),
    "so_hieu": BookEntry("Số, ký hiệu", "string", "Số, ký hiệu của văn bản."),
    "issued": BookEntry("Ngày văn bản", "date", "Ngày ban hành văn bản."),
    "page": BookEntry("Trang", "integer", "Trang in số liệu, từ 1."),
    "table": BookEntry("Bảng", "string", "Bảng trong bản ghi; trống là số liệu trong lời văn."),
    "row": BookEntry("Dòng số", "integer", "Dòng trong bảng của bản ghi, từ 0."),
    "column": BookEntry("Cột số", "integer", "Cột trong bảng của bản ghi, từ 0."),
    "dispatch": BookEntry("Văn bản", "string", "Mã của văn bản trong kho (SHA-256 của tệp)."),
    "pointer": BookEntry("Chỗ trong bản ghi", "string", "JSON Pointer (RFC 6901) tới ô trong bản ghi."),
    "province_id": BookEntry("Địa bàn tỉnh", "string", "Khoá của tỉnh vào bảng places."),
    "district_id": BookEntry("Địa bàn huyện", "string", "Khoá của huyện vào bảng places."),
}  # fmt: skip

_OTHERS = {
    "figures": "Số liệu", "dispatches": "Văn bản", "districts": "Huyện", "first_year": "Từ năm", "last_year": "Đến năm",
    "printed_as": "Như in", "words": "Chữ", "example": "Ví dụ", "others": "Huyện đã báo cáo", "heading": "Tiêu đề",
    "like": "Giống với", "likeness": "Độ giống", "figures_like": "Số liệu của nó", "newer": "Giá trị mới",
    "newer_in": "Văn bản mới", "newer_issued": "Ngày mới", "older": "Giá trị cũ", "older_in": "Văn bản cũ",
    "older_issued": "Ngày cũ", "kind": "Loại",
}  # fmt: skip

ENUMS: dict[str, dict[str, str]] = {"status": STATUS, "part": PART, "verdict": VERDICT}
"""Of the columns with few values, each value and what it is called."""


def title_of(name: str, of_list: bool = False) -> str:
    """What a column is called; in a list about the figures (`of_list`) some names mean other things."""
    if of_list and name in _OTHERS:
        return _OTHERS[name]
    return BOOK[name].title if name in BOOK else _OTHERS.get(name, name)


def in_words(name: str, value: Any) -> Any:
    """A value as people call it: keys of statuses, parts, verdicts, kinds and breakdowns in words."""
    if value is None:
        return None
    if name == "dimensions":
        labels = dimension_labels()
        return "; ".join(labels.get(key, key) for key in str(value).split("; "))
    labels = kind_labels() if name == "unit_kind" else ENUMS.get(name, {})
    return labels.get(value, value) if labels else value
