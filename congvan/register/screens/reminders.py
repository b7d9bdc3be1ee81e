"""The digest of a day, for a terminal, for cron and for mail: what is overdue, due today, this week and next."""

from __future__ import annotations

import datetime as dt
from html import escape

from sqlalchemy import Engine

from congvan.register.agenda import DueSpan, origin_of, task_of
from congvan.register.entries import Entry, Query
from congvan.register.screens.asked import Whose
from congvan.register.screens.due_screen import open_register
from congvan.register.screens.front import Front, fronts
from congvan.register.settings import Settings
from congvan.writing.screen import fold_lines

_SPANS = (DueSpan.LATE, DueSpan.TODAY, DueSpan.THIS_WEEK, DueSpan.NEXT_WEEK)
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MOST = 200
"""So many of a span are told of: nobody reads a longer letter, and `congvan deadlines` has them all."""


def due_soon(engine: Engine, today: dt.date, settings: Settings) -> list[Front]:
    """What to remind of on a day; others' tasks left out where we know who we are."""
    whose = Whose.OURS_OR_NOBODYS if settings.unit.names else Whose.ALL
    end = today + dt.timedelta(days=13 - today.weekday())
    with open_register(engine, today, settings, whose=whose) as register:
        found = fronts(register, Query(today, end=end), _MOST)
    return [front for front in found if front.section.span in _SPANS]


def digest_text(found: list[Front], today: dt.date) -> str:
    """The digest in plain text."""
    lines = [_title(found, today)]
    for section, count in found:
        lines += ["", f"{section.span.value} ({count})"]
        for entry in section.entries:
            lines.append(fold_lines(f"- {_when(entry)}: {task_of(entry)}", "", "  "))
            lines.append(fold_lines(f"{_whom(entry)} · {origin_of(entry)}", "  "))
        lines += [_more(count - len(section.entries))] if count > len(section.entries) else []
    return "\n".join(lines) + "\n"


def digest_html(found: list[Front], today: dt.date) -> str:
    """The digest as a page that a mail program shows."""
    title = escape(_title(found, today))
    parts = [f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title>']
    parts.append(f'<body style="font-family:sans-serif;max-width:46em"><h2>{title}</h2>')
    for section, count in found:
        parts.append(f"<h3>{escape(section.span.value)} ({count})</h3><ul>")
        for entry in section.entries:
            small = f"<br><small>{escape(_whom(entry))} · {escape(origin_of(entry))}</small>"
            parts.append(f"<li><b>{escape(_when(entry))}</b>: {escape(task_of(entry))}{small}</li>")
        parts += [f"<li>{_more(count - len(section.entries))}</li>"] if count > len(section.entries) else []
        parts.append("</ul>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _title(found: list[Front], today: dt.date) -> str:
    count = sum(front.number for front in found)
    day = f"{_DAYS[today.weekday()]} {today:%d/%m/%Y}"
    return f"{day}: {count} việc cần để ý" if count else f"{day}: không có việc quá hạn hay đến hạn trong hai tuần"


def _more(count: int) -> str:
    return f"và {count} việc nữa: congvan deadlines"


def _when(entry: Entry) -> str:
    assert entry.due is not None  # of the spans that are told of, every one has a day
    return f"{entry.due:%d/%m/%Y}" + (f" {entry.due_time}" if entry.due_time else "")


def _whom(entry: Entry) -> str:
    return ("★ " if entry.ours else "") + (entry.assignees or "không nêu đơn vị")
