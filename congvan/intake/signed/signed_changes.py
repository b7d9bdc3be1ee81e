"""What became of the pages of a PDF after a signature: nothing that is seen, more signatures, or other content.

The leader signs, the văn thư puts in number and day and adds the office's seal (Nghị định 30/2020/NĐ-CP, Điều 13 and
Phụ lục I), Công báo adds its own: each saves the file once more behind what was signed. PyHanko's analysis of the
differences knows the updates of careful programs; those of others are judged here by the pages themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, StandardDiffPolicy

# Kept by programs about a page, not shown on it; annotations are looked at by themselves.
_UNSEEN = {"/Parent", "/P", "/Annots", "/StructParents", "/Metadata", "/LastModified", "/PieceInfo", "/Tabs", "/Group"}
_OF_A_FIELD = {"/Widget", "/Popup", "/Link"}
_DEEPEST = 60


class _AnyOrderPolicy(StandardDiffPolicy):
    """PyHanko's own policy, that takes a field signed after a certification for what it is after an approval.

    Certifying first and approving afterwards is the order of a Vietnamese office; pdfsig judges likewise.
    """

    def apply(self, old: Any, new: Any, field_mdp_spec: Any = None, doc_mdp: Any = None) -> Any:
        return super().apply(old, new, field_mdp_spec, None)


ANY_ORDER = _AnyOrderPolicy(DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule)


def pages_changed(reader: Any, revision: int) -> bool:
    """Whether what the pages of a pyHanko reader show was changed after a revision, other than by fields."""
    last = reader.xrefs.total_revisions - 1
    if revision >= last:
        return False
    return _Comparison(reader.get_historical_resolver(revision), reader.get_historical_resolver(last)).differs()


class _Comparison:
    """Two states of one file, compared object by object."""

    def __init__(self, old: Any, new: Any) -> None:
        self.old, self.new = old, new
        self.same: set[tuple[int, int]] = set()

    def differs(self) -> bool:
        was, now = (_of(state.trailer_view, "/Root", state) for state in (self.old, self.new))
        pages = list(_pages(_of(was, "/Pages", self.old), self.old))
        later = list(_pages(_of(now, "/Pages", self.new), self.new))
        if len(pages) != len(later) or self._differ(_raw(was, "/OCProperties"), _raw(now, "/OCProperties"), 0):
            return True
        return any(self._page_differs(*pair) for pair in zip(pages, later, strict=True))

    def _page_differs(self, was: Any, now: Any) -> bool:
        if self._differ(was, now, 0):
            return True
        if len(_typed_fields(was, self.old)) < len(_typed_fields(now, self.new)):
            return True
        notes, later = _notes(was, self.old), _notes(now, self.new)
        return len(notes) != len(later) or any(
            self._differ(one, other, 0) for one, other in zip(notes, later, strict=True)
        )

    def _differ(self, was: Any, now: Any, depth: int) -> bool:
        """Whether two objects differ in what is seen; references are followed in the state that each belongs to."""
        if isinstance(was, generic.IndirectObject) and isinstance(now, generic.IndirectObject):
            pair = (was.idnum, now.idnum)
            if pair in self.same:
                return False
            self.same.add(pair)  # a difference further on ends the comparison as a whole
        was, now = _resolved(was, self.old), _resolved(now, self.new)
        if depth > _DEEPEST:
            return bool(was != now)
        if isinstance(was, generic.DictionaryObject) and isinstance(now, generic.DictionaryObject):
            return self._dictionaries_differ(was, now, depth)
        if isinstance(was, generic.ArrayObject) and isinstance(now, generic.ArrayObject):
            pairs = zip(list.__iter__(was), list.__iter__(now), strict=False)
            return len(was) != len(now) or any(self._differ(one, other, depth + 1) for one, other in pairs)
        return bool(was != now)

    def _dictionaries_differ(self, was: Any, now: Any, depth: int) -> bool:
        if isinstance(was, generic.StreamObject) != isinstance(now, generic.StreamObject):
            return True
        if isinstance(was, generic.StreamObject) and was.data != now.data:
            return True
        left_out = {*_UNSEEN, "/Length", "/Filter", "/DecodeParms"} if hasattr(was, "data") else _UNSEEN
        keys = (set(was) | set(now)) - left_out
        return any(self._differ(_raw(was, key), _raw(now, key), depth + 1) for key in sorted(keys))


def _pages(node: Any, state: Any, depth: int = 0) -> Iterator[Any]:
    """The pages below a node of the page tree, with what they inherit put into them."""
    if depth > _DEEPEST:
        return
    for kid in _items(node, "/Kids", state):
        inherited = {key: _raw(node, key) for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate") if key in node}
        page = generic.DictionaryObject({**inherited, **{key: kid.raw_get(key) for key in kid}})
        if "/Kids" in page:
            yield from _pages(page, state, depth + 1)
        else:
            yield page


def _notes(page: Any, state: Any) -> list[Any]:
    """The annotations of a page that are no fields: remarks, typed text, stamps."""
    return [note for note in _items(page, "/Annots", state) if _of(note, "/Subtype", state) not in _OF_A_FIELD]


def _typed_fields(page: Any, state: Any) -> list[Any]:
    """The fields of a page that no signature stands in: a new one may hide what was signed."""
    widgets = [note for note in _items(page, "/Annots", state) if _of(note, "/Subtype", state) == "/Widget"]
    return [one for one in widgets if _field_type(one, state) != "/Sig"]


def _field_type(widget: Any, state: Any) -> Any:
    parent = _of(widget, "/Parent", state)
    return _of(widget if "/FT" in widget or not isinstance(parent, dict) else parent, "/FT", state)


def _items(dictionary: Any, key: str, state: Any) -> list[Any]:
    """The items of an array in a dictionary, in this state of the file."""
    array = _of(dictionary, key, state)
    return [_resolved(item, state) for item in list.__iter__(array)] if isinstance(array, list) else []


def _of(dictionary: Any, key: str, state: Any) -> Any:
    return _resolved(_raw(dictionary, key), state)


def _raw(dictionary: Any, key: str) -> Any:
    return dictionary.raw_get(key) if key in dictionary else generic.NullObject()


def _resolved(item: Any, state: Any) -> Any:
    return state.get_object(item.reference) if isinstance(item, generic.IndirectObject) else item
