"""Commands of the dataset: `congvan dataset build|report|unmapped|contradictions|gaps|bodies`, and `congvan export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.keeping import DispatchId
from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import DEFAULT_ARCHIVE, ArchiveFolder, Format, OutFile, OutputFormat, Today, today_or

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.dataset.ask.questions import Question

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
) -> None:
    """Dựng bộ số liệu: Parquet, CSV, XLSX, SQLite và gói dữ liệu."""
    from congvan.archive.archive import open_archive
    from congvan.audit.across.disputes import disputed_figures
    from congvan.dataset.ask import exports
    from congvan.dataset.keep.build import build as build_dataset
    from congvan.dataset.keep.parquet import parts_folder

    kept = open_archive(archive)
    made = build_dataset(kept, out, disputed_figures if audit else None, full)
    parts = parts_folder(out)
    count = exports.write_csv(parts, out / "observations.csv")
    left_out = exports.write_xlsx(parts, out / "observations.xlsx", _originals(kept))
    exports.write_sqlite(parts, out / "observations.sqlite")
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
def report(
    folder: DatasetFolder = DEFAULT_DATASET,
    out: OutFile = None,
    today: Today = None,
) -> None:
    """Ghi một trang HTML: tiến độ từng huyện, xếp hạng, xu hướng, chỗ thiếu, mâu thuẫn."""
    from congvan.dataset.ask.report import write_report

    path = out or folder / "report.html"
    write_report(folder, path, today_or(today))
    typer.echo(f"Đã ghi {path}")


@dataset.command()
def unmapped(folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None) -> None:
    """Liệt kê tiêu đề cột chưa xếp vào chỉ tiêu nào (thêm vào measures.toml một dòng là được)."""
    from congvan.dataset.ask.questions import UNMAPPED

    _print_answer(folder, UNMAPPED, ["Tiêu đề", "Số liệu", "Văn bản", "Ví dụ"], form, out)


@dataset.command()
def contradictions(
    folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None
) -> None:
    """Liệt kê chỗ hai văn bản cho hai giá trị khác nhau, mới nhất trước."""
    from congvan.dataset.ask.questions import CONTRADICTIONS

    _print_answer(folder, CONTRADICTIONS, None, form, out)


@dataset.command()
def gaps(folder: DatasetFolder = DEFAULT_DATASET, form: OutputFormat = Format.TABLE, out: OutFile = None) -> None:
    """Liệt kê huyện nào đã báo cáo chỉ tiêu nào, năm nào."""
    from congvan.dataset.ask.questions import GAPS

    _print_answer(folder, GAPS, ["Tỉnh", "Huyện", "Năm", "Chỉ tiêu", "Văn bản"], form, out)


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


def _print_answer(folder: Path, question: Question, headings: list[str] | None, form: Format, out: Path | None) -> None:
    from congvan.commands.lists import print_list
    from congvan.dataset.ask.questions import ask

    answer = ask(folder, question)
    columns = list(answer.columns)
    rows = [list(row) for row in answer.rows]
    print_list(headings if headings and columns else columns, columns, rows, form, out, title=f"{len(rows)} dòng")


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
