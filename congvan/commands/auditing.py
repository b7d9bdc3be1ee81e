"""The command that checks figures: audit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.options import DEFAULT_ARCHIVE, AllowSecret, complain

if TYPE_CHECKING:
    from congvan.audit.where import Checked
    from congvan.audit.wording import Language, Wording
    from schemas.dispatch import Dispatch
    from schemas.document import Document

WRONG = 3
"""The exit code where a figure is wrong, so that a script can stop on it."""

OUTPUTS = Path("outputs/audit")


class AuditReport(StrEnum):
    """How the audit is handed on."""

    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"


class Spoken(StrEnum):
    """The language of the explanations."""

    VI = "vi"
    EN = "en"


def audit(
    paths: Annotated[list[Path] | None, typer.Argument(help="Tệp văn bản hoặc thư mục.", metavar="FILE…")] = None,
    archive: Annotated[Path | None, typer.Option("--archive", help="Thư mục kho lưu.", metavar="DIR")] = None,
    form: Annotated[AuditReport, typer.Option("--format", help="Cách báo cáo.")] = AuditReport.TABLE,
    language: Annotated[Spoken, typer.Option("--lang", help="Ngôn ngữ giải thích.")] = Spoken.VI,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi ra tệp này (pdf: thư mục này).", metavar="PATH")
    ] = None,
    allow_secret: AllowSecret = False,
) -> None:
    """Kiểm tra số liệu: tỷ lệ, tổng, lời văn có khớp với bảng không.

    Mã kết thúc: 0 khi mọi số đã đối chiếu đều khớp, 3 khi có chỗ sai, 1 khi có tệp không đọc được.
    """
    from congvan.audit.across.batch import check_all
    from congvan.audit.wording import wording

    source = _Files(paths, allow_secret) if paths else _Kept(archive or DEFAULT_ARCHIVE)
    if not paths and not (archive or DEFAULT_ARCHIVE).is_dir():
        complain("Hãy nêu tệp cần kiểm tra, hoặc kho lưu bằng --archive.")
        raise typer.Exit(2)
    spoken: Language = "en" if language is Spoken.EN else "vi"
    checked = check_all(source.records(), spoken)
    _report(checked, form, out, wording(spoken), source)
    wrong = any(finding.verdict == "disagrees" for one in checked for finding in one.audit.findings)
    raise typer.Exit(1 if source.failed else WRONG if wrong else 0)


class _Files:
    """Files named on the command line, read and parsed without keeping them."""

    def __init__(self, paths: list[Path], allow_secret: bool) -> None:
        self.paths = paths
        self.allow_secret = allow_secret
        self.failed = False
        self._documents: dict[Path, bytes] = {}

    def records(self) -> Iterator[tuple[Path | None, Dispatch]]:
        """Each file's record; a file that fails is named on standard error."""
        from congvan.intake.find import find_files
        from congvan.intake.inside import Unpacked, known_as
        from congvan.intake.process import Processed, process_files

        results = {known_as(one): result for one, result in process_files(find_files(self.paths), self.allow_secret)}
        for path in sorted(results):
            result = results[path]
            if isinstance(result, Processed):
                self._documents[path] = result.document
                yield path, result.dispatch()
            elif isinstance(result, Unpacked):
                complain(result.words, path)
            else:
                self.failed = True
                complain(result.message, path)

    def document(self, one: Checked) -> Document:
        """What the reader saw of a dispatch's file."""
        from congvan.archive.truth.files import unpack
        from schemas.document import Document

        assert one.path is not None
        return Document.model_validate_json(unpack(self._documents[one.path]))


class _Kept:
    """All dispatches of an archive, with people's corrections."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = False

    def records(self) -> Iterator[tuple[Path | None, Dispatch]]:
        """Each registered record with its original's path."""
        from congvan.archive.archive import open_archive

        kept = open_archive(self.folder)
        for sha256 in kept.hashes():
            yield kept.layout.find_original(sha256), kept.record(sha256)

    def document(self, one: Checked) -> Document:
        """What the reader saw of a dispatch's file."""
        from congvan.archive.archive import Archive

        return Archive(self.folder).document(one.dispatch.source.sha256)


def _report(
    checked: list[Checked], form: AuditReport, out: Path | None, words: Wording, source: _Files | _Kept
) -> None:
    from congvan.audit.report import html_report as report_html
    from congvan.audit.report import text_report as report_text
    from congvan.audit.report import xlsx_report as report_xlsx

    match form:
        case AuditReport.TABLE:
            report_text.print_table(checked, words)
        case AuditReport.JSON:
            text = report_text.json_lines(checked)
            sys.stdout.write(text) if out is None else out.write_text(text, encoding="utf-8")
        case AuditReport.XLSX:
            report_xlsx.write_xlsx(checked, _written(out, "kiem-tra.xlsx"), words)
        case AuditReport.HTML:
            report_html.write_html(checked, _written(out, "kiem-tra.html"), words)
        case AuditReport.PDF:
            _mark_copies(checked, out or OUTPUTS, words, source)


def _written(out: Path | None, name: str) -> Path:
    """Where a report is written, which is said on standard error."""
    path = out or OUTPUTS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    complain(f"Ghi {path}")
    return path


def _mark_copies(checked: list[Checked], folder: Path, words: Wording, source: _Files | _Kept) -> None:
    """A marked copy of each dispatch in which something does not plainly agree."""
    from congvan.archive.truth.own_folders import mark
    from congvan.audit.report.marked_pdf import write_marked_pdf
    from congvan.audit.report.rendering import NoFont, write_rendering
    from congvan.audit.report.text_report import headline
    from congvan.audit.where import gravest

    mark(folder, "bản đánh dấu kiểm tra")
    used: set[str] = set()
    for one in checked:
        if not gravest(one) or one.path is None:
            said = {"file": one.full_title, "headline": headline(one, words)[1]}
            complain(words.say("no_copy", said))
            continue
        target = _written(folder / _copy_name(one, used), "")
        if one.dispatch.source.media_type == "application/pdf":
            write_marked_pdf(one, one.path.read_bytes(), target, words)
            continue
        try:
            write_rendering(one, source.document(one), target, words)
        except NoFont as missing:
            complain(f"Không có phông chữ tiếng Việt để dựng bản PDF; hãy cài gói {missing}.")


def _copy_name(one: Checked, used: set[str]) -> str:
    """The marked copy's name, after the file's own; where two files have one name, with the beginning of the hash."""
    sha256, _, number = one.dispatch.id.partition("#")
    stem = Path(one.dispatch.source.name).stem + (f"-{number}" if number else "")
    name = f"{stem}-{sha256[:8]}" if stem in used else stem
    used.add(stem)
    return f"{name}-kiem-tra.pdf"


COMMANDS = (audit,)
