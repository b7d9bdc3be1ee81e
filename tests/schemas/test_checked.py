"""Records made unchecked are held against their contract, packed ones part by part."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.checked import check
from schemas.dispatch import Directive, Dispatch, Evidence, Header, Row, Table, TableCell
from schemas.packed import Packed, PackedMap
from schemas.source import Source

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")
SOUND = Dispatch(id="0" * 64, source=SOURCE, header=Header(), directives=(Directive(id="1", text="Rà soát."),))
SHOWN = Evidence.made(page=1, bbox=None, quote="x", origin="body", confidence=1.0)


def test_a_sound_record_passes() -> None:
    check(SOUND)
    rows = Packed.of([[Row(kind="data", cells=(TableCell(text="1"),), page=1)]])
    table = Table(id="T1", columns=(), rows=()).model_copy(update={"rows": rows})
    parts = {"directives": Packed.of([SOUND.directives]), "evidence": PackedMap(Packed.of([[("/header", (SHOWN,))]]))}
    check(SOUND.model_copy(update={**parts, "tables": (table,), "attached": Packed.of([[SOUND]])}))


@pytest.mark.parametrize("packed", [False, True])
def test_a_value_that_is_not_as_its_field_says(packed: bool) -> None:
    wrong = Directive(id="1", text="x").model_copy(update={"assignees": 7})
    items = Packed.of([[wrong]]) if packed else (wrong,)
    with pytest.raises(ValidationError):
        check(SOUND.model_copy(update={"directives": items}))


def test_packed_evidence_is_looked_into() -> None:
    wrong = SHOWN.model_copy(update={"origin": "nowhere"})
    with pytest.raises(ValidationError):
        check(SOUND.model_copy(update={"evidence": PackedMap(Packed.of([[("/header", (wrong,))]]))}))


def test_packed_rows_of_a_table_are_looked_into() -> None:
    wrong = Row(kind="data", cells=(), page=1).model_copy(update={"kind": "nothing"})
    table = Table(id="T1", columns=(), rows=()).model_copy(update={"rows": Packed.of([[wrong]])})
    with pytest.raises(ValidationError):
        check(SOUND.model_copy(update={"tables": (table,)}))
