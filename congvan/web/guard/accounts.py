"""Accounts, sessions and addresses of calendars, in one small database beside the archive.

Passwords are kept as Argon2id hashes, sessions, tokens and calendar addresses as SHA-256 of what the person
holds, so that a stolen copy of the file lets nobody in.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from congvan.archive.truth.archive_errors import PlainError

Role = Literal["reader", "clerk", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LEAST_LETTERS = 10
SESSION_SECONDS = 12 * 3600
"""A session ends after a working day."""

_FILE = "desk.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, secret INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, name TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL, label TEXT NOT NULL, role TEXT NOT NULL,
    until REAL NOT NULL
);
"""


@dataclass(frozen=True)
class Person:
    """Who sits at the desk: name, role, and whether documents marked secret may be shown to him."""

    name: str
    role: Role = "reader"
    secret: bool = False

    def may(self, role: Role) -> bool:
        """Whether this person's role is at least `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)


class ProgramToken(NamedTuple):
    """A token that a program of somebody's holds: its id, whose, what for, its role, and until when it is good."""

    id: str
    name: str
    label: str
    role: Role
    until: float


class AccountError(PlainError):
    """An account that cannot be made or changed, with the reason in words."""


class Accounts:
    """The accounts of an archive. The file is made at the first use, readable by its owner alone."""

    def __init__(self, root: Path) -> None:
        self._path = root / _FILE
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._database() as database:
            database.executescript(_TABLES)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as database, database:
            yield database

    def any(self) -> bool:
        """Whether there is any account."""
        with self._database() as database:
            return database.execute("SELECT 1 FROM users LIMIT 1").fetchone() is not None

    def people(self) -> list[Person]:
        """All accounts, by name."""
        with self._database() as database:
            rows = database.execute("SELECT name, role, secret FROM users ORDER BY name")
            return [Person(name, role, bool(secret)) for name, role, secret in rows]

    def put(self, person: Person, password: str) -> None:
        """Make an account, or change its role and password; his sessions end. Raises `AccountError`."""
        from argon2 import PasswordHasher

        if not person.name.strip() or len(person.name) > 100:
            raise AccountError("Tên tài khoản phải có từ 1 đến 100 chữ.")
        if len(password) < LEAST_LETTERS:
            raise AccountError(f"Mật khẩu phải có ít nhất {LEAST_LETTERS} chữ.")
        values = (person.name, PasswordHasher().hash(password), person.role, int(person.secret))
        with self._database() as database:
            database.execute(
                "INSERT INTO users (name, hash, role, secret) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE "
                "SET hash = excluded.hash, role = excluded.role, secret = excluded.secret",
                values,
            )
            database.execute("DELETE FROM sessions WHERE name = ?", (person.name,))

    def remove(self, name: str) -> None:
        """Take an account away, with its sessions. Raises `AccountError` where there is none."""
        with self._database() as database:
            if database.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount == 0:
                raise AccountError(f"Không có tài khoản “{name}”.")
            for table in ("sessions", "tokens"):
                database.execute(f"DELETE FROM {table} WHERE name = ?", (name,))

    def enter(self, name: str, password: str) -> str | None:
        """A new session for whoever knows the password, or None. A name that is not known costs the same time."""
        from argon2 import PasswordHasher
        from argon2.exceptions import VerificationError

        with self._database() as database:
            row = database.execute("SELECT hash FROM users WHERE name = ?", (name,)).fetchone()
        hasher = PasswordHasher()
        try:
            hasher.verify(row[0] if row else hasher.hash("nobody"), password)
        except VerificationError:
            return None
        return self._begin(name) if row else None

    def _begin(self, name: str) -> str:
        token = secrets.token_urlsafe(32)
        with self._database() as database:
            database.execute("DELETE FROM sessions WHERE until < ?", (time.time(),))
            database.execute(
                "INSERT INTO sessions VALUES (?, ?, ?)", (_hashed(token), name, time.time() + SESSION_SECONDS)
            )
        return token

    def whose(self, token: str) -> Person | None:
        """The person of a session, or None where it is unknown or over."""
        statement = (
            "SELECT u.name, u.role, u.secret FROM sessions s JOIN users u ON u.name = s.name "
            "WHERE s.token = ? AND s.until > ?"
        )
        with self._database() as database:
            row = database.execute(statement, (_hashed(token), time.time())).fetchone()
        return Person(row[0], row[1], bool(row[2])) if row else None

    def leave(self, token: str) -> None:
        """End a session."""
        with self._database() as database:
            database.execute("DELETE FROM sessions WHERE token = ?", (_hashed(token),))

    def new_token(self, name: str, label: str, role: Role, days: int) -> str:
        """A token for a program of somebody's, told this once. It may do no more than `role`, nor than the person may
        when it is used. Raises `AccountError` for a name without an account.
        """
        if name not in {one.name for one in self.people()}:
            raise AccountError(f"Không có tài khoản “{name}”.")
        token = f"congvan_{secrets.token_urlsafe(32)}"
        values = (secrets.token_hex(4), _hashed(token), name, label[:100], role, time.time() + days * 24 * 3600)
        with self._database() as database:
            database.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)", values)
        return token

    def tokens(self) -> list[ProgramToken]:
        """The tokens that are good, by whose they are."""
        statement = "SELECT id, name, label, role, until FROM tokens WHERE until > ? ORDER BY name, until"
        with self._database() as database:
            return [ProgramToken(*row) for row in database.execute(statement, (time.time(),))]

    def revoke(self, token_id: str) -> None:
        """End a token. Raises `AccountError` where there is none of this id."""
        with self._database() as database:
            if database.execute("DELETE FROM tokens WHERE id = ?", (token_id,)).rowcount == 0:
                raise AccountError(f"Không có mã truy cập “{token_id}”.")

    def whose_token(self, token: str) -> Person | None:
        """The person whose program holds a token, with what the token may do; None where it is unknown or over."""
        statement = (
            "SELECT u.name, u.role, u.secret, t.role FROM tokens t JOIN users u ON u.name = t.name "
            "WHERE t.token = ? AND t.until > ?"
        )
        with self._database() as database:
            row = database.execute(statement, (_hashed(token), time.time())).fetchone()
        if row is None:
            return None
        least: Role = min(row[1], row[3], key=ROLES.index)
        return Person(row[0], least, bool(row[2]))

    def new_calendar(self, name: str) -> str:
        """A new secret part of the address of a person's calendar; the old one is no good any more."""
        token = secrets.token_urlsafe(24)
        with self._database() as database:
            database.execute(
                "INSERT INTO keys VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (f"calendar {name}", _hashed(token)),
            )
        return token

    def whose_calendar(self, token: str) -> str | None:
        """The name of the person whose calendar has this secret address, or None."""
        with self._database() as database:
            row = database.execute(
                "SELECT name FROM keys WHERE value = ? AND name LIKE 'calendar %'", (_hashed(token),)
            ).fetchone()
        return str(row[0]).removeprefix("calendar ") if row else None

    def signing_key(self) -> bytes:
        """The key with which forms are signed, drawn once."""
        with self._database() as database:
            database.execute("INSERT OR IGNORE INTO keys VALUES ('signing', ?)", (secrets.token_hex(32),))
            return bytes.fromhex(database.execute("SELECT value FROM keys WHERE name = 'signing'").fetchone()[0])


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
