"""The digest of a day, for a terminal, for cron and for mail: what is overdue, due today, this week and next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from congvan.register.agenda import DueSpan, Section, agenda, origin_of, task_of, whose
from congvan.register.entries import Entry
from congvan.writing.screen import fold_lines

_SPANS = (DueSpan.LATE, DueSpan.TODAY, DueSpan.THIS_WEEK, DueSpan.NEXT_WEEK)
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def due_soon(entries: Iterable[Entry], today: dt.date) -> list[Section]:
    """What to remind of on a day; others' tasks left out where we know who we are."""
    listed = list(entries)
    known = any(entry.ours for entry in listed)
    own = [entry for entry in listed if not known or whose(entry) < 2]
    return [section for section in agenda(own, today) if section.span in _SPANS]


def digest_text(sections: list[Section], today: dt.date) -> str:
    """The digest in plain text."""
    lines = [_title(sections, today)]
    for section in sections:
        lines += ["", f"{section.span.value} ({len(section.entries)})"]
        for entry in section.entries:
            lines.append(fold_lines(f"- {_when(entry)}: {task_of(entry)}", "", "  "))
            lines.append(fold_lines(f"{_whom(entry)} · {origin_of(entry)}", "  "))
    return "\n".join(lines) + "\n"


def digest_html(sections: list[Section], today: dt.date) -> str:
    """The digest as a page that a mail program shows."""
    parts = [f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(_title(sections, today))}</title>']
    parts.append(f'<body style="font-family:sans-serif;max-width:46em"><h2>{escape(_title(sections, today))}</h2>')
    for section in sections:
        parts.append(f"<h3>{escape(section.span.value)} ({len(section.entries)})</h3><ul>")
        for entry in section.entries:
            small = f"<br><small>{escape(_whom(entry))} · {escape(origin_of(entry))}</small>"
            parts.append(f"<li><b>{escape(_when(entry))}</b>: {escape(task_of(entry))}{small}</li>")
        parts.append("</ul>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _title(sections: list[Section], today: dt.date) -> str:
    count = sum(len(section.entries) for section in sections)
    day = f"{_DAYS[today.weekday()]} {today:%d/%m/%Y}"
    return f"{day}: {count} việc cần để ý" if count else f"{day}: không có việc quá hạn hay đến hạn trong hai tuần"


def _when(entry: Entry) -> str:
    assert entry.due is not None  # of the spans that are told of, every one has a day
    return f"{entry.due:%d/%m/%Y}" + (f" {entry.due_time}" if entry.due_time else "")


def _whom(entry: Entry) -> str:
    return ("★ " if entry.ours else "") + (entry.assignees or "không nêu đơn vị")
