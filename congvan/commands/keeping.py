"""Commands that fill and tend the archive: ingest, retry, watch, reparse, rebuild, verify, correct."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.naming_one import one_dispatch
from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    DEFAULT_QUARANTINE,
    AllowSecret,
    ArchiveFolder,
    QuarantineFolder,
    Scheduler,
    complain,
)

if TYPE_CHECKING:
    from pydantic import JsonValue

    from congvan.archive.archive import Archive
    from congvan.archive.review.correcting import Changed
    from congvan.intake.outcomes import Report
    from schemas.source import Source

Paths = Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.", metavar="PATH…")]
OWN = "Đây là chỗ của chương trình (kho lưu, nơi để riêng, bộ số liệu, …); tệp ở đây không nạp vào kho lưu."
DispatchId = Annotated[str, typer.Argument(help="Số hiệu, tên tệp, hoặc mã của văn bản.", metavar="ID")]


def ingest(
    paths: Paths,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    allow_secret: AllowSecret = False,
    checksum: Annotated[bool, typer.Option("--checksum", help="So mã băm, không tin ngày giờ của tệp.")] = False,
    searchable: Annotated[
        bool, typer.Option("--searchable", help="Giữ thêm bản PDF tìm được chữ của bản quét.")
    ] = False,
    scheduler: Scheduler = None,
) -> None:
    """Đọc tệp và thư mục, đưa vào kho lưu, báo kết quả từng tệp."""
    from congvan.archive.archive import Archive
    from congvan.intake.find import own_among
    from congvan.intake.pipeline import Options
    from congvan.intake.quarantine import Quarantine
    from congvan.intake.summary import ingest_with_progress

    missing = [path for path in paths if not path.exists()]
    for path in missing:
        complain("Không có tệp hay thư mục này.", path)
    own = own_among(paths)
    for path in own:
        complain(OWN, path)
    options = Options(allow_secret=allow_secret, checksum=checksum, scheduler=scheduler)
    present = [path for path in paths if path not in missing]
    kept = Archive(archive)
    report = ingest_with_progress(present, kept, Quarantine(quarantine), options)
    if searchable:
        _keep_searchable(kept, report)
    raise typer.Exit(int(report.failed or bool(missing or own)))


def _keep_searchable(kept: Archive, report: Report) -> None:
    from congvan.intake.searchable import keep_searchable, records_without_copy

    for name, error in keep_searchable(kept, records_without_copy(kept, report.entries)):
        complain(f"Không làm được bản tìm được chữ: {error.message}", Path(name))


def retry(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    allow_secret: AllowSecret = False,
    scheduler: Scheduler = None,
) -> None:
    """Đọc lại các tệp đã để riêng."""
    from congvan.archive.archive import Archive
    from congvan.intake.pipeline import Options
    from congvan.intake.quarantine import Quarantine
    from congvan.intake.summary import ingest_with_progress

    held = Quarantine(quarantine)
    # Of several files held from one mail or archive, that one is opened once.
    paths = list(dict.fromkeys(item.origin if item.origin.exists() else item.copy for item in held.held()))
    options = Options(allow_secret=allow_secret, again=True, own=True, scheduler=scheduler)
    report = ingest_with_progress(paths, Archive(archive), held, options)
    raise typer.Exit(int(report.failed))


def watch(
    folder: Annotated[Path, typer.Argument(help="Thư mục nhận tệp.", metavar="FOLDER")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    move: Annotated[bool, typer.Option("--move", help="Xoá tệp ở thư mục nhận khi đã lưu chắc chắn.")] = False,
) -> None:
    """Theo dõi một thư mục, đưa tệp mới vào kho lưu khi tệp đã chép xong."""
    from congvan.archive.archive import Archive
    from congvan.intake.find import own_among
    from congvan.intake.quarantine import Quarantine
    from congvan.intake.watching.take_away import QUIET_SECONDS
    from congvan.intake.watching.watch import Manner, watch_folder

    if not folder.is_dir() or own_among([folder]):
        complain(OWN if folder.is_dir() else "Không có thư mục này.", folder)
        raise typer.Exit(1)
    manner = Manner(leave_after=QUIET_SECONDS if move else None)
    watch_folder(folder, Archive(archive), Quarantine(quarantine), manner, say=typer.echo)


def reparse(archive: ArchiveFolder = DEFAULT_ARCHIVE, scheduler: Scheduler = None) -> None:
    """Phân tích lại mọi văn bản bằng chương trình hiện tại, không đọc lại tệp."""
    from congvan.archive.archive import open_archive
    from congvan.intake.many.spread import spread_over
    from congvan.intake.reparse import reparse as reparse_all
    from ingest.door.errors import ReadError

    kept, count, changes, failures = open_archive(archive), 0, 0, 0
    reviewed = _reviewed(kept)
    for path, result, changed in reparse_all(kept, spread_over(scheduler)):
        count += 1
        changes += changed
        if isinstance(result, ReadError):
            failures += 1
            complain(result.message, path)
        elif changed:
            _tell_conflicts(kept, result.source)
    typer.echo(f"Đã phân tích lại {count - failures} tệp, {changes} bản ghi thay đổi.")
    _tell_doubted_again(kept, reviewed)
    raise typer.Exit(int(failures > 0))


def _reviewed(kept: Archive) -> set[str]:
    """The dispatches that a person has looked through."""
    from congvan.archive.review.queue import State, Wanted, list_dispatches

    return {one.id for one in list_dispatches(kept.engine, Wanted(State.DONE))[0]}


def _tell_doubted_again(kept: Archive, reviewed: set[str]) -> None:
    """Name those that were looked through and of which another reading doubts something new."""
    from congvan.archive.review.queue import queue

    again = [one for one in queue(kept.engine)[0] if one.id in reviewed]
    for one in again:
        complain(f"Đã xem xong trước đây, nay có {one.open_doubts} điều mới cần xem: {one.so_hieu or one.id[:12]}",
                 Path(one.name))  # fmt: skip


def _tell_conflicts(kept: Archive, source: Source) -> None:
    for notice in kept.record(source.sha256).warnings:
        if notice.code == "correction_conflict":
            complain(f"{notice.pointer}: {notice.message}", Path(source.name))


def rebuild(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Dựng lại chỉ mục từ bản ghi và nhật ký."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    made = kept.rebuild()
    typer.echo(f"Đã dựng lại chỉ mục từ {made.files} tệp.")
    if made.unusable_lines:
        lines = ", ".join(map(str, made.unusable_lines))
        complain(f"không dùng được dòng {lines}; đã lấy lại {made.restored} việc từ chỉ mục cũ.", kept.layout.log)


def verify(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Kiểm tra kho lưu: bản gốc, bản ghi, nhật ký, chỉ mục."""
    from congvan.archive.archive import open_archive
    from congvan.archive.verify import doubtful_signatures
    from congvan.archive.verify import verify as find_damage

    kept = open_archive(archive)
    damages = list(find_damage(kept))
    if not damages:
        for doubt in doubtful_signatures(kept):
            complain(f"Chữ ký số: {doubt.what}", doubt.path)
    for damage in damages:
        complain(damage.what, damage.path)
    if damages:
        raise typer.Exit(1)
    typer.echo(f"Kho lưu nguyên vẹn: {sum(1 for _ in kept.hashes())} tệp.")


def correct(
    dispatch: DispatchId,
    pointer: Annotated[str, typer.Argument(help="Trường cần sửa, ví dụ /header/date.", metavar="POINTER")],
    value: Annotated[str, typer.Argument(help="Giá trị đúng (JSON hoặc chữ).", metavar="VALUE")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Sửa một trường của bản ghi; giá trị cũ được giữ lại, lần đọc sau không làm mất."""
    from congvan.archive.archive import open_archive

    kept = open_archive(archive)
    sha256 = one_dispatch(kept, dispatch).split("#")[0]
    for each, old, new in _correct(kept, sha256, pointer, value):
        typer.echo(f"{each}: {json.dumps(old, ensure_ascii=False)} → {json.dumps(new, ensure_ascii=False)}")


def _correct(kept: Archive, sha256: str, pointer: str, value: str) -> list[Changed]:
    """What was changed, the value taken as JSON, or as words where it is none or the field wants words; or as a day
    typed as offices write it.
    """
    from congvan.archive.review.correcting import correct_value
    from congvan.archive.truth.corrections import CorrectionError

    meant = _value(value)
    others = [each for each in (value, _iso_day(value)) if each is not None and each != meant]
    try:
        return correct_value(kept, sha256, pointer, meant)
    except CorrectionError:
        for other in others:
            with contextlib.suppress(CorrectionError):
                return correct_value(kept, sha256, pointer, other)
        raise


def _iso_day(text: str) -> str | None:
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return None


def _value(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text)
        return value
    except json.JSONDecodeError:
        return text


COMMANDS = (ingest, retry, watch, reparse, rebuild, verify, correct)
