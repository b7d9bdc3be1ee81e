"""Which files of a watched folder have stopped growing.

Quiet time grows with what the path did before: a file that came whole is taken at the second look, one whose format
cannot say that it is whole a little later, one that was seen to grow after minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from congvan.intake.unfinished import ends_for_sure, has_begun_only, is_open_for_writing, is_unfinished_name
from congvan.intake.watching.take_away import State, state_of

_LOOKS = 2
_LONGEST_WAIT = 1800.0


@dataclass(frozen=True)
class Patience:
    """How many seconds a path must be quiet: `valid_beginnings` where a beginning of the format is valid too, `grew`
    where it was seen to grow (or three times its longest pause), `torn` where the format's end is missing.
    """

    valid_beginnings: float = 4.0
    grew: float = 120.0
    grew_to_an_end: float = 10.0
    torn: float = 120.0


@dataclass
class _Look:
    """What was seen of a path: its state, since when it is so, how often it was looked at so, how it grew before."""

    state: State
    since: float
    age: float
    looks: int = 1
    grew: bool = False
    longest_pause: float = 0.0
    given: bool = False


class Steady:
    """Which files of a folder are whole, asked again and again; each is given once for a state of it."""

    def __init__(
        self,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._looks: dict[Path, _Look] = {}
        self._patience = patience or Patience()
        self._clock = clock
        self._wall = wall

    def ready(self, paths: list[Path]) -> list[Path]:
        """The files that are steady now and were not given before in this state; those that are gone are forgotten."""
        for gone in self._looks.keys() - set(paths):
            del self._looks[gone]
        return [path for path in paths if self._is_ready(path)]

    def _is_ready(self, path: Path) -> bool:
        state = None if is_unfinished_name(path.name) else state_of(path)
        if state is None:
            self._looks.pop(path, None)
            return False
        look = self._looks[path] = self._seen(self._looks.get(path), state)
        if look.given or look.looks < _LOOKS or is_open_for_writing(path):
            return False
        quiet = self._clock() - look.since + look.age
        if quiet < self._wanted(path, look):
            return False
        look.given = True
        return True

    def _seen(self, last: _Look | None, state: State) -> _Look:
        now = self._clock()
        if last is None:  # how long it has lain here may be known by its times
            age = max(0.0, self._wall() - max(state[1], state[2]) / 1e9)
            return _Look(state, now, age)
        if last.state == state:
            last.looks += 1
            return last
        grew = last.grew or last.state[0] != state[0] or last.state[1] != state[1]
        pause = max(last.longest_pause, now - last.since) if grew else last.longest_pause
        return _Look(state, now, 0.0, grew=grew, longest_pause=pause, given=last.given and not _is_new(last, state))

    def _wanted(self, path: Path, look: _Look) -> float:
        if has_begun_only(path):
            return self._patience.torn
        if ends_for_sure(path):
            return self._patience.grew_to_an_end if look.grew else 0.0
        if look.grew:
            return min(_LONGEST_WAIT, max(self._patience.grew, 3 * look.longest_pause))
        return self._patience.valid_beginnings


def _is_new(last: _Look, state: State) -> bool:
    """Whether the content may have changed: a new name or new rights alone change the third time only."""
    return last.state[:2] != state[:2]
