"""Wide report tables: clean ones raise no disagreement, the mistakes of an author are each found where they stand."""

from __future__ import annotations

import pytest

from congvan.audit.audit import Audit, audit
from schemas.dispatch import Dispatch, Header, Table
from schemas.source import Source
from tests.support.wide import Wide
from tests.support.wide_tables import ALL
from tests.support.wider_tables import WIDER

TABLES = (*ALL, *WIDER)

SOURCE = Source(name="a.txt", media_type="text/plain", size=1, sha256="0" * 64, reader="text")


def audited(table: Table) -> Audit:
    return audit(Dispatch(id="0" * 64, source=SOURCE, header=Header(), tables=(table,)))


def accused(one: Audit) -> set[str]:
    return {pointer for finding in one.findings if finding.verdict == "disagrees" for pointer in finding.pointers}


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("wide", TABLES, ids=lambda wide: wide.caption[:7])
def test_a_clean_table_raises_no_disagreement(wide: Wide, numbered: bool) -> None:
    made = audited(wide.table(numbered=numbered))
    assert [finding.explanation for finding in made.findings if finding.verdict == "disagrees"] == []
    assert made.counts["agrees"]


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("wide", TABLES, ids=lambda wide: wide.caption[:7])
def test_each_mistake_is_found_where_it_stands(wide: Wide, numbered: bool) -> None:
    table = wide.table(wrong=True, numbered=numbered)
    found = accused(audited(table))
    told_only = wide.told_only if not numbered else ()
    for row, column, _ in wide.slips:
        if column in told_only:
            continue
        place = 2 + list(wide.columns).index(column)
        assert f"/tables/0/rows/{row}/cells/{place}" in found, (row, table.columns[place].path)
