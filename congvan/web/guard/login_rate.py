"""How often a password may be tried: a few times a name and a few more an address, then one waits."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

TRIES = 5
TRIES_OF_ADDRESS = 20
WINDOW_SECONDS = 300.0


class LoginRate:
    """Counts failed logins of the last five minutes in memory; a restart forgets them, which costs a restart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def wait(self, name: str, address: str) -> int:
        """How many seconds this name or address must wait before it may try again; 0 where it may."""
        with self._lock:
            waits = [self._wait(f"name {name}", TRIES), self._wait(f"address {address}", TRIES_OF_ADDRESS)]
        return max(waits)

    def failed(self, name: str, address: str) -> None:
        """Remember a failed try."""
        with self._lock:
            for key in (f"name {name}", f"address {address}"):
                self._failures[key].append(self._clock())

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name that came in."""
        with self._lock:
            self._failures.pop(f"name {name}", None)

    def _wait(self, key: str, most: int) -> int:
        tries = self._failures.get(key)
        if tries is None:
            return 0
        while tries and tries[0] <= self._clock() - WINDOW_SECONDS:
            tries.popleft()
        if not tries:
            del self._failures[key]
            return 0
        return 0 if len(tries) < most else int(tries[-most] + WINDOW_SECONDS - self._clock()) + 1
