"""What a person sees of an ingest: a progress bar, every file that needs a word, and a summary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from congvan.archive.archive import Archive
from congvan.archive.index.copies import copies_by_leader, pairs_of
from congvan.archive.index.index import with_attached
from congvan.archive.review.pair_words import pair_in_words
from congvan.intake.find import find_files, left_out_of
from congvan.intake.outcomes import FileEntry, Outcome, Report
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from congvan.writing.screen import fold_lines
from ingest.door.readable_names import readable
from schemas.dispatch import Dispatch

_MOST_WARNINGS = 3
_MOST_LEFT_OUT = 10
_MOST_LINES = 20
_NO_DAY = {"recurring": "định kỳ", "after_event": "tính từ việc"}
_WORDS = {
    Outcome.DONE: "Đã đăng ký",
    Outcome.LOOK: "Đã đăng ký, cần xem lại",
    Outcome.UNCHANGED: "Không thay đổi",
    Outcome.DUPLICATE: "Trùng tệp đã có",
    Outcome.OPENED: "Tệp nén, thư đã mở",
    Outcome.LEFT_OUT: "Không phải văn bản, hoặc đã gỡ",
    Outcome.SECRET: "Văn bản mật, để riêng",
    Outcome.FAILED: "Không đọc được, để riêng",
}


def ingest_with_progress(paths: Iterable[Path], archive: Archive, quarantine: Quarantine, options: Options) -> Report:
    """Ingest with a progress bar on standard error and the summary on standard output."""
    named = list(paths)
    files = list(find_files(named, options.own))
    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("còn"))
    times = (TimeRemainingColumn(), TextColumn("{task.fields[rate]} {task.description}"))
    progress = Progress(*columns, *times, console=Console(stderr=True), transient=True)
    with progress:
        task = progress.add_task("", total=len(files), rate="")

        def show(entry: FileEntry) -> None:
            speed = progress.tasks[0].speed
            rate = f"({60 * speed:.0f} tệp/phút)" if speed else ""
            progress.update(task, advance=1, description=readable(entry.path.name), rate=rate)

        report = ingest(files, archive, quarantine, options, show)
    print_summary(report, archive, Console(), left_out_of(named) if not options.own else [])
    return report


def print_summary(report: Report, archive: Archive, console: Console, left_out: Sequence[str] = ()) -> None:
    """The dispatches registered, the deadlines found, what wants a look, the files by outcome; what failed comes last,
    where it is seen.
    """
    copies = copies_by_leader(archive.engine)
    followers = {each for group in copies.values() for each in group}
    leading = [entry for entry in report.entries if entry.record and entry.record.id not in followers]
    records = [one for entry in leading for one in _records(entry)]
    if records:
        _print_lines(console, f"{len(records)} văn bản đã đăng ký", _dispatch_lines(records, copies), "congvan list")
        found = _deadline_lines(records)
        _print_lines(console, f"{len(found)} thời hạn", found, "congvan deadlines")
    pairs = dict.fromkeys(
        pair for entry in report.entries for one in _records(entry) for pair in pairs_of(archive.engine, one.id)
    )
    for pair in pairs:
        console.print(escape(pair_in_words(pair)), highlight=False)
    looks = [entry for entry in report.entries if entry.outcome is Outcome.LOOK]
    if looks:
        _print_lines(console, f"{len(looks)} tệp cần xem lại", _look_lines(looks), "congvan review")
    _print_each(report, (Outcome.DUPLICATE, Outcome.OPENED, Outcome.LEFT_OUT), console)
    if left_out:
        names = ", ".join(readable(os.path.basename(name)) for name in left_out[:_MOST_LEFT_OUT])
        more = ", …" if len(left_out) > _MOST_LEFT_OUT else ""
        console.print(escape(f"Bỏ ra ngoài {len(left_out)} tệp không phải văn bản hoặc chưa xong: {names}{more}"))
    console.print(_outcome_table(report))
    _print_each(report, (Outcome.FAILED, Outcome.SECRET), console)


def _print_each(report: Report, outcomes: Sequence[Outcome], console: Console) -> None:
    for entry in report.entries:
        if entry.outcome in outcomes:
            name = escape(readable(str(entry.path)))
            console.print(f"[bold]{name}[/bold]: {escape(entry.reason or '')}", highlight=False)


def _records(entry: FileEntry) -> list[Dispatch]:
    return list(with_attached(entry.record)) if entry.record else []


def _outcome_table(report: Report) -> Table:
    table = Table(title=f"{len(report.entries)} tệp", title_justify="left")
    table.add_column("Kết quả")
    table.add_column("Số tệp", justify="right")
    for outcome, words in _WORDS.items():
        if count := report.count(outcome):
            table.add_row(words, str(count))
    return table


def _print_lines(console: Console, title: str, lines: list[str], all_of_them: str) -> None:
    """The first lines under a title; where there are more, the command that shows them all."""
    console.print(f"[bold]{escape(title)}[/bold]", highlight=False)
    for line in lines[:_MOST_LINES]:
        console.print(escape(line), highlight=False, soft_wrap=True)
    if len(lines) > _MOST_LINES:
        console.print(f"… và {len(lines) - _MOST_LINES} nữa; xem hết: {all_of_them}", highlight=False)
    console.print()


def _dispatch_lines(records: list[Dispatch], copies: dict[str, list[str]]) -> list[str]:
    lines = []
    for record in sorted(records, key=lambda record: (str(record.header.date or ""), record.header.so_hieu or "")):
        header = record.header
        so_hieu = header.so_hieu or (f"…{header.symbol}" if header.symbol else "chưa thấy số")
        date = f"{header.date:%d/%m/%Y}" if header.date else "chưa thấy ngày"
        also = f" (có thêm {len(copies[record.id])} bản khác)" if record.id in copies else ""
        issuer = header.issuing_body or "chưa thấy cơ quan"
        words = f"{so_hieu} · {date} · {issuer}: {header.subject or record.source.name}{also}"
        lines.append(fold_lines(words, "  ", "    "))
    return lines


def _look_lines(entries: list[FileEntry]) -> list[str]:
    lines = []
    for entry in entries:
        found = [warning.message for record in _records(entry) for warning in record.warnings]
        shown = list(dict.fromkeys(found))
        more = [f"… và {len(shown) - _MOST_WARNINGS} điều khác"] if len(shown) > _MOST_WARNINGS else []
        told = [fold_lines(f"• {each}", "    ", "      ") for each in [*shown[:_MOST_WARNINGS], *more]]
        lines.append("\n".join([fold_lines(readable(entry.path.name), "  "), *told]))
    return lines


def _deadline_lines(records: list[Dispatch]) -> list[str]:
    found = [(record, deadline) for record in records for deadline in record.deadlines]
    lines = []
    for record, deadline in sorted(found, key=lambda pair: str(pair[1].due or "9999")):
        due = f"{deadline.due:%d/%m/%Y}" if deadline.due else _NO_DAY.get(deadline.kind, "chưa rõ")
        who = "; ".join(deadline.assignees) or "không nêu ai"
        words = f"{due} · {record.header.so_hieu or record.source.name} · {who}: “{deadline.phrase}”"
        lines.append(fold_lines(words, "  ", "    "))
    return lines
