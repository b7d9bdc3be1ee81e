"""Commands that work off what needs a look: list, review, ok, fix, history, undo, copies."""

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
    complain,
)

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.archive.review.queue import ListedDispatch

_SHOWN = 20
DispatchName = Annotated[str, typer.Argument(help="Số hiệu, tên tệp, hoặc mã của văn bản.", metavar="ID")]
DispatchNames = Annotated[list[str], typer.Argument(help="Số hiệu, tên tệp, hoặc mã.", metavar="ID…")]


class StateChoice(StrEnum):
    """Which dispatches to list."""

    ALL = "all"
    NEW = "new"
    REVIEW = "review"
    DONE = "done"


_STATE_WORDS = {"new": "chưa xem", "review": "cần xem", "done": "đã xem"}


def list_(
    state: Annotated[
        StateChoice, typer.Argument(help="all: tất cả; new: chưa xem; review: cần xem; done: đã xem.")
    ] = StateChoice.ALL,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")] = None,
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản, ví dụ “kế hoạch”.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="Tháng ban hành, ví dụ 8/2024.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu dòng.")] = 50,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Liệt kê văn bản trong kho lưu: tất cả, chưa xem, cần xem, đã xem."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.fixing import type_key
    from congvan.archive.review.queue import State, Wanted, list_dispatches

    wanted = Wanted(
        state=None if state is StateChoice.ALL else State(state.value),
        issuer=issuer,
        doc_type=type_key(doc_type) if doc_type else None,
        month=_month(month),
        limit=limit if form is Format.TABLE else None,
    )
    found, total = list_dispatches(open_archive(archive).engine, wanted)
    if form is Format.TABLE:
        for one in found:
            typer.echo(_paragraph(one))
        more = f", in {len(found)}; --limit để xem thêm" if total > len(found) else ""
        typer.echo(f"{total} văn bản{more}.")
        return
    from congvan.commands.lists import print_list

    headings = ["Mã", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Loại", "Trích yếu", "Tệp", "Tình trạng", "Còn xem"]
    keys = ["id", "so_hieu", "date", "issuing_body", "doc_type", "subject", "name", "state", "open_doubts"]
    rows = [
        [*one[:7], _STATE_WORDS[one.state] if form is not Format.JSON else one.state.value, one[8]] for one in found
    ]
    print_list(headings, keys, rows, form, out, title=f"{total} văn bản")


def _month(text: str | None) -> dt.date | None:
    if text is None:
        return None
    for form in ("%m/%Y", "%Y-%m"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    complain(f"Không hiểu tháng “{text}”; hãy viết như 8/2024.")
    raise typer.Exit(2)


def _paragraph(one: ListedDispatch) -> str:
    from congvan.writing.screen import fold_lines

    day = f"{one.date:%d/%m/%Y}" if one.date else "không rõ ngày"
    state = _STATE_WORDS[one.state] + (f" ({one.open_doubts} điều)" if one.open_doubts else "")
    first = fold_lines(f"{one.so_hieu or 'chưa có số'} · {day} · {one.issuing_body or 'không rõ cơ quan'}", "", "    ")
    last = f"{one.id[:12]} · {one.name} · {state}"
    return "\n".join([first, *(fold_lines(each, "    ") for each in (one.subject or "", last) if each)])


def review(
    name: Annotated[str | None, typer.Argument(help="Chỉ văn bản này.", metavar="ID")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu văn bản.")] = _SHOWN,
    out: Annotated[Path | None, typer.Option("--out", help="Ghi bảng tính có ảnh chỗ cần xem.", metavar="FILE")] = None,
    taken: Annotated[Path | None, typer.Option("--in", help="Nhận lại bảng tính đã điền.", metavar="FILE")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Hàng chờ cần xem, nặng nhất trước: điều gì, gợi ý gì, lệnh nào chốt."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    if taken is not None:
        _take(kept, taken)
    elif out is not None:
        from congvan.archive.review.queue_sheet import write_queue

        typer.echo(f"Đã ghi {write_queue(kept, out)} văn bản vào {out}; điền xong hãy chạy: congvan review --in {out}")
    else:
        _print_queue(kept, one_dispatch(kept, name) if name else None, limit)


def _take(kept: Archive, path: Path) -> None:
    from congvan.archive.review.queue_sheet import take_queue

    count = failed = 0
    for row in take_queue(kept, path):
        count += row.taken
        failed += not row.taken
        if row.taken:
            typer.echo(f"Dòng {row.row}, {row.name}: {row.what}")
        else:
            complain(f"Dòng {row.row}, {row.name}: KHÔNG nhận: {row.what}")
    typer.echo(f"Đã nhận {count} dòng" + (f"; {failed} dòng không nhận (xem trên)." if failed else "."))
    raise typer.Exit(int(failed > 0))


def _print_queue(kept: Archive, only: str | None, limit: int) -> None:
    from congvan.archive.review.queue import Wanted, list_dispatches, open_doubts, queue

    if only is None:
        found, total = queue(kept.engine, limit)
    else:
        found, total = list_dispatches(kept.engine, Wanted(only=only))
    for one in found:
        typer.echo(_paragraph(one))
        for doubt in open_doubts(kept.engine, one.id):
            typer.echo(_doubt_line(doubt.message, doubt.page, doubt.suggestion))
        typer.echo(f"    → {_command_for(kept, one)}")
        typer.echo()
    more = f", đang in {len(found)}; --limit để xem thêm" if total > len(found) else ""
    typer.echo(f"{total} văn bản cần xem{more}." if total else "Không còn văn bản nào cần xem.")


def _doubt_line(message: str, page: int | None, suggestion: str | None) -> str:
    from congvan.writing.screen import fold_lines

    place = f" (trang {page})" if page else ""
    offered = f" Gợi ý: {suggestion}." if suggestion else ""
    return fold_lines(f"• {message}{place}{offered}", "    ")


def _command_for(kept: Archive, one: ListedDispatch) -> str:
    """The command that settles what is doubted first, with what was suggested filled in."""
    from congvan.archive.review.queue import open_doubts

    short = one.id[:12]
    offered = {doubt.pointer: doubt.suggestion for doubt in open_doubts(kept.engine, one.id) if doubt.pointer}
    if not {"/header/number", "/header/so_hieu", "/header/date"} & offered.keys():
        return f"congvan ok {short}   (hoặc congvan show {short} để xem)"
    number = offered.get("/header/number") or offered.get("/header/so_hieu") or "SỐ"
    date = offered.get("/header/date") or "NGÀY"
    parts = [f"congvan fix {short}"]
    parts += [f"--number {number}"] if {"/header/number", "/header/so_hieu"} & offered.keys() else []
    parts += [f"--date {_shown(date)}"] if "/header/date" in offered else []
    return " ".join(parts)


def _shown(day: str) -> str:
    try:
        return f"{dt.date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day


def ok(names: DispatchNames, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Xác nhận đã xem xong văn bản; các điều cần xem được chốt hẳn."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.settle import settle_ok

    kept = open_archive(archive)
    found = [one_dispatch(kept, name) for name in names]
    count = settle_ok(kept, found)
    typer.echo(f"Đã xem xong {len(found)} văn bản, chốt {count} điều.")


def fix(
    name: DispatchName,
    number: Annotated[str | None, typer.Option("--number", help="Số, hoặc cả số hiệu: 16, 16/CT-UBND.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Ngày ban hành: 27/12/2021.", metavar="DATE")] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="Ký hiệu: CT-UBND.")] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="Trích yếu.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")] = None,
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản: “chỉ thị”.")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Điền số, ký hiệu, ngày (viết tay, để trống, đọc sai) trong một lệnh."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.fixing import Fix
    from congvan.archive.review.fixing import fix as fill_in
    from form.doc_types import name_of_type

    kept = open_archive(archive)
    dispatch_id = one_dispatch(kept, name)
    done = fill_in(kept, dispatch_id, Fix(number, symbol, date, subject, issuer, doc_type))
    words = {
        "so_hieu": "số hiệu",
        "date": "ngày",
        "subject": "trích yếu",
        "issuing_body": "cơ quan",
        "doc_type": "loại",
    }
    told = [
        f"{words[key]} {name_of_type(str(value)) if key == 'doc_type' else _shown(str(value))}"
        for key, value in done.values.items()
        if key in words
    ]
    told += [f"số {done.values['number']}"] if "number" in done.values and "so_hieu" not in done.values else []
    typer.echo(f"{dispatch_id[:12]}: {', '.join(told)}; chốt {done.settled} điều cần xem.")


def history(name: DispatchName, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Ai đã làm gì với một văn bản, từ đầu."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.history import history as steps_of
    from congvan.writing.screen import fold_lines

    kept = open_archive(archive)
    for step in steps_of(kept, one_dispatch(kept, name)):
        moment = dt.datetime.fromisoformat(step.time)
        typer.echo(fold_lines(f"{moment:%d/%m/%Y %H:%M} {step.who}: {step.what}", "", "    "))


def undo(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Lùi lại việc cuối cùng của người dùng này."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.history import undo as take_back

    for words in take_back(open_archive(archive)):
        typer.echo(f"Đã lùi lại: {words}")


def copies(
    name: DispatchName,
    same: Annotated[str | None, typer.Option("--same", help="Cùng một văn bản với văn bản này.", metavar="ID")] = None,
    different: Annotated[
        str | None, typer.Option("--different", help="Khác văn bản này, dù giống nhau.", metavar="ID")
    ] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Các tệp của một văn bản: bản nào được dùng, vì sao; sửa lại khi chương trình nhận sai."""
    from congvan.archive.archive import open_archive
    from congvan.archive.review.copies_said import copies_of, say_of_copies
    from congvan.archive.review.pair_words import why_words

    kept = open_archive(archive)
    dispatch_id = one_dispatch(kept, name)
    if same:
        say_of_copies(kept, dispatch_id, one_dispatch(kept, same), "same")
    if different:
        say_of_copies(kept, dispatch_id, one_dispatch(kept, different), "different")
    for line in copies_of(kept, dispatch_id):
        state = "bản được dùng" if line.leads else why_words(line.reason) if line.reason else "văn bản khác"
        said = {"same": ", người dùng xác nhận là một", "different": ", người dùng xác nhận là khác"}
        pages = f", {line.pages} trang" if line.pages else ""
        scan = ", bản quét" if line.scanned else ""
        typer.echo(f"{line.id[:12]}  {line.name}{pages}{scan}: {state}{said.get(line.verdict or '', '')}")


COMMANDS = (list_, review, ok, fix, history, undo, copies)
