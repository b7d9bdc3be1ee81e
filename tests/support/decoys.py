"""Dispatches that look wrong and are right, from the same generator as the planted errors."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.support.planted import (
    CALM,
    UNITS,
    Decoy,
    cut_off,
    dispatch,
    formula,
    grand_total,
    growth,
    half_even,
    half_up,
    quarters,
    rounded_up,
    sheet,
)


def truncated_throughout(rng: random.Random) -> str:
    return dispatch(CALM, sheet(rng, cut_off).text())


def rounded_up_throughout(rng: random.Random) -> str:
    return dispatch(CALM, sheet(rng, rounded_up).text())


def half_even_throughout(rng: random.Random) -> str:
    return dispatch(CALM, sheet(rng, half_even, decimals=0).text())


def coarser_in_prose(rng: random.Random) -> str:
    one = sheet(rng, decimals=2)
    row = rng.choice(one.rows)
    percent = half_up(row.done, row.target, rng.choice((0, 1)))
    return dispatch(f"Điển hình là Đảng bộ: xã {row.name[11:]} đạt {row.done:02}/{row.target}={percent}%.", one.text())


def over_hundred(rng: random.Random) -> str:
    one = sheet(rng)
    for row in one.rows:
        row.done = row.target * rng.randint(1, 4) + rng.randint(0, 3)
        row.percent = half_up(row.done, row.target, one.decimals)
    done = sum(row.done for row in one.rows)
    one.total[1:] = [str(done), half_up(done, int(one.total[0]), one.decimals)]
    return dispatch(CALM, one.text())


def blanks(rng: random.Random) -> str:
    one = sheet(rng)
    text = one.text().replace("\tTổng\t", "98\tĐảng bộ Quân sự\t\t0\t\n99\tChi bộ Tòa án\t0\t0\t\n\tTổng\t")
    return dispatch(CALM, text)


def rows_within(rng: random.Random) -> str:
    one = sheet(rng)
    lines = one.text().split("\n")
    done = one.rows[0].done
    lines.insert(2, f"\t- Trong đó: nữ\t\t{max(1, done // 2)}\t")
    return dispatch(CALM, "\n".join(lines))


def columns_within(rng: random.Random) -> str:
    lines = ["TT\tĐơn vị\tTổng số\tTrong đó\t\t", "\t\t\tNữ\tĐoàn viên\tDân tộc thiểu số"]
    rows = []
    for name in rng.sample(UNITS, 10):
        whole = rng.randint(6, 20)
        rows.append([whole, rng.randint(0, whole), rng.randint(0, whole), rng.randint(0, whole // 2)])
        lines.append(f"{len(rows)}\t{name}\t" + "\t".join(map(str, rows[-1])))
    lines.append("\tTổng\t" + "\t".join(str(sum(row[at] for row in rows)) for at in range(4)))
    return dispatch(CALM, "\n".join(lines))


def overlapping_shares(rng: random.Random) -> str:
    whole = rng.randint(40, 90)
    told = []
    for group in ("đảng viên nữ", "đoàn viên", "đảng viên có trình độ đại học"):
        part = rng.randint(whole // 2, whole - 1)
        told.append(f"{group}: {part} đồng chí (chiếm {half_up(part, whole, 1)}%)")
    return dispatch(f"Trong số {whole} đảng viên mới được kết nạp, {', '.join(told)}.")


def average_column(rng: random.Random) -> str:
    lines = ["TT\tĐơn vị\tDiện tích (ha)\tNăng suất bình quân (tạ/ha)"]
    rows = [(rng.randint(50, 300), rng.randint(400, 700)) for _ in range(9)]
    for number, (name, (area, crop)) in enumerate(zip(UNITS, rows, strict=False), start=1):
        lines.append(f"{number}\t{name}\t{area}\t{crop // 10},{crop % 10}")
    mean = sum(area * crop for area, crop in rows) // sum(area for area, _ in rows)
    lines.append(f"\tTổng\t{sum(area for area, _ in rows)}\t{mean // 10},{mean % 10}")
    return dispatch(CALM, "\n".join(lines))


def goals(rng: random.Random) -> str:
    one = sheet(rng)
    goal = int(one.total[1]) + rng.randint(5, 50)
    rate = rng.randint(80, 95)
    prose = f"Phấn đấu năm 2024 toàn huyện kết nạp {goal} đảng viên mới trở lên; tỷ lệ đạt từ {rate}% trở lên."
    return dispatch(prose, one.text())


def hedged(rng: random.Random) -> str:
    part, whole = rng.randint(100, 400), rng.randint(500, 900)
    right = 100 * part // whole
    hedge, printed = rng.choice((("khoảng", right), ("gần", right + 1), ("trên", right), ("hơn", right)))
    return dispatch(f"Có {part}/{whole} hộ dân đăng ký tham gia (đạt {hedge} {printed}%).")


def rounded_money(rng: random.Random) -> str:
    lines = ["TT\tĐơn vị\tThu ngân sách (tỷ đồng)"]
    exact = [rng.randint(10_000, 99_999) for _ in range(12)]
    for number, (name, value) in enumerate(zip(UNITS, exact, strict=False), start=1):
        lines.append(f"{number}\t{name}\t{_billions(value)}")
    return dispatch(CALM, "\n".join([*lines, f"\tTổng\t{_billions(sum(exact))}"]))


def _billions(thousands: int) -> str:
    units = (thousands + 50) // 100
    return f"{units // 10},{units % 10}"


def honest_quarters(rng: random.Random) -> str:
    return dispatch(CALM, quarters(rng, wrong=False)[0])


def honest_grand_total(rng: random.Random) -> str:
    return grand_total(rng, by=0).text


def honest_formula(rng: random.Random) -> str:
    return formula(rng, wrong=False).text


def honest_growth(rng: random.Random) -> str:
    return growth(rng, wrong=False).text


def implied_whole(rng: random.Random) -> str:
    whole = rng.randint(30, 400)
    part = rng.randint(5, whole)
    return dispatch(f"Toàn huyện kết nạp được {part} đảng viên, đạt {half_up(part, whole, 1)}% chỉ tiêu năm.")


def another_period(rng: random.Random) -> str:
    one = sheet(rng)
    other = int(one.total[1]) - rng.randint(1, 5)
    return dispatch(f"Năm 2022, toàn huyện đã kết nạp được {other} đảng viên mới.", one.text())


def counted_rightly(rng: random.Random) -> str:
    one = sheet(rng)
    right = sum(1 for row in one.rows if 2 * row.done < row.target)
    if right == 0:
        return dispatch(CALM, one.text())
    return dispatch(f"Vẫn còn {right:02} đảng bộ có kết quả rất thấp, đạt dưới 50% chỉ tiêu.", one.text())


def one_cut_off(rng: random.Random) -> str:
    one = sheet(rng, decimals=1)
    for row in one.rows:
        if Fraction(row.done, row.target).denominator > 2:
            row.percent = cut_off(row.done, row.target, 1)
            break
    return dispatch(CALM, one.text())


DECOYS: tuple[Callable[[random.Random], str], ...] = (
    truncated_throughout, rounded_up_throughout, half_even_throughout, coarser_in_prose, over_hundred, blanks,
    rows_within, columns_within, overlapping_shares, average_column, goals, hedged, rounded_money, honest_quarters,
    honest_grand_total, honest_formula, honest_growth, implied_whole, another_period, counted_rightly, one_cut_off,
)  # fmt: skip


def decoys(each: int = 15) -> Iterator[Decoy]:
    """So many dispatches of each kind."""
    for maker in DECOYS:
        for number in range(each):
            yield Decoy(maker.__name__, maker(random.Random(f"{maker.__name__} {number}")))
