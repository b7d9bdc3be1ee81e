"""Files mutated by the thousand (`make fuzz`), here a few of each kind; and what was found by it, as cases."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bench.fuzz import judge
from bench.mutations import FAST, mutant
from ingest.door.containers.expand import open_container
from ingest.door.registry import SourceFile
from ingest.read import read_file
from tests.support.word import p, word_bytes

FINE = ("record ok", "refused")


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("kind", FAST)
def test_a_mutant_gives_a_record_or_plain_words(kind: str, number: int, tmp_path: Path) -> None:
    path = tmp_path / f"cv.{kind}"
    path.write_bytes(mutant(kind, number))
    verdict = judge(path)
    assert verdict.kind in FINE, verdict.words


def test_a_number_gives_the_same_mutant_again() -> None:
    for kind in FAST:
        assert mutant(kind, 7) == mutant(kind, 7)
        assert len({mutant(kind, number) for number in range(8)}) > 4


DEAD_LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    b'Target="styles.xml"/></Relationships>'
)
"""Makes the archive one that is mended before it is read."""


def with_entries(data: bytes, *more: tuple[str, bytes]) -> bytes:
    """A zip file with entries added at its end, whatever their names."""
    stream = BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in more:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, content)
    return stream.getvalue()


def test_parts_without_a_name_and_twice_the_same_are_read_in_silence(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    whole = word_bytes(p("Nội dung"))
    twice = ("word/_rels/document.xml.rels", DEAD_LINK)
    path = tmp_path / "cv.docx"
    path.write_bytes(with_entries(whole, ("", b"a"), twice, twice))
    assert read_file(path).text == "Nội dung"
    assert not recwarn.list


def test_a_zip_with_a_nameless_entry_gives_the_others() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("cv.txt", "Số: 1-CV/HU")
    opened = open_container(SourceFile.of("a.zip", with_entries(stream.getvalue(), ("", b"a"))))
    assert [member.name for member in opened.members] == ["cv.txt"]
