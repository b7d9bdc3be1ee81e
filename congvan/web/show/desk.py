"""Desk: what all pages share: the archive, quarantine, accounts, pictures, and how the desk was opened."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from fastapi import HTTPException
from sqlalchemy import select
from starlette.requests import Request

from congvan.archive.archive import Archive
from congvan.archive.index.sql_tables import dispatches
from congvan.intake.quarantine import Quarantine
from congvan.register.settings import FILE_NAME, Settings, load_settings
from congvan.web.guard.accounts import Accounts, Person
from congvan.web.guard.login_rate import LoginRate
from congvan.web.show.findings_kept import FindingsKept
from congvan.web.show.page_pictures import PagePictures
from congvan.web.show.uploads import Uploads

Answer = TypeVar("Answer")
_MOST_KEPT = 64


@dataclass(frozen=True)
class Opening:
    """How the desk was opened: whether people log in, what may be shown and taken in, where figures and parts lie."""

    login: bool = False
    secret: bool = False
    hosts: frozenset[str] | None = None
    most_bytes: int = 512 << 20
    most_files: int = 1000
    dataset: Path = Path("outputs/dataset")
    today: dt.date | None = None


@dataclass
class Desk:
    """One desk over one archive; used by many requests at once."""

    archive: Archive
    quarantine: Quarantine
    opening: Opening = Opening()
    _memo: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    _memo_lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.root)
        self.login_rate = LoginRate()
        self.pictures = PagePictures(self.archive)
        self.findings = FindingsKept(self.archive, self.state)
        self.uploads = Uploads(self.archive, self.quarantine, self.root / "uploads", self.opening.secret)

    def open(self) -> None:
        """What is done when the desk opens: the drawing process starts, uploads that were cut short go on."""
        self.pictures.warm()
        self.uploads.resume()
        self.findings.start()

    def close(self) -> None:
        """What is done when it closes."""
        self.findings.close()
        self.pictures.close()
        self.uploads.close()

    @property
    def root(self) -> Path:
        return self.archive.layout.root

    @property
    def today(self) -> dt.date:
        return self.opening.today or dt.date.today()

    @property
    def settings(self) -> Settings:
        """The office's settings as they stand now."""
        return load_settings(self.root)

    def state(self) -> object:
        """Changes whenever anything in the archive, its settings or the day does: answers are kept as long."""
        paths = (self.archive.layout.log, self.root / FILE_NAME)
        stats = [path.stat() if path.exists() else None for path in paths]
        return self.today, *((one.st_size, one.st_mtime_ns) if one else None for one in stats)

    def remembered(self, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question about the whole archive, asked again only after something has changed."""
        state = self.state()
        with self._memo_lock:
            known = self._memo.get(key)
        if known is not None and known[0] == state:
            answer: Answer = known[1]
            return answer
        made = ask()
        with self._memo_lock:
            if len(self._memo) >= _MOST_KEPT:
                self._memo.pop(next(iter(self._memo)))
            self._memo[key] = (state, made)
        return made

    def hidden(self, person: Person) -> frozenset[str]:
        """The files that must not be shown to this person: those of which any dispatch is marked secret."""
        return frozenset() if person.secret else self.remembered("secret", self._secret_files)

    def _secret_files(self) -> frozenset[str]:
        statement = select(dispatches.c.file_sha256).where(dispatches.c.secrecy.is_not(None))
        with self.archive.engine.connect() as connection:
            return frozenset(connection.scalars(statement))

    def may_see(self, person: Person, sha256: str) -> None:
        """Raises a 404 for a file that is not here, or not for this person: which of the two is not told."""
        if not is_hash(sha256) or not self.archive.holds(sha256) or sha256 in self.hidden(person):
            raise HTTPException(404)


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 in hexadecimal: nothing else ever becomes part of a path."""
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk
