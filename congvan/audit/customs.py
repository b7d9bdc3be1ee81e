"""How a dispatch prints what does not come out even: rounded, cut off or rounded up, as a whole and in each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.judge import Custom, most_told
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
        column = self.columns.get(_column(draft)) if self.columns else None
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
    whole: Counter[int] = Counter()
    by_column: dict[str, Counter[int]] = {}
    titles = {}
    for draft in drafts:
        if not draft.custom:
            continue
        bits = int(draft.custom)
        whole[bits] += 1
        key = _column(draft)
        if key:
            by_column.setdefault(key, Counter())[bits] += 1
            titles[key] = (str(int(key.split("/")[2]) + 1), draft.values.get("column", ""))
    found = {key: _shown(tally) for key, tally in by_column.items()}
    columns = {key: custom for key, custom in found.items() if custom is not None}
    return Customs(_of_whole(whole), _shown(whole) is not None, columns, titles)


def _column(draft: FindingDraft) -> str:
    """The column of a figure, as the pointers of its cells have it without the row; empty for prose."""
    first = draft.pointers[0] if draft.pointers else ""
    match = _CELL.fullmatch(first) if first.startswith("/tables") else None
    return match[1] + match[2] if match else ""


def _shown(tally: Counter[int]) -> Custom | None:
    """The one custom that most figures fit, where enough of them do not fit the one that it is easily taken for:
    rounding for cutting off, either of the others for rounding."""
    custom = most_told(tally)
    other = Custom.TRUNCATED if custom is Custom.ROUNDED else Custom.ROUNDED
    alone = sum(times for bits, times in tally.items() if bits & custom and not bits & other)
    rounds = custom is not Custom.ROUNDED or any(not bits & Custom.CEILED for bits in tally)
    return custom if alone >= _SHOWN_BY and rounds else None


def _of_whole(tally: Counter[int]) -> Custom:
    custom = most_told(tally)
    if custom is Custom.ROUNDED or _shown(tally) is custom:
        return custom
    return Custom.ROUNDED if any(bits & Custom.ROUNDED for bits in tally) else Custom.NONE
