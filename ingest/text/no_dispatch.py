"""Text files that are no dispatch: encoded bytes, data, mark-up, programs, logs. Refused with what they are.

Whatever begins with plain letters would else be "text", and a number in it a deadline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from form.labels import is_heading, is_line
from ingest.door.errors import ReadError
from vietnamese.fold import fold

_ESCAPED = re.compile(r"=[0-9A-F]{2}|=\n")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")
_MARKED_UP = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\b|<(?P<root>[A-Za-z][\w.-]*:?[\w.-]*)(?:\s[^<>]*)?>)")
_OF_HTML = {
    *("p", "b", "i", "u", "s", "br", "hr", "em", "div", "span", "font", "center", "table", "strong", "sup", "sub"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "img", "strike", "small", "big", "mark", "ins"),
    *("del", "body"),
}
"""Elements that OCR services leave in the text of a dispatch."""
_STAMPED = re.compile(
    r"\s*\[?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d/[A-Z][a-z]{2}/\d{4}:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )"
    r"|.{0,40}\b(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\b[\]: ]"
)
_CODE = re.compile(
    r"\s*(?:#include\b|#!/|import [\w.{\"']|from [\w.]+ import |(?:async )?def \w+\(|class \w+[(:{ ].*[:{]$|"
    r"(?:export |async )*function\b.*\{|(?:public|private|protected|static|package|using|namespace) [\w.]+|"
    r"(?:var|let|const) \w+ ?=|return\b.*[;)\w\]]$|(?:if|for|while|switch) ?\(.*\{?$|\w+ = \w+[(\[{.]|"
    r"(?:SELECT|INSERT|CREATE|UPDATE|DELETE|ALTER|DROP) [A-Z* ]+|[})\]]+[;,]?$|@\w+(?:\(|$)|elif .*:$|else:$|try:$|"
    r"except\b.*:$|for \w+ in .*:$|\w[\w.]*\(.*\);$)"
)
_SETTING = re.compile(r"\s*(?:\[{1,2}[\w.\"-]+\]{1,2}|[\w.-]+\s*=(?!=)\s*\S.*)$")
_OPENING_WORDS = ("can cu ", "ve viec ")
_LEAST_LINES = 3
_MOST_JSON = 8 * 1024 * 1024


def refuse_no_dispatch(text: str) -> None:
    """Raises ReadError (`no_dispatch`) for text that is no writing of people; says nothing of any other."""
    for is_so, what in _KINDS:
        if is_so(text):
            raise ReadError("no_dispatch", f"Tệp này là {what}, không phải văn bản hành chính; không đọc.")
    if _looks_like_form(text):
        return
    lines = [line for line in text.splitlines() if line.strip()]
    for is_such, what in _KINDS_OF_LINES:
        if len(lines) >= _LEAST_LINES and is_such(lines):
            raise ReadError("no_dispatch", f"Tệp này là {what}, không phải văn bản hành chính; không đọc.")


def _is_quoted_printable(text: str) -> bool:
    """RFC 2045, 6.7: each letter outside ASCII takes two or three signs of three characters."""
    return 3 * len(_ESCAPED.findall(text)) > 0.1 * max(len(text), 1) and len(_ESCAPED.findall(text)) >= 8


def _is_base64(text: str) -> bool:
    """RFC 2045, 6.8: lines of up to 76 characters."""
    return sum(map(len, _BASE64.findall(text))) > 0.5 * max(len(text), 1)


def _is_json(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[{", "[[", '["', "[\n", "[ ")):
        return False
    lines = start.splitlines()
    return _parses(start[:_MOST_JSON]) or (len(lines) > 1 and all(_parses(line) for line in lines[:5] if line.strip()))


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _is_marked_up(text: str) -> bool:
    found = _MARKED_UP.match(text)
    if found is None or (found["root"] or "").lower() in _OF_HTML:
        return False
    return found["root"] is None or text.rstrip().endswith(f"</{found['root']}>")


def _looks_like_form(text: str) -> bool:
    """Whether any line has the look of a dispatch, so that lists and figures in it are its own."""
    lines = [line.strip() for line in text.splitlines()[:200]]
    return any(is_heading(line) or _opens_part(line) for line in lines if line)


def _opens_part(line: str) -> bool:
    """Whether a line begins a part of the form: Kính gửi, V/v, Nơi nhận, grounds."""
    labels = ("recipients_label", "subject_label", "distribution_label")
    return fold(line).startswith(_OPENING_WORDS) or any(is_line(label, line) for label in labels)


def _is_log(lines: Sequence[str]) -> bool:
    return _count(lines, _STAMPED) > 0.6 * len(lines)


def _is_program(lines: Sequence[str]) -> bool:
    return _count(lines, _CODE) >= _LEAST_LINES and _count(lines, _CODE) > 0.15 * len(lines)


def _is_settings(lines: Sequence[str]) -> bool:
    return _count(lines, _SETTING) > 0.35 * len(lines)


def _is_separated(lines: Sequence[str]) -> bool:
    """Rows of values parted by one sign, in as many columns each; a sentence has its commas here and there."""
    for sign in (",", ";"):
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count)
        close = sum(f"{sign} " not in line for line in lines)
        if usual >= 2 and counts.count(usual) > 0.9 * len(lines) and close > 0.7 * len(lines):
            return True
    return False


def _count(lines: Sequence[str], pattern: re.Pattern[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)


_KINDS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_is_quoted_printable, "một phần thư điện tử còn mã hoá (quoted-printable)"),
    (_is_base64, "dữ liệu mã hoá (base64)"),
    (_is_json, "dữ liệu JSON"),
    (_is_marked_up, "dữ liệu XML"),
)
_KINDS_OF_LINES: tuple[tuple[Callable[[Sequence[str]], bool], str], ...] = (
    (_is_log, "nhật ký của một chương trình"),
    (_is_program, "mã nguồn chương trình"),
    (_is_settings, "tệp cấu hình của chương trình"),
    (_is_separated, "bảng dữ liệu (CSV)"),
)
