"""What all records share: what they keep in memory, and how they become JSON."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pydantic import ValidationError

from congvan.archive.truth.files import pack, unpack
from ingest.door.registry import SourceFile
from ingest.text.reader import read_text
from parsers.parse import parse
from schemas.base import Record
from schemas.dispatch import TableCell
from schemas.document import Cell, Document, Grid
from schemas.source import Notice
from tests.parsers.test_parse import COVER, PLAN, REPEATED_HEAD

DOCUMENT = read_text(SourceFile(Path("thư.txt"), "text/plain", (COVER + REPEATED_HEAD + PLAN).encode()))


@pytest.mark.parametrize("record", [DOCUMENT, parse(DOCUMENT), Document(source=DOCUMENT.source)])
def test_pieces_are_the_whole_json(record: Record) -> None:
    assert b"".join(record.json_pieces()).decode() == record.model_dump_json()


def test_packed_pieces_are_a_gzip_file_of_the_same_bytes_each_time() -> None:
    packed = pack(DOCUMENT.json_pieces())
    assert unpack(packed) == gzip.decompress(packed).decode() == DOCUMENT.model_dump_json()
    assert pack(DOCUMENT.json_pieces()) == pack([DOCUMENT.model_dump_json().encode()])


def test_a_record_made_unchecked_is_the_same_as_a_validated_one() -> None:
    made, validated = TableCell.made(text="5"), TableCell(text="5")
    assert made == validated == TableCell.model_validate_json(made.model_dump_json())
    assert made.model_copy(update={"text": "6"}) == TableCell(text="6") != made


def test_a_document_kept_when_cells_were_objects_is_still_read() -> None:
    """An archive keeps the Document of each file; a cell is an array of its values there now."""
    grid = Grid(n_rows=1, n_columns=1, cells=(Cell(row=0, column=0, text="5", page=2),))
    now = '[0,0,1,1,"5",2,null,null,false,[],null]'
    named = grid.model_dump_json().replace(now, '{"row":0,"column":0,"text":"5","page":2}')
    shorter = grid.model_dump_json().replace(now, '[0,0,1,1,"5",2,null,null,false,[]]')
    assert shorter != grid.model_dump_json()
    assert Grid.model_validate_json(shorter) == grid
    assert named != grid.model_dump_json()
    assert Grid.model_validate_json(named) == grid


def test_a_warning_kept_before_its_code_had_a_name_is_still_read() -> None:
    """An archive keeps records of earlier versions; one that did not validate would be missing from its index."""
    kept = '{"code":"low_confidence","message":"Ô «17» đọc chưa chắc chắn.","pointer":"/tables/0"}'
    assert Notice.model_validate_json(kept).code == "unsure_reading"
    with pytest.raises(ValidationError):
        Notice.model_validate_json(kept.replace("low_confidence", "unheard_of"))
