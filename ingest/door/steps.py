"""The steps of reading one page: what goes wrong in one costs what that step gives, and the page says so.

A page is read in some twenty steps (rules, frames, ink, tables, …). None of them is worth the page, and no page is
worth the file: a step that fails gives what it would give where there is nothing to find, with a notice for a person
and the trace in the log `congvan.steps`, which shows nothing unless somebody asks for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.door.errors import ReadError
from schemas.source import Notice

Result = TypeVar("Result")

FAILED = "step_failed"
"""The code of the notice of a step that failed."""

_log = logging.getLogger("congvan.steps")


def whole_page(page: int, read: Callable[[], Result], otherwise: Callable[[], Result]) -> Result:
    """What reading a page gives, or what `otherwise` gives where that fails: the other pages go on."""
    try:
        return read()
    except (ReadError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - whatever a strange page provokes, the other pages are read
        _log.debug("page %d failed", page, exc_info=True)
        return otherwise()


@dataclass
class PageSteps:
    """The steps of one page; `passing` are exceptions that say something and go on to the caller."""

    page: int
    passing: tuple[type[Exception], ...] = ()
    notices: list[Notice] = field(default_factory=list)

    def take(self, name: str, step: Callable[[], Result], otherwise: Callable[[], Result]) -> Result:
        """What a step gives, or what `otherwise` gives where it fails; `name` says in Vietnamese what the step does.

        A `ReadError` goes on too, being words already, and so does a lack of memory, which is the file's trouble.
        """
        try:
            return step()
        except (ReadError, MemoryError):
            raise
        except Exception as error:  # whatever a strange page provokes, the other steps are taken
            if isinstance(error, self.passing):
                raise
            _log.debug("page %d: step %r failed", self.page, name, exc_info=True)
            self.notices.append(failed_step(self.page, name))
            return otherwise()

    @property
    def failed(self) -> bool:
        """Whether any step failed."""
        return bool(self.notices)


def failed_step(page: int, name: str) -> Notice:
    """What a person is told of a step that failed."""
    message = f"Trang {page}: bước {name} gặp lỗi nên bị bỏ qua; phần còn lại vẫn được đọc, cần xem lại trang này."
    return Notice(code=FAILED, message=message, page=page)


def failed_page(page: int) -> Notice:
    """What a person is told of a page of which nothing could be read."""
    message = f"Trang {page} gặp lỗi khi đọc nên không có nội dung; các trang khác vẫn được đọc, cần xem lại trang này."
    return Notice(code=FAILED, message=message, page=page)
