"""The command that checks figures: audit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.options import DEFAULT_ARCHIVE, AllowSecret, ArchiveFolder, Scheduler, complain

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.audit.where import Answer, Checked
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
    scheduler: Scheduler = None,
) -> None:
    """Kiểm tra số liệu: tỷ lệ, tổng, lời văn có khớp với bảng không.

    Mã kết thúc: 0 khi mọi số đã đối chiếu đều khớp, 3 khi có chỗ sai, 1 khi có tệp không đọc được.
    """
    from congvan.audit.across.batch import check_all
    from congvan.audit.answers import with_answers
    from congvan.audit.report.overview import is_wrong
    from congvan.audit.wording import wording
    from congvan.intake.many.spread import spread_over

    source = _Files(paths, allow_secret) if paths else _Kept(archive or DEFAULT_ARCHIVE)
    if not paths and not (archive or DEFAULT_ARCHIVE).is_dir():
        complain("Hãy nêu tệp cần kiểm tra, hoặc kho lưu bằng --archive.")
        raise typer.Exit(2)
    spoken: Language = "en" if language is Spoken.EN else "vi"
    known = source.answers()
    checked = [with_answers(one, known) for one in check_all(source.records(), spoken, spread_over(scheduler))]
    _report(checked, form, out, wording(spoken), source)
    wrong = any(is_wrong(one, finding) for one in checked for finding in one.audit.findings)
    raise typer.Exit(1 if source.failed else WRONG if wrong else 0)


class _Files:
    """Files named on the command line, read and parsed without keeping them."""

    def __init__(self, paths: list[Path], allow_secret: bool) -> None:
        self.paths = paths
        self.allow_secret = allow_secret
        self.failed = False
        self._documents: dict[Path, bytes] = {}

    def answers(self) -> dict[tuple[str, str], Answer]:
        """None: what people answered is kept in an archive."""
        return {}

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

    def opened(self, one: Checked) -> Document | None:
        """What the reader saw of a dispatch's file, where it is known."""
        return self.document(one) if one.path in self._documents else None

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

    def answers(self) -> dict[tuple[str, str], Answer]:
        """What people answered to findings."""
        from congvan.archive.archive import open_archive
        from congvan.audit.answers import known_answers

        return known_answers(open_archive(self.folder).engine)

    def records(self) -> Iterator[tuple[Path | None, Dispatch]]:
        """Each registered record with its original's path."""
        from congvan.archive.archive import open_archive

        kept = open_archive(self.folder)
        for sha256 in kept.hashes():
            yield kept.layout.find_original(sha256), kept.record(sha256)

    def opened(self, one: Checked) -> Document | None:
        """What the reader saw of a dispatch's file."""
        return self.document(one)

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
            report_html.write_html(checked, _written(out, "kiem-tra.html"), words, source.opened)
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
    from congvan.audit.report.cutting_pages import cutting_pages
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
        try:
            if one.dispatch.source.media_type == "application/pdf":
                shown = cutting_pages(one, source.document(one), words)
                write_marked_pdf(one, one.path.read_bytes(), target, words, shown)
                continue
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


class Answered(StrEnum):
    """What a finding turns out to be."""

    MISTAKE = "mistake"
    EXPLAINED = "explained"
    OURS = "ours"
    OPEN = "open"


def note(
    name: Annotated[str, typer.Argument(help="Số hiệu, tên tệp, hoặc mã của văn bản.", metavar="ID")],
    number: Annotated[str, typer.Argument(help="Số của kết quả trong báo cáo, ví dụ F3.", metavar="F…")],
    answer: Annotated[
        Answered,
        typer.Option("--as", help="mistake: văn bản sai; explained: có lý do; ours: phần mềm sai; open: bỏ trả lời."),
    ],
    why: Annotated[str | None, typer.Option("--why", help="Vì sao.", metavar="TEXT")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Trả lời một kết quả kiểm tra của văn bản trong kho lưu; câu trả lời còn nguyên khi đọc lại."""
    from congvan.archive.archive import open_archive
    from congvan.audit.answers import finding_key
    from congvan.commands.naming_one import one_dispatch

    kept = open_archive(archive)
    checked = _one_of_all(kept, one_dispatch(kept, name))
    wanted = f"F{number.upper().removeprefix('F')}"
    finding = next((each for each in checked.audit.findings if each.id == wanted), None)
    if finding is None or finding.verdict == "agrees":
        complain(f"Văn bản {checked.title} không có kết quả {wanted}; xem số ở cột đầu của congvan audit.")
        raise typer.Exit(1)
    key = finding_key(checked.dispatch, finding)
    kept.act("answer", dispatch_id=checked.dispatch.id, key=key, answer=answer.value, why=(why or "").strip() or None)
    typer.echo(f"Đã ghi cho {checked.title}, {wanted}: {finding.explanation}")


def _one_of_all(kept: Archive, dispatch_id: str) -> Checked:
    """The dispatch audited beside all others: findings across dispatches bear numbers too."""
    from congvan.audit.across.batch import check_all

    records = ((None, kept.record(sha256)) for sha256 in kept.hashes())
    return next(one for one in check_all(records) if one.dispatch.id == dispatch_id)


AUDIT = typer.Typer(help="Kiểm tra số liệu, và trả lời kết quả kiểm tra.", rich_markup_mode=None)
AUDIT.command("files", epilog="congvan audit note ID F3 --as explained --why …: trả lời một kết quả.")(audit)
AUDIT.command("note")(note)
