"""What is printed where: the lines of the letterhead, of Nơi nhận and of the signature block, for every format."""

from __future__ import annotations

from typing import Any

from corpus.gold_header import so_hieu
from corpus.source import Dispatch

NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]


def lines(value: str | None) -> list[str]:
    """The printed lines of a value."""
    return value.split("|") if value else []


def is_party(dispatch: Dispatch) -> bool:
    """Whether it is printed by the Party's rules of form."""
    return dispatch.header.get("regime") == "party"


def names(dispatch: Dispatch) -> tuple[list[str], list[str]]:
    """The lines of the parent body and of the issuing body (several, of a joint issue, each with its own lines)."""
    return lines(dispatch.header.get("parent_body")), lines(dispatch.header.get("issuing_body"))


def appendix_head(dispatch: Dispatch) -> list[str]:
    """The letterhead once more above the appendix, without the number, as some offices print it."""
    parent, issuer = names(dispatch)
    return [*parent, *issuer, "", *right_head(dispatch), ""]


def under_names(dispatch: Dispatch) -> list[str]:
    """What stands under the names: the star, urgency, number, and the subject of a công văn."""
    star = ["*"] if is_party(dispatch) and dispatch.form.get("star", True) else []
    return [*star, number_line(dispatch), *letter_subject(dispatch)]


def number_line(dispatch: Dispatch) -> str:
    """`Số 12-CV/HU` (Party), `Số: 12/KH-UBND` (State), with a blank where there is no number."""
    if "number_line" in dispatch.form:
        return str(dispatch.form["number_line"])
    header = dispatch.header
    if is_party(dispatch):
        return f"Số {so_hieu(header) or '     -' + header['symbol']}"
    return f"Số: {so_hieu(header) or '     /' + header['symbol']}"


def letter_subject(dispatch: Dispatch) -> list[str]:
    """The lines of a công văn's subject, as printed under its number."""
    if dispatch.header["doc_type"] != "cong_van" or not dispatch.header.get("subject"):
        return []
    return lines(dispatch.form.get("prefix", "V/v ") + dispatch.header["subject"])


def right_head(dispatch: Dispatch) -> list[str]:
    """The right column: the nation's or the Party's name, and the line of place and date."""
    head = dispatch.form.get("right", PARTY if is_party(dispatch) else NATION)
    return [*head, date_line(dispatch)]


def date_line(dispatch: Dispatch) -> str:
    """`Hải Hậu, ngày 05 tháng 7 năm 2024`: a nought before days under 10 and the first two months."""
    header = dispatch.header
    if "date_line" in dispatch.form:
        return str(dispatch.form["date_line"])
    if not header.get("date"):
        return f"{header['place']}, ngày      tháng      năm {header['year']}"
    date = header["date"]
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{header['place']}, ngày {date.day:02d} tháng {month} năm {date.year}"


def title(dispatch: Dispatch) -> tuple[list[str], list[str]]:
    """The lines of the type and of the subject below it; nothing for a công văn."""
    if dispatch.header["doc_type"] == "cong_van":
        return [], []
    prefix = dispatch.form.get("prefix", "")
    return lines(dispatch.form["title"]), lines(prefix + (dispatch.header.get("subject") or ""))


def addressees(dispatch: Dispatch) -> list[str]:
    """The lines under Kính gửi, the words `Kính gửi:` included."""
    recipients = dispatch.header.get("recipients", [])
    word = dispatch.form.get("address", "Kính gửi:")
    end = dispatch.form.get("ends", ";")
    if not recipients:
        return []
    if len(recipients) == 1:
        return lines(f"{word} {recipients[0]}{dispatch.form.get('address_end', '.')}")
    items = [f"- {name}{end}" for name in recipients[:-1]] + [f"- {recipients[-1]}."]
    inline = dispatch.form.get("address_inline", False)
    items = [f"{word} {items[0]}", *items[1:]] if inline else [word, *items]
    return [line for item in items for line in lines(item)]


def receivers(dispatch: Dispatch) -> list[str]:
    """The lines under Nơi nhận, those words included."""
    items = [_receiver(name, purpose, dispatch.form) for name, purpose in dispatch.header.get("distribution", [])]
    if not items:
        return []
    end = dispatch.form.get("ends", ";")
    printed = [f"- {item}{end}" for item in items[:-1]] + [f"- {items[-1]}."]
    return ["Nơi nhận:", *(line for item in printed for line in lines(item))]


def _receiver(name: str, purpose: str, form: dict[str, Any]) -> str:
    if purpose == "Lưu":
        return f"Lưu{form.get('keep', ':')} {name}"
    return f"{name} ({purpose})" if purpose else name


def signature_blocks(dispatch: Dispatch) -> list[tuple[list[str], str]]:
    """Each signer's lines of authority and title, and the name."""
    return [
        ([*lines(authority), *lines(office)], name) for authority, office, name in dispatch.header.get("signers", [])
    ]
