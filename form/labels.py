"""Lines by which the parts of the form are known (table: `labels.toml`), and a few that need more than a pattern."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz

from form.doc_types import DocumentType, document_types, names_pattern, type_named
from form.offices import body_level, is_office, surnames
from vietnamese.fold import fold
from vietnamese.surnames import is_surname
from vietnamese.syllables import is_syllable

LINE = 110
"""The longest line of a letterhead or a signature block, in characters."""

_NATIONAL = "conghoaxahoichunghiavietnam"
_PARTY = "dangcongsanvietnam"
_MOTTO = "doclaptudohanhphuc"
_NO_LETTERS = re.compile(r"[^a-z]+")
_ALIKE = 92
"""How alike (percent) a misread title must be to the name of a type."""
_NEAR = 82
"""How alike (percent) a line of OCR must be to the Quốc hiệu or the Tiêu ngữ."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rows = ((name, row["pattern"].replace("{names}", _alternatives(row))) for name, row in _table().items())
    return {name: re.compile(pattern) for name, pattern in rows}


def _alternatives(row: dict[str, Any]) -> str:
    return "|".join(name.replace(" ", r"\s*") for name in row.get("names", ()))


def distribution_names() -> str:
    """How offices word Nơi nhận, as alternatives for a pattern on folded text."""
    return f"(?:{_alternatives(_table()['distribution_label'])})"


def is_line(name: str, text: str) -> bool:
    """Whether the text starts as the line of this name in `labels.toml`."""
    return _patterns()[name].match(fold(text)) is not None


@lru_cache(maxsize=1024)
def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))


def is_national_heading(text: str) -> bool:
    """Quốc hiệu, even where OCR has spoilt a few letters.

    >>> is_national_heading("CỌNG HÒA XÃ HỘI CHỦ NGHIA VIẸT NAM"), is_national_heading("ỦY BAN NHÂN DÂN TỈNH")
    (True, False)
    """
    return _near(text, _NATIONAL)


def is_motto(text: str) -> bool:
    """Tiêu ngữ, likewise.

    >>> is_motto("Độc lập — Tự do - Hạnh phức")
    True
    """
    return _near(text, _MOTTO)


def is_party_heading(text: str) -> bool:
    """The Party's heading in capitals, even where OCR has spoilt a letter.

    >>> is_party_heading("ĐẢNG CỘNG SẢN VIỆ1 NAM"), is_party_heading("ĐẢNG BỘ TỈNH")
    (True, False)
    """
    return is_upper(text) and (is_line("party_heading", text) or _near(text, _PARTY))


def _near(text: str, wanted: str) -> bool:
    letters = _letters(text)
    if not len(wanted) * 0.75 <= len(letters) <= len(wanted) * 1.35:
        return False
    return letters == wanted or fuzz.ratio(letters, wanted, score_cutoff=_NEAR) > 0


def is_state_heading(text: str) -> bool:
    """Quốc hiệu, Tiêu ngữ or both on one line, or what OCR left of Tiêu ngữ."""
    letters = _letters(text)
    if 8 <= len(letters) < len(_MOTTO) and len(text) < 40 and fuzz.partial_ratio(letters, _MOTTO) >= _NEAR:
        return True
    return _near(text, _NATIONAL) or _near(text, _MOTTO) or _near(text, _NATIONAL + _MOTTO)


def is_heading(text: str) -> bool:
    """The right half of a letterhead's first lines: Quốc hiệu, or the Party's heading."""
    return len(text) <= LINE and (is_party_heading(text) or _near(text, _NATIONAL) or _near(text, _NATIONAL + _MOTTO))


def is_foreign(text: str) -> bool:
    """Whether a line is in another language, as the name of a body that is printed again below: no mark, and hardly a
    word that Vietnamese has.

    >>> is_foreign("UNIVERSITY OF INDUSTRY"), is_foreign("UBND XÃ AN LONG"), is_foreign("BAN THANH TRA")
    (True, False, False)
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    known = sum(is_syllable(word) for word in words)
    return len(words) > 2 and text.isascii() and known * 2 < len(words) and body_level(text) is None


@lru_cache(maxsize=1024)
def is_upper(text: str) -> bool:
    """Whether nearly all letters are capitals (a slip of OCR or an abbreviation like `Tp` is forgiven)."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return bool(letters) and capitals * 5 >= len(letters) * 4


@cache
def _title_patterns() -> tuple[re.Pattern[str], ...]:
    """The longest titles first; then the bare names, for `THÔNG BÁO Kết luận của …`, whose capitals end earlier."""
    names = (names_pattern(), "|".join(r"\s+".join(fold(kind.name).split()) for kind in document_types()))
    return tuple(re.compile(rf"\W{{0,4}}(?:du\s+thao\W+)?(?P<name>{name})(?P<rest>.*)$") for name in names)


def type_title(text: str) -> tuple[DocumentType, str] | None:
    """The type that a title line in capitals names, and the rest of the line; None where it is no title.

    >>> kind, rest = type_title("KẾ HOẠCH")
    >>> kind.key, rest
    ('ke_hoach', '')
    """
    folded = fold(text)
    if _is_ward(text):
        return None
    for pattern in _title_patterns():
        found = pattern.match(folded)
        if found is None or not is_upper(text[found.start("name") : found.end("name")]):
            continue
        rest = text[found.start("rest") :]
        kind = type_named(found["name"])
        if kind is not None and not (rest and rest[0].isalnum()):
            return kind, rest.strip(" *:.-")
    return _misread_title(text)


def _is_ward(text: str) -> bool:
    """`PHƯỜNG AN HỘI` is a ward's name; without marks it reads as the title `PHƯƠNG ÁN`."""
    return text.strip(" *").lower().startswith("phường ")


def _misread_title(text: str) -> tuple[DocumentType, str] | None:
    """A title alone on its line in which OCR has spoilt a letter: `KÉẺ HOẠCH`."""
    letters = _letters(text)
    if not 6 < len(letters) < 24 or not is_upper(text) or any(character.isdigit() for character in text):
        return None
    ratio, best = max(((fuzz.ratio(letters, name), kind) for name, kind in _type_letters()), key=itemgetter(0))
    return (best, "") if ratio >= _ALIKE else None


@cache
def _type_letters() -> tuple[tuple[str, DocumentType], ...]:
    return tuple((_letters(kind.name), kind) for kind in document_types())


def is_spaced_title(text: str) -> DocumentType | None:
    """The type of a title with letters set apart: `T Ờ   T R Ì N H`.

    >>> is_spaced_title("Q U Y Ế T Đ Ị N H").key
    'quyet_dinh'
    """
    pieces = text.split()
    if len(pieces) < 5 or sum(len(piece) == 1 for piece in pieces) < len(pieces) * 0.8:
        return None
    letters = _letters(text)
    return next((kind for kind in document_types() if fold(kind.name).replace(" ", "") == letters), None)


_RANKS = re.compile(
    r"^\W{0,3}((gs|pgs|ts|ths|bs|bscki|bsckii|bsck[12]|cki|ckii|ck[12]|ds|dsck(?:ii?|[12])|ks|kts|cn|cvcc|ttnd|ttut"
    r"|ngnd|ngut|nsnd|nsut|tskh|ls|lg|luat su|bac si|thac si|tien si|nguoi ky|dong chi"
    r"|dai ta|thuong ta|trung ta|thieu ta|dai tuong|thuong tuong|trung tuong|thieu tuong"
    r"|dai uy|thuong uy|trung uy|thieu uy)\b[\s.,-]*)+"
)


def is_name(text: str) -> bool:
    """Whether a line can be the name below a signature: two to six capitalised words, with or without rank.

    >>> is_name("Bùi Gia Huân"), is_name("PGS.TS. Trần Văn An"), is_name("PHÓ BÍ THƯ"), is_name("Nơi nhận:")
    (True, True, False, False)
    """
    name = _without_rank(text)
    words = name.replace("-", " ").replace("–", " ").split()
    if not 2 <= len(words) <= 6 or len(name) > 45:
        return False
    # H'Blơm, K'Brểu: names of the highlands.
    parts = [part for word in words for part in re.split(r"(?<=^[A-ZĐ])['’](?=[A-ZÀ-ỸĐ])", word.strip("'’"))]
    return all(part.isalpha() and part[0].isupper() and part[1:] == part[1:].lower() for part in parts)


def is_capital_name(text: str) -> bool:
    """A name in capitals: a family name first, two to five words, no office.

    >>> is_capital_name("TRẦN VĂN ÁNH"), is_capital_name("Đại tá TRẦN VĂN ÁNH"), is_capital_name("TRƯỞNG BAN")
    (True, True, False)
    """
    name = _without_rank(text)
    words = fold(name).split()
    return (
        2 <= len(words) <= 5
        and words[0] in surnames()
        and all(word.isalpha() for word in words)
        and is_upper(name)
        and not is_office(name)
        # `TRƯƠNG` is a surname, and `TRƯỜNG` begins a school's name.
        and (body_level(name) is None or (is_surname(name.split()[0]) and words[0] == "truong"))
    )


def _without_rank(text: str) -> str:
    rank = _RANKS.match(fold(text))
    return (text[rank.end() :] if rank else text).strip(" .,*_'’`|-")
