"""Who may come in and what he may do: accounts, sessions, tokens against forged requests, limits, headers.

Called by `congvan.web.app`; `docs/security.md` tells which threat each is for.
"""
