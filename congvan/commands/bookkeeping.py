"""Commands of the books and of the office: arrivals, arrive, assign, book, config."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    Format,
    OutFile,
    OutputFormat,
    Today,
    complain,
    read_day,
    today_or,
)
from congvan.commands.reviewing import DispatchName

if TYPE_CHECKING:
    from congvan.archive.archive import Archive


class BookChoice(StrEnum):
    """Which book to print."""

    ARRIVALS = "arrivals"
    HANDLING = "handling"
    OUTGOING = "outgoing"


class BeforeChoice(StrEnum):
    """How `trước ngày X` is read."""

    STRICT = "strict"
    PRINTED = "printed"


def arrivals(
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Liệt kê văn bản chưa vào sổ theo thứ tự đến, với số đến được đề nghị."""
    from congvan.archive.archive import open_archive
    from congvan.commands.lists import print_list
    from congvan.register.arrivals import proposals
    from congvan.register.settings import load_settings
    from congvan.writing.screen import fold_lines

    found = proposals(open_archive(archive).engine, today_or(today), load_settings(archive))
    if form is Format.TABLE:
        for one in found:
            day = f"{one.date:%d/%m/%Y}" if one.date else "không rõ ngày"
            head = f"{one.number}. {one.so_hieu or 'chưa có số'} · {day} · {one.issuing_body or 'không rõ cơ quan'}"
            typer.echo(fold_lines(head, "", "    "))
            typer.echo(
                fold_lines(f"{one.subject or '(không có trích yếu)'} · {one.name} · {one.dispatch_id[:12]}", "    ")
            )
        said = f"{len(found)} văn bản chưa vào sổ; số đến là đề nghị. Vào sổ: congvan arrive MÃ, cả loạt: --all"
        typer.echo(fold_lines(said))
        return
    headings = ["Số đến", "Mã", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu", "Tệp"]
    keys = ["number", "id", "so_hieu", "date", "issuing_body", "subject", "name"]
    rows = [
        [one.number, one.dispatch_id[:12], one.so_hieu, one.date, one.issuing_body, one.subject, one.name]
        for one in found
    ]
    print_list(headings, keys, rows, form, out, title=f"{len(rows)} văn bản chưa vào sổ; số đến là đề nghị")


def arrive(
    names: Annotated[
        list[str] | None, typer.Argument(help="Số hiệu, tên tệp, hoặc mã; nhiều văn bản một lượt.", metavar="ID…")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi văn bản chưa vào sổ, theo thứ tự đến.")] = False,
    number: Annotated[int | None, typer.Option("--number", min=1, help="Số đến (mặc định: số đề nghị).")] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Ngày đến (mặc định: ngày đã vào sổ, hoặc hôm nay).", metavar="DATE")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị hoặc người nhận.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Ghi chú.")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Vào sổ văn bản: xác nhận số đến và ngày đến; --all để vào sổ cả loạt."""
    from congvan.archive.archive import open_archive
    from congvan.register.arrivals import proposals
    from congvan.register.settings import load_settings

    if every == bool(names):
        complain("Nêu văn bản cần vào sổ, hoặc --all để vào sổ mọi văn bản chưa vào.")
        raise typer.Exit(2)
    kept, day = open_archive(archive), read_day(date)
    found = [one_dispatch(kept, name) for name in names or ()]
    if every:
        found = [one.dispatch_id for one in proposals(kept.engine, day or dt.date.today(), load_settings(archive))]
    if number and len(found) > 1:
        complain("--number chỉ dùng khi vào sổ một văn bản.")
        raise typer.Exit(2)
    with kept.one_step():
        for dispatch_id in found:
            event = kept.arrive(dispatch_id, day, number, unit, note)
            told = f"Số đến {event['number']}, ngày {dt.date.fromisoformat(str(event['date'])):%d/%m/%Y}"
            typer.echo(told if len(found) == 1 and not every else f"{told}: {_named(kept, dispatch_id)}")
    if every:
        typer.echo(f"Đã vào sổ {len(found)} văn bản.")


def _named(kept: Archive, dispatch_id: str) -> str:
    """A dispatch by its số hiệu, else by its file."""
    record = kept.record(dispatch_id.partition("#")[0])
    return record.header.so_hieu or record.source.name


def assign(
    dispatch: DispatchName,
    to: Annotated[str | None, typer.Option("--to", help="Đơn vị hoặc người được giao.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Bút phê, ý kiến chỉ đạo.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Hạn theo bút phê.", metavar="DATE")] = None,
    transferred: Annotated[str | None, typer.Option("--date", help="Ngày chuyển.", metavar="DATE")] = None,
    received: Annotated[str | None, typer.Option("--received", help="Ngày ký nhận.", metavar="DATE")] = None,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Giao một văn bản cho đơn vị hoặc người giải quyết, kèm bút phê."""
    from congvan.archive.archive import open_archive
    from congvan.register.assigning import Assignment
    from congvan.register.assigning import assign as give

    kept = open_archive(archive)
    said = Assignment(to, note, read_day(transferred), read_day(received), read_day(due))
    stands = give(kept, one_dispatch(kept, dispatch), said, today_or(today))
    told = [f"giao {stands['assignee']}" if stands["assignee"] else "", str(stands["instruction"] or "")]
    typer.echo("; ".join(part for part in told if part) or "Đã ghi.")


def book(
    which: Annotated[
        BookChoice,
        typer.Argument(help="arrivals: sổ văn bản đến; handling: sổ theo dõi giải quyết; outgoing: sổ văn bản đi."),
    ],
    out: OutFile = None,
    year: Annotated[int | None, typer.Option("--year", help="Năm của sổ.")] = None,
    today: Today = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.XLSX,
) -> None:
    """In sổ đăng ký văn bản đến, sổ theo dõi giải quyết, sổ đăng ký văn bản đi."""
    from congvan.archive.archive import open_archive
    from congvan.commands.lists import print_list
    from congvan.register.book_sheet import write_xlsx
    from congvan.register.books import arrivals_book, handling_book
    from congvan.register.entries import Query
    from congvan.register.outgoing import outgoing_book
    from congvan.register.settings import load_settings
    from form.doc_types import document_types

    engine, settings, day = open_archive(archive).engine, load_settings(archive), today_or(today)
    names = {kind.key: kind.name.capitalize() for kind in document_types()}
    match which:
        case BookChoice.ARRIVALS:
            made = arrivals_book(engine, year or day.year, names, settings)
        case BookChoice.HANDLING:
            made = handling_book(engine, Query(day), settings, names)
        case BookChoice.OUTGOING:
            made = outgoing_book(engine, year or day.year, names, settings)
    if made.empty:
        complain(made.empty)
    if form is Format.XLSX:
        path = out or Path("outputs") / f"so-{which.value}.xlsx"
        write_xlsx(made, path)
        complain(f"Đã ghi {path}: {len(made.rows)} dòng.")
    else:
        print_list(made.columns, made.columns, made.rows, form, out, title=made.title)


def config(
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help="Tên hoặc tên viết tắt của đơn vị; nêu nhiều lần được.")
    ] = None,
    before: Annotated[
        BeforeChoice | None,
        typer.Option("--before", help="“Trước ngày 15” hết hạn ngày 14 (strict) hay 15 (printed)."),
    ] = None,
    index: Annotated[
        str | None,
        typer.Option("--index", metavar="URL", help="Chỉ mục của kho ở PostgreSQL này; “sqlite” là tệp trong kho."),
    ] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Đặt hoặc xem cấu hình: đơn vị của tôi, cách đọc “trước ngày”, nơi đặt chỉ mục."""
    from congvan.archive.archive import open_archive
    from congvan.register.settings import FILE_NAME, DeadlineReading, OwnUnit, load_settings, save_settings
    from congvan.writing.screen import fold_lines

    if index is not None:
        _move_index(archive, index)
    open_archive(archive)
    settings = load_settings(archive)
    if unit is not None:
        names = tuple(dict.fromkeys(name.strip() for name in unit if name.strip()))
        settings = settings.model_copy(update={"unit": OwnUnit(names=names)})
    if before is not None:
        settings = settings.model_copy(update={"deadlines": DeadlineReading(before=before.value)})
    if unit is not None or before is not None:
        save_settings(archive, settings)
    typer.echo(f"Đơn vị của tôi: {'; '.join(settings.unit.names) or '(chưa đặt: congvan config --unit “…”)'}")
    typer.echo(f"“Trước ngày X”: {_BEFORE[settings.deadlines.before]}")
    if settings.index.url:
        typer.echo(f"Chỉ mục: {settings.index.url}")
    days = settings.days
    told = f"Ngày nghỉ bù: {_days(days.off)}; ngày làm bù: {_days(days.work)} (sửa trong {archive / FILE_NAME})"
    typer.echo(fold_lines(told, "", "    "))


def _move_index(archive: Path, index: str) -> None:
    """Have the index of an archive stand elsewhere; it is made there at once, else all stays as it was."""
    from congvan.archive.archive import Archive, check_archive
    from congvan.register.settings import IndexPlace, load_settings, save_settings

    check_archive(archive)
    settings = load_settings(archive)
    save_settings(archive, settings.model_copy(update={"index": IndexPlace(url=_address(index))}))
    try:
        Archive(archive)
    except BaseException:
        save_settings(archive, settings)
        raise


def _address(index: str) -> str | None:
    """An address to be kept, or None for SQLite."""
    from congvan.archive.index_place import read_address

    if index.strip().lower() == "sqlite":
        return None
    if read_address(index).password:
        complain("Không ghi mật khẩu vào cấu hình; hãy đặt ở biến PGPASSWORD rồi bỏ khỏi địa chỉ.")
        raise typer.Exit(2)
    return index.strip()


_BEFORE = {"strict": "hết hạn vào ngày trước đó", "printed": "hết hạn vào chính ngày ấy"}


def _days(days: tuple[dt.date, ...]) -> str:
    return ", ".join(f"{day:%d/%m/%Y}" for day in days) or "không"


COMMANDS = (arrivals, arrive, assign, book, config)
