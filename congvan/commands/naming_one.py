"""The one dispatch that a person named; where several fit, they are listed by what a person knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from congvan.commands.options import complain

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.archive.index.naming import Candidate

_MOST_SHOWN = 12


def one_dispatch(kept: Archive, name: str) -> str:
    """The id of the one dispatch that a person named; ends the command with exit code 1 otherwise."""
    from congvan.archive.index.naming import candidates, find_dispatches
    from congvan.writing.screen import fold_lines

    found = find_dispatches(kept.engine, name)
    if len(found) == 1:
        return found[0]
    if not found:
        complain(f"Không có văn bản “{name}”. Gọi văn bản bằng số hiệu, tên tệp, hoặc mã (congvan list).")
        raise typer.Exit(1)
    complain(f"“{name}” chỉ {len(found)} văn bản:")
    for one in candidates(kept.engine, found)[:_MOST_SHOWN]:
        complain(fold_lines(f"{one.id[:12]}  {in_one_line(one)}", "  ", " " * 16))
    if len(found) > _MOST_SHOWN:
        complain(f"  … và {len(found) - _MOST_SHOWN} văn bản khác; hãy nêu rõ hơn (số hiệu kèm năm, hoặc mã).")
    raise typer.Exit(1)


def in_one_line(one: Candidate) -> str:
    """A dispatch by số hiệu, day, issuer, subject and file."""
    day = f"{one.date:%d/%m/%Y}" if one.date else "không rõ ngày"
    told = [
        one.so_hieu or "chưa có số",
        day,
        one.issuing_body or "không rõ cơ quan",
        one.subject or "",
        f"({one.name})",
    ]
    return ", ".join(part for part in told if part)
