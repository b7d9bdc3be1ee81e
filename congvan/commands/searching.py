"""Commands that ask the archive: search, show, open, table."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    FirstDay,
    Format,
    LastDay,
    OutFile,
    OutputFormat,
    complain,
    read_days,
)
from congvan.commands.reviewing import DispatchName

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.archive.index.found import FoundDispatch, FoundScreen
    from congvan.archive.index.search import Filters
    from schemas.dispatch import Table


class TableFormat(StrEnum):
    """How a dispatch's table is written."""

    MD = "md"
    CSV = "csv"
    XLSX = "xlsx"


def search(
    words: Annotated[
        list[str], typer.Argument(help="Từ cần tìm, cụm từ trong ngoặc kép, hoặc số hiệu.", metavar="WORDS")
    ],
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")] = None,
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản, ví dụ “kế hoạch”.")] = None,
    first: FirstDay = None,
    last: LastDay = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị được nhắc trong đoạn.")] = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Mới nhất trước.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu văn bản.")] = 20,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Tìm trong kho lưu, có dấu hay không dấu đều được; kết quả theo văn bản."""
    from congvan.archive.archive import open_archive
    from congvan.archive.index.search import Filters
    from congvan.archive.review.fixing import type_key

    kind = type_key(doc_type) if doc_type else None
    filters = Filters(issuer, kind, *read_days(first, last), unit, order="date" if by_date else "rank", limit=limit)
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    kept = open_archive(archive)
    if form is Format.TABLE:
        _print_found(kept, query, filters)
    else:
        _print_hits(kept, query, filters, form, out)


def _print_found(kept: Archive, query: str, filters: Filters) -> None:
    from congvan.archive.index.found import search_dispatches

    found = search_dispatches(kept.engine, query, filters)
    for one in found.dispatches:
        typer.echo(_paragraph(one))
    typer.echo(_total(found))


def _total(found: FoundScreen) -> str:
    if found.total:
        shown = len(found.dispatches)
        return f"{found.total} văn bản" + (f", in {shown}; --limit để xem thêm." if found.total > shown else ".")
    if found.meant:
        return f"Không thấy. Có phải muốn tìm: {found.meant}?"
    return "Không thấy đoạn nào có đủ các từ ấy; thử ít từ hơn, hoặc bỏ bớt điều kiện."


def _paragraph(one: FoundDispatch) -> str:
    from congvan.archive.index.search import HIT_END, HIT_START
    from congvan.writing.screen import fold_lines

    hit, on, off = one.best, *_marks()
    day = f"{hit.date:%d/%m/%Y}" if hit.date else "không rõ ngày"
    page = f"trang {hit.page} · " if hit.page else ""
    more = f" · còn {one.more} đoạn" if one.more else ""
    passage = " ".join(hit.snippet.split())
    lines = [
        fold_lines(f"{hit.so_hieu or 'chưa có số'} · {day} · {hit.issuing_body or 'không rõ cơ quan'}", "", "    "),
        fold_lines(hit.subject or "", "    "),
        fold_lines(passage, "    ").replace(HIT_START, on).replace(HIT_END, off),
        fold_lines(f"{page}{hit.lead_id[:12]} · {hit.name}{more}", "    "),
    ]
    return "\n".join(line for line in lines if line)


def _marks() -> tuple[str, str]:
    return ("\x1b[7m", "\x1b[27m") if sys.stdout.isatty() else ("«", "»")


def _print_hits(kept: Archive, query: str, filters: Filters, form: Format, out: Path | None) -> None:
    from congvan.archive.index.search import HIT_END, HIT_START
    from congvan.archive.index.search import search as find
    from congvan.commands.lists import print_list

    headings = ["Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu", "Chỗ", "Đoạn", "Trang", "Mã", "Tệp"]
    keys = ["so_hieu", "date", "issuing_body", "subject", "pointer", "snippet", "page", "id", "name"]
    rows = [
        [hit.so_hieu, hit.date, hit.issuing_body, hit.subject, hit.pointer,
         hit.snippet.replace(HIT_START, "«").replace(HIT_END, "»"), hit.page, hit.dispatch_id, hit.name]
        for hit in find(kept.engine, query, filters)
    ]  # fmt: skip
    print_list(headings, keys, rows, form, out, title=f"{len(rows)} đoạn")


def show(
    name: DispatchName,
    json: Annotated[bool, typer.Option("--json", help="In cả bản ghi (JSON), cho chương trình.")] = False,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Xem một văn bản trên một màn hình: phần đầu, việc, hạn, bảng, điều cần xem."""
    from congvan.archive.archive import open_archive
    from congvan.archive.index.index import with_attached
    from congvan.commands.words.one_screen import screen_of

    kept = open_archive(archive)
    dispatch_id = one_dispatch(kept, name)
    record = kept.record(dispatch_id.partition("#")[0])
    if json:
        typer.echo(record.model_dump_json(indent=2))
        return
    typer.echo(screen_of(kept, next(one for one in with_attached(record) if one.id == dispatch_id)))


def open_(name: DispatchName, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """In đường dẫn của bản gốc trong kho lưu."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    path = kept.layout.find_original(one_dispatch(kept, name).partition("#")[0])
    if path is None:
        complain("Thiếu bản gốc; hãy chạy congvan verify.")
        raise typer.Exit(1)
    typer.echo(str(path.absolute()))


def table(
    name: DispatchName,
    number: Annotated[int | None, typer.Argument(help="Bảng thứ mấy (mặc định: liệt kê).", metavar="N", min=1)] = None,
    form: Annotated[TableFormat | None, typer.Option("--format", help="Cách viết (mặc định theo --out).")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    out: OutFile = None,
) -> None:
    """Liệt kê bảng của một văn bản, hoặc in một bảng như trong văn bản (md, csv, xlsx)."""
    from congvan.archive.archive import open_archive
    from congvan.archive.index.index import with_attached

    kept = open_archive(archive)
    dispatch_id = one_dispatch(kept, name)
    record = kept.record(dispatch_id.partition("#")[0])
    tables = next(one for one in with_attached(record) if one.id == dispatch_id).tables
    if not tables:
        complain("Văn bản này không có bảng.")
        raise typer.Exit(1)
    if number is None and len(tables) > 1:
        _list_tables(tables)
        return
    if number is not None and number > len(tables):
        complain(f"Văn bản này có {len(tables)} bảng; không có bảng thứ {number}.")
        raise typer.Exit(1)
    _write_table(tables[(number or 1) - 1], form, out)


def _list_tables(tables: tuple[Table, ...]) -> None:
    from congvan.commands.words.one_screen import table_line
    from congvan.writing.screen import fold_lines

    for place, each in enumerate(tables, start=1):
        typer.echo(fold_lines(f"{place}. {table_line(each)}", "", "    "))
    typer.echo(f"{len(tables)} bảng; in một bảng: congvan table MÃ N")


def _write_table(chosen: Table, form: TableFormat | None, out: Path | None) -> None:
    from congvan.archive.truth.files import write_atomic
    from congvan.writing.table_file import table_markdown, write_table

    suffix = out.suffix.lstrip(".").lower() if out else "md"
    kind = form or (TableFormat(suffix) if suffix in list(TableFormat) else TableFormat.MD)
    if kind is TableFormat.MD:
        text = table_markdown(chosen)
        if out is None:
            typer.echo(text, nl=False)
        else:
            write_atomic(out, text.encode())
    else:
        target = out or Path(f"bang.{kind.value}")
        write_table(chosen, target, kind.value)
    if out is not None or kind is not TableFormat.MD:
        complain(f"Đã ghi {out or f'bang.{kind.value}'}")


COMMANDS = (search, show, open_, table)
