"""The English words of the desk: every Vietnamese one has its own, and the compiled catalogue is the printed one."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from congvan.web.pages import deadlines_page, findings_page, holding_page, register_page
from congvan.web.show import review_form, spoken

WEB = Path(spoken.__file__).resolve().parents[1]
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "desk"
OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "newstyle_gettext": "true"}}


def said_by_templates() -> set[str]:
    found = extract_from_dir(
        WEB / "templates", method_map=[("**.html", "jinja2")], options_map=OPTIONS, keywords={"_": None}
    )
    return {words for _, _, words, _, _ in found if isinstance(words, str)}


def said_by_tables() -> set[str]:
    tables = (spoken.FIELD_NAMES, spoken.OUTCOMES, spoken.STATUSES, register_page.COLUMNS, deadlines_page.GROUPS,
              holding_page.ACT_NAMES, findings_page.ANSWER_NAMES, review_form.SOURCES)  # fmt: skip
    return {words for table in tables for words in table.values()}


def test_every_word_has_its_english() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    wanted = said_by_templates() | said_by_tables()
    assert len(wanted) > 200
    assert {words for words in wanted if not known.get(words)} == set()


def test_what_is_compiled_is_what_is_printed() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as printed, CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        assert {m.id: m.string for m in read_po(printed) if m.id} == {m.id: m.string for m in read_mo(compiled) if m.id}
