"""The gold header, from the fields that a source gives. In a source `|` stands for a line break in print."""

from __future__ import annotations

from typing import Any


def plain(value: str | None) -> str | None:
    """A value without its printed line breaks; the empty string is no value."""
    return value.replace("|", " ").strip() or None if value else None


def make(header: dict[str, Any]) -> dict[str, Any]:
    """The header of the gold record."""
    number, symbol = header.get("number"), header.get("symbol")
    date = str(header["date"]) if header.get("date") else None
    gold = {
        "parent_body": plain(header.get("parent_body")),
        "issuing_body": plain(header.get("issuing_body")),
        "number": number,
        "symbol": symbol,
        "so_hieu": so_hieu(header),
        "doc_type": header["doc_type"],
        "subject": plain(header.get("subject")),
        "place": header.get("place"),
        "date": date,
        "year": int(date[:4]) if date else header.get("year"),
        "recipients": [plain(name) for name in header.get("recipients", [])],
        "distribution": [
            {"name": plain(name), "purpose": purpose or None} for name, purpose in header.get("distribution", [])
        ],
        "signers": _signers(header.get("signers", [])),
        "urgency": header.get("urgency"),
        "secrecy": header.get("secrecy"),
        "is_draft": header.get("is_draft", False),
    }
    other = {key: value for key, value in header.items() if key.endswith("_alternatives")}
    if "signers_alternatives" in other:
        other["signers_alternatives"] = [_signers(signers) for signers in other["signers_alternatives"]]
    return gold | other


def _signers(signers: list[list[str]]) -> list[dict[str, str | None]]:
    return [{"authority": plain(authority), "title": plain(title), "name": name} for authority, title, name in signers]


def so_hieu(header: dict[str, Any]) -> str | None:
    """Number and symbol as the form writes them: `1499-CV/HU` (Party), `15/KH-UBND` (State); two digits at least.

    A legal act has its year in it (`07/2022/NQ-HĐND`): then the source gives it.
    """
    if "so_hieu" in header or header.get("number") is None:
        return header.get("so_hieu")
    return f"{header['number']:02d}{'-' if '/' in header['symbol'] else '/'}{header['symbol']}"
