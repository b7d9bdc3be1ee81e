"""What a container holds, and how much of it may be taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.door.errors import ReadError

MAX_MEMBERS = 1000
MAX_TOTAL = 512 * 1024 * 1024
"""Bytes of everything inside one file, containers inside it included: as much as one file may have."""
MAX_RATIO = 250
RATIO_MATTERS = 8 * 1024 * 1024
"""A member of more bytes is a bomb where it unpacks to `MAX_RATIO` times its packed size; no text does."""
MAX_DEPTH = 4

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"\A(?:[A-Za-z]:)?/+")
_LONGEST_NAME = 120
BOMB = ReadError("zip_bomb", "Bung ra quá lớn hoặc quá nhiều tệp (bom nén); không mở.")
OUTSIDE = ReadError("unsafe", "Tên tệp bên trong trỏ ra ngoài gói (có thể là tệp phá hoại); không mở.")
TOO_DEEP = ReadError("unsafe", f"Gói lồng trong gói quá {MAX_DEPTH} lần (có thể là tệp phá hoại); không mở.")
ENCRYPTED = ReadError("encrypted", "Được đặt mật khẩu; hãy mở bằng mật khẩu, lấy tệp ra rồi nạp lại.")


@dataclass(frozen=True)
class Member:
    """A file in a container: its name with the folders it lies in there, and its bytes, or why they cannot be had."""

    name: str
    data: bytes = b""
    error: ReadError | None = None


@dataclass
class Opened:
    """The files of a container, and in words what was left out of them."""

    members: list[Member] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass
class Budget:
    """How much may still be taken out of one file. Raises ReadError (`zip_bomb`) where it is spent."""

    members: int = MAX_MEMBERS
    size: int = MAX_TOTAL

    def take(self, size: int) -> None:
        """Count one member of so many bytes."""
        self.members -= 1
        self.size -= size
        if self.members < 0 or self.size < 0:
            raise BOMB


def clean_name(name: str, otherwise: str = "khong-ten") -> str:
    """A member's name as it may be shown and written: no drive, no way up, no signs that cannot be seen.

    Raises ReadError (`unsafe`) for a name that leads out of the container.
    """
    plain = _DRIVE.sub("", _UNSEEN.sub("", name.replace("\\", "/")).strip())
    parts = [part.strip()[-_LONGEST_NAME:] for part in plain.split("/") if part.strip() not in ("", ".")]
    if ".." in parts:
        raise OUTSIDE
    return "/".join(parts) or otherwise
