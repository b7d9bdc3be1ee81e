"""Letterheads of many kinds of office, as printed and damaged: the same header, or a warning."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Dispatch, Header
from tests.support.sources import KNOWN
from vietnamese.fold import fold

CASES = tomllib.loads((KNOWN / "letterheads.toml").read_text(encoding="utf-8"))["case"]
LISTS = ("recipients", "distribution", "signers")


def record_of(text: str) -> Dispatch:
    return parse(read_text(SourceFile(path=Path("thu.txt"), media_type="text/plain", data=text.encode())))


def as_case(header: Header) -> dict[str, Any]:
    """The header in the words of the cases: empty for null, `name|purpose`, `authority|title|name`."""
    fields = {name: "" if value is None else value for name, value in header}
    fields["date"] = header.date.isoformat() if header.date else ""
    fields["recipients"] = list(header.recipients)
    fields["distribution"] = [f"{d.name}|{d.purpose}" if d.purpose else d.name for d in header.distribution]
    fields["signers"] = [f"{s.authority or ''}|{s.title or ''}|{s.name or ''}" for s in header.signers]
    return fields


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key not in ("name", "text", "regime", "warns")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_as_printed(case: dict[str, Any]) -> None:
    record = record_of(case["text"])
    got = as_case(record.header)
    assert {key: got[key] for key in wanted(case)} == wanted(case)
    assert record.regime == case.get("regime", record.regime)
    assert set(case.get("warns", ())) <= {notice.code for notice in record.warnings}


def unmarked(text: str) -> str:
    return re.sub(r"[̀-ͯ]", "", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")


def ocr(text: str) -> str:
    """What Tesseract does to a letterhead: Sô, dashes of another length, lost or wrong marks, specks."""
    pairs = [
        ("Số", "Sô"), ("CỘNG HÒA", "CỌNG HOÀ"), ("NGHĨA VIỆT", "NGHIA VIỆT"), ("Tự do", "Tư do"), ("\n- ", "\n— "),
        ("Kính gửi", "Kinh gửi"), ("Nơi nhận", "Noi nhận"), ("ĐẢNG CỘNG SẢN", "ĐẢNG CỌNG SẢN"), ("*\n", ">k\n"),
        (" tháng", " thang"), ("\nV/v ", "\nV/% "), ("Độc lập", ". Độc lập"),
    ]  # fmt: skip
    for right, wrong in pairs:
        text = text.replace(right, wrong)
    return text


DAMAGES = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "  ", text),
    "ocr": ocr,
    "unmarked": unmarked,
    "other tone places": lambda text: text.replace("ủy", "uỷ").replace("ỦY", "UỶ").replace("HÒA", "HOÀ"),
}


def comparable(value: Any) -> Any:
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return " ".join(fold(value).replace("—", "-").split()) if isinstance(value, str) else value


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_damaged(case: dict[str, Any], damage: str) -> None:
    record = record_of(DAMAGES[damage](case["text"]))
    got = as_case(record.header)
    assert {key: comparable(got[key]) for key in wanted(case)} == {
        key: comparable(value) for key, value in wanted(case).items()
    }
