"""State secrets: a document marked MẬT, TỐI MẬT or TUYỆT MẬT is not processed here.

Luật Bảo vệ bí mật nhà nước 2018 wants such documents in a register of their own, on a computer without a network.
"""

from __future__ import annotations

from itertools import chain

from ingest.door.errors import ReadError
from schemas.dispatch import Dispatch


def refuse_secret(record: Dispatch) -> None:
    """Raise `ReadError` for a record that bears a mark of secrecy, its own or an attached dispatch's."""
    for dispatch in chain([record], record.attached):
        if dispatch.header.secrecy:
            raise ReadError(
                "secret",
                f"Văn bản đóng dấu {dispatch.header.secrecy}: theo quy định về bảo vệ bí mật nhà nước, văn bản này "
                "phải đăng ký ở sổ riêng nên đã được để riêng, không lưu nội dung. "
                "Dùng --allow-secret nếu được phép xử lý.",
            )
