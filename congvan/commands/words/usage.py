"""How commands are given, in Vietnamese: the library that reads them explains itself in English only."""

from __future__ import annotations

import re

from typer.exceptions import TyperException

WORDS = (
    (r"Missing argument '(.+?)'\.", "Thiếu {}."),
    (r"Missing option '(.+?)'\.", "Thiếu tùy chọn {}."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "Không có tùy chọn {}; có phải {}?"),
    (r"No such option: (\S+)", "Không có tùy chọn {}."),
    (r"No such command '(.+?)'\.", "Không có lệnh “{}”."),
    (r"Option '(.+?)' requires an argument\.", "Tùy chọn {} cần một giá trị."),
    (r"Option '(.+?)' does not take a value\.", "Tùy chọn {} không nhận giá trị."),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)", "Thừa: {}."),
    (r"Invalid value for '(.+?)': .*'(.*?)' is not one of (.+?)\.?", "{}: không có “{}”; chọn một trong {}."),
    (r"Invalid value for '(.+?)': .*valid (?:integer|number|float)\b.*", "{}: cần một số."),
    (r"Invalid value for '(.+?)': .*(?:greater than or equal to|x>=) ?(\d+).*", "{}: phải từ {} trở lên."),
    (r"Invalid value for '(.+?)': (.+)", "{}: giá trị không dùng được ({})."),
)
"""What the library says of a command given wrongly, and the same for a clerk."""
HELP = (
    (r"^Usage: ", "Cách dùng: "),
    (r"^Arguments:$", "Tham số:"),
    (r"^Options:$", "Tùy chọn:"),
    (r"^Commands:$", "Lệnh:"),
    (r"\[OPTIONS\]", "[TÙY CHỌN]"),
    (r"COMMAND \[ARGS\]\.\.\.", "LỆNH …"),
    (r"Show this message and exit\.", "In phần này."),
    (r"Install completion for the current shell\.", "Cài gợi ý lệnh (phím Tab) cho shell đang dùng."),
    (
        r"Show completion for the current shell, to copy it or\s+customize the installation\.",
        "In đoạn gợi ý lệnh, để tự chép vào chỗ khác.",
    ),
    (r"\[required\]", "[bắt buộc]"),
    (r"\[default:", "[mặc định:"),
    # As wide as what they stand for: the page is in columns.
    (r" <list\[str\]>", " " * 12),
    (r" <list\[Path\]>", " " * 13),
    (r"<str>", "<chữ>"),
    (r"<int range>", "<số>" + " " * 7),
    (r"<int>", "<số>" + " " * 1),
    (r"<float>", "<số>" + " " * 3),
)
"""The words of a help page that are the library's."""


def usage_in_words(error: TyperException) -> str:
    """What is wrong with a command, and where its use is explained; a message that is not known stays as it is."""
    message = error.format_message()
    if message.startswith("Cách dùng: "):  # a command left out: its help page
        return message
    known = (words.format(*found.groups()) for pattern, words in WORDS if (found := re.fullmatch(pattern, message)))
    said = next(known, f"Lệnh chưa đúng: {message}")
    command = getattr(getattr(error, "ctx", None), "command_path", "congvan")
    return f"{said} Cách dùng: {command} --help"


def help_in_words(page: str) -> str:
    """A help page with the library's own words in Vietnamese."""
    for pattern, words in HELP:
        page = re.sub(pattern, words, page, flags=re.MULTILINE)
    return page
