"""What a file of hundreds of pages holds, kept compressed."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.cases import ROOT
from ingest.pdf import reader as pdf
from ingest.read import read_file
from parsers.parse import parse
from parsers.record import text_body as body
from parsers.record import trail
from parsers.record.trail import Trail
from parsers.tables import joined as tables_join
from parsers.tables.grid_lines import GridLine, Slot
from parsers.tasks import item
from schemas.dispatch import Claim, Dispatch, Evidence, Row, Table, TableCell
from schemas.document import Cell, Grid, Paragraph, Word
from schemas.packed import Growing, Packed, PackedMap

GROUPS = st.lists(st.lists(st.integers(), max_size=5), max_size=6)


@given(groups=GROUPS, start=st.integers(-40, 40), stop=st.integers(-40, 40), step=st.sampled_from([1, 2, -1, -3]))
def test_is_the_sequence_of_all_its_groups(groups: list[list[int]], start: int, stop: int, step: int) -> None:
    plain = [one for group in groups for one in group]
    packed = Packed.of(groups)
    assert list(packed) == plain and len(packed) == len(plain)
    assert list(packed[start:stop:step]) == plain[start:stop:step]
    assert [packed[place] for place in range(-len(plain), 0)] == plain
    assert list(reversed(packed)) == plain[::-1]
    with pytest.raises(IndexError):
        packed[len(plain)]


def test_records_come_back_as_they_were() -> None:
    word = Word(0, 3, 2, (1.0, 2.0, 3.0, 4.0), None, True)
    paragraph = Paragraph(text="Một", page=2, words=(word,), note_marks=((1, "a"),))
    grid = Grid(n_rows=1, n_columns=1, cells=Packed.of([[Cell(0, 0, text="5", box=(0, 0, 1, 1))]]))
    packed = Packed.of([[paragraph], [grid]])
    assert packed[0] == paragraph and packed[0].model_fields_set == paragraph.model_fields_set
    assert type(packed[0].words[0]) is Word
    assert list(packed[1].cells) == list(grid.cells)  # type: ignore[union-attr]
    assert pickle.loads(pickle.dumps(packed))[0] == paragraph


def test_the_json_of_what_is_packed_is_that_of_what_is_not() -> None:
    row = Row(kind="data", cells=(TableCell(text="5", value=5),))
    plain = Table(id="T1", columns=(), rows=(row, row))
    packed = Table(id="T1", columns=(), rows=Packed.of([[row], [row]]))
    assert packed.rows[1] == row and isinstance(packed.rows, Packed)
    assert b"".join(packed.json_pieces()).decode() == plain.model_dump_json() == packed.model_dump_json()
    assert Table.model_validate_json(packed.model_dump_json()) == plain


def test_a_map_is_gone_through_in_order_and_looked_up_in() -> None:
    shown = [(f"/claims/{place}", (Evidence(quote=str(place), origin="body"),)) for place in range(450)]
    kept = Trail(long=True)
    kept.show("/header/date", [Evidence(quote="ngày", origin="letterhead")])
    for pointer, evidence in shown:
        kept.show(pointer, evidence)
    found = kept.all_evidence()
    assert isinstance(found, PackedMap) and len(found) == 451
    assert list(found.items())[:450] == shown and list(found)[-1] == "/header/date"
    assert found["/claims/449"][0].quote == "449" and found["/header/date"][0].quote == "ngày"
    assert found.get("/claims/450") is None


def test_only_a_long_record_is_packed() -> None:
    claims = [Claim(id=f"C{place}", text="", kind="count") for place in range(300)]
    assert Trail().kept(iter(claims)) == tuple(claims)
    kept = Trail(long=True).kept(iter(claims))
    assert isinstance(kept, Packed) and list(kept) == claims


def test_what_grows_is_all_there_and_its_last_item_can_be_mended() -> None:
    lines = Growing[GridLine](40)
    for number in range(500):
        lines.append(GridLine((Slot(str(number)), Slot("")), page=number // 40))
    lines.mend(GridLine((Slot("499"), Slot("xong")), page=12))
    assert len(lines) == 500 and [line.texts[0] for line in lines] == [str(number) for number in range(500)]
    assert lines[-1].texts == ["499", "xong"] and [line.page for line in lines[-3:-1]] == [12, 12]


@pytest.mark.parametrize("path", sorted(ROOT.glob("corpus/*/*.pdf"))[::4], ids=lambda path: path.stem)
def test_a_file_that_is_packed_gives_the_record_of_one_that_is_not(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the boxes of a long file differ: one for a stretch of text, not for each word."""
    whole = parse(read_file(path))
    monkeypatch.setattr(pdf, "_FINE_PAGES", 0)
    monkeypatch.setattr(tables_join, "_WHOLE", 10)
    monkeypatch.setattr(item, "_WHOLE", 2)
    monkeypatch.setattr(body, "_AT_HAND", 2)
    monkeypatch.setattr(trail, "_TOGETHER", 2)
    monkeypatch.setattr("parsers.parse._MANY_PAGES", -1)
    packed = parse(read_file(path))
    for one, plain in zip([packed, *packed.attached], [whole, *whole.attached], strict=True):
        assert isinstance(one.claims, Packed) and isinstance(plain.claims, tuple)
    assert _plain(packed) == _plain(whole)


def _plain(record: Dispatch) -> dict[str, object]:
    """A record as JSON, boxes left out."""
    plain: dict[str, object] = json.loads(b"".join(record.json_pieces()))
    for one in [plain, *cast(list[dict[str, object]], plain["attached"])]:
        evidence = cast(dict[str, list[dict[str, object]]], one["evidence"])
        one["evidence"] = {
            pointer: [{name: value for name, value in piece.items() if name != "bbox"} for piece in shown]
            for pointer, shown in sorted(evidence.items())
        }
    return plain
