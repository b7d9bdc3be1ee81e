"""Commands that take back and keep out: remove, restore, purge, trash, cancel, backup."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
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
    name: Annotated[
        str, typer.Argument(help="Mã hoặc tên tệp đã gỡ (congvan trash); hoặc một bản sao lưu.", metavar="ID|FILE")
    ],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Lấy lại một tệp đã gỡ, với mọi điều đã ghi về nó; hoặc dựng lại cả kho lưu từ bản sao lưu (backup)."""
    from congvan.archive.archive import open_archive
    from congvan.archive.backup import is_backup, restore_backup

    if is_backup(Path(name)):
        made = restore_backup(Path(name), archive)
        moment = dt.datetime.fromisoformat(made.time)
        typer.echo(f"Đã dựng lại kho lưu {archive}: {made.files} tệp, như lúc {moment:%H:%M ngày %d/%m/%Y}.")
        return
    if Path(name).is_file() and name.lower().endswith((".tar", ".tar.gz", ".tgz")):
        complain("Đây không phải bản sao lưu của congvan, hoặc bản sao lưu đã hỏng.", Path(name))
        raise typer.Exit(1)
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


def backup(
    file: Annotated[Path, typer.Argument(help="Tệp sẽ ghi, ví dụ kho.tar (kho.tar.gz thì nén).", metavar="FILE")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Sao lưu cả kho lưu vào một tệp, kể cả khi đang có người ghi; lấy lại bằng restore."""
    from congvan.archive.archive import open_archive
    from congvan.archive.backup import back_up

    made = back_up(open_archive(archive), file)
    typer.echo(f"Đã sao lưu {made.files} tệp của kho lưu vào {file}; dựng lại: congvan restore {file} --archive DIR")


COMMANDS = (remove, restore, trash, purge, cancel, backup)
