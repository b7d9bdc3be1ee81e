"""Commands of the dataset: `congvan dataset build|measures|table|join|report|…`, and `congvan export`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from congvan.commands.keeping import DispatchId
from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    Format,
    OutFile,
    OutputFormat,
    Scheduler,
    Today,
    today_or,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from congvan.archive.archive import Archive
    from congvan.dataset.ask.dataframes import Dataset

DEFAULT_DATASET = Path("outputs/dataset")
DatasetFolder = Annotated[Path, typer.Option("--dataset", help="Thư mục bộ số liệu.", metavar="DIR")]

dataset = typer.Typer(help="Một bộ số liệu từ mọi văn bản.", no_args_is_help=True, rich_markup_mode=None)
export = typer.Typer(help="Xuất văn bản sang khuôn dạng khác.", no_args_is_help=True, rich_markup_mode=None)


@dataset.command()
def build(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    out: Annotated[Path, typer.Option("--out", help="Thư mục bộ số liệu.", metavar="DIR")] = DEFAULT_DATASET,
    full: Annotated[bool, typer.Option("--full", help="Làm lại từ đầu.")] = False,
    audit: Annotated[bool, typer.Option("--audit/--no-audit", help="Đánh dấu số liệu bị kiểm tra thấy sai.")] = True,
    scheduler: Scheduler = None,
) -> None:
    """Dựng bộ số liệu: Parquet, CSV, XLSX, SQLite và gói dữ liệu."""
    from congvan.archive.archive import open_archive
    from congvan.audit.across.disputes import checked_figures
    from congvan.dataset.ask import exports
    from congvan.dataset.ask.dataframes import Dataset
    from congvan.dataset.ask.sqlite import write_sqlite
    from congvan.dataset.keep.build import build as build_dataset
    from congvan.intake.many.spread import spread_over

    kept = open_archive(archive)
    checks = partial(spread_over(scheduler), checked_figures) if audit else None
    made = build_dataset(kept, out, checks, full)
    originals, figures = _originals(kept), Dataset(out)
    count = exports.write_csv(figures, out / "observations.csv")
    left_out = exports.write_xlsx(figures, out / "observations.xlsx", originals)
    write_sqlite(figures, out / "observations.sqlite", originals)
    exports.write_datapackage(out, out / "observations.csv")
    typer.echo(f"{count} số liệu; đã đọc {made.read} văn bản, bỏ {made.removed}. Kết quả ở {out}.")
    if left_out:
        typer.echo(f"Bảng tính không chứa hết: thiếu {left_out} dòng; hãy dùng CSV hoặc Parquet.", err=True)


def _originals(kept: Archive) -> dict[str, Path]:
    """Where each file's original lies."""
    found = {}
    for sha256 in kept.hashes():
        path = kept.layout.find_original(sha256)
        if path is not None:
            found[sha256] = path
    return found


@dataset.command()
def measures(
    folder: DatasetFolder = DEFAULT_DATASET,
    propose: Annotated[bool, typer.Option("--propose", help="Liệt kê các tiêu đề giống nhau để gộp.")] = False,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Liệt kê bộ số liệu có những chỉ tiêu nào, nhiều nhất trước."""
    import pandas

    from congvan.dataset.ask.measure_rules import AlikeHeadings
    from congvan.dataset.ask.measure_rules import propose as alike
    from congvan.dataset.ask.questions import MEASURES

    figures = _open(folder)
    known = figures.frame(MEASURES)
    if propose and not known.empty:
        counts = dict(zip(known["words"].fillna(known["indicator"]), known["figures"], strict=True))
        counts.pop("", None)
        pairs = list(alike(counts, figures.names))
        known = pandas.DataFrame(pairs, columns=list(AlikeHeadings._fields))
    _print_frame(known.drop(columns="words", errors="ignore"), form, out)


@dataset.command()
def join(
    name: Annotated[str, typer.Argument(help="Tên của chỉ tiêu.", metavar="NAME")],
    headings: Annotated[list[str], typer.Argument(help="Các tiêu đề là chỉ tiêu đó.", metavar="HEADING...")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Xác nhận các tiêu đề là một chỉ tiêu (ghi vào measures.toml của kho)."""
    from congvan.archive.archive import open_archive
    from congvan.dataset.ask.measure_rules import join as join_headings

    rule = join_headings(open_archive(archive).layout.root, name, headings)
    typer.echo(f"Đã ghi: “{rule.name}” là {', '.join(rule.headings)}. Chạy lại congvan dataset build để dùng.")


@dataset.command()
def table(
    measure: Annotated[str, typer.Option("--measure", help="Chỉ tiêu: tên hoặc chữ của tiêu đề.", metavar="TEXT")],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Mỗi dòng một district, province, commune, unit, section, body hay year."),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="Chỉ lấy năm này.", metavar="YEAR")] = None,
    folder: DatasetFolder = DEFAULT_DATASET,
    form: OutputFormat = Format.TABLE,
    out: OutFile = None,
) -> None:
    """Lập bảng số liệu của một chỉ tiêu bất kỳ: từng số một, hoặc theo huyện, đơn vị, năm …"""
    from congvan.dataset.ask.exports import write_table
    from congvan.dataset.ask.pivots import BY, meant_by, pivot, tidy

    if wrong := [each for each in by or () if each not in BY]:
        raise typer.BadParameter(f"{wrong[0]}: chỉ nhận {', '.join(BY)}.")
    figures = _open(folder)
    asked = meant_by(figures, measure)
    if not asked.measures:
        near = "; ".join(asked.nearest)
        typer.echo(f"Không có chỉ tiêu “{measure}”." + (f" Gần giống: {near}." if near else ""), err=True)
        raise typer.Exit(1)
    found = tidy(figures, asked.measures, year)
    found = pivot(found, by) if by else found
    if out is not None and out.suffix.lower() in (".xlsx", ".csv"):
        write_table(found, out, measure)
        typer.echo(f"Đã ghi {out}: {len(found)} dòng.")
    else:
        shown = found if by or form is not Format.TABLE else found[[*_SHOWN]]
        _print_frame(shown, form, out)


_SHOWN = ("district", "unit", "heading", "year", "period_end", "printed", "unit_of_value", "so_hieu")
"""What of a figure is shown on a screen."""


@dataset.command()
def report(
    folder: DatasetFolder = DEFAULT_DATASET,
    measure: Annotated[str | None, typer.Option("--measure", help="Chỉ tiêu của báo cáo.", metavar="TEXT")] = None,
    out: OutFile = None,
    today: Today = None,
) -> None:
    """Ghi một trang HTML: tiến độ từng huyện, xếp hạng, xu hướng, chỗ thiếu, mâu thuẫn."""
    from congvan.dataset.ask.pivots import meant_by
    from congvan.dataset.ask.report import USUAL, write_report

    chosen = USUAL
    if measure is not None:
        asked = meant_by(_open(folder), measure)
        if len(asked.measures) != 1:
            near = "; ".join(asked.measures or asked.nearest)
            typer.echo(f"Không rõ chỉ tiêu “{measure}”." + (f" Gần giống: {near}." if near else ""), err=True)
            raise typer.Exit(1)
        [chosen] = asked.measures
    path = out or folder / "report.html"
    write_report(folder, path, today_or(today), chosen)
    typer.echo(f"Đã ghi {path}")


@dataset.command()
def unmapped(folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None) -> None:
    """Liệt kê tiêu đề cột không có trong từ vựng (số liệu của chúng vẫn có trong congvan dataset table)."""
    from congvan.dataset.ask.questions import UNMAPPED

    _print_frame(_open(folder).frame(UNMAPPED), form, out)


@dataset.command()
def contradictions(
    folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None
) -> None:
    """Liệt kê chỗ hai văn bản cho hai giá trị khác nhau, mới nhất trước."""
    from congvan.dataset.ask.in_sentences import contradiction
    from congvan.dataset.ask.questions import CONTRADICTIONS

    found = _open(folder).frame(CONTRADICTIONS)
    if form is not Format.TABLE:
        _print_frame(found, form, out)
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for row in found.to_dict("records"):
        console.print(contradiction({str(key): value for key, value in row.items()}))
    console.print(f"{len(found)} chỗ.")


@dataset.command()
def gaps(folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None) -> None:
    """Liệt kê huyện nào chưa có số liệu của chỉ tiêu nào, năm nào, mà huyện khác đã có."""
    from congvan.dataset.ask.questions import GAPS

    _print_frame(_open(folder).frame(GAPS), form, out)


@dataset.command()
def bodies(archive: ArchiveFolder = DEFAULT_ARCHIVE, form: OutputFormat = Format.TABLE, out: OutFile = None) -> None:
    """Liệt kê cơ quan ban hành với các cách viết đã gộp, và vì sao."""
    from congvan.archive.archive import open_archive
    from congvan.archive.index.index import with_attached
    from congvan.commands.lists import print_list
    from congvan.dataset.see.issuers import PrintedIssuer, gather, load_overrides
    from congvan.dataset.see.origin import origin_of

    kept = open_archive(archive)
    printed = []
    for sha256 in kept.hashes():
        for each in with_attached(kept.record(sha256)):
            if each.header.issuing_body:
                district = origin_of(each.header, (table.note for table in each.tables), ()).district_name
                printed.append(PrintedIssuer(each.header.issuing_body, each.header.parent_body, district))
    headings = ["Cơ quan", "Cách viết", "Cấp trên", "Huyện", "Văn bản", "Vì sao"]
    keys = ["body", "spelling", "parent", "district", "dispatches", "how"]
    rows = [list(each) for each in gather(printed, load_overrides(archive))]
    print_list(headings, keys, rows, form, out, title=f"{len(rows)} cách viết")


def _open(folder: Path) -> Dataset:
    from congvan.dataset.ask.dataframes import Dataset

    return Dataset(folder)


def _print_frame(found: DataFrame, form: Format, out: Path | None) -> None:
    from congvan.commands.lists import print_list
    from congvan.dataset.ask.codebook import in_words, title_of
    from congvan.dataset.ask.dataframes import rows_of

    names = [str(name) for name in found.columns]
    plain = form is Format.JSON
    rows = [
        [value if plain else _short(in_words(name, value)) for name, value in zip(names, row, strict=True)]
        for row in rows_of(found)
    ]
    print_list([title_of(name, of_list=True) for name in names], names, rows, form, out, title=f"{len(rows)} dòng")


def _short(value: Any) -> Any:
    """A whole number without `.0`."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@export.command("edxml")
def export_edxml(dispatch: DispatchId, archive: ArchiveFolder = DEFAULT_ARCHIVE, out: OutFile = None) -> None:
    """In phong bì edXML (QCVN 102) của một văn bản; bản nháp, chưa kiểm tra theo lược đồ."""
    from congvan.archive.archive import open_archive
    from congvan.writing.edxml import edxml
    from form.doc_types import document_types

    kept = open_archive(archive)
    record = kept.record(one_dispatch(kept, dispatch).split("#")[0])
    names = {kind.key: kind.name.capitalize() for kind in document_types()}
    text = edxml(record, names.get(record.header.doc_type or ""))
    typer.echo("Chưa kiểm tra theo lược đồ của QCVN 102:2016/BTTTT.", err=True)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


GROUPS = {"dataset": dataset, "export": export}
