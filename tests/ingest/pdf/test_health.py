"""Which text layers are trusted: a table of good and damaged ones."""

from __future__ import annotations

import unicodedata

import pytest

from ingest.pdf.layer import LayerTrouble, layer_trouble
from vietnamese.syllables import has_mark, is_syllable

GOOD = (
    "Thực hiện chương trình công tác năm, Ban Thường vụ yêu cầu các chi bộ, đảng bộ trực thuộc rà soát danh sách, "
    "lập báo cáo theo mẫu và gửi về Văn phòng trước ngày 15 tháng 9 năm 2025 để tổng hợp, theo dõi, đôn đốc. "
    "Đồng chí phụ trách từng địa bàn chịu trách nhiệm kiểm tra kết quả, kịp thời tháo gỡ khó khăn, vướng mắc."
)
FULL_PAGE = " ".join([GOOD] * 3)
STAMP = "Ký bởi: Văn phòng Ủy ban nhân dân\nEmail: vanphong@example.gov.vn\nThời gian ký: 02.03.2025 08:15:24 +07:00"
UNMARKED = "Ban Thuong vu yeu cau cac chi bo ra soat danh sach va gui bao cao "
ENGLISH = (
    "The parties agree that the equipment shall be delivered to the provincial hospital within sixty days of the date "
    "of signing, together with all manuals, certificates of origin and the schedule of training for its technicians. "
)
FRENCH = (
    "Les parties conviennent que le matériel sera livré à l'hôpital dans un délai de soixante jours après signature. "
)
OLD_TYPING = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, caùc phoøng ban baùo caùo keát quaû thöïc hieän keá hoaïch naêm. "
)
OLD_CODE_PAGE = "Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc "

CASES = [
    ("plain Vietnamese", GOOD, 0.0, None),
    ("decomposed letters are a repair, not damage", unicodedata.normalize("NFD", GOOD), 0.0, None),
    ("a good layer under a scan", FULL_PAGE, 1.0, None),
    ("capitals", GOOD.upper(), 0.0, None),
    (
        "many abbreviations and figures",
        "UBND huyện, HĐND xã, TTr-SNV, QĐ-UBND, KH-BCĐ 12 45,6% 78 " + GOOD,
        0.0,
        None,
    ),
    ("a short last page without a picture", "Nơi nhận:\n- Như trên;\n- Lưu: VT.", 0.0, None),
    ("a page of figures", "1 12 13,5\n2 45 67,0", 0.0, None),
    ("nothing", " \n\t", 0.0, LayerTrouble.EMPTY),
    ("a stamp on a scan", STAMP, 1.0, LayerTrouble.THIN),
    ("a page number on a scan", "2", 0.9, LayerTrouble.THIN),
    ("private use letters", "Số \ue012\ue0a3\ue044 " + GOOD[:40] + "\ue0a3\ue044", 0.0, LayerTrouble.UNMAPPED),
    ("replacement characters", GOOD.replace("ờ", "\ufffd").replace("á", "\ufffd"), 0.0, LayerTrouble.UNMAPPED),
    ("glyph numbers", "(cid:12)(cid:3)(cid:77) " * 30, 0.0, LayerTrouble.UNMAPPED),
    (
        "question marks for letters",
        GOOD.replace("ả", "?").replace("ệ", "?").replace("ư", "?").replace("ộ", "?"),
        0.0,
        LayerTrouble.LOST_LETTERS,
    ),
    (
        "an English engine's guess",
        "CQNG HoAxA HQI CHU NGHIA VIET NAM DQc lip - Tg do - Hgnh phirc Cen cir Luat To chirc chinh quyen dja "
        "phuorng ngay 19 thang 6 nam 2015; Xet de nghi cua Giam doc Sa Noi vu",
        1.0,
        LayerTrouble.THIN,
    ),
    (
        "an English engine's guess, a whole page",
        "CQNG HoAxA HQI CHU NGHIA VIET NAM DQc lip Tg do Hgnh phirc Cen cir Luat To chirc chinh quyen dja phuorng " * 5,
        1.0,
        LayerTrouble.NOT_VIETNAMESE,
    ),
    (
        "no marks at all",
        "Ban Thuong vu yeu cau cac chi bo ra soat danh sach va gui bao cao " * 8,
        1.0,
        "not_vietnamese",
    ),
    (
        "stray spaces inside words",
        "ĐIỀ U KHO ẢN THI HÀ NH Quy ế t đị nh này có hi ệ u l ự c k ể t ừ ngày ký Chánh Văn ph òng và các đơ n vị "
        "ch ị u trách nhi ệ m thi h ành",
        0.0,
        LayerTrouble.SPLIT_WORDS,
    ),
    (
        "letters of an old code page",
        OLD_CODE_PAGE * 4,
        0.0,
        "not_vietnamese",
    ),
    ("letters of another old encoding", OLD_TYPING * 3, 0.0, "not_vietnamese"),
    ("clean English", ENGLISH * 2, 0.0, None),
    ("clean French", FRENCH * 3, 0.0, None),
    ("English under a scan", ENGLISH * 3, 1.0, "not_vietnamese"),
    ("Vietnamese that lost its marks", UNMARKED * 3, 0.0, "not_vietnamese"),
]


@pytest.mark.parametrize(("text", "share", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_trouble(text: str, share: float, expected: str | None) -> None:
    assert layer_trouble(text, picture_share=share) == expected


GOOD_SYLLABLES = "nghiêng quyết khuỷu gì giêng quốc thuở oăm xoong uỷ ủy y yêu đoàn hoá HÒA"
NO_SYLLABLES = "HoAxA CQNG phirc dja ĐIỀ lậpe ngh straße tạì bạc̀ cãt"


@pytest.mark.parametrize("word", GOOD_SYLLABLES.split())
def test_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_marks() -> None:
    assert [word for word in ["đã", "nam", "hoà", "VIET", "Đ"] if has_mark(word)] == ["đã", "hoà", "Đ"]
