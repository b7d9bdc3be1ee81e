"""Why a file could not be read, in words that a clerk understands."""

from __future__ import annotations


class ReadError(Exception):
    """A file could not be read. `code` is for programs, the message (Vietnamese) for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)  # both, so that the error survives the way back from a worker process
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
