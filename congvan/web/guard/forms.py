"""Tokens against forged requests: a form is taken only from a page that was made for the same browser.

The token is an HMAC of the browser's own cookie (and of its session, so that a token from before the login is no good
after it) under the desk's key.
"""

from __future__ import annotations

import hashlib
import hmac

FIELD = "csrf"
HEADER = "x-csrf-token"
VISIT_COOKIE = "congvan_visit"
SESSION_COOKIE = "congvan_session"


def form_token(key: bytes, visit: str, session: str) -> str:
    """The token of the forms of one browser in one session."""
    return hmac.new(key, f"{visit} {session}".encode(), hashlib.sha256).hexdigest()


def is_own(key: bytes, visit: str | None, session: str, token: str | None) -> bool:
    """Whether a token belongs to this browser and session."""
    if not visit or not token or not token.isascii():
        return False
    return hmac.compare_digest(form_token(key, visit, session), token)
