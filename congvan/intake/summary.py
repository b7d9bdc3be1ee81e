"""What a person sees of an ingest: a progress bar, every file that needs a word, and a summary."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from congvan.archive.archive import Archive
from congvan.archive.index.copies import Pair, copies_by_leader, pairs_of
from congvan.archive.index.index import with_attached
from congvan.intake.find import find_files
from congvan.intake.outcomes import FileEntry, Outcome, Report
from congvan.intake.pipeline import Options, ingest
from congvan.intake.quarantine import Quarantine
from schemas.dispatch import Dispatch

_MOST_WARNINGS = 3
_NO_DAY = {"recurring": "định kỳ", "after_event": "tính từ việc"}
_WORDS = {
    Outcome.DONE: "Đã đăng ký",
    Outcome.LOOK: "Đã đăng ký, cần xem lại",
    Outcome.UNCHANGED: "Không thay đổi",
    Outcome.DUPLICATE: "Trùng tệp đã có",
    Outcome.OPENED: "Tệp nén, thư đã mở",
    Outcome.SECRET: "Văn bản mật, để riêng",
    Outcome.FAILED: "Không đọc được, để riêng",
}


def ingest_with_progress(paths: Iterable[Path], archive: Archive, quarantine: Quarantine, options: Options) -> Report:
    """Ingest with a progress bar on standard error and the summary on standard output."""
    files = list(find_files(paths, options.own))
    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
    with progress:
        task = progress.add_task("", total=len(files))

        def show(entry: FileEntry) -> None:
            progress.update(task, advance=1, description=entry.path.name)

        report = ingest(files, archive, quarantine, options, show)
    print_summary(report, archive, Console())
    return report


def print_summary(report: Report, archive: Archive, console: Console) -> None:
    """The dispatches registered, the deadlines found, what wants a look or failed, and the files by outcome."""
    copies = copies_by_leader(archive.engine)
    followers = {each for group in copies.values() for each in group}
    leading = [entry for entry in report.entries if entry.record and entry.record.id not in followers]
    records = [one for entry in leading for one in _records(entry)]
    if records:
        console.print(_dispatch_table(records, copies))
        console.print(_deadline_table(records))
    pairs = dict.fromkeys(
        pair for entry in report.entries for one in _records(entry) for pair in pairs_of(archive.engine, one.id)
    )
    for pair in pairs:
        console.print(escape(pair_in_words(pair)), highlight=False)
    looks = [entry for entry in report.entries if entry.outcome is Outcome.LOOK]
    if looks:
        console.print(_look_table(looks))
    for entry in report.entries:
        if entry.outcome in (Outcome.FAILED, Outcome.SECRET, Outcome.DUPLICATE, Outcome.OPENED):
            console.print(f"[bold]{escape(str(entry.path))}[/bold]: {escape(entry.reason or '')}", highlight=False)
    console.print(_outcome_table(report))


def _records(entry: FileEntry) -> list[Dispatch]:
    return list(with_attached(entry.record)) if entry.record else []


def pair_in_words(pair: Pair) -> str:
    """What a person is told of a copy: which of the two is used, and the days that only one of them has."""
    words = f"{pair.copy}: bản khác của {pair.so_hieu or pair.lead}; dùng {pair.lead}."
    if not pair.only_copy and not pair.only_lead:
        return words
    sides = (("chỉ bản này có", pair.only_copy), ("chỉ bản được dùng có", pair.only_lead))
    told = [f"{side} {', '.join(f'{day:%d/%m/%Y}' for day in days)}" for side, days in sides if days]
    return f"{words} HAI BẢN GHI HẠN KHÁC NHAU: {'; '.join(told)}."


def _outcome_table(report: Report) -> Table:
    table = Table(title=f"{len(report.entries)} tệp", title_justify="left")
    table.add_column("Kết quả")
    table.add_column("Số tệp", justify="right")
    for outcome, words in _WORDS.items():
        if count := report.count(outcome):
            table.add_row(words, str(count))
    return table


def _dispatch_table(records: list[Dispatch], copies: dict[str, list[str]]) -> Table:
    table = Table(title=f"{len(records)} văn bản đã đăng ký", title_justify="left")
    for heading in ("Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Ngày")
    for record in sorted(records, key=lambda record: (str(record.header.date or ""), record.header.so_hieu or "")):
        header = record.header
        so_hieu = header.so_hieu or (f"…{header.symbol}" if header.symbol else "không thấy")
        date = f"{header.date:%d/%m/%Y}" if header.date else "không thấy"
        also = f" (có thêm {len(copies[record.id])} bản khác)" if record.id in copies else ""
        row = (so_hieu, date, header.issuing_body or "không thấy", (header.subject or "") + also)
        table.add_row(*map(escape, row))
    return table


def _look_table(entries: list[FileEntry]) -> Table:
    table = Table(title=f"{len(entries)} tệp cần xem lại", title_justify="left")
    for heading in ("Tệp", "Điều cần xem"):
        table.add_column(heading, overflow="fold")
    for entry in entries:
        found = [warning.message for record in _records(entry) for warning in record.warnings]
        shown = list(dict.fromkeys(found))
        more = [f"… và {len(shown) - _MOST_WARNINGS} điều khác"] if len(shown) > _MOST_WARNINGS else []
        table.add_row(escape(entry.path.name), escape("\n".join([*shown[:_MOST_WARNINGS], *more])))
    return table


def _deadline_table(records: list[Dispatch]) -> Table:
    found = [(record, deadline) for record in records for deadline in record.deadlines]
    table = Table(title=f"{len(found)} thời hạn", title_justify="left")
    for heading in ("Hạn", "Văn bản", "Lời trong văn bản", "Ai làm"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Hạn")
    for record, deadline in sorted(found, key=lambda pair: str(pair[1].due or "9999")):
        due = f"{deadline.due:%d/%m/%Y}" if deadline.due else _NO_DAY.get(deadline.kind, "chưa rõ")
        row = (due, record.header.so_hieu or record.source.name, deadline.phrase, "; ".join(deadline.assignees))
        table.add_row(*map(escape, row))
    return table
