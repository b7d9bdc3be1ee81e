"""A list of names, cut where each part begins like a name of its own."""

from __future__ import annotations

import re

from parsers.actors.lexicon import all_words, grammar, words
from parsers.actors.name_heads import body_at
from parsers.actors.name_words import is_inner_comma
from parsers.actors.office_names import COUNTED, KINDS
from vietnamese.fold import fold

_EACH = re.compile(r"(?:moi|tung) (?:don vi|co quan|dia phuong|nganh|xa|huyen|noi|to chuc)$")
"""Behind the names, that each of them is meant: `Sở Y tế, Sở Công Thương, mỗi đơn vị thành lập …`."""
_LONGEST_NAME = 25
"""In words: a longer one has run on behind a verb that the table does not know; a list behind a colon may be long."""
_SEPARATOR = re.compile(r"\s*[,;:]\s*(?:va\s+)?|\s+va\s+|\s+cung\s+")


def split_names(text: str, folded: str, start: int, end: int) -> list[str]:
    """The names of a list, as printed; cut only where each part begins like a name of its own."""
    text, folded = text[start:end], folded[start:end]
    if grammar("shared_levels").search(folded) and not _takes_objects(text, folded):
        return [text.strip()]
    cuts: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(folded):
        part = cuts[-1][1] if cuts else 0
        if not is_inner_comma(folded, match.start()) and _parts(text, folded, part, match):
            cuts.append(match.span())
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    names = [text[low:high].strip(" ,;") for low, high in zip(edges[::2], edges[1::2], strict=True) if high > low]
    names[1:] = [name for name in names[1:] if not _EACH.match(fold(name))]
    return [name for name in names if len(name.split()) <= _LONGEST_NAME * (3 if ":" in name else 1)]


def _takes_objects(text: str, folded: str) -> bool:
    """Whether a name goes on with what its bearer is in charge of; `Cục Quản lý thị trường` does not."""
    whose = all_words("bodies", "plural", "persons").at(text, folded, 0) is not None
    found = (match for match in grammar("takes_objects").finditer(folded) if text[match.start()].islower())
    return any(whose or match.group() != "quan ly" for match in found)


def _parts(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether the list that began at `part` is cut at this separator."""
    after, before = separator.end(), folded[part : separator.start()]
    if ";" not in separator.group() and _which_open(text, folded, part, separator):
        return False
    hard = ";" in separator.group() or ":" in separator.group()
    if after >= len(text) or not body_at(text, folded, after, bare=hard):
        return False
    if "va" in separator.group().split() and grammar("one_office").search(before):
        return False
    person = words("bodies", "persons").at(text, folded, after) is not None
    if person and separator.group().strip() == "," and _is_office_of(text, folded, part, separator):
        return False
    counted = words("bodies", "plural").at(text, folded, after)
    if counted is not None and counted + 1 < len(text):
        person = words("bodies", "persons").at(text, folded, counted + 1) is not None
    if _takes_objects(text[part : separator.start()], before):
        return person
    if counted is None or hard or person:
        return not (text[after].islower() and not person and not hard)
    return not _shares(text, folded, part, separator)


_ONE_PERSON = re.compile(r"(?:[Đđ]ồng chí|đ/c|Đ/c|[Ôô]ng|[Bb]à)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){2,5}$")


def _is_office_of(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether what stands behind a comma is the office of the person before it: `đồng chí A, Phó Chủ tịch UBND xã`."""
    if not _ONE_PERSON.match(text[part : separator.start()].strip()):
        return False
    return not folded.startswith(("dong chi", "d/c", "ong ", "ba "), separator.end())


def _which_open(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether the separator stands in a list of which ones are meant (`Bộ trưởng các Bộ: Quốc phòng, Công an`)."""
    colon = folded.find(":", part, separator.start() + 2)
    return colon >= 0 and COUNTED.search(folded, part, colon) is not None and KINDS.match(text, colon + 2) is not None


def _shares(text: str, folded: str, part: int, separator: re.Match[str]) -> bool:
    """Whether a generic name before `các …` shares its các, or its owner, with what follows."""
    before, after = folded[part : separator.start()], folded[separator.end() :]
    last = before.rsplit(",", 1)
    if len(last) == 2 and words("bodies", "common").at(last[1].strip(), last[1].strip(), 0) is not None:
        return words("bodies", "plural").at(text, folded, part) is not None
    generic = words("bodies", "plural").at(text, folded, part) is not None
    return generic and "va" in separator.group().split() and bool(grammar("shared_owner").search(after))
