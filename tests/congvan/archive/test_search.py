"""Search: with and without marks, phrases, số hiệu in any form, filters, order, marked snippets."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from congvan.archive.archive import Archive
from congvan.archive.index.search import HIT_END, HIT_START, Filters, find_number, search
from congvan.archive.truth.files import pack
from congvan.archive.upkeep import Seen
from schemas.dispatch import Directive, Dispatch, Header, Note
from schemas.document import Document
from schemas.source import Source

DISPATCHES = [
    ("12-CV/HU", "2024-03-05", "HUYỆN ỦY AN LÃO", "cong_van", "Đôn đốc thu nộp đảng phí ở các chi bộ"),
    ("45/KH-UBND", "2024-06-20", "UBND HUYỆN KIM BẢNG", "ke_hoach", "Sửa chữa đường điện, kiểm tra cầu cống"),
    ("7/BC-UBND", "2023-11-02", "UBND XÃ ĐÔNG HẢI", "bao_cao", "Số dân tăng; đông đảo người dân tham gia dồn điền"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    for so_hieu, date, issuer, doc_type, words in DISPATCHES:
        sha256 = hashlib.sha256(so_hieu.encode()).hexdigest()
        source = Source(name="a.txt", media_type="text/plain", size=1, sha256=sha256, reader="text")
        facts = {"so_hieu": so_hieu, "date": date, "issuing_body": issuer, "doc_type": doc_type, "subject": "rà soát"}
        record = Dispatch(
            id=sha256,
            source=source,
            header=Header.model_validate(facts),
            directives=(Directive(id="1", text=words),),
            footnotes=(Note(mark="1", text="Theo Nghị quyết 03"),),
        )
        document = pack(Document(source=source).json_pieces())
        archive.add(so_hieu.encode(), document, record, Seen(f"/in/{sha256}", 1, 1, sha256, "done"))
    return archive


def found(archive: Archive, words: str, **filters: object) -> list[str | None]:
    return [hit.so_hieu for hit in search(archive.engine, words, Filters(**filters))]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("đôn đốc", ["12-CV/HU"]),
        ("don doc", ["12-CV/HU"]),
        ("ĐÔN ĐỐC", ["12-CV/HU"]),
        ("đường điện", ["45/KH-UBND"]),
        ("duong dien", ["45/KH-UBND"]),
        ('"cầu cống"', ["45/KH-UBND"]),
        ('"cống cầu"', []),
        ("cống cầu", ["45/KH-UBND"]),
        ("45/KH-UBND", ["45/KH-UBND"]),
        ("45 KH UBND", ["45/KH-UBND"]),
        ("không-có-từ-này", []),
        ('" - "', []),
        ("NOT OR (", []),
    ],
)
def test_words(archive: Archive, words: str, numbers: list[str]) -> None:
    assert found(archive, words) == numbers


def test_exact_marks_come_first(archive: Archive) -> None:
    assert found(archive, "dồn")[0] == "7/BC-UBND"
    assert set(found(archive, "dồn")) == {"7/BC-UBND", "12-CV/HU"}
    assert found(archive, "đôn")[0] == "12-CV/HU"


def test_filters_and_order(archive: Archive) -> None:
    assert found(archive, "rà soát", order="date") == ["45/KH-UBND", "12-CV/HU", "7/BC-UBND"]
    assert found(archive, "rà soát", start=dt.date(2024, 3, 5), end=dt.date(2024, 3, 5)) == ["12-CV/HU"]
    assert found(archive, "rà soát", doc_type="bao_cao") == ["7/BC-UBND"]
    assert found(archive, "rà soát", issuer="huyện uỷ") == ["12-CV/HU"]
    assert found(archive, "rà soát", issuer="kim bang", end=dt.date(2024, 1, 1)) == []
    assert len(found(archive, "nghị quyết", limit=2)) == 2


def test_the_hit_is_marked_in_the_printed_words(archive: Archive) -> None:
    [hit] = search(archive.engine, "dang phi")
    assert f"{HIT_START}đảng{HIT_END} {HIT_START}phí{HIT_END}" in hit.snippet
    assert (hit.kind, hit.pointer) == ("directive", "/directives/0/text")


@pytest.mark.parametrize("form", ["12-CV/HU", "12 CV HU", "12-cv/hu", "12", "012-CV/HU"])
def test_a_number_in_any_form(archive: Archive, form: str) -> None:
    assert find_number(archive.engine, form) == [hashlib.sha256(b"12-CV/HU").hexdigest()]
