"""Options that several commands take, and what they print in common."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_ARCHIVE = Path("outputs/archive")
DEFAULT_QUARANTINE = Path("outputs/quarantine")

Files = Annotated[list[Path], typer.Argument(help="Tệp văn bản.", metavar="FILE…")]
ArchiveFolder = Annotated[Path, typer.Option("--archive", help="Thư mục kho lưu.", metavar="DIR")]
QuarantineFolder = Annotated[Path, typer.Option("--quarantine", help="Nơi để riêng tệp hỏng.", metavar="DIR")]
AllowSecret = Annotated[bool, typer.Option("--allow-secret", help="Được phép xử lý văn bản mật.")]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", help="Làm bằng các máy của cụm Dask này (tcp://MÁY:8786).", metavar="ADDRESS"),
]
Today = Annotated[str | None, typer.Option("--today", help="Ngày hôm nay (mặc định: ngày của máy).", metavar="DATE")]
OutFile = Annotated[Path | None, typer.Option("--out", help="Ghi ra tệp này.", metavar="FILE")]
FirstDay = Annotated[str | None, typer.Option("--from", help="Từ ngày (gồm cả ngày này).", metavar="DATE")]
LastDay = Annotated[str | None, typer.Option("--to", help="Đến ngày (gồm cả ngày này).", metavar="DATE")]


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


OutputFormat = Annotated[Format, typer.Option("--format", help="Cách in.")]


def complain(reason: str, path: Path | None = None) -> None:
    """Say what is wrong on standard error, with the file it is about."""
    from ingest.door.readable_names import readable

    typer.echo(f"{readable(str(path))}: {reason}" if path else reason, err=True)


def read_day(text: str | None) -> dt.date | None:
    """A day typed as `2024-08-15` or `15/8/2024`; anything else ends the command with exit code 2."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    complain(f"Không hiểu ngày “{text}”; hãy viết như 15/8/2024 hoặc 2024-08-15.")
    raise typer.Exit(2)


def read_days(first: str | None, last: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The days of `--from` and `--to`; the wrong way round, they end the command with exit code 2."""
    start, end = read_day(first), read_day(last)
    if start and end and start > end:
        complain(f"Từ ngày {start:%d/%m/%Y} lại sau đến ngày {end:%d/%m/%Y}.")
        raise typer.Exit(2)
    return start, end


def today_or(text: str | None) -> dt.date:
    """The day typed, or the computer's."""
    return read_day(text) or dt.date.today()
