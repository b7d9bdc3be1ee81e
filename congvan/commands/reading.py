"""Commands that read files: parse, read, schema."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from congvan.commands.options import AllowSecret, Files, complain

Result = TypeVar("Result")


def parse(paths: Files, allow_secret: AllowSecret = False) -> None:
    """In mỗi văn bản thành một dòng JSON."""
    from congvan.archive.truth.files import unpacked
    from congvan.intake.process import Processed, process_files

    failed = False
    for path, result in _in_order(paths, process_files(paths, allow_secret)):
        if isinstance(result, Processed):
            for piece in unpacked(result.record):
                typer.echo(piece, nl=False)
            typer.echo()
        else:
            failed = True
            complain(result.message, path)
    raise typer.Exit(int(failed))


def _in_order(paths: list[Path], results: Iterable[tuple[Path, Result]]) -> Iterator[tuple[Path, Result]]:
    """The results in the order of the files named, each as soon as those before it are there."""
    ready: dict[Path, list[Result]] = {}
    waiting = deque(paths)
    for path, result in results:
        ready.setdefault(path, []).append(result)
        while waiting and ready.get(waiting[0]):
            first = waiting.popleft()
            yield first, ready[first].pop()


class ReadFormat(StrEnum):
    """How the text of a file is written."""

    TEXT = "text"
    MD = "md"
    HTML = "html"


def read(
    path: Annotated[Path, typer.Argument(help="Tệp văn bản.", metavar="FILE")],
    form: Annotated[ReadFormat, typer.Option("--format", help="Chữ thường, Markdown, hoặc HTML.")] = ReadFormat.TEXT,
) -> None:
    """In chữ và bảng mà chương trình đọc được."""
    from congvan.writing.document_text import document_html, document_markdown
    from ingest.door.errors import ReadError
    from ingest.read import read_file

    try:
        document = read_file(path)
    except ReadError as error:
        complain(error.message, path)
        raise typer.Exit(1) from None
    match form:
        case ReadFormat.MD:
            typer.echo(document_markdown(document), nl=False)
        case ReadFormat.HTML:
            typer.echo(document_html(document, document.source.name), nl=False)
        case ReadFormat.TEXT:
            typer.echo(document.text)
            for note in document.footnotes:
                typer.echo(f"[{note.mark}] {note.paragraph.text}")


def schema() -> None:
    """In JSON Schema của bản ghi."""
    from congvan.commands.words.schema_file import schema_json

    typer.echo(schema_json(), nl=False)


COMMANDS = (parse, read, schema)
