"""Every list of the lexicon says where its words are from, and no word stands in it for the sake of one known file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pypdfium2

from ingest.read import read_file
from schemas.document import Paragraph
from tests.support.sources import REAL, ROOT, SEEDS, needs_real, needs_seeds
from vietnamese.fold import nfc
from vietnamese.words.segments import is_compound

_WORD = re.compile(r"[^\W_]+")
LEXICON = tomllib.loads((ROOT / "parsers/actors/lexicon.toml").read_text("utf-8"))
SOURCES = {name: source for name, source in LEXICON["sources"].items() if name != "words"}
OF_WORDS: dict[str, str] = LEXICON["sources"]["words"]
LISTS = {
    f"{section}.{name}": [" ".join(entry.split()) for entry in listed.split(",") if entry.strip()]
    for section in ("bodies", "verbs")
    for name, listed in LEXICON[section].items()
}


def plain(text: str) -> str:
    """The words of a text, one space around each."""
    return f" {' '.join(_WORD.findall(nfc(text).lower()))} "


@cache
def known_documents() -> dict[str, str]:
    """The words of each known letter, by its name without the format: what was built in several forms is one letter."""
    assert SEEDS is not None and REAL is not None
    texts = [*SEEDS.glob("*.txt"), *REAL.glob("*.txt"), *ROOT.glob("corpus/[0-9]*/*.txt")]
    found = {path.stem: plain(path.read_text("utf-8", errors="ignore")) for path in texts}
    for path in REAL.glob("*.docx"):
        found[path.stem] = plain(_words_of(path))
    for path in REAL.glob("*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            found[path.stem] = plain(" ".join(page.get_textpage().get_text_range() for page in pdf))
    return found


def _words_of(path: Path) -> str:
    blocks = read_file(path).blocks
    return "\n".join(each.text if isinstance(each, Paragraph) else each.model_dump_json() for each in blocks)


def test_every_list_says_where_its_words_are_from() -> None:
    assert set(SOURCES) == set(LISTS)


def test_a_source_is_given_to_words_of_the_lists_only() -> None:
    listed = {entry.lower() for entries in LISTS.values() for entry in entries}
    assert set(OF_WORDS) <= listed and all(OF_WORDS.values())


@needs_seeds
@needs_real
def test_a_word_of_one_known_file_alone_has_a_source_of_its_own() -> None:
    """One syllable tells of no file, and what the dictionary lists is the language's."""
    alone = {}
    for entry in {entry.lower() for entries in LISTS.values() for entry in entries if " " in entry}:
        if entry in OF_WORDS or is_compound(entry):
            continue
        found = [name for name, words in known_documents().items() if plain(entry) in words]
        if len(found) == 1:
            alone[entry] = found[0]
    assert alone == {}
