"""The MCP server: an archive for assistant programs, read-only. Secret documents are left out unless allowed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from congvan.archive.archive import Archive
from congvan.archive.index.naming import find_dispatches
from congvan.archive.index.search import HIT_END, HIT_START, Filters, search
from congvan.archive.index.sql_tables import dispatches
from congvan.archive.truth.archive_errors import PlainError
from congvan.audit.audit import audit
from congvan.audit.where import worth_a_look
from congvan.register.entries import Query
from congvan.register.screens.due_screen import open_register
from congvan.register.screens.front import first_lines
from congvan.register.settings import load_settings
from congvan.web.api import figures_asked
from congvan.web.show.lit_places import within
from schemas.dispatch import Dispatch
from vietnamese.fold import fold

if TYPE_CHECKING:
    from mcp.server import MCPServer

Told = list[dict[str, Any]]
_MOST = 100


class ReadOnly:
    """The questions that may be asked of an archive."""

    def __init__(self, archive: Archive, secret: bool, dataset: Path = Path("outputs/dataset")) -> None:
        self._archive = archive
        self._secret = secret
        self._dataset = dataset

    def search(self, words: str, issuer: str = "", start: str = "", end: str = "", limit: int = 20) -> Told:
        """Find passages of dispatches that hold all of the words (Vietnamese, with or without marks, or a số hiệu).

        `start` and `end` are ISO days of issue.
        """
        filters = Filters(issuer or None, None, _day(start), _day(end), limit=min(max(limit, 1), _MOST))
        hidden = self._hidden()
        return [
            {"dispatch": hit.dispatch_id, "so_hieu": hit.so_hieu, "date": str(hit.date or ""),
             "issuing_body": hit.issuing_body, "subject": hit.subject, "pointer": hit.pointer,
             "passage": hit.snippet.replace(HIT_START, "«").replace(HIT_END, "»")}
            for hit in search(self._archive.engine, words, filters)
            if hit.dispatch_id.split("#")[0] not in hidden
        ]  # fmt: skip

    def dispatch(self, name: str) -> dict[str, Any]:
        """The whole record of one dispatch, named by its id, the first letters of it, or its số hiệu."""
        return self._one(name).model_dump(mode="json", exclude={"evidence"})

    def deadlines(self, start: str = "", end: str = "", unit: str = "", limit: int = 50) -> Told:
        """The deadline register: what must be done, by whom, by when, from which dispatch. Days are ISO; without any,
        what is late by no more than a year, due within sixty days, or has no day yet.
        """
        query = Query(dt.date.today(), _day(start), _day(end), unit or None)
        settings = load_settings(self._archive.layout.root)
        with open_register(self._archive.engine, query.today, settings, self._hidden(), unit) as register:
            found = first_lines(register, query, min(max(limit, 1), _MOST))
        return [
            {"id": one.id, "due": str(one.due or ""), "phrase": one.phrase, "task": one.directive_text,
             "assignees": one.assignees, "so_hieu": one.so_hieu, "dispatch": one.dispatch_id, "ours": one.ours,
             "status": one.status.value}
            for one in found
        ]  # fmt: skip

    def findings(self, name: str) -> Told:
        """What the audit of figures says of one dispatch: what disagrees, is cut off, or cannot be told."""
        return [one.model_dump(mode="json") for one in audit(self._one(name)).findings if worth_a_look(one)]

    def indicators(self, words: str = "", limit: int = 50) -> Told:
        """The indicators of the dataset over all dispatches (what is counted: hộ nghèo, đảng viên kết nạp …), those of
        most dispatches first; `words` leaves those that hold them, with or without marks.
        """
        found = [one for one in figures_asked.indicators(self._dataset)
                 if fold(words) in fold(f"{one.indicator} {one.printed_as or ''}")]  # fmt: skip
        return [one.model_dump(mode="json") for one in found[: min(max(limit, 1), _MOST)]]

    def figures(self, indicator: str, place: str = "", year: int = 0, limit: int = 50) -> Told:
        """The figures of one indicator (named as `indicators` does) by place and year (0 for all years), each with the
        dispatch, page and cell that it is printed in, and what the audit says of it.
        """
        found = figures_asked.figures(self._dataset, self._hidden(), indicator, place, year or None)
        return [one.model_dump(mode="json") for one in found[: min(max(limit, 1), _MOST)]]

    def _one(self, name: str) -> Dispatch:
        hidden = self._hidden()
        known = find_dispatches(self._archive.engine, name)
        ids = [one for one in known if one.split("#")[0] not in hidden]
        if len(ids) > 1:
            raise PlainError(f"“{name}” chỉ nhiều văn bản: {', '.join(ids)}.")
        found = within(self._archive.record(ids[0].split("#")[0]), ids[0]) if ids else None
        if found is None:
            raise PlainError(f"Không có văn bản “{name}”.")
        return found.dispatch

    def _hidden(self) -> frozenset[str]:
        if self._secret:
            return frozenset()
        statement = select(dispatches.c.file_sha256).where(dispatches.c.secrecy.is_not(None))
        with self._archive.engine.connect() as connection:
            return frozenset(connection.scalars(statement))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise PlainError(f"Không hiểu ngày “{text}”; hãy viết như 2024-08-15.") from None


def make_server(archive: Archive, secret: bool = False, dataset: Path = Path("outputs/dataset")) -> MCPServer:
    """The server with its tools, ready to run."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    told = "Kho văn bản hành chính: tìm, xem, thời hạn, kiểm tra số liệu, bộ số liệu. Chỉ đọc."
    server = MCPServer("congvan", instructions=told)
    asked = ReadOnly(archive, secret, dataset)
    for tool in (asked.search, asked.dispatch, asked.deadlines, asked.findings, asked.indicators, asked.figures):
        server.add_tool(tool, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    return server
