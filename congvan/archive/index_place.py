"""Where the index of an archive stands: by the address that is given, else in a file of the archive's folder.

An address is given for one command (`congvan --index`, which sets CONGVAN_INDEX, as a service may) or for the archive:

    [index]
    url = "postgresql://congvan@may-chu/congvan"

in its `settings.toml`. One database holds the indexes of many archives, each in a schema of its own, which is named by
`index.id` in the archive's folder. A backup leaves that file out, so that what is restored makes an index of its own.
"""

from __future__ import annotations

import os
import secrets
import tomllib

from filelock import FileLock
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from congvan.archive.index.dialects import sqlite_index
from congvan.archive.truth.archive_errors import PlainError
from congvan.archive.truth.files import write_atomic
from congvan.archive.truth.folders import WRITE_LOCK, Folders

VARIABLE = "CONGVAN_INDEX"
"""The environment variable that gives the address."""
_BYTES = 6


def open_index(layout: Folders) -> Engine:
    """The index of an archive, made or not. Raises `PlainError` for an address that cannot be understood."""
    address = os.environ.get(VARIABLE) or _of_settings(layout)
    if not address:
        return sqlite_index.connect(layout.index)
    from congvan.archive.index.dialects import server  # what it needs is an extra

    return server.connect(read_address(address), f"congvan_{_id_of(layout)}")


def read_address(address: str) -> URL:
    """An address as it is written, `postgresql://…`. Raises `PlainError`; the password is not shown."""
    try:
        url = make_url(address.strip())
    except ArgumentError:
        raise PlainError("Địa chỉ của chỉ mục không đúng; hãy viết như postgresql://TÊN@MÁY/CƠ-SỞ-DỮ-LIỆU.") from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise PlainError(
            f"Chỉ mục không đặt ở {url.get_backend_name()} được; chỉ có SQLite (mặc định) và postgresql://…"
        )
    return url


def _of_settings(layout: Folders) -> str | None:
    """The address in the archive's settings. Settings that cannot be read must not look like none."""
    try:
        written = layout.settings.read_text("utf-8-sig", errors="replace")
    except FileNotFoundError:
        return None
    try:
        told = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        if "[index]" not in written:
            return None  # named when the rest is asked for
        raise PlainError(f"{layout.settings}: không đúng cách viết TOML ({error}).") from None
    index = told.get("index")
    address = index.get("url") if isinstance(index, dict) else None
    return address if isinstance(address, str) else None


def _id_of(layout: Folders) -> str:
    """The name by which an archive is told from others in one database, given once."""
    if not layout.index_id.exists():
        with FileLock(layout.root / WRITE_LOCK):  # two servers may begin at once
            if not layout.index_id.exists():
                write_atomic(layout.index_id, f"{secrets.token_hex(_BYTES)}\n".encode())
    return layout.index_id.read_text("ascii").strip()
