"""Texts that no office writes, but that a file may hold: rules stay linear, nothing nests without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from form.zones.cut import LONGEST, stretches
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.dispatch import Dispatch
from tests.parsers.test_parse import COVER

ORDER = "Sở Nội vụ gửi Kế hoạch của Ủy ban nhân dân tỉnh và đề nghị báo cáo trước ngày 01/6/2024."
TASK = "Ủy ban nhân dân xã Tân Sơn báo cáo Sở Nội vụ trước ngày 15/7/2024."


def record_with(body: str) -> Dispatch:
    text = COVER.replace(ORDER, f"Đề nghị các đơn vị thực hiện các nội dung sau:\n{body}")
    return parse(read_text(SourceFile(Path("thư.txt"), "text/plain", text.encode())))


@pytest.mark.parametrize("label", ["1.", "1.1.", "a)", "-", "I."])
def test_a_thousand_items_with_the_same_label_are_read(label: str) -> None:
    record = record_with(f"{label} {TASK}\n" * 1000)
    assert len(record.deadlines) + len(record.directives) >= 1000
    assert {str(one.due) for one in record.deadlines} == {"2024-07-14"}


def test_a_directive_far_longer_than_any_loses_no_deadline() -> None:
    parts = [f"{TASK} Trước ngày {day}/8/2024 gửi phiếu." + " Ghi chú." * 800 for day in (9, 19, 29)]
    record = record_with("1. " + " ".join(parts))
    assert {"2024-08-08", "2024-08-18", "2024-08-28"} <= {str(one.due) for one in record.deadlines}
    assert max(len(one.quote) for shown in record.evidence.values() for one in shown) <= LONGEST


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một. Hai ba.", ["Một. Hai ba."]),
        ("Một hai. Ba bốn năm", ["Một hai.", "Ba bốn năm"]),
        ("một hai ba bốn năm", ["một hai ba", "bốn năm"]),
        ("mộthaibabốnnămsáubảy", ["mộthaibabốnn", "ămsáubảy"]),
        ("", [""]),
    ],
)
def test_long_texts_are_cut_behind_a_sentence_or_a_word(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in stretches(text, 12)] == parts
