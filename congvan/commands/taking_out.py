"""Commands that take back and keep out: remove, restore, purge, trash, cancel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import DEFAULT_ARCHIVE, ArchiveFolder, complain
from congvan.commands.reviewing import DispatchName

if TYPE_CHECKING:
    from congvan.archive.archive import Archive

Why = Annotated[str, typer.Option("--why", help="Lý do (được ghi lại).")]
_KEPT_DAYS = 90


def remove(name: DispatchName, why: Why, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Gỡ một tệp khỏi kho lưu vào thùng rác; không xoá gì, lấy lại được bằng restore."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    sha256 = one_dispatch(kept, name).partition("#")[0]
    kept.take_out(sha256, why)
    typer.echo(f"Đã gỡ {sha256[:12]} vào thùng rác; lấy lại: congvan restore {sha256[:12]}")


def restore(
    name: Annotated[str, typer.Argument(help="Mã hoặc tên tệp đã gỡ (congvan trash).", metavar="ID")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Lấy lại một tệp đã gỡ, với mọi điều đã ghi về nó."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    row = _removed(kept, name)
    kept.put_back(row["sha256"])
    typer.echo(
        f"Đã lấy lại {row['file_name']}."
        if not row["purged"]
        else f"{row['file_name']} đã bị xoá hẳn; nay có thể nạp lại tệp ấy từ nơi khác."
    )


def _removed(kept: Archive, name: str) -> dict[str, str]:
    from congvan.archive.index.keys import body_key

    rows = kept.removals()
    found = [row for row in rows if row["sha256"].startswith(name.lower())] or [
        row for row in rows if body_key(name) in (body_key(row["file_name"]), body_key(row["so_hieu"]))
    ]
    if len(found) != 1:
        words = (
            f"“{name}” chỉ {len(found)} tệp đã gỡ; hãy dùng mã." if found else f"Không có tệp đã gỡ nào là “{name}”."
        )
        complain(f"{words} Xem: congvan trash")
        raise typer.Exit(1)
    return found[0]


def trash(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Liệt kê các tệp đã gỡ khỏi kho lưu."""
    from congvan.archive.archive import open_archive
    from congvan.writing.screen import fold_lines

    rows = open_archive(archive).removals()
    for row in rows:
        moment = dt.datetime.fromisoformat(row["time"])
        state = "đã xoá hẳn" if row["purged"] else "lấy lại được"
        words = f"{row['sha256'][:12]}  {row['file_name']}: {row['why']} ({row['who']}, {moment:%d/%m/%Y}; {state})"
        typer.echo(fold_lines(words, "", "    "))
    typer.echo(f"{len(rows)} tệp đã gỡ.")


def purge(
    older: Annotated[
        int, typer.Option("--older-than", min=0, help="Chỉ tệp đã gỡ quá bấy nhiêu ngày.", metavar="DAYS")
    ] = _KEPT_DAYS,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Xoá hẳn các tệp đã nằm lâu trong thùng rác; việc này không lùi lại được."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    before = dt.datetime.now().astimezone() - dt.timedelta(days=older)
    old = [row for row in kept.removals() if not row["purged"] and dt.datetime.fromisoformat(row["time"]) <= before]
    for row in old:
        kept.purge(row["sha256"])
    typer.echo(f"Đã xoá hẳn {len(old)} tệp.")


def cancel(name: DispatchName, why: Why, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Hủy một số đến đã vào nhầm: số ấy giữ trong sổ, ghi “hủy”, không dùng lại."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    number, year = kept.cancel(one_dispatch(kept, name), why)
    typer.echo(f"Đã hủy số đến {number} năm {year}: {why}")


COMMANDS = (remove, restore, trash, purge, cancel)
