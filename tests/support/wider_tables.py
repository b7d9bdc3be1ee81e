"""Report tables of 17 to 21 columns as offices draw them, each with the mistakes that its author might make."""
# ruff: noqa: E501 - a row of a heading is one line

from __future__ import annotations

from fractions import Fraction

from tests.support.wide import Amount, Made, Reckoned, Values, Wide, communes, growth, share, total


def _per(part: str, whole: str, times: int) -> Made:
    """So many for each so many: doctors for 10,000 people."""

    def made(values: Values) -> Fraction | None:
        one, other = values.get(part), values.get(whole)
        return times * one / other if one is not None and other else None

    return made


def _yield(output: str, area: str) -> Reckoned:
    """Hundredweights a hectare from tonnes and hectares."""
    return Reckoned(_per(output, area, 10), 1)


POOR = Wide(
    "Biểu 13: Tổng hợp diễn biến hộ nghèo năm 2024",
    """
TT^3 | Xã, thị trấn^3 | Tổng số hộ dân cư^3 | Số hộ nghèo đầu năm<4 | < | < | < | Diễn biến hộ nghèo trong năm<5 | < | < | < | < | Số hộ nghèo cuối năm<4 | < | < | < | Giảm so với đầu năm<2 | <
^ | ^ | ^ | Số hộ^2 | Tỷ lệ %^2 | Trong đó: hộ DTTS<2 | < | Thoát nghèo<2 | < | Tái nghèo^2 | Nghèo phát sinh<2 | < | Số hộ^2 | Tỷ lệ %^2 | Trong đó: hộ DTTS<2 | < | Số hộ^2 | Điểm %^2
^ | ^ | ^ | ^ | ^ | Số hộ | Tỷ lệ % | Số hộ | Tỷ lệ % | ^ | Số hộ | Tỷ lệ % | ^ | ^ | Số hộ | Tỷ lệ % | ^ | ^
A | B | 1 | 2 | 3=2/1 | 4 | 5=4/2 | 6 | 7=6/2 | 8 | 9 | 10=9/1 | 11=2-6+8+9 | 12=11/1 | 13 | 14=13/11 | 15=2-11 | 16=3-12
""",
    {
        "a": Amount(900, 3200), "b": Amount(6, 16, "a"), "c": share("b", "a", 2), "d": Amount(20, 60, "b"), "e": share("d", "b", 2),
        "f": Amount(20, 60, "b"), "g": share("f", "b", 2), "h": Amount(0, 4), "i": Amount(0, 12), "j": share("i", "a", 2),
        "k": total("b", "-f", "h", "i"), "l": share("k", "a", 2), "m": Amount(20, 50, "k"), "n": share("m", "k", 2),
        "o": total("b", "-k"), "p": Reckoned(lambda v: _points(v, "c", "l"), 2),
    },
    communes(15, "poor"), "Tổng cộng", slips=((1, "l", 100), (4, "k", 10), (8, "g", -300), (11, "p", 45), (15, "i", 100)),
)  # fmt: skip


def _points(values: Values, one: str, other: str) -> Fraction | None:
    """The difference of two percentages as they are printed."""
    shown = [values.get(one), values.get(other)]
    if None in shown:
        return None
    first, second = (Fraction(round((value or 0) * 100 + Fraction(1, 10**6)), 100) for value in shown)
    return first - second


DISBURSED = Wide(
    "Biểu 14: Tiến độ giải ngân các nguồn vốn đầu tư đến hết ngày 30/11/2024 (ĐVT: triệu đồng)",
    """
STT^3 | Nguồn vốn/Chủ đầu tư/Dự án^3 | Kế hoạch vốn năm 2024 (kể cả kéo dài)<6 | < | < | < | < | < | Lũy kế giải ngân từ đầu năm<9 | < | < | < | < | < | < | < | < | Vốn còn lại chưa giải ngân<3 | < | < | Ghi chú^3
^ | ^ | Tổng cộng^2 | Trong đó<5 | < | < | < | < | Tổng cộng<3 | < | < | Vốn kéo dài<2 | < | Vốn năm 2024<4 | < | < | < | Tổng số^2 | Trong đó<2 | < | ^
^ | ^ | ^ | Kéo dài sang | NSTW | NS tỉnh | NS huyện | NS xã | Số tiền | Tỷ lệ (%) | So với tháng trước (%) | Số tiền | Tỷ lệ (%) | NSTW | NS tỉnh | NS huyện | NS xã | ^ | Kéo dài | Năm 2024 | ^
1 | 2 | 3=4+5+6+7+8 | 4 | 5 | 6 | 7 | 8 | 9=12+14+15+16+17 | 10=9/3 |  | 12 | 13=12/4 | 14 | 15 | 16 | 17 | 18=19+20 | 19=4-12 | 20=5+6+7+8-14-15-16-17 | 21
""",
    {
        "a": total("b", "c", "d", "e", "f"), "b": Amount(100, 3000, blanks=True), "c": Amount(2000, 9000), "d": Amount(1000, 5000),
        "e": Amount(300, 2000), "f": Amount(50, 400), "g": total("j", "l", "m", "n", "o"), "h": share("g", "a", 2),
        "i": Reckoned(lambda v: v["a"] and 100 + v["a"] % 37, 1), "j": Amount(40, 100, "b"), "k": share("j", "b", 2), "l": Amount(30, 100, "c"),
        "m": Amount(20, 100, "d"), "n": Amount(10, 100, "e"), "o": Amount(5, 100, "f"), "p": total("a", "-g"), "q": total("b", "-j"),
        "r": total("c", "d", "e", "f", "-l", "-m", "-n", "-o"), "z": Reckoned(lambda v: None),
    },
    (("I", "Ban Quản lý dự án huyện"), ("1", "Nâng cấp đường Tam Quan - Tiên Du"), ("2", "Cầu Gia Hòa"), ("3", "Trường THCS Kim Long"),
     ("II", "Phòng Kinh tế và Hạ tầng"), ("1", "Điện chiếu sáng trung tâm"), ("2", "Sửa chữa chợ Hải Châu"),
     ("III", "Ủy ban nhân dân các xã"), ("1", "Xã Phú Lâm"), ("2", "Xã Cẩm Phú"), ("3", "Xã Vân Trục"), ("4", "Xã Đông Sơn")),
    "TỔNG CỘNG", slips=((2, "h", 90), (5, "r", 100), (9, "g", -20), (11, "k", -710)),
)  # fmt: skip

TAXES = Wide(
    "Biểu 15: Kết quả thu ngân sách nhà nước 11 tháng năm 2024 theo địa bàn (ĐVT: triệu đồng)",
    """
STT^3 | Đơn vị^3 | Dự toán năm 2024<2 | < | Thực hiện<6 | < | < | < | < | < | Cùng kỳ năm 2023<2 | < | So sánh TH/DT (%)<3 | < | < | So sánh cùng kỳ (%)<2 | < | Xếp hạng^3
^ | ^ | Tỉnh giao^2 | HĐND huyện giao^2 | Tháng 10^2 | Ước tháng 11^2 | Lũy kế 11 tháng<4 | < | < | < | Tổng thu^2 | Trừ tiền SDĐ^2 | Tỉnh giao^2 | Huyện giao^2 | Trừ tiền SDĐ^2 | Tổng thu^2 | Trừ tiền SDĐ^2 | ^
^ | ^ | ^ | ^ | ^ | ^ | Tổng thu | Thuế, phí | Tiền SDĐ | Thu khác | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^
A | B | 1 | 2 | 3 | 4 | 5=6+7+8 | 6 | 7 | 8 | 9 | 10 | 11=5/1 | 12=5/2 | 13=(5-7)/1 | 14=5/9 | 15=(5-7)/10 | 16
""",
    {
        "a": Amount(900, 9000), "b": Amount(100, 125, "a"), "c": Amount(4, 9, "a"), "d": Amount(4, 9, "a"), "e": total("f", "g", "h"),
        "f": Amount(50, 80, "a"), "g": Amount(5, 30, "a"), "h": Amount(2, 6, "a"), "i": Amount(60, 100, "a"), "j": Amount(50, 70, "a"),
        "k": share("e", "a"), "l": share("e", "b"), "m": Reckoned(lambda v: _without(v, "e", "g", "a"), 1), "n": share("e", "i"),
        "o": Reckoned(lambda v: _without(v, "e", "g", "j"), 1), "r": Reckoned(lambda v: 1 + (v["a"] or 0) % 17, 0),
    },
    communes(16, "taxes"), "Cộng", slips=((0, "e", 90), (3, "l", -110), (7, "m", 60), (12, "n", 1000), (16, "f", 1000)),
    told_only=("m", "o"),
)  # fmt: skip


def _without(values: Values, whole: str, less: str, base: str) -> Fraction | None:
    """What is left of a whole as a percentage of another column."""
    one, other, over = values.get(whole), values.get(less), values.get(base)
    return 100 * (one - (other or 0)) / over if one is not None and over else None


GRADES = Wide(
    "Biểu 16: Kết quả học tập và rèn luyện học sinh trung học cơ sở năm học 2023-2024",
    """
TT^3 | Khối lớp/Trường^3 | Sĩ số^3 | Học tập<8 | < | < | < | < | < | < | < | Rèn luyện<8 | < | < | < | < | < | < | <
^ | ^ | ^ | Tốt<2 | < | Khá<2 | < | Đạt<2 | < | Chưa đạt<2 | < | Tốt<2 | < | Khá<2 | < | Đạt<2 | < | Chưa đạt<2 | <
^ | ^ | ^ | SL | % | SL | % | SL | % | SL | % | SL | % | SL | % | SL | % | SL | %
""",
    {
        "s": Amount(250, 420), "a": total("s", "-b", "-c", "-d"), "ap": share("a", "s"), "b": Amount(25, 40, "s"), "bp": share("b", "s"),
        "c": Amount(5, 20, "s"), "cp": share("c", "s"), "d": Amount(0, 9), "dp": share("d", "s"), "e": total("s", "-f", "-g", "-h"),
        "ep": share("e", "s"), "f": Amount(10, 20, "s"), "fp": share("f", "s"), "g": Amount(1, 5, "s"), "gp": share("g", "s"),
        "h": Amount(0, 2), "hp": share("h", "s"),
    },
    tuple((str(number), f"THCS {name}") for number, name in enumerate(
        ("Kim Long", "Hải Châu", "Phú Lâm", "Tiên Du", "Sơn Lộ", "Vân Trục", "Mỹ Lợi", "Đại Lộc", "Cẩm Phú"), start=1)),
    "Toàn huyện", slips=((1, "ap", 90), (4, "b", 10), (6, "fp", 45), (9, "c", 100)),
)  # fmt: skip

HEALTH = Wide(
    "Biểu 17: Một số chỉ tiêu y tế cơ sở năm 2024",
    """
TT^2 | Đơn vị^2 | Dân số (người)^2 | Giường bệnh<3 | < | < | Bác sĩ<3 | < | < | Khám chữa bệnh<4 | < | < | < | Suy dinh dưỡng dưới 5 tuổi<3 | < | < | Tỷ suất tử vong (‰)<2 | <
^ | ^ | ^ | KH năm 2024 | Thực hiện | Giường/10.000 dân | Năm 2023 | Năm 2024 | Bác sĩ/10.000 dân | Lượt khám | Lượt khám/người | Nội trú | Tỷ lệ nội trú (%) | Số trẻ cân | Số trẻ SDD | Tỷ lệ SDD (%) | Số chết | Tỷ suất
(1) | (2) | (3) | (4) | (5) | (6)=(5)/(3)*10000 | (7) | (8) | (9)=(8)/(3)*10000 | (10) | (11)=(10)/(3) | (12) | (13)=(12)/(10)*100 | (14) | (15) | (16)=(15)/(14)*100 | (17) | (18)=(17)/(3)*1000
""",
    {
        "a": Amount(4000, 16000), "b": Amount(5, 30), "c": Amount(5, 40), "d": Reckoned(_per("c", "a", 10000), 1), "e": Amount(3, 15),
        "f": Amount(3, 18), "g": Reckoned(_per("f", "a", 10000), 2), "h": Amount(60, 190, "a"), "i": Reckoned(_per("h", "a", 1), 2),
        "j": Amount(5, 12, "h"), "k": share("j", "h"), "l": Amount(6, 9, "a"), "m": Amount(6, 15, "l"), "n": share("m", "l", 2),
        "o": Amount(20, 90), "p": share("o", "a", 2, 1000),
    },
    communes(14, "health"), "Tổng", slips=((0, "d", 90), (5, "g", -205), (8, "i", 45), (10, "n", 100), (13, "p", 70)),
)  # fmt: skip

HARVEST = Wide(
    "Biểu 18: Kết quả sản xuất lúa cả năm 2024",
    """
TT^3 | Đơn vị^3 | Vụ đông xuân<7 | < | < | < | < | < | < | Vụ hè thu<7 | < | < | < | < | < | < | Cả năm<3 | < | <
^ | ^ | Diện tích (ha)<3 | < | < | Năng suất (tạ/ha)^2 | Sản lượng (tấn)<3 | < | < | Diện tích (ha)<3 | < | < | Năng suất (tạ/ha)^2 | Sản lượng (tấn)<3 | < | < | Diện tích (ha)^2 | Năng suất (tạ/ha)^2 | Sản lượng (tấn)^2
^ | ^ | KH | TH | % KH | ^ | KH | TH | % KH | KH | TH | % KH | ^ | KH | TH | % KH | ^ | ^ | ^
""",
    {
        "a": Amount(200, 900), "b": Amount(90, 110, "a"), "c": share("b", "a"), "d": _yield("f", "b"), "e": Amount(550, 650, "a"),
        "f": Amount(540, 690, "b"), "g": share("f", "e"), "h": Amount(150, 700), "i": Amount(85, 105, "h"), "j": share("i", "h"),
        "k": _yield("m", "i"), "l": Amount(450, 600, "h"), "m": Amount(460, 610, "i"), "n": share("m", "l"), "o": total("b", "i"),
        "p": Reckoned(lambda v: 10 * ((v["f"] or 0) + (v["m"] or 0)) / v["o"] if v["o"] else None, 1), "q": total("f", "m"),
    },
    communes(12, "harvest"), "Toàn huyện", slips=((2, "c", 45), (5, "d", 90), (7, "q", 1000), (10, "k", -60)),
)  # fmt: skip

JOBS = Wide(
    "Biểu 19: Kết quả đào tạo nghề, giải quyết việc làm 9 tháng năm 2024",
    """
STT^3 | Chỉ tiêu/Đơn vị^3 | Lực lượng lao động<4 | < | < | < | Đào tạo nghề<6 | < | < | < | < | < | Giải quyết việc làm<7 | < | < | < | < | < | <
^ | ^ | Tổng số^2 | Trong đó: nữ<2 | < | Tỷ lệ qua đào tạo (%)^2 | Kế hoạch^2 | Thực hiện<3 | < | < | So sánh<2 | < | Kế hoạch^2 | Thực hiện<4 | < | < | < | TH/KH (%)^2 | Tăng, giảm so cùng kỳ (%)^2
^ | ^ | ^ | Số người | % | ^ | ^ | Tổng số | Sơ cấp | Dưới 3 tháng | TH/KH (%) | Còn thiếu | ^ | Tổng số | Trong nước | Xuất khẩu lao động | Cùng kỳ năm trước | ^ | ^
""",
    {
        "a": Amount(2000, 9000), "b": Amount(40, 55, "a"), "c": share("b", "a"), "d": Reckoned(lambda v: v["a"] and 30 + v["a"] % 43, 1),
        "e": Amount(60, 200), "f": total("g", "h"), "g": Amount(15, 40, "e"), "h": Amount(30, 58, "e"), "i": share("f", "e"),
        "j": total("e", "-f"), "k": Amount(100, 400), "l": total("m", "n"), "m": Amount(50, 90, "k"), "n": Amount(2, 15, "k"),
        "o": Amount(60, 110, "k"), "p": share("l", "k"), "q": growth("l", "o"),
    },
    communes(13, "jobs"), "Tổng cộng", slips=((1, "c", 90), (4, "f", 10), (6, "q", -63), (9, "p", 45), (13, "k", 90)),
)  # fmt: skip

WIDER = (POOR, DISBURSED, TAXES, GRADES, HEALTH, HARVEST, JOBS)
