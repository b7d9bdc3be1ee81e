"""The lines by which the parts of the form are known: every example of the table, and the fuzzy ones."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from form.labels import is_heading, is_line, is_motto, is_name, is_national_heading, is_spaced_title, type_title

TABLE = tomllib.loads(files("form").joinpath("labels.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, row in TABLE.items() for text in row["yes"]])
def test_line_is_known(name: str, text: str) -> None:
    assert is_line(name, text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, row in TABLE.items() for text in row["no"]])
def test_other_line_is_not_taken(name: str, text: str) -> None:
    assert not is_line(name, text)


def test_every_line_has_examples_and_counter_examples() -> None:
    assert all(row["yes"] and row["no"] for row in TABLE.values())


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CỌNG HOÀ XÃ HỘI CHỦ NGHIA VIỆT NAM",
        "CÔNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM.",
        "CỘNGHÒA XÃ HỘI CHỦ NGHĨA VIỆTNAM",
        "CỌNG HÒA XÃ HỌI CHŨ NGHĨA VIỆT NAM",
        "C0NG HÒA XÃ H0I CHỦ NGHĨA VIỆT NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ],
)
def test_heading_survives_ocr(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize("text", ["ỦY BAN NHÂN DÂN TỈNH HÀ ĐÔNG", "Độc lập - Tự do", "Đảng Cộng sản Việt Nam"])
def test_no_heading(text: str) -> None:
    assert not is_heading(text)
    assert not is_national_heading(text)


def test_motto_survives_ocr() -> None:
    assert is_motto("Độc lập — Tự do — Hạnh phức")
    assert is_motto("Đôc lâp Tự do Hanh phúc")


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("QUYẾT ĐỊNH", "quyet_dinh", ""),
        ("**KẾ HOẠCH**", "ke_hoach", ""),
        ("THÔNG BÁO Kết luận của đồng chí Bí thư", "thong_bao", "Kết luận của đồng chí Bí thư"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "chuong_trinh", ""),
        ("DỰ THẢO NGHỊ QUYẾT", "nghi_quyet", ""),
    ],
)
def test_type_title(text: str, key: str, rest: str) -> None:
    found = type_title(text)
    assert found is not None
    assert (found[0].key, found[1]) == (key, rest)


@pytest.mark.parametrize("text", ["Kế hoạch này được gửi", "Báo cáo kết quả", "LUẬTSƯ", "KÍNH GỬI"])
def test_no_type_title(text: str) -> None:
    assert type_title(text) is None


def test_letters_set_apart() -> None:
    kind = is_spaced_title("T Ờ T R Ì N H")
    assert kind is not None
    assert kind.key == "to_trinh"


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Trần Văn Ánh", True),
        ("PGS.TS. Lò Thị Én", True),
        ("Đại tá Võ An", True),
        ("K'Brêu", False),
        ("Ban Tổ chức", False),
        ("Nơi nhận:", False),
        ("PHÓ CHỦ TỊCH", False),
        ("- Như trên", False),
        ("Lưu: VT.", False),
    ],
)
def test_name(text: str, yes: bool) -> None:
    assert is_name(text) is yes
