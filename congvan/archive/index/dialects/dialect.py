"""What an index asks of its database: said by each database in a file of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, MetaData, Table
from sqlalchemy.exc import DBAPIError


class Term(NamedTuple):
    """A word or phrase that is looked for, as it was typed and folded."""

    typed: str
    folded: str


@dataclass(frozen=True)
class Conditions:
    """What a hit must satisfy besides its words: of the passage's number (`{number}` stands for it), of its row `p` and
    its dispatch's `d`; and the values.
    """

    of_number: list[str]
    of_rows: list[str]
    values: dict[str, Any]

    def all(self, number: str) -> list[str]:
        """All conditions, the passage's number being called so."""
        return [condition.format(number=number) for condition in self.of_number] + self.of_rows


class Asker(ABC):
    """Asks an index in SQL. Days come as text (ISO 8601), names of values are written `:name`."""

    execute: Callable[..., Any]
    """A statement and its values; gives rows as the sqlite3 module does."""
    driving_join: str
    """A join whose left table is to be read first."""

    @abstractmethod
    def listed(self, name: str) -> str:
        """The texts of a JSON list, as a query."""

    @abstractmethod
    def rows_of(self, name: str) -> str:
        """The lists of a JSON list, as a table whose column is `value`."""

    @abstractmethod
    def part(self, place: int) -> str:
        """A text of `t.value` of such a table."""

    @abstractmethod
    def day_part(self, place: int) -> str:
        """Likewise, as a day."""

    @abstractmethod
    def same(self, column: str, name: str) -> str:
        """Whether a column is a value, null being null."""

    @abstractmethod
    def holds(self, text: str, name: str) -> str:
        """Whether a text holds another."""

    @abstractmethod
    def unindexed(self, column: str) -> str:
        """A column by which rows are not to be found first."""

    @abstractmethod
    def find(
        self, terms: Sequence[Term], asked: Conditions, columns: str, by_rank: bool, limit: int
    ) -> Iterable[Sequence[Any]]:
        """The passages (`p`, of dispatches `d`) that hold all terms: best first, or newest first."""

    @abstractmethod
    def count_in(self, terms: Sequence[Term], low: int, high: int) -> int:
        """How many passages from a number up to another, which is left out, hold all terms."""

    @abstractmethod
    def count(self, terms: Sequence[Term], asked: Conditions, most: int) -> int:
        """How many dispatches hold all terms in a passage, files of one counted once; among so many passages."""

    @abstractmethod
    def spellings(self) -> Iterable[tuple[str, int]]:
        """The words of the archive as printed, each with the number of passages that have it."""


class Dialect(ABC):
    """How one kind of database is an index."""

    upsert: Callable[[Table], Any]

    @abstractmethod
    def asker(self, connection: Connection) -> Asker:
        """Who asks it."""

    @abstractmethod
    def stands(self, engine: Engine) -> bool:
        """Whether there is something to be asked, an index or none."""

    @abstractmethod
    def version(self, engine: Engine) -> int:
        """With which version of the tables it was wholly made; 0 where it was not."""

    @abstractmethod
    def set_version(self, connection: Connection, version: int) -> None:
        """Say that it is wholly made."""

    @abstractmethod
    def make_tables(self, engine: Engine, tables: MetaData) -> None:
        """Empty tables in place of whatever stands there."""

    @abstractmethod
    def drop(self, engine: Engine) -> None:
        """Put an index that cannot be read away."""

    @abstractmethod
    def is_sound(self, connection: Connection) -> bool:
        """Whether its pages are as they were written, as far as the database can tell."""

    @abstractmethod
    def is_damage(self, error: DBAPIError) -> bool:
        """Whether an error says that the index is damaged, which nothing but making it anew mends."""

    @abstractmethod
    def is_busy(self, error: DBAPIError) -> bool:
        """Whether an error says that another process has the index to itself, as only he has who makes it."""

    @abstractmethod
    def add_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Make passages found by their words: `id`, `text` and `folded` of each."""

    @abstractmethod
    def remove_words(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take that back; the texts are as they were added."""

    @abstractmethod
    def remove_all_words(self, connection: Connection) -> None:
        """Take all of it back."""
