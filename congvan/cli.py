"""The command line: `congvan COMMAND`. Thin: the commands stand in `congvan/commands`."""

from __future__ import annotations

import sys

import typer

from congvan.commands import auditing, datasets, finding, keeping, reading, registers

app = typer.Typer(
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
