"""Commands that ask the archive: search, show."""

from __future__ import annotations

from typing import Annotated

import typer

from congvan.commands.keeping import DispatchId
from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    FirstDay,
    Format,
    LastDay,
    OutFile,
    OutputFormat,
    read_days,
)


def search(
    words: Annotated[
        list[str], typer.Argument(help="Từ cần tìm, cụm từ trong ngoặc kép, hoặc số hiệu.", metavar="WORDS")
    ],
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")] = None,
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản, ví dụ cong_van.")] = None,
    first: FirstDay = None,
    last: LastDay = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị được nhắc trong đoạn.")] = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Mới nhất trước.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu kết quả.")] = 20,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Tìm trong kho lưu, có dấu hay không dấu đều được."""
    from congvan.archive.archive import open_archive
    from congvan.archive.index.search import HIT_END, HIT_START, Filters
    from congvan.archive.index.search import search as find
    from congvan.commands.lists import print_list

    filters = Filters(issuer, doc_type, *read_days(first, last), unit, order="date" if by_date else "rank", limit=limit)
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    hits = find(open_archive(archive).engine, query, filters)
    marks = {Format.TABLE: ("[reverse]", "[/reverse]")}.get(form, ("«", "»"))
    headings = ["Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu", "Chỗ", "Đoạn"]
    rows = [
        [hit.so_hieu, hit.date, hit.issuing_body, hit.subject, hit.pointer,
         hit.snippet.replace("[", "⟦").replace(HIT_START, marks[0]).replace(HIT_END, marks[1])]
        for hit in hits
    ]  # fmt: skip
    keys = ["so_hieu", "date", "issuing_body", "subject", "pointer", "snippet"]
    print_list(headings, keys, rows, form, out, title=f"{len(rows)} kết quả")


def show(dispatch: DispatchId, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """In bản ghi của một văn bản, có các chỗ đã sửa."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    sha256 = one_dispatch(kept, dispatch).split("#")[0]
    typer.echo(kept.record(sha256).model_dump_json(indent=2))


COMMANDS = (search, show)
