"""Dispatches made up for the audit: honest ones, ones with one planted error, and ones that look wrong and are right.

All names and figures come from a seeded generator, so that every run makes the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

UNITS = (
    "An Bình", "An Lạc", "Bình Hải", "Bình Khê", "Cẩm Giang", "Cẩm Phú", "Đại Lộc", "Đại Thắng", "Đông Hưng",
    "Đông Sơn", "Gia Hòa", "Gia Lương", "Hải Châu", "Hải Đường", "Khánh Thiện", "Kim Long", "Kỳ Sơn", "Lộc Ninh",
    "Mai Động", "Mỹ Lợi", "Nam Cường", "Nghĩa Phong", "Phú Lâm", "Phúc Khánh", "Quang Phục", "Sơn Lộ", "Tam Quan",
    "Thanh Tâm", "Tiên Du", "Vân Trục",
)  # fmt: skip

Print = Callable[[int, int, int], str]
"""How an author prints 100·n/N with so many decimals."""


def half_up(part: int, whole: int, decimals: int) -> str:
    scaled = Fraction(100 * part * 10**decimals, whole)
    return _point((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), decimals)


def cut_off(part: int, whole: int, decimals: int) -> str:
    return _point(100 * part * 10**decimals // whole, decimals)


def rounded_up(part: int, whole: int, decimals: int) -> str:
    return _point(-(-100 * part * 10**decimals // whole), decimals)


def half_even(part: int, whole: int, decimals: int) -> str:
    return _point(round(Fraction(100 * part * 10**decimals, whole)), decimals)


def _point(units: int, decimals: int) -> str:
    if not decimals:
        return str(units)
    digits = str(units).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]},{digits[-decimals:]}"


@dataclass
class Row:
    """One unit: its target, what it did, and its percentage as printed."""

    name: str
    target: int
    done: int
    percent: str


@dataclass
class Sheet:
    """A table of units with a closing row; whatever is printed may be changed before it is written."""

    rows: list[Row]
    total: list[str]
    decimals: int
    year: int
    extra: list[str] = field(default_factory=list)

    def text(self) -> str:
        lines = [f"TT\tĐơn vị\tChỉ tiêu năm {self.year}\tKết nạp\tTỷ lệ (%)"]
        lines += [f"{n}\t{r.name}\t{r.target}\t{r.done}\t{r.percent}" for n, r in enumerate(self.rows, start=1)]
        lines += ["\tTổng\t" + "\t".join(self.total), *self.extra]
        return "\n".join(lines)


def sheet(rng: random.Random, author: Print = half_up, decimals: int | None = None, size: int | None = None) -> Sheet:
    """An honest table."""
    decimals = rng.choice((1, 2)) if decimals is None else decimals
    names = rng.sample(UNITS, size or rng.randint(8, 20))
    rows = []
    for name in names:
        target = rng.randint(3, 40)
        done = rng.randint(1, target + target // 3)
        rows.append(Row(f"Đảng bộ xã {name}", target, done, author(done, target, decimals)))
    target, done = sum(row.target for row in rows), sum(row.done for row in rows)
    return Sheet(rows, [str(target), str(done), author(done, target, decimals)], decimals, 2023)


def dispatch(prose: str, *tables: str, number: int = 12) -> str:
    """A whole dispatch as text: letterhead, one paragraph of prose, closing, appendix tables."""
    appendix = "\n\n".join(f"KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN\n\n{table}" for table in tables)
    return (
        "ĐẢNG BỘ TỈNH ĐÔNG BIÊN\nHUYỆN ỦY SƠN HẢI\n*\n"
        f"Số {number}-BC/HU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nSơn Hải, ngày 05 tháng 01 năm 2024\n\nBÁO CÁO\n"
        "kết quả phát triển đảng viên\n\n"
        f"{prose}\n\nBan Thường vụ Huyện ủy báo cáo để Tỉnh ủy theo dõi.\n\n"
        "Nơi nhận:\n\n- Tỉnh ủy,\n- Lưu Văn phòng Huyện ủy.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLê Văn An\n\n"
        + (f"Phụ lục 01\n\n{appendix}\n" if tables else "")
    )


@dataclass(frozen=True)
class Planted:
    """A dispatch with one error: which checks may find it, and what the author printed in its place."""

    kind: str
    text: str
    checks: tuple[str, ...]
    reported: str


@dataclass(frozen=True)
class Decoy:
    """A dispatch that looks wrong and is right."""

    kind: str
    text: str


CALM = "Năm 2023, các cấp ủy đã tập trung lãnh đạo công tác phát triển đảng viên."


def _slip(text: str, by: int) -> str:
    """A printed figure some units of its last place off."""
    decimals = len(text.partition(",")[2])
    return _point(int(text.replace(",", "")) + by, decimals)


def _some(rng: random.Random) -> int:
    return rng.choice((-1, 1)) * rng.randint(2, 9)


def row_percent(rng: random.Random) -> Planted:
    one = sheet(rng)
    row = rng.choice(one.rows)
    row.percent = _slip(row.percent, 10 * abs(_some(rng)) + 2)
    return Planted("row_percent", dispatch(CALM, one.text()), ("row_ratio",), row.percent)


def row_number(rng: random.Random) -> Planted:
    one = sheet(rng, decimals=1)
    row = rng.choice(one.rows)
    row.done += rng.randint(2, 5)
    one.total[1] = str(sum(each.done for each in one.rows))
    one.total[2] = half_up(int(one.total[1]), int(one.total[0]), 1)
    return Planted("row_number", dispatch(CALM, one.text()), ("row_ratio",), row.percent)


def column_total(rng: random.Random) -> Planted:
    one = sheet(rng)
    one.total[0] = str(int(one.total[0]) + abs(_some(rng)))
    one.total[2] = half_up(int(one.total[1]), int(one.total[0]), one.decimals)
    return Planted("column_total", dispatch(CALM, one.text()), ("column_total",), one.total[0])


def mean_of_percentages(rng: random.Random) -> Planted:
    while True:
        one = sheet(rng, decimals=2)
        mean = sum((Fraction(row.done, row.target) for row in one.rows), Fraction(0)) / len(one.rows)
        wrong = half_up(mean.numerator, mean.denominator, 2)
        if wrong != one.total[2]:
            one.total[2] = wrong
            return Planted("mean_of_percentages", dispatch(CALM, one.text()), ("row_ratio", "column_total"), wrong)


def subtotal(rng: random.Random) -> Planted:
    lines, values = _sections(rng)
    wrong = str(values[1] + abs(_some(rng)))
    lines = [line.replace(f"II\tKHỐI CƠ QUAN\t{values[1]}", f"II\tKHỐI CƠ QUAN\t{wrong}") for line in lines]
    return Planted("subtotal", dispatch(CALM, "\n".join(lines)), ("column_total",), wrong)


def _sections(rng: random.Random) -> tuple[list[str], list[int]]:
    lines, sums, number = ["TT\tTên đơn vị\tKết nạp\tGhi chú"], [], 0
    for label, name in (("I", "XÃ - THỊ TRẤN"), ("II", "KHỐI CƠ QUAN"), ("III", "DOANH NGHIỆP")):
        units = [(unit, rng.randint(1, 12)) for unit in rng.sample(UNITS, rng.randint(3, 7))]
        sums.append(sum(value for _, value in units))
        lines.append(f"{label}\t{name}\t{sums[-1]}\t")
        for unit, value in units:
            number += 1
            lines.append(f"{number}\t{unit}\t{value}\t")
    return [*lines, f"\tTổng cộng\t{sum(sums)}\t"], sums


def quarters(rng: random.Random, wrong: bool = True) -> tuple[str, str]:
    lines = [
        "TT\tTên đảng bộ\tTổng số đảng viên kết nạp\tChia ra theo quý\t\t\t",
        "\t\t\tQuý I\tQuý II\tQuý III\tQuý IV",
    ]
    names = rng.sample(UNITS, 12)
    rows = [[rng.randint(0, 4) for _ in range(4)] for _ in names]
    odd = rng.randrange(len(names))
    printed = ""
    for place, (name, parts) in enumerate(zip(names, rows, strict=True)):
        whole = sum(parts) + (rng.randint(1, 3) if wrong and place == odd else 0)
        printed = str(whole) if place == odd else printed
        lines.append(f"{place + 1}\t{name}\t{whole}\t" + "\t".join(map(str, parts)))
    columns = [sum(row[at] for row in rows) for at in range(4)]
    lines.append(f"Cộng\t\t{sum(columns)}\t" + "\t".join(map(str, columns)))
    return "\n".join(lines), printed


def row_total(rng: random.Random) -> Planted:
    text, printed = quarters(rng)
    return Planted("row_total", dispatch(CALM, text), ("row_total",), printed)


def grand_total(rng: random.Random, by: int | None = None) -> Planted:
    one, _ = quarters(rng, wrong=False)
    other, _ = quarters(rng, wrong=False)
    right = sum(int(text.rpartition("Cộng\t\t")[2].split("\t")[0]) for text in (one, other))
    printed = str(right + (rng.randint(1, 9) if by is None else by))
    text = dispatch(CALM, one, other) + f"\nTổng cộng: {printed} đảng viên.\n"
    return Planted("grand_total", text, ("grand_total",), printed)


def prose_ratio(rng: random.Random) -> Planted:
    part, whole = rng.randint(2, 30), rng.randint(31, 60)
    wrong = _slip(half_up(part, whole, 1), 10 * rng.randint(1, 9) + 3)
    prose = f"Đảng bộ Công an huyện đạt {part}/{whole}={wrong}%."
    return Planted("prose_ratio", dispatch(prose), ("prose_ratio",), f"{wrong.replace(',', '.')}%")


def prose_row(rng: random.Random) -> Planted:
    one = sheet(rng)
    row = rng.choice(one.rows)
    done = row.done + rng.randint(1, 3)
    percent = half_up(done, row.target, one.decimals)
    prose = f"Điển hình là Đảng bộ: xã {row.name[11:]} đạt {done}/{row.target}={percent}%."
    reported = f"{done}/{row.target}={percent.replace(',', '.')}%"
    return Planted("prose_row", dispatch(prose, one.text()), ("prose_vs_table",), reported)


def prose_count(rng: random.Random) -> Planted:
    one = sheet(rng)
    right = sum(1 for row in one.rows if 2 * row.done < row.target)
    wrong = right + rng.choice((1, 2, 3))
    prose = f"Tuy nhiên, vẫn còn {wrong} đảng bộ có tỷ lệ phát triển đảng viên thấp, đạt dưới 50% chỉ tiêu."
    return Planted("prose_count", dispatch(prose, one.text()), ("prose_count",), str(wrong))


def list_length(rng: random.Random) -> Planted:
    units = rng.sample(UNITS, rng.randint(3, 7))
    wrong = len(units) + rng.choice((-1, 1))
    prose = f"Còn {wrong} chi bộ chưa kết nạp được đảng viên mới là: {', '.join(f'xã {unit}' for unit in units)}."
    return Planted("list_length", dispatch(prose), ("list_length",), str(wrong))


def prose_total(rng: random.Random) -> Planted:
    one = sheet(rng)
    wrong = int(one.total[1]) + rng.randint(1, 9)
    prose = f"Năm 2023, toàn huyện đã kết nạp được {wrong} đảng viên mới."
    return Planted("prose_total", dispatch(prose, one.text()), ("prose_vs_table",), str(wrong))


def impossible(rng: random.Random) -> Planted:
    while True:
        part, percent = rng.randint(3, 60), f"{rng.randint(20, 95)},{rng.randint(1, 9)}"
        value = Fraction(percent.replace(",", "."))
        low, high = 100 * part / (value + Fraction(1, 10)), 100 * part / (value - Fraction(1, 10))
        if high.numerator // high.denominator < low:
            break
    prose = f"Toàn huyện kết nạp được {part} đảng viên, đạt {percent}% chỉ tiêu năm."
    return Planted("impossible", dispatch(prose), ("prose_ratio",), f"{percent.replace(',', '.')}%")


def share(rng: random.Random) -> Planted:
    whole = rng.randint(40, 90)
    part = rng.randint(5, whole - 5)
    wrong = _slip(half_up(part, whole, 1), 10 * rng.randint(1, 5) + 5)
    prose = f"Trong số {whole} đảng viên mới được kết nạp, đảng viên nữ: {part} đồng chí (chiếm {wrong}%)."
    return Planted("share", dispatch(prose), ("prose_ratio",), f"{wrong.replace(',', '.')}%")


def fraction_sign(rng: random.Random) -> Planted:
    one = sheet(rng, decimals=2)
    for row in one.rows:
        row.percent += "%"
    one.total[2] += "%"
    row = rng.choice([each for each in one.rows if each.done < each.target])
    units = 100 * row.done // row.target
    row.percent = f"0,{units:02}%"
    return Planted("fraction_sign", dispatch(CALM, one.text()), ("row_ratio",), row.percent)


def formula(rng: random.Random, wrong: bool = True) -> Planted:
    lines = ["TT\tĐơn vị\tNguồn\tChỉ tiêu\tĐã kết nạp\tCòn phải kết nạp", "(1)\t(2)\t(3)\t(4)\t(5)\t(6)=(4)-(5)"]
    names = rng.sample(UNITS, 10)
    odd, printed = rng.randrange(len(names)), ""
    for place, name in enumerate(names):
        target = rng.randint(5, 20)
        done = rng.randint(0, target)
        left = target - done + (rng.randint(1, 4) if wrong and place == odd else 0)
        printed = str(left) if place == odd else printed
        lines.append(f"{place + 1}\t{name}\t{rng.randint(5, 30)}\t{target}\t{done}\t{left}")
    return Planted("formula", dispatch(CALM, "\n".join(lines)), ("row_ratio", "row_total"), printed)


def growth(rng: random.Random, wrong: bool = True) -> Planted:
    lines = ["TT\tĐơn vị\tNăm 2022\tNăm 2023\tTăng, giảm so với cùng kỳ (%)"]
    names = rng.sample(UNITS, 10)
    odd, printed = rng.randrange(len(names)), ""
    for place, name in enumerate(names):
        before = rng.randint(200, 900)
        now = before + rng.randint(10, 200)
        risen = half_up(now - before, before, 1)
        if place == odd:
            printed = risen = _slip(risen, 23) if wrong else risen
        lines.append(f"{place + 1}\t{name}\t{before}\t{now}\t{risen}")
    return Planted("growth", dispatch(CALM, "\n".join(lines)), ("row_ratio",), printed)


def unit_count(rng: random.Random) -> Planted:
    one = sheet(rng)
    row = rng.choice(one.rows)
    wrong = row.done + rng.randint(1, 4)
    prose = f"Một số đơn vị làm tốt như: Đảng bộ xã {row.name[11:]} kết nạp {wrong:02} đồng chí."
    return Planted("unit_count", dispatch(prose, one.text()), ("prose_vs_table",), str(wrong))


ERRORS: tuple[Callable[[random.Random], Planted], ...] = (
    row_percent, row_number, column_total, mean_of_percentages, subtotal, row_total, grand_total, prose_ratio,
    prose_row, prose_count, list_length, prose_total, impossible, share, fraction_sign, formula, growth, unit_count,
)  # fmt: skip


def errors(each: int = 10) -> Iterator[Planted]:
    """So many dispatches of each kind of error."""
    for maker in ERRORS:
        for number in range(each):
            yield maker(random.Random(f"{maker.__name__} {number}"))
