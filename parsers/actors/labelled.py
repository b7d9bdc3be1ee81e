"""Roles told by a label, as plans list them under a task: `Cơ quan chủ trì: Sở Tư pháp; đơn vị phối hợp: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from parsers.actors.name_heads import body_at
from parsers.actors.name_lists import split_names
from parsers.actors.office_names import colon_end
from parsers.record.passage import Passage

_LABEL = re.compile(
    r"(?:^|(?<=[.;,(]\s)|(?<=\())\W{0,3}"
    r"(?:(?:co quan|don vi|to chuc|bo phan|phong|ban|nganh|nguoi)(?:,? (?:co quan|don vi|ca nhan))?\s+)?"
    r"(?P<role>chu tri|thuc hien|chiu trach nhiem|dau moi|duoc phan cong|phoi hop)"
    r"(?: (?:va|chinh|chu tri|thuc hien|tham muu|tong hop|trien khai|phoi hop))*\s*:\s*"
)


@dataclass(frozen=True)
class Labelled:
    """Who must act and with whom, by their labels; both empty where there is none."""

    assignees: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


def labelled(passage: Passage) -> Labelled:
    """The names behind labels of roles in a passage."""
    text, folded = passage.text, passage.folded
    labels = [found for found in _LABEL.finditer(folded) if body_at(text, folded, found.end(), bare=True)]
    found: dict[bool, list[str]] = {True: [], False: []}
    for label, following in pairwise([*labels, None]):
        assert label is not None
        stop = following.start() if following else len(text)
        end = colon_end(text[:stop], folded[:stop], label.end())
        found[label["role"] == "phoi hop"] += split_names(text, folded, label.end(), end)
    return Labelled(tuple(found[False]), tuple(found[True]))
