"""A deadline as the index has it, defined once: its fields, where each stands, and the question for them."""

from __future__ import annotations

from typing import Annotated, NamedTuple, get_type_hints


class DeadlineRow(NamedTuple):
    """A deadline with its dispatch, its arrival, and what was said of it; days as the index has them. With each field
    stands where it is read from (`SELECT`). A field that `Entry` has too is carried over into the register's line.
    """

    id: Annotated[str, "l.id"]
    dispatch_id: Annotated[str, "d.id"]
    so_hieu: Annotated[str | None, "d.so_hieu"]
    issued: Annotated[str | None, "d.date"]
    issuing_body: Annotated[str | None, "d.issuing_body"]
    subject: Annotated[str | None, "d.subject"]
    directive: Annotated[str | None, "l.directive"]
    directive_text: Annotated[str | None, "l.directive_text"]
    phrase: Annotated[str, "l.phrase"]
    kind: Annotated[str, "l.kind"]
    start: Annotated[str | None, "l.start"]
    due: Annotated[str | None, "l.due"]
    due_time: Annotated[str | None, "l.due_time"]
    alternative_due: Annotated[str | None, "l.alternative_due"]
    assignees: Annotated[str | None, "l.assignees"]
    tentative: Annotated[bool, "l.tentative"]
    recurrence: Annotated[str | None, "l.recurrence"]
    anchor: Annotated[str | None, "l.anchor"]
    timex: Annotated[str | None, "l.timex"]
    working_days: Annotated[bool, "l.working_days"]
    page: Annotated[int | None, "l.page"]
    name: Annotated[str, "d.name"]
    only_in: Annotated[str | None, "l.only_in"]
    arrived: Annotated[str | None, "a.date"]
    status: Annotated[str | None, "h.status"]
    reply_so_hieu: Annotated[str | None, "h.reply_so_hieu"]
    reply_date: Annotated[str | None, "h.reply_date"]


_HINTS = get_type_hints(DeadlineRow, include_extras=True)
SELECT = f"""
SELECT {", ".join(_HINTS[name].__metadata__[0] for name in DeadlineRow._fields)}
FROM deadlines l JOIN dispatches c ON c.id = l.dispatch_id JOIN dispatches d ON d.id = coalesce(c.copy_of, c.id)
     LEFT JOIN arrivals a ON a.dispatch_id = d.id LEFT JOIN handling h ON h.deadline_id = l.id
WHERE NOT l.hidden"""
ARRIVED_AS_COPY = """
SELECT d.copy_of, min(a.date) FROM dispatches d JOIN arrivals a ON a.dispatch_id = d.id
WHERE d.copy_of IS NOT NULL GROUP BY d.copy_of
"""
