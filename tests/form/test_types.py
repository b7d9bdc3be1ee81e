"""The table of document types: complete, unambiguous where it must be, and found by name and by sign."""

from __future__ import annotations

import re

import pytest

from form.doc_types import document_types, names_pattern, signs_pattern, type_named, type_of_symbol, types_of_sign
from vietnamese.fold import fold

STATE_29 = frozenset(
    [
        "nghi_quyet",
        "quyet_dinh",
        "chi_thi",
        "quy_che",
        "quy_dinh",
        "thong_cao",
        "thong_bao",
        "huong_dan",
        "chuong_trinh",
        "ke_hoach",
        "phuong_an",
        "de_an",
        "du_an",
        "bao_cao",
        "bien_ban",
        "to_trinh",
        "hop_dong",
        "cong_van",
        "cong_dien",
        "ban_ghi_nho",
        "ban_thoa_thuan",
        "giay_uy_quyen",
        "giay_moi",
        "giay_gioi_thieu",
        "giay_nghi_phep",
        "phieu_gui",
        "phieu_chuyen",
        "phieu_bao",
        "thu_cong",
    ]
)
PARTY_25 = frozenset(
    [
        "cuong_linh",
        "dieu_le",
        "chien_luoc",
        "nghi_quyet",
        "quyet_dinh",
        "chi_thi",
        "ket_luan",
        "quy_che",
        "quy_dinh",
        "thong_tri",
        "huong_dan",
        "thong_bao",
        "thong_cao",
        "tuyen_bo",
        "loi_keu_goi",
        "bao_cao",
        "ke_hoach",
        "quy_hoach",
        "chuong_trinh",
        "de_an",
        "phuong_an",
        "du_an",
        "to_trinh",
        "cong_van",
        "bien_ban",
    ]
)


@pytest.mark.parametrize(("regime", "keys"), [("state", STATE_29), ("party", PARTY_25)])
def test_every_type_of_both_rules_is_there(regime: str, keys: frozenset[str]) -> None:
    assert keys <= {kind.key for kind in document_types() if regime in kind.regimes}


def test_a_key_is_the_folded_name() -> None:
    for kind in document_types():
        assert kind.key == fold(kind.name).replace(" ", "_")


def test_no_name_belongs_to_two_types() -> None:
    names = [fold(name) for kind in document_types() for name in kind.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("symbol", "regime", "key"),
    [
        ("KH-UBND", None, "ke_hoach"),
        ("CTr/TU", "party", "chuong_trinh"),
        ("CT-TTg", "state", "chi_thi"),
        ("TT/BTV", "party", "thong_tri"),
        ("2021/TT-BTC", "state", "thong_tu"),
        ("2020/NĐ-CP", "state", "nghi_dinh"),
        ("UBND-VX", "state", None),
        ("TTr-SNV", "state", "to_trinh"),
        ("QyĐ/HU", "party", "quy_dinh"),
        ("UBTVQH15", "state", "phap_lenh"),
    ],
)
def test_type_of_symbol(symbol: str, regime: str | None, key: str | None) -> None:
    kind = type_of_symbol(symbol, regime)  # type: ignore[arg-type]  # a str, not the Literal
    assert (kind.key if kind else None) == key


def test_a_sign_of_two_types_gives_both() -> None:
    assert [kind.key for kind in types_of_sign("QĐ")] == ["quyet_dinh", "quy_dinh"]


def test_names_are_found_longest_first_and_over_any_space() -> None:
    found = re.findall(names_pattern(), fold("Thông tư  liên tịch số 1, Nghị định số 2, Luật Đất đai, thông tri"))
    assert [" ".join(name.split()) for name in found] == ["thong tu lien tich", "nghi dinh", "luat", "thong tri"]
    assert type_named("THÔNG TƯ LIÊN TỊCH") is not None


def test_signs_are_found_longest_first() -> None:
    assert re.findall(signs_pattern(), "NQLT TTr CTrHĐ") == ["NQLT", "TTr", "CTrHĐ"]
