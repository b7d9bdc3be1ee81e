"""From a container to the files inside it, containers inside it opened too.

`open_container(source) -> Opened` for what is nothing but a container (an archive, a mail, PDFs one behind the other);
`files_inside(source) -> Opened` for what has pages of its own and carries others (a PDF with attachments, a portfolio).
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.door import sniff
from ingest.door.containers.mails import open_mail
from ingest.door.containers.members import MAX_DEPTH, TOO_DEEP, Budget, Member, Opened
from ingest.door.containers.portfolios import attached_files, glued
from ingest.door.containers.zips import open_zip
from ingest.door.errors import ReadError
from ingest.door.registry import SourceFile

INSIDE = " > "
"""Between a container's name and that of a file in it."""

_EMPTY_MAIL = ReadError("no_dispatch", "Thư không kèm văn bản nào, và lời thư không phải văn bản hành chính.")
_EMPTY = ReadError("no_dispatch", "Tệp nén không có văn bản nào bên trong.")
_SIGNS = (b"/EmbeddedFile", b"/FileAttachment", b"/ObjStm")
"""A PDF that names no embedded file and packs no objects carries none."""


def is_container(source: SourceFile) -> bool:
    """Whether a file is nothing but a container of others."""
    return source.media_type in _openers() or (source.media_type == sniff.PDF and glued(source.data) is not None)


def open_container(source: SourceFile, budget: Budget | None = None, depth: int = 1) -> Opened:
    """The files inside a container, the names of those in containers within it joined by `INSIDE`.

    Raises ReadError: `damaged`, `encrypted`, `zip_bomb`, `no_dispatch`, `unsafe`.
    """
    budget = budget or Budget()
    if source.media_type == sniff.PDF:
        opened = glued(source.data) or Opened()
    else:
        opened = _openers()[source.media_type](source.data, budget)
    members: list[Member] = []
    for member in opened.members:
        members += _opened_further(member, opened, budget, depth) if member.error is None else [member]
    if not members:
        raise _EMPTY_MAIL if source.media_type in (sniff.MAIL, sniff.OUTLOOK) else _EMPTY
    return Opened(members, opened.left_out)


def files_inside(source: SourceFile) -> Opened:
    """The files that a document carries beside its own pages; none for most."""
    if source.media_type != sniff.PDF or not any(sign in source.data for sign in _SIGNS):
        return Opened()
    return attached_files(source.data, Budget())


def _opened_further(member: Member, outer: Opened, budget: Budget, depth: int) -> list[Member]:
    """A member, or the members of a member that is a container."""
    inner = SourceFile.of(member.name, member.data)
    if not member.data.strip(b" \t\r\n\x00") or not is_container(inner):
        return [member]
    if depth >= MAX_DEPTH:
        return [Member(member.name, member.data, TOO_DEEP)]
    try:
        opened = open_container(inner, budget, depth + 1)
    except ReadError as error:
        if error.code == "zip_bomb":
            raise
        return [Member(member.name, member.data, error)]
    outer.left_out += [f"{member.name}{INSIDE}{one}" for one in opened.left_out]
    return [Member(f"{member.name}{INSIDE}{one.name}", one.data, one.error) for one in opened.members]


def _openers() -> dict[str, Callable[[bytes, Budget], Opened]]:
    return {sniff.ZIP: open_zip, sniff.MAIL: open_mail, sniff.OUTLOOK: _open_msg}


def _open_msg(data: bytes, budget: Budget) -> Opened:
    """Outlook's mails need a library of their own, loaded with the first of them."""
    from ingest.door.containers.outlook import open_msg

    return open_msg(data, budget)
