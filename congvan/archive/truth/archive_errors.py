"""Errors whose words are for the person who gave the command."""

from __future__ import annotations


class PlainError(Exception):
    """Something that cannot be done, with the reason in words; the command ends with it and exit code 1."""
