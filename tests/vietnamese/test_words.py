"""Words of several syllables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.fold import nfc
from vietnamese.words.segments import is_compound, segments, spelling


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bổ sung giáo trình, dự trù kinh phí", ["Bổ sung", "giáo trình", "dự trù", "kinh phí"]),
        ("Ban Nghiệp vụ may lễ phục", ["Ban", "Nghiệp vụ", "may", "lễ phục"]),
        ("Trung tâm Công nghệ thông tin hoàn tất", ["Trung tâm", "Công nghệ thông tin", "hoàn tất"]),
        ("rà soát quy trình vận hành công trình", ["rà soát", "quy trình", "vận hành", "công trình"]),
        ("Uỷ ban kĩ thuật", ["Uỷ ban", "kĩ thuật"]),
        ("hợp\ntác xã", ["hợp", "tác", "xã"]),
        ("", []),
    ],
)
def test_words_of_several_syllables_are_one(text: str, words: list[str]) -> None:
    assert [text[one.start : one.end] for one in segments(text)] == words


@pytest.mark.parametrize("word", ["giáo trình", "nghiệp vụ", "dự trù", "lễ phục", "quy trình", "thủy sản"])
def test_words_of_administration_are_known(word: str) -> None:
    assert is_compound(word)
    assert not is_compound(word + " xong")


def test_one_word_has_one_spelling() -> None:
    assert spelling("HOÀ") == spelling("hòa")
    assert spelling("định kì") == spelling("định kỳ")
    assert spelling("quý") == spelling("quí")
    assert spelling("huy") != spelling("hi")


@given(st.text(max_size=200))
def test_words_stand_in_order_and_cover_every_syllable(raw: str) -> None:
    text = nfc(raw)
    found = segments(text)
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert all(before.end <= after.start for before, after in pairwise(found))
    outside = "".join(text[before:after] for before, after in _gaps(found, len(text)))
    assert not any(character.isalnum() for character in outside)


def _gaps(found: list[tuple[int, int, int, str]], length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for one in found for edge in one[:2]), length]
    return list(zip(edges[::2], edges[1::2], strict=True))
