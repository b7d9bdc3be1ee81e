"""The directives of the five source dispatches, against their gold: ids, labels, headings, texts, who must act."""

import json

import pytest

from ingest.read import read_file
from parsers.record.text_body import Body
from parsers.record.trail import Trail
from parsers.split.split import split_dispatches
from parsers.tasks.tasks import read_directives
from schemas.dispatch import Header
from tests.support.sources import GOLD, SEEDS, needs_seeds

NUMBERS = ("000", "001", "002", "003", "004")


@needs_seeds
@pytest.mark.parametrize("number", NUMBERS)
def test_directives_of_the_sources(number: str) -> None:
    assert SEEDS is not None and GOLD is not None
    gold = json.loads((GOLD / f"{number}.json").read_text(encoding="utf-8"))
    source = next(SEEDS.glob(f"{number}_*.txt"))
    body = Body(split_dispatches(read_file(source))[0].body)
    items = read_directives(body, Header(doc_type=gold["header"]["doc_type"]), Trail())
    found = [item.directive for item in items]
    fields = ("id", "label", "parent", "heading", "text", "assignees")
    wanted = [{field: one[field] for field in fields} for one in gold["directives"] if not one["optional"]]
    assert [one.model_dump(include=set(fields)) | {"assignees": list(one.assignees)} for one in found] == wanted
    others = [passage for passage, item in items.among_others() if item is None]
    assert not {piece.paragraph.text for rest in others for piece in rest.pieces} & {
        piece.paragraph.text for item in items for piece in item.passage.pieces
    }
