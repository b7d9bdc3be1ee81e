"""Surnames, to notice one that lost a mark on its way through OCR."""

from __future__ import annotations

from vietnamese.fold import fold

_NAMES = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương "
    "lâm phùng mai tô hà tạ cao chu châu đinh lương thái tăng quách triệu kiều lưu la từ khổng nghiêm "
    "thạch tống mạc doãn đàm đậu đồng văn vi lò quàng cầm sùng giàng vàng thào hoa cù hứa bế nông ma lục "
    "mã âu bạch quan diệp viên lại thân trà thi kim sơn danh chế bá mông hầu lộc phó vừ hạng cứ tẩn chẻo "
    "phàn lầu mùa a y siu rơ ksor bàn phượng hàn tôn tiêu trình mạch khuất bồ giáp đới lèng thẩm khúc "
    "ninh ông ung phù đường cung lữ liêu quản mẫn cái nhữ nhan bành hạ sầm lã hy điểu thị"
)
_SURNAMES = frozenset(_NAMES.split())
_FOLDED = frozenset(map(fold, _SURNAMES))


def is_surname(word: str) -> bool:
    """Whether a word is a surname of the table, any case.

    >>> is_surname("Nguyễn"), is_surname("Xuân")
    (True, False)
    """
    return word.lower() in _SURNAMES


def lacks_mark(surname: str) -> bool:
    """Whether this is a surname but for its marks, as `Nguyên` is; of a name that is none nothing is said.

    >>> lacks_mark("Nguyên"), lacks_mark("Nguyễn"), lacks_mark("Ksor"), lacks_mark("H’Bia")
    (True, False, False, False)
    """
    return surname.lower() not in _SURNAMES and fold(surname) in _FOLDED
