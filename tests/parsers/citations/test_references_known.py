"""Documents cited before, found among many: as if each had been compared."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.citations.citation_finder import Citation
from parsers.citations.references import _Cited, _joined, _Known, _same

MENTIONS = st.builds(
    Citation,
    start=st.just(0),
    end=st.just(0),
    doc_type=st.sampled_from([None, "luat", "nghi_quyet"]),
    so_hieu=st.sampled_from([None, None, "05-NQ/TW", "5-NQ/TW", "05 - NQ/TW"]),
    number=st.sampled_from([None, 5, 28]),
    date=st.sampled_from([None, dt.date(2024, 5, 6), dt.date(2023, 1, 2)]),
    issuer=st.sampled_from([None, "Trung ương"]),
    name=st.sampled_from([None, None, "luat dat dai", "luat dat dai sua doi", "dai hoi dang bo tinh"]),
    short=st.booleans(),
)


@settings(max_examples=300)
@given(mentions=st.lists(MENTIONS, max_size=14))
def test_a_mention_joins_the_first_document_that_it_may_be_of(mentions: list[Citation]) -> None:
    known = _Known()
    compared: list[Citation] = []
    for mention in mentions:
        if not known.joins(mention):
            known.add(_Cited("", mention))
        place = next((place for place, one in enumerate(compared) if _same(one, mention)), None)
        if place is None:
            compared.append(mention)
        else:
            compared[place] = _joined(compared[place], mention)
    assert [one.facts for one in known.cited] == compared
