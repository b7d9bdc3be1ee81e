"""The audit of a dispatch: every check, put into findings, and every figure counted, checked or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from congvan.audit.customs import customs_of
from congvan.audit.prose.against import check_against
from congvan.audit.prose.counts import check_counts
from congvan.audit.prose.prose import check_prose
from congvan.audit.prose.twice import check_twice
from congvan.audit.prose.views import TableView
from congvan.audit.read.finding_draft import FindingDraft
from congvan.audit.read.judge import Custom, has
from congvan.audit.read.misread import may_be_misread, unvouched
from congvan.audit.read.names import Directory
from congvan.audit.read.sheet import Sheet, doubted_places, sheets
from congvan.audit.tables.averages import check_averages
from congvan.audit.tables.named_sums import named_sums
from congvan.audit.tables.ranks import check_ranks
from congvan.audit.tables.relations import relations
from congvan.audit.tables.row_checks import check_rows
from congvan.audit.tables.running_sums import check_running
from congvan.audit.tables.sums import sums
from congvan.audit.tables.totals import check_totals
from congvan.audit.tables.turned import turned_relations
from congvan.audit.wording import Language, Wording, wording
from schemas.dispatch import Dispatch
from schemas.finding import Finding

_GRAVITY = ("disagrees", "cannot_tell", "truncated", "agrees")


@dataclass
class Audit:
    """What the audit says of one dispatch. `states`: each figure's pointer with its verdict, `operand`, or why it was
    not checked (`goal`, `threshold`, `no_operands`, `not_in_table`, `no_relation`). `customs`: how the dispatch and its
    columns round, in sentences."""

    dispatch: str
    so_hieu: str | None
    findings: tuple[Finding, ...]
    states: dict[str, str] = field(default_factory=dict)
    customs: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int | dict[str, int]]:
        """How many figures there are, and what became of each."""
        tally = Counter(self.states.values())
        checked = tally["agrees"] + tally["truncated"] + tally["disagrees"]
        reasons = {state: number for state, number in sorted(tally.items()) if state not in (*_GRAVITY, "operand")}
        return {
            "figures": len(self.states),
            "checked": checked,
            "agrees": tally["agrees"],
            "truncated": tally["truncated"],
            "disagrees": tally["disagrees"],
            "cannot_tell": tally["cannot_tell"],
            "operands": tally["operand"],
            "unchecked": sum(reasons.values()),
            "reasons": reasons,
        }


def audit(dispatch: Dispatch, language: Language = "vi") -> Audit:
    """Check every reported figure of one dispatch (not of those attached to it) by itself and against its tables."""
    skipped: dict[str, str] = {}
    tables = list(sheets(dispatch))
    drafts = list(_drafts(dispatch, tables, skipped))
    doubted = doubted_places(dispatch, "/claims") | doubted_places(dispatch, "/tables")
    for draft in drafts if doubted else ():
        draft.doubted = draft.doubted or not doubted.isdisjoint(draft.pointers)
    weak = unvouched(dispatch)
    for draft in drafts if weak else ():
        draft.doubted = draft.doubted or (draft.verdict == "disagrees" and may_be_misread(dispatch, draft, weak))
    return assemble(dispatch, drafts, _figures(dispatch, tables), skipped, wording(language))


def extend(one: Audit, drafts: Sequence[FindingDraft], words: Wording) -> Audit:
    """The audit with more findings behind its own, the states of the figures following them."""
    first = len(one.findings) + 1
    added = tuple(
        _finding(draft, f"F{number}", one.dispatch, (Custom.ROUNDED, False), words)
        for number, draft in enumerate(drafts, start=first)
    )
    findings = (*one.findings, *added)
    unchecked = {pointer: state for pointer, state in one.states.items() if state not in (*_GRAVITY, "operand")}
    return Audit(one.dispatch, one.so_hieu, findings, _states(one.states, findings, unchecked), one.customs)


def _drafts(dispatch: Dispatch, tables: Sequence[Sheet], skipped: dict[str, str]) -> Iterator[FindingDraft]:
    views = []
    for sheet in tables:
        added = sums(sheet)
        found = relations(sheet, added)
        views.append(TableView(sheet, found, Directory(sheet)))
        added += named_sums(sheet, {one.target for one in (*added, *found)})
        yield from check_ranks(sheet)
        targets = {relation.target for relation in found}
        yield from check_running(sheet, {one.target for one in (*added, *found)})
        yield from check_averages(sheet, {one.target for one in found if one.kind == "ratio"})
        yield from check_rows(sheet, [*found, *(one for one in added if one.target not in targets)])
        yield from check_totals(sheet, found)
        turned = turned_relations(sheet, {relation.target for relation in (*found, *added)})
        if turned is not None:
            yield from check_rows(*turned)
    yield from check_prose(dispatch, skipped.__setitem__)
    if views:
        yield from check_against(dispatch.claims, views)
    yield from check_twice(views)
    yield from check_counts(dispatch.claims, views)
    yield from _absent(dispatch)


def _absent(dispatch: Dispatch) -> Iterator[FindingDraft]:
    """Appendices that the text announces and the file lacks."""
    for notice in dispatch.warnings:
        if notice.code == "missing_appendix":
            pointers = (notice.pointer,) if notice.pointer else ()
            yield FindingDraft(
                "missing_appendix", "cannot_tell", "missing_appendix", {"text": notice.message}, pointers=pointers
            )


def _figures(dispatch: Dispatch, tables: Sequence[Sheet]) -> Iterator[str]:
    """The pointers of all figures: claims, and numbers in tables."""
    for place in range(len(dispatch.claims)):
        yield f"/claims/{place}"
    for sheet in tables:
        for row in sheet.entries:
            for entry in row:
                if entry is not None:
                    yield entry.pointer


def assemble(
    dispatch: Dispatch, drafts: Sequence[FindingDraft], figures: Iterable[str], skipped: dict[str, str], words: Wording
) -> Audit:
    """Findings in words, judged by the custom of their column or of the whole dispatch, and every figure's state."""
    customs = customs_of(drafts)
    findings = tuple(
        _finding(draft, f"F{number}", dispatch.id, customs.of(draft), words)
        for number, draft in enumerate(drafts, start=1)
    )
    states = _states(figures, findings, skipped)
    return Audit(dispatch.id, dispatch.header.so_hieu, findings, states, tuple(customs.told(words)))


def _finding(draft: FindingDraft, number: str, dispatch: str, custom: tuple[Custom, bool], words: Wording) -> Finding:
    tail = _settle(draft, *custom)
    explanation = words.say(draft.message, draft.values) + (words.say(tail) if tail else "")
    return Finding.made(
        id=number,
        dispatch=dispatch,
        check=draft.check,
        verdict=draft.verdict,
        reported=draft.reported,
        computed=draft.computed,
        explanation=explanation,
        pointers=draft.pointers,
    )


def _settle(draft: FindingDraft, custom: Custom, of_column: bool) -> str | None:
    """The last word on a draft's verdict, and the sentence that is added to say why. `of_column`: its column shows the
    custom, and not the whole dispatch only."""
    if draft.doubted and draft.verdict == "disagrees":
        draft.verdict = "cannot_tell"
        return "doubted"
    if not draft.custom or has(draft.custom, Custom.ROUNDED):
        return None
    if has(draft.custom, Custom.TRUNCATED):
        if custom is Custom.NONE:
            return "custom_one_truncated"
        return f"custom_{_reach(of_column, custom is Custom.TRUNCATED)}_truncated"
    if custom is Custom.CEILED:
        draft.verdict = "agrees"
    return f"custom_{_reach(of_column, custom is Custom.CEILED)}_ceiled"


def _reach(of_column: bool, fits: bool) -> str:
    """Does a figure follow the custom of the whole dispatch or of its column, or is it odd there?"""
    if of_column:
        return "column" if fits else "column_odd"
    return "all" if fits else "odd"


def _states(figures: Iterable[str], findings: Sequence[Finding], skipped: dict[str, str]) -> dict[str, str]:
    """What became of each figure: its gravest verdict, else that others were checked by it, else why not checked."""
    verdicts: dict[str, str] = {}
    operands: set[str] = set()
    for finding in findings:
        if finding.pointers:
            first = finding.pointers[0]
            held = verdicts.get(first)
            if held is None or _GRAVITY.index(finding.verdict) < _GRAVITY.index(held):
                verdicts[first] = finding.verdict
            operands.update(finding.pointers[1:])
    states: dict[str, str] = {}
    for pointer in figures:
        unchecked = skipped.get(pointer) or ("not_in_table" if pointer.startswith("/claims/") else "no_relation")
        states[pointer] = verdicts.get(pointer) or ("operand" if pointer in operands else unchecked)
    return states
