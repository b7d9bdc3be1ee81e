"""How a dispatch prints what does not come out even: rounded, cut off or rounded up, as a whole and in each column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.judge import Custom, has, prevailing
from congvan.audit.wording import Wording

_SHOWN_BY = 2
"""So many figures that fit no other way show that a dispatch or a column cuts off, or rounds up."""

_CELL = re.compile(r"(/tables/\d+)/rows/\d+(/cells/\d+)")
_NAMES = {Custom.ROUNDED: "rounded", Custom.TRUNCATED: "truncated", Custom.CEILED: "ceiled"}


@dataclass(frozen=True)
class Customs:
    """The custom of the whole dispatch (`NONE`: nothing shows one), and those of the columns that show their own."""

    whole: Custom
    shown: bool
    columns: dict[str, Custom]
    titles: dict[str, tuple[str, str]]

    def of(self, draft: FindingDraft) -> tuple[Custom, bool]:
        """The custom that a figure is judged by, and whether its column shows it."""
        column = self.columns.get(_column(draft))
        return (self.whole, False) if column is None else (column, True)

    def told(self, words: Wording) -> Iterator[str]:
        """What is shown of them, in sentences: of the whole, and of columns that have another one."""
        if self.shown:
            yield words.say(f"customs_{_NAMES[self.whole]}")
        for key, custom in self.columns.items():
            if custom is not self.whole or not self.shown:
                table, column = self.titles[key]
                yield words.say(f"customs_column_{_NAMES[custom]}", {"table": table, "column": column})


def customs_of(drafts: Sequence[FindingDraft]) -> Customs:
    """The customs that the judged figures of a dispatch show."""
    judged = [(draft, draft.custom) for draft in drafts if draft.custom]
    all_of_them = [custom for _, custom in judged]
    by_column: dict[str, list[Custom]] = defaultdict(list)
    titles = {}
    for draft, custom in judged:
        key = _column(draft)
        if key:
            by_column[key].append(custom)
            titles[key] = (str(int(key.split("/")[2]) + 1), draft.values.get("column", ""))
    found = {key: _shown(some) for key, some in by_column.items()}
    columns = {key: custom for key, custom in found.items() if custom is not None}
    return Customs(_of_whole(all_of_them), _shown(all_of_them) is not None, columns, titles)


def _column(draft: FindingDraft) -> str:
    match = _CELL.fullmatch(draft.pointers[0]) if draft.pointers else None
    return match[1] + match[2] if match else ""


def _shown(customs: Iterable[Custom]) -> Custom | None:
    """The custom that most figures fit, where enough of them do not fit the one that it is easily taken for: rounding
    for cutting off, either of the others for rounding."""
    customs = list(customs)
    custom = prevailing(customs)
    other = Custom.TRUNCATED if custom is Custom.ROUNDED else Custom.ROUNDED
    alone = sum(1 for one in customs if has(one, custom) and not has(one, other))
    rounds = custom is not Custom.ROUNDED or any(not has(one, Custom.CEILED) for one in customs)
    return custom if alone >= _SHOWN_BY and rounds else None


def _of_whole(customs: Sequence[Custom]) -> Custom:
    custom = prevailing(customs)
    if custom is Custom.ROUNDED or _shown(customs) is custom:
        return custom
    return Custom.ROUNDED if any(has(one, Custom.ROUNDED) for one in customs) else Custom.NONE
