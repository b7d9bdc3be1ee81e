"""The command line: `congvan COMMAND`. Thin: the commands stand in `congvan/commands`."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from congvan.commands import auditing, datasets, finding, keeping, reading, registers
from congvan.commands.options import complain

_INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl+C."""


class _Commands(TyperGroup):
    """All commands: what keeps one from its work is said in one line; only faults of the program show their trace."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            complain("Đã dừng theo lệnh. Những gì đã báo xong còn nguyên; lần chạy sau làm tiếp phần còn lại.")
            raise typer.Exit(_INTERRUPTED) from None
        except Exception as error:  # the boundary to the person: what is known is put in words, the rest raised
            from congvan.troubles import in_words

            words = in_words(error)
            if words is None:
                raise
            complain(words)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=_Commands,
    help="Đọc văn bản hành chính (công văn, kế hoạch, …) thành bản ghi đã kiểm tra.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (*reading.COMMANDS, *keeping.COMMANDS, *finding.COMMANDS, *registers.COMMANDS, *auditing.COMMANDS):
    app.command(command.__name__.rstrip("_"))(command)
for name, group in datasets.GROUPS.items():
    app.add_typer(group, name=name)


def main() -> None:
    """The entry point: `congvan`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
