"""The command line: `congvan COMMAND`. Thin: the commands stand in `congvan/commands`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from congvan.commands import (
    auditing,
    bookkeeping,
    datasets,
    keeping,
    reading,
    registers,
    reviewing,
    searching,
    serving,
    taking_out,
)
from congvan.commands.options import complain
from congvan.commands.words.usage import help_in_words, usage_in_words

_INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl+C."""


EXIT_CODES = (
    "Mã thoát: 0 là xong; 1 là có tệp hoặc việc không làm được (nói rõ ở dòng báo lỗi); 2 là lệnh viết sai; 3 là "
    "audit thấy số liệu sai; 130 là dừng bằng Ctrl+C."
)


class _Command(TyperCommand):
    """A command with its help page in Vietnamese."""

    def get_help(self, ctx: Any) -> str:
        return help_in_words(super().get_help(ctx))


class _Group(TyperGroup):
    """Commands under one name, likewise."""

    def get_help(self, ctx: Any) -> str:
        return help_in_words(super().get_help(ctx))


class _AuditGroup(_Group):
    """`congvan audit FILE…` audits the files; only `note` is a command of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if args[:1] in (["note"], ["files"]) else ["files", *args])


class _Commands(_Group):
    """All commands: what keeps one from its work is said in one line; only faults of the program show their trace."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _troubles_in_words():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _troubles_in_words():
            return super().invoke(ctx)


@contextmanager
def _troubles_in_words() -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        complain("Đã dừng theo lệnh. Những gì đã báo xong còn nguyên; lần chạy sau làm tiếp phần còn lại.")
        raise typer.Exit(_INTERRUPTED) from None
    except TyperException as error:
        complain(usage_in_words(error))
        raise typer.Exit(error.exit_code) from None
    except Exception as error:  # the boundary to the person: what is known is put in words, the rest raised
        from congvan.commands.words.troubles import in_words

        words = in_words(error)
        if words is None:
            raise
        complain(words)
        raise typer.Exit(1) from None


app = typer.Typer(
    cls=_Commands,
    help="Đọc văn bản hành chính (công văn, kế hoạch, …) thành bản ghi đã kiểm tra.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        import congvan

        typer.echo(f"congvan {congvan.__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    _version: Annotated[
        bool, typer.Option("--version", help="In phiên bản.", callback=_print_version, is_eager=True)
    ] = False,
    index: Annotated[
        str | None,
        typer.Option(
            "--index", metavar="URL", help="Chỉ mục ở PostgreSQL này (postgresql://TÊN@MÁY/CSDL) thay cho tệp SQLite."
        ),
    ] = None,
) -> None:
    """What stands before the name of a command."""
    if index is not None:
        from congvan.archive.index_place import VARIABLE, read_address

        read_address(index)
        os.environ[VARIABLE] = index  # for what this command starts too


_ALL = (reading, keeping, reviewing, searching, registers, bookkeeping, taking_out, serving)
for command in (command for module in _ALL for command in module.COMMANDS):
    app.command(command.__name__.rstrip("_"), cls=_Command, epilog=EXIT_CODES)(command)
for name, group in {**datasets.GROUPS, **serving.GROUPS}.items():
    for one in group.registered_commands:
        one.cls = _Command
    app.add_typer(group, name=name, cls=_Group)


for one in auditing.AUDIT.registered_commands:
    one.cls, one.epilog = _Command, f"{one.epilog} {EXIT_CODES}" if one.epilog else EXIT_CODES
app.add_typer(auditing.AUDIT, name="audit", cls=_AuditGroup)


def main() -> None:
    """The entry point: `congvan`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
