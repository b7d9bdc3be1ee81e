"""The zones stand in the document as it is read, whatever the format; parsers find them there."""

from __future__ import annotations

from pathlib import Path

import pytest

from form.zones.letters import with_zones
from ingest.read import read_file
from schemas.document import Document, LetterZones, Paragraph

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
LETTER = CORPUS / "01-ket-nap-hai-hau"


def texts(document: Document, start: int, end: int) -> list[str]:
    return [block.text for block in document.blocks[start:end] if isinstance(block, Paragraph)]


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_document_says_where_its_zones_begin(kind: str) -> None:
    document = read_file(LETTER / f"ket-nap-hai-hau.{kind}")
    [letter] = document.letters
    assert "ĐẢNG BỘ TỈNH NAM ĐỊNH" in texts(document, letter.start, letter.body)
    assert "HUYỆN ỦY HẢI HẬU" in texts(document, letter.start, letter.body)
    assert any(line.startswith("1. Đảng ủy các xã") for line in texts(document, letter.body, letter.closing))
    assert texts(document, letter.closing, letter.appendices)[0].startswith("Nơi nhận")
    assert letter.end == len(document.blocks)


def test_what_is_decided_is_not_decided_again() -> None:
    document = read_file(LETTER / "ket-nap-hai-hau.txt")
    assert with_zones(document) is document


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_zones_decided_anew_are_the_same(kind: str) -> None:
    document = read_file(CORPUS / "35-lien-tich-an-lao" / f"lien-tich-an-lao.{kind}")
    assert with_zones(document.model_copy(update={"letters": ()})) == document


def test_two_dispatches_in_one_file_have_zones_of_their_own() -> None:
    one = read_file(LETTER / "ket-nap-hai-hau.txt")
    blocks = (*one.blocks, *one.blocks)
    first, second = with_zones(Document(source=one.source, blocks=blocks)).letters
    assert first.end == second.start
    assert second == first.moved(first.end)


def test_an_empty_document_has_one_empty_dispatch() -> None:
    source = read_file(LETTER / "ket-nap-hai-hau.txt").source
    assert with_zones(Document(source=source)).letters == (LetterZones(0, 0, 0, (), 0, 0),)
