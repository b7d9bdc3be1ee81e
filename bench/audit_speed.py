"""`python -m bench.audit_speed`: time of judging 100,000 claims against the time of reading their records.

Both run in turns in one process, best of three; prints seconds and the quotient (the bar is 2). Then the time of
finding the ratios of a wide table at growing numbers of rows, which must grow with the rows.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from congvan.audit.audit import audit
from congvan.audit.read.sheet import Sheet
from congvan.audit.tables.relations import relations
from schemas.dispatch import Claim, Column, Dispatch, Evidence, Header, Row, Table, TableCell
from schemas.source import Source

Result = TypeVar("Result")
CLAIMS = 100_000
A_DISPATCH = 40


def main() -> None:
    """Print the figures."""
    records = [record.model_dump_json() for record in _records()]
    print(f"{CLAIMS} claims in {len(records)} records")
    read, judged = [], []
    for _ in range(3):
        dispatches, seconds = timed(lambda: [Dispatch.model_validate_json(record) for record in records])
        read.append(seconds)
        _, seconds = timed(lambda found=dispatches: [audit(one) for one in found])
        judged.append(seconds)
    print(f"reading {min(read):.2f} s, judging {min(judged):.2f} s, quotient {min(judged) / min(read):.2f} (bar 2)")
    for rows in (100, 200, 400, 800):
        sheet = Sheet(_wide(rows), 0)
        found, seconds = timed(lambda one=sheet: relations(one))
        each = 1000 * seconds / rows
        print(f"{rows} rows, 18 columns: {len(found)} relations in {seconds:.3f} s, {each:.2f} ms a row")


def timed(action: Callable[[], Result]) -> tuple[Result, float]:
    """The result of an action and its seconds of processor time."""
    began = time.process_time()
    result = action()
    return result, time.process_time() - began


def _records() -> list[Dispatch]:
    rng = random.Random(7)
    return [_record(rng, number) for number in range(CLAIMS // A_DISPATCH)]


def _record(rng: random.Random, number: int) -> Dispatch:
    claims, evidence = [], {}
    for place in range(A_DISPATCH):
        whole = rng.randint(5, 900)
        part = rng.randint(1, whole)
        scaled = Fraction(1000 * part, whole)
        units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        percent = f"{units // 10}.{units % 10}"
        text = f"xã Hòa Bình {place} đạt {part}/{whole}={percent.replace('.', ',')}%"
        claims.append(
            Claim(
                id=f"C{place + 1}", text=text, kind="ratio", subject=f"xã Hòa Bình {place}", numerator=part,
                denominator=whole if place % 4 else None, percent=percent, decimals=1,
            )
        )  # fmt: skip
        box = (72.0, 100.0 + place, 520.5, 112.25 + place)
        evidence[f"/claims/{place}"] = (Evidence(page=1, bbox=box, quote=text, origin="body"),)
    source = _source(number)
    return Dispatch(id=source.sha256, source=source, header=Header(), claims=tuple(claims), evidence=evidence)


def _source(number: int) -> Source:
    return Source(name=f"{number}.pdf", media_type="application/pdf", size=1, sha256=f"{number:064x}", reader="pdf")


def _wide(rows: int) -> Dispatch:
    """A table of a name, twelve amounts and five percentages of them."""
    rng = random.Random(11)
    columns = [Column(path=("Đơn vị",), kind="text")]
    columns += [Column(path=(f"Cột {place}",), kind="integer") for place in range(12)]
    columns += [Column(path=(f"Tỷ lệ {place} (%)",), kind="percent") for place in range(5)]
    made = []
    for number in range(rows):
        amounts = [rng.randint(5, 900) for _ in range(12)]
        cells = [TableCell(text=f"Xã {number}", value=f"Xã {number}")]
        cells += [TableCell(text=str(amount), value=amount) for amount in amounts]
        for place in range(5):
            units = 10000 * amounts[2 * place] // amounts[2 * place + 1]
            text = f"{units // 100}.{units % 100:02}"
            cells.append(TableCell(text=text.replace(".", ","), value=text))
        made.append(Row(kind="data", cells=tuple(cells)))
    table = Table(id="T1", columns=tuple(columns), rows=tuple(made))
    return Dispatch(id="0" * 64, source=_source(0), header=Header(), tables=(table,))


if __name__ == "__main__":
    main()
