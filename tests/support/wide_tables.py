"""Twelve report tables as offices draw them, each with the mistakes that its author might make."""
# ruff: noqa: E501 - a row of a heading is one line

from __future__ import annotations

from fractions import Fraction

from tests.support.wide import Amount, Reckoned, Values, Wide, communes, growth, share, total

REVENUE = Wide(
    "Biểu 01: Tình hình thu ngân sách 9 tháng năm 2024 (ĐVT: triệu đồng)",
    """
TT^2 | Nội dung^2 | Dự toán năm 2024<2 | < | TH 9 tháng năm 2023^2 | Thực hiện năm 2024<3 | < | < | So sánh (%)<4 | < | < | <
^ | ^ | Tỉnh giao | Huyện giao | ^ | 9 tháng | Riêng tháng 9 | Ước cả năm | TH/DT tỉnh giao | TH/DT huyện giao | So với cùng kỳ | Ước TH năm/DT huyện giao
A | B | 1 | 2 | 3 | 4 | 5 | 6 | 7=4/1*100 | 8=4/2*100 | 9=4/3*100 | 10=6/2*100
""",
    {
        "a": Amount(900, 40000), "b": Amount(100, 120, "a"), "c": Amount(60, 90, "a"), "d": Amount(60, 110, "a"),
        "e": Amount(5, 14, "d"), "f": Amount(110, 140, "d"), "g": share("d", "a"), "h": share("d", "b"),
        "i": share("d", "c"), "j": share("f", "b"),
    },
    (("I", "Thu nội địa"), ("1", "Thu từ khu vực ngoài quốc doanh"), ("-", "Thuế giá trị gia tăng"),
     ("-", "Thuế thu nhập doanh nghiệp"), ("2", "Lệ phí trước bạ"), ("3", "Thuế thu nhập cá nhân"),
     ("4", "Thu tiền sử dụng đất"), ("5", "Thu phí, lệ phí"), ("6", "Thu khác ngân sách"),
     ("II", "Thu bổ sung từ ngân sách cấp trên"), ("1", "Bổ sung cân đối"), ("2", "Bổ sung có mục tiêu")),
    "Tổng cộng", slips=((4, "h", 90), (12, "d", 1000), (8, "i", -108)),
)  # fmt: skip

INVESTMENT = Wide(
    "Biểu 02: Kết quả giải ngân vốn đầu tư công (ĐVT: triệu đồng)",
    """
TT^2 | Danh mục dự án^2 | Tổng mức đầu tư^2 | Kế hoạch vốn năm 2024<4 | < | < | < | Giải ngân đến 30/9/2024<4 | < | < | < | Tỷ lệ giải ngân (%)^2 | Còn lại^2
^ | ^ | ^ | Tổng số | NSTW | NS tỉnh | NS huyện | Tổng số | NSTW | NS tỉnh | NS huyện | ^ | ^
1 | 2 | 3 | 4=5+6+7 | 5 | 6 | 7 | 8=9+10+11 | 9 | 10 | 11 | 12=8/4*100 | 13=4-8
""",
    {
        "a": Amount(30000, 90000), "b": total("c", "d", "e"), "c": Amount(2000, 9000, blanks=True),
        "d": Amount(1000, 5000), "e": Amount(300, 2000, blanks=True), "f": total("g", "h", "i"),
        "g": Amount(20, 100, "c", blanks=True), "h": Amount(30, 100, "d"), "i": Amount(10, 100, "e", blanks=True),
        "j": share("f", "b"), "k": total("b", "-f"),
    },
    (("I", "Lĩnh vực giao thông"), ("1", "Đường trục chính xã Phú Lâm"), ("2", "Cầu Đông Sơn"),
     ("3", "Nâng cấp đường liên xã Tam Quan - Tiên Du"), ("II", "Lĩnh vực giáo dục"),
     ("1", "Trường Mầm non Hải Châu"), ("2", "Trường THCS Kim Long"), ("III", "Lĩnh vực thủy lợi"),
     ("1", "Kè chống sạt lở thôn 5"), ("2", "Trạm bơm Gia Hòa"), ("3", "Hồ chứa nước Cẩm Phú")),
    "Tổng số", slips=((2, "b", 900), (5, "j", -123), (9, "k", 50)),
)  # fmt: skip

CROPS = Wide(
    "Biểu 03: Kết quả sản xuất một số cây trồng chính",
    """
TT^2 | Cây trồng^2 | Diện tích (ha)<5 | < | < | < | < | Năng suất (tạ/ha)<3 | < | < | Sản lượng (tấn)<4 | < | < | <
^ | ^ | KH năm 2024 | TH năm 2024 | TH năm 2023 | So với KH (%) | So với cùng kỳ (%) | Năm 2024 | Năm 2023 | Tăng, giảm (+/-) | KH năm 2024 | TH năm 2024 | TH năm 2023 | So với KH (%)
""",
    {
        "a": Amount(80, 900, decimals=1), "b": Amount(80, 120, "a", 1), "c": Amount(80, 120, "a", 1),
        "d": share("b", "a", 2), "e": share("b", "c", 2), "f": Amount(12, 70, decimals=1),
        "g": Amount(90, 110, "f", 1), "h": total("f", "-g", decimals=1), "i": Amount(500, 9000, decimals=1),
        "j": Amount(85, 115, "i", 1), "k": Amount(85, 115, "i", 1), "l": share("j", "i", 2),
    },
    tuple((str(number), name) for number, name in enumerate(
        ("Lúa đông xuân", "Lúa mùa", "Ngô", "Khoai lang", "Sắn", "Lạc", "Đậu tương", "Rau các loại", "Mía"), start=1)),
    slips=((1, "d", 1000), (4, "h", 12), (7, "l", -415)),
)  # fmt: skip

VACCINES = Wide(
    "Biểu 04: Kết quả tiêm chủng mở rộng 10 tháng năm 2024",
    """
TT^3 | Đơn vị^3 | Số trẻ dưới 1 tuổi^3 | Kết quả tiêm chủng<10 | < | < | < | < | < | < | < | < | <
^ | ^ | ^ | Lao (BCG)<2 | < | Viêm gan B sơ sinh<2 | < | Bại liệt (bOPV3)<2 | < | Sởi<2 | < | Tiêm đầy đủ<2 | <
^ | ^ | ^ | Số tiêm | Tỷ lệ % | Số tiêm | Tỷ lệ % | Số uống | Tỷ lệ % | Số tiêm | Tỷ lệ % | Số trẻ | Tỷ lệ %
""",
    {
        "a": Amount(60, 300), "b": Amount(70, 100, "a"), "c": share("b", "a"), "d": Amount(60, 95, "a"),
        "e": share("d", "a"), "f": Amount(55, 99, "a"), "g": share("f", "a"), "h": Amount(50, 90, "a"),
        "i": share("h", "a"), "j": Amount(45, 88, "a"), "k": share("j", "a"),
    },
    communes(14, "vaccines"), "Toàn huyện", slips=((3, "e", 90), (14, "f", 10), (9, "k", -35)),
)  # fmt: skip

PUPILS = Wide(
    "Biểu 05: Kết quả rèn luyện học sinh THCS học kỳ I năm học 2024-2025",
    """
TT^3 | Trường^3 | Số lớp^3 | Học sinh<3 | < | < | Xếp loại rèn luyện<8 | < | < | < | < | < | < | <
^ | ^ | ^ | Tổng số^2 | Trong đó<2 | < | Tốt<2 | < | Khá<2 | < | Đạt<2 | < | Chưa đạt<2 | <
^ | ^ | ^ | ^ | Nữ | Dân tộc | SL | % | SL | % | SL | % | SL | %
""",
    {
        "n": Amount(8, 24), "s": total("g", "k", "d", "c"), "f": Amount(80, 220), "m": Amount(0, 30, blanks=True),
        "g": Amount(180, 420), "gp": share("g", "s", 2), "k": Amount(60, 150), "kp": share("k", "s", 2),
        "d": Amount(5, 40), "dp": share("d", "s", 2), "c": Amount(0, 5), "cp": share("c", "s", 2),
    },
    tuple((str(number), f"THCS {name}") for number, name in enumerate(
        ("Kim Long", "Hải Châu", "Phú Lâm", "Tiên Du", "Sơn Lộ", "Vân Trục", "Mỹ Lợi", "Đại Lộc"), start=1)),
    "Cộng", slips=((2, "kp", 207), (6, "s", 10), (8, "g", -9)),
)  # fmt: skip

MEMBERS = Wide(
    "Biểu 06: Tình hình đội ngũ đảng viên năm 2024",
    """
TT^2 | Tên đảng bộ^2 | Đảng viên đầu kỳ^2 | Tăng trong kỳ<3 | < | < | Giảm trong kỳ<4 | < | < | < | Đảng viên cuối kỳ^2 | Chỉ tiêu kết nạp^2 | Đạt tỷ lệ (%)^2 | Kết nạp năm 2023^2 | So với năm 2023<2 | <
^ | ^ | ^ | Tổng | Kết nạp | Chuyển đến | Tổng | Chuyển đi | Từ trần | Xóa tên, khai trừ | ^ | ^ | ^ | ^ | Số lượng (+/-) | Tỷ lệ (%)
1 | 2 | 3 | 4=5+6 | 5 | 6 | 7=8+9+10 | 8 | 9 | 10 | 11=3+4-7 | 12 | 13=5/12 | 14 | 15=5-14 | 16=5/14
""",
    {
        "a": Amount(120, 700), "b": total("c", "d"), "c": Amount(3, 19), "d": Amount(0, 12), "e": total("f", "g", "h"),
        "f": Amount(0, 14), "g": Amount(0, 6), "h": Amount(0, 2, blanks=True), "i": total("a", "b", "-e"),
        "j": Amount(4, 15), "k": share("c", "j", 2), "l": Amount(3, 18), "m": total("c", "-l"), "n": share("c", "l", 2),
    },
    communes(13, "members"), "Tổng cộng", slips=((0, "i", 10), (5, "k", 1000), (7, "m", 2), (13, "n", -330)),
)  # fmt: skip


def _points(values: Values) -> Fraction | None:
    """By how many points the share of poor households has fallen, from the two shares as printed."""
    one, other = (values[name] for name in "ch")
    if one is None or other is None:
        return None
    return Fraction(round(one * 100 + Fraction(1, 10**6)), 100) - Fraction(round(other * 100 + Fraction(1, 10**6)), 100)


POVERTY = Wide(
    "Biểu 07: Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024",
    """
TT^3 | Xã, thị trấn^3 | Tổng số hộ^3 | Hộ nghèo<7 | < | < | < | < | < | < | Hộ cận nghèo<2 | <
^ | ^ | ^ | Đầu năm<2 | < | Số hộ thoát nghèo^2 | Số hộ nghèo phát sinh^2 | Cuối năm<2 | < | Giảm tỷ lệ (điểm %)^2 | Số hộ^2 | Tỷ lệ (%)^2
^ | ^ | ^ | Số hộ | Tỷ lệ (%) | ^ | ^ | Số hộ | Tỷ lệ (%) | ^ | ^ | ^
1 | 2 | 3 | 4 | 5=4/3*100 | 6 | 7 | 8=4-6+7 | 9=8/3*100 | 10=5-9 | 11 | 12=11/3*100
""",
    {
        "a": Amount(900, 3200), "b": Amount(4, 16, "a"), "c": share("b", "a", 2), "e": Amount(10, 60, "b"),
        "f": Amount(0, 9), "g": total("b", "-e", "f"), "h": share("g", "a", 2), "d": Reckoned(_points, 2),
        "i": Amount(3, 12, "a"), "j": share("i", "a", 2),
    },
    communes(12, "poverty"), "Tổng cộng", slips=((1, "h", 100), (6, "g", -20), (10, "d", 55), (12, "i", 100)),
)  # fmt: skip

BIRTHS = Wide(
    "Biểu 08: Công tác dân số năm 2024",
    """
TT^2 | Đơn vị^2 | Dân số trung bình^2 | Số trẻ sinh ra<3 | < | < | Tỷ suất sinh thô (‰)^2 | Số người chết^2 | Tỷ suất chết thô (‰)^2 | Sinh con thứ 3 trở lên<3 | < | <
^ | ^ | ^ | Năm 2024 | Năm 2023 | So với cùng kỳ (%) | ^ | ^ | ^ | Năm 2024 | Năm 2023 | Tỷ lệ năm 2024 (%)
""",
    {
        "a": Amount(4000, 16000), "b": Amount(40, 220), "c": Amount(40, 220), "d": share("b", "c"),
        "e": share("b", "a", 2, 1000), "f": Amount(20, 90), "g": share("f", "a", 2, 1000), "h": Amount(5, 30, "b"),
        "i": Amount(5, 30, "c"), "j": share("h", "b", 2),
    },
    communes(15, "births"), "Toàn huyện", slips=((2, "e", 90), (7, "d", -100), (11, "j", 202)),
)  # fmt: skip

INSURANCE = Wide(
    "Biểu 09: Kết quả bao phủ bảo hiểm y tế đến 30/9/2024",
    """
TT^2 | Đơn vị^2 | Dân số^2 | Chỉ tiêu giao năm 2024 (người)^2 | Số người tham gia<6 | < | < | < | < | < | Tỷ lệ bao phủ (%)^2 | So với chỉ tiêu (%)^2 | Số người còn phải vận động^2
^ | ^ | ^ | ^ | Tổng số | NLĐ và SDLĐ đóng | Quỹ BHXH đóng | NSNN đóng | NSNN hỗ trợ | Hộ gia đình | ^ | ^ | ^
A | B | (1) | (2) | (3)=(4)+(5)+(6)+(7)+(8) | (4) | (5) | (6) | (7) | (8) | (9)=(3)/(1)% | (10)=(3)/(2)% | (11)=(2)-(3)
""",
    {
        "a": Amount(4000, 9000), "b": Amount(92, 96, "a"), "c": total("d", "e", "f", "g", "h"), "d": Amount(5, 14, "a"),
        "e": Amount(2, 6, "a"), "f": Amount(20, 35, "a"), "g": Amount(10, 20, "a"), "h": Amount(8, 16, "a"),
        "i": share("c", "a", 2), "j": share("c", "b", 2), "k": total("b", "-c"),
    },
    communes(11, "insurance"), "Cộng", slips=((0, "c", 100), (4, "i", -900), (8, "k", 90), (11, "j", 35)),
)  # fmt: skip

SPENDING = Wide(
    "Biểu 10: Chi ngân sách 6 tháng đầu năm 2024 (ĐVT: nghìn đồng)",
    """
STT^2 | Nội dung chi^2 | Dự toán đầu năm^2 | Bổ sung trong năm^2 | Chuyển nguồn^2 | Tổng dự toán^2 | Thực hiện 6 tháng^2 | Cùng kỳ năm trước^2 | Còn lại^2 | So sánh (%)<3 | < | <
^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | TH/Tổng dự toán | TH/DT đầu năm | Tăng, giảm so với cùng kỳ
""",
    {
        "a": Amount(900000, 9000000), "b": Amount(0, 300000, blanks=True), "c": Amount(0, 200000, blanks=True),
        "d": total("a", "b", "c"), "e": Amount(40, 70, "a"), "f": Amount(35, 60, "a"), "g": total("d", "-e"),
        "h": share("e", "d"), "i": share("e", "a"), "j": growth("e", "f"),
    },
    (("A", "CHI CÂN ĐỐI NGÂN SÁCH"), ("I", "Chi đầu tư phát triển"), ("1", "Chi xây dựng cơ bản"),
     ("2", "Chi từ nguồn thu tiền sử dụng đất"), ("II", "Chi thường xuyên"), ("1", "Sự nghiệp giáo dục, đào tạo"),
     ("-", "Trong đó: chi cải cách tiền lương"), ("2", "Sự nghiệp y tế"), ("3", "Quản lý nhà nước, Đảng, đoàn thể"),
     ("4", "Bảo đảm xã hội"), ("III", "Dự phòng ngân sách"), ("B", "CHI CHƯƠNG TRÌNH MỤC TIÊU"),
     ("1", "Nông thôn mới"), ("2", "Giảm nghèo bền vững")),
    "TỔNG CHI", slips=((3, "d", 1000), (5, "h", -62), (12, "j", 90)),
)  # fmt: skip

LOANS = Wide(
    "Biểu 11: Hoạt động tín dụng chính sách đến 31/10/2024 (ĐVT: triệu đồng)",
    """
TT^2 | Chương trình tín dụng^2 | Dư nợ 31/12/2023^2 | Trong kỳ<2 | < | Dư nợ 31/10/2024<3 | < | < | Kế hoạch dư nợ^2 | % hoàn thành kế hoạch^2 | Tăng trưởng so với đầu năm (%)^2 | Nợ quá hạn<2 | < | Số hộ còn dư nợ^2
^ | ^ | ^ | Cho vay | Thu nợ | Tổng số | Tăng, giảm | Bình quân/hộ | ^ | ^ | ^ | Số tiền | Tỷ lệ (%) | ^
(1) | (2) | (3) | (4) | (5) | (6)=(3)+(4)-(5) | (7)=(6)-(3) | (8)=(6)/(14) | (9) | (10)=(6)/(9)*100 | (11)=((6)-(3))/(3)*100 | (12) | (13)=(12)/(6)*100 | (14)
""",
    {
        "a": Amount(3000, 60000), "b": Amount(20, 45, "a"), "c": Amount(10, 40, "a"), "d": total("a", "b", "-c"),
        "e": total("d", "-a"), "f": share("d", "l", 1, 1), "g": Amount(95, 125, "a"), "h": share("d", "g"),
        "i": growth("d", "a"), "j": Amount(2, 60), "k": share("j", "d", 2), "l": Amount(90, 900),
    },
    tuple((str(number), name) for number, name in enumerate(
        ("Hộ nghèo", "Hộ cận nghèo", "Hộ mới thoát nghèo", "Nước sạch và vệ sinh môi trường nông thôn",
         "Giải quyết việc làm", "Học sinh, sinh viên", "Nhà ở xã hội"), start=1)),
    "Tổng cộng", slips=((1, "d", 100), (3, "h", -90), (5, "k", 31), (7, "b", 1000)),
)  # fmt: skip

FILES = Wide(
    "Biểu 12: Kết quả giải quyết thủ tục hành chính quý III năm 2024",
    """
TT^3 | Đơn vị^3 | Số hồ sơ tiếp nhận<4 | < | < | < | Số hồ sơ đã giải quyết<4 | < | < | < | Số hồ sơ đang giải quyết<3 | < | < | Tỷ lệ (%)<2 | <
^ | ^ | Tổng số^2 | Trong đó<3 | < | < | Tổng số^2 | Trong đó<3 | < | < | Tổng số^2 | Trong đó<2 | < | Đúng hạn^2 | Trực tuyến^2
^ | ^ | ^ | Kỳ trước chuyển sang | Trực tiếp | Trực tuyến | ^ | Trước hạn | Đúng hạn | Quá hạn | ^ | Trong hạn | Quá hạn | ^ | ^
1 | 2 | 3=4+5+6 | 4 | 5 | 6 | 7=8+9+10 | 8 | 9 | 10 | 11=12+13 | 12 | 13 | 14=(8+9)/7 | 15=6/(5+6)
""",
    {
        "a": total("b", "c", "d"), "b": Amount(5, 60), "c": Amount(200, 600), "d": Amount(20, 90),
        "e": total("f", "g", "h"), "f": Amount(50, 60, "c"), "g": Amount(10, 20, "c"), "h": Amount(0, 9),
        "i": total("a", "-e"), "j": total("i", "-m"), "m": Amount(0, 3),
        "n": Reckoned(lambda v: 100 * ((v["f"] or 0) + (v["g"] or 0)) / v["e"] if v.get("e") else None, 2),
        "o": Reckoned(lambda v: 100 * (v["d"] or 0) / (v["c"] + v["d"]) if v.get("c") and v.get("d") else None, 2),
    },
    communes(10, "files"), "Tổng", slips=((2, "a", 10), (5, "n", -150), (7, "i", 5), (10, "o", 900)),
)  # fmt: skip

ALL = (REVENUE, INVESTMENT, CROPS, VACCINES, PUPILS, MEMBERS, POVERTY, BIRTHS, INSURANCE, SPENDING, LOANS, FILES)
