"""Commands that read files, and say how right records are: parse, read, schema, score."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.options import AllowSecret, Files, complain

if TYPE_CHECKING:
    from schemas.document import Document


def parse(paths: Files, allow_secret: AllowSecret = False) -> None:
    """In mỗi văn bản thành một dòng JSON; tệp nén và thư được mở, mỗi tệp bên trong một dòng."""
    from congvan.archive.truth.files import unpacked
    from congvan.intake.inside import Unpacked, known_as
    from congvan.intake.process import Processed, process_files

    failed = False
    for item, result in process_files(paths, allow_secret):
        if isinstance(result, Processed):
            for piece in unpacked(result.record):
                typer.echo(piece, nl=False)
            typer.echo()
        elif isinstance(result, Unpacked):
            complain(result.words, known_as(item))
        else:
            failed = True
            complain(result.message, known_as(item))
    raise typer.Exit(int(failed))


_Times = Annotated[
    bool, typer.Option("--times", help="Liệt kê mọi mốc thời gian trong phần nội dung: là thời hạn, viện dẫn, gì khác.")
]
_OUTCOMES = {"deadline": "thời hạn", "citation": "viện dẫn", "decoy": "không phải", "unread": "CHƯA RÕ"}


class ReadFormat(StrEnum):
    """How the text of a file is written."""

    TEXT = "text"
    MD = "md"
    HTML = "html"


def read(
    path: Annotated[Path, typer.Argument(help="Tệp văn bản.", metavar="FILE")],
    times: _Times = False,
    form: Annotated[ReadFormat, typer.Option("--format", help="Chữ thường, Markdown, hoặc HTML.")] = ReadFormat.TEXT,
) -> None:
    """In chữ và bảng mà chương trình đọc được; của tệp nén và thư, lần lượt từng tệp bên trong."""
    from congvan.intake.inside import Inside, Unpacked, known_as
    from congvan.intake.process import read_files
    from ingest.door.errors import ReadError

    failed = False
    for item, result in read_files([path]):
        if isinstance(result, ReadError):
            failed = True
            complain(result.message, known_as(item))
        elif isinstance(result, Unpacked):
            complain(result.words, known_as(item))
        else:
            if isinstance(item, Inside):
                typer.echo(f"== {item.found_in} ==")
            if times:
                _list_times(result)
            else:
                _print_document(result, form)
    raise typer.Exit(int(failed))


def _print_document(document: Document, form: ReadFormat) -> None:
    from congvan.writing.document_text import document_html, document_markdown

    match form:
        case ReadFormat.MD:
            typer.echo(document_markdown(document), nl=False)
        case ReadFormat.HTML:
            typer.echo(document_html(document, document.source.name), nl=False)
        case ReadFormat.TEXT:
            typer.echo(document.text)
            for note in document.footnotes:
                typer.echo(f"[{note.mark}] {note.paragraph.text}")


def _list_times(document: Document) -> None:
    """One line a time: what became of it, its page and directive, its words, and the rule by which it is none."""
    from parsers.parse import times_of

    for one in times_of(document):
        page = f"tr. {one.page}" if one.page else "-"
        rule = f"\t({one.rule})" if one.rule else ""
        typer.echo(f"{_OUTCOMES[one.outcome]}\t{page}\tmục {one.directive or '-'}\t«{one.words}»{rule}")


def schema() -> None:
    """In JSON Schema của bản ghi."""
    from congvan.commands.words.schema_file import schema_json

    typer.echo(schema_json(), nl=False)


def score(
    gold: Annotated[Path, typer.Argument(help="Thư mục đáp án (gold.json, hoặc TÊN.json).", metavar="GOLD")],
    records: Annotated[Path, typer.Argument(help="Tệp bản ghi, mỗi dòng một bản ghi JSON.", metavar="RECORDS")],
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
) -> None:
    """Chấm bản ghi (của chương trình này hoặc chương trình khác) theo đáp án."""
    import json

    from congvan.scoring.against_gold import score_records

    found = score_records(gold, records)
    for words in found.invalid:
        complain(words, records)
    if found.unknown:
        complain(f"{len(found.unknown)} bản ghi không có đáp án nên không chấm.", records)
    if found.absent:
        complain(f"{len(found.absent)} văn bản không có bản ghi nào, tính là thiếu hết: {', '.join(found.absent[:5])}")
    if as_json:
        typer.echo(json.dumps({area: dict(counts) for area, counts in found.areas.items()}, indent=1))
    else:
        typer.echo(f"{'':18}{'đúng':>8}{'thiếu':>8}{'thừa':>8}{'đủ':>8}{'chuẩn':>8}")
        for area, counts in found.areas.items():
            right, missed, extra = (counts[name] for name in ("right", "missed", "extra"))
            typer.echo(f"{area:18}{right:8}{missed:8}{extra:8}{_share(right, missed):>8}{_share(right, extra):>8}")
    raise typer.Exit(int(bool(found.invalid)))


def _share(right: int, wrong: int) -> str:
    return f"{right / (right + wrong):.3f}".replace(".", ",") if right + wrong else "–"


COMMANDS = (parse, read, schema, score)
