"""TCVN3 (ABC): the 8-bit encoding of the `.Vn…` fonts, by TCVN 5712:1993 (VN3).

Each lower-case letter has a byte; capitals with a tone have none, so documents set them in a capital font (`.VnTimeH`).
"""

from __future__ import annotations

_BYTES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ "
    "B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ "
    "CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò "
    "E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù "
    "F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
BY_BYTE: dict[int, str] = {int(entry[:2], 16): entry[2] for entry in _BYTES.split()}


def _letters() -> dict[int, str]:
    """By what a program shows for the byte: Latin-1, Windows-1258, or a symbol font's private use area."""
    table = {0xF000 + code: letter for code, letter in BY_BYTE.items()}
    table |= {
        ord(bytes([code]).decode("cp1258")): letter for code, letter in BY_BYTE.items() if code not in (0xD2, 0xDE)
    }
    return table | BY_BYTE


_LETTERS = _letters()


def decode(text: str) -> str:
    """Text typed in a TCVN3 font, as Unicode.

    >>> decode("Céng hßa x· héi")
    'Cộng hòa xã hội'
    """
    return text.translate(_LETTERS)
