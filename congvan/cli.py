"""The command line: arguments, a call, what is printed, the exit code. Nothing heavy is imported before it is used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Đọc văn bản hành chính (công văn, kế hoạch, …) thành bản ghi đã kiểm tra.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[list[Path], typer.Argument(help="Tệp văn bản.", metavar="FILE…")]
ArchiveFolder = Annotated[Path, typer.Option("--archive", help="Thư mục kho lưu.", metavar="DIR")]
QuarantineFolder = Annotated[Path, typer.Option("--quarantine", help="Nơi để riêng tệp hỏng.", metavar="DIR")]
AllowSecret = Annotated[bool, typer.Option("--allow-secret", help="Được phép xử lý văn bản mật.")]
DEFAULT_ARCHIVE = Path("outputs/archive")
DEFAULT_QUARANTINE = Path("outputs/quarantine")


def complain(path: Path, reason: str) -> None:
    """Name a file that failed, with its reason, on standard error."""
    typer.echo(f"{path}: {reason}", err=True)


@app.command()
def parse(paths: Files, allow_secret: AllowSecret = False) -> None:
    """In mỗi văn bản thành một dòng JSON."""
    from functools import partial

    from congvan.isolation import run_isolated
    from congvan.pipeline import Processed, process_file

    failed = False
    for path, result in run_isolated(partial(process_file, allow_secret=allow_secret), paths):
        if isinstance(result, Processed):
            typer.echo(result.record)
        else:
            failed = True
            complain(path, result.message)
    raise typer.Exit(int(failed))


@app.command()
def read(path: Annotated[Path, typer.Argument(help="Tệp văn bản.", metavar="FILE")]) -> None:
    """In chữ và bảng mà chương trình đọc được."""
    from ingest.errors import ReadError
    from ingest.read import read_file

    try:
        document = read_file(path)
    except ReadError as error:
        complain(path, error.message)
        raise typer.Exit(1) from None
    typer.echo(document.text)
    for note in document.footnotes:
        typer.echo(f"[{note.mark}] {note.paragraph.text}")


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.", metavar="PATH…")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    allow_secret: AllowSecret = False,
) -> None:
    """Đọc tệp và thư mục, đưa vào kho lưu, báo kết quả từng tệp."""
    from congvan.archive.archive import Archive
    from congvan.pipeline import Options
    from congvan.quarantine import Quarantine
    from congvan.summary import ingest_with_progress

    report = ingest_with_progress(paths, Archive(archive), Quarantine(quarantine), Options(allow_secret=allow_secret))
    raise typer.Exit(int(report.failed))


@app.command()
def retry(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    allow_secret: AllowSecret = False,
) -> None:
    """Đọc lại các tệp đã để riêng."""
    from congvan.archive.archive import Archive
    from congvan.pipeline import Options
    from congvan.quarantine import Quarantine
    from congvan.summary import ingest_with_progress

    held = Quarantine(quarantine)
    paths = [item.origin if item.origin.exists() else item.copy for item in held.held()]
    report = ingest_with_progress(paths, Archive(archive), held, Options(allow_secret=allow_secret, again=True))
    raise typer.Exit(int(report.failed))


@app.command()
def schema() -> None:
    """In JSON Schema của bản ghi."""
    from congvan.schema import schema_json

    typer.echo(schema_json(), nl=False)


def main() -> None:
    """The entry point: `congvan`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
