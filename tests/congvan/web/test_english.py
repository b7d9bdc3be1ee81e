"""The English words of the desk: every Vietnamese one has its own, and the compiled catalogue is the printed one."""

from __future__ import annotations

import ast
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from congvan.web.pages import deadlines_page, findings_page, holding_page, register_page
from congvan.web.show import review_form, spoken
from tests.support.desks import open_desk, visit

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


def said_by_refusals() -> set[str]:
    """The sentences with which services refuse, as the catalogue has them: each open place a number."""
    found = set()
    for folder in (WEB, WEB.parent / "archive", WEB.parent / "register"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _refuses(node.func):
                    found |= {words for each in node.args if (words := _sentence(each)) and not words.isascii()}
    return found


def _refuses(called: ast.expr) -> bool:
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    return name.endswith("Error") or name in ("HTTPException", "_refusal", "_say")


def _sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    made, place = "", 0
    for piece in node.values:
        if isinstance(piece, ast.Constant):
            made += str(piece.value)
        else:
            made += f"%(p{place})s"
            place += 1
    return made


def test_refusals_are_told_in_english() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    wanted = said_by_refusals()
    assert len(wanted) > 50
    assert {words for words in wanted if not known.get(words)} == set()
    assert spoken.told("en", "Số đến 5 năm 2026 đã dùng cho 16/CT-UBND.") == (
        "The number of arrival 5 of 2026 is taken by 16/CT-UBND."
    )
    assert spoken.told("vi", "Không có tháng ấy.") == "Không có tháng ấy."
    assert spoken.told("en", "một câu không ai dịch") == "một câu không ai dịch"


def test_a_refusal_is_read_in_the_language_of_the_page(tmp_path: Path) -> None:
    client = visit(open_desk(tmp_path))
    assert "Không có tháng ấy." in client.get("/thoi-han/lich?thang=2026-13").text
    client.get("/ngon-ngu/en")
    assert "There is no such month." in client.get("/thoi-han/lich?thang=2026-13").text
    assert "There is no such page or dispatch." in client.get("/khong-co").text


def test_every_word_has_its_english() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    wanted = said_by_templates() | said_by_tables()
    assert len(wanted) > 200
    assert {words for words in wanted if not known.get(words)} == set()


def test_what_is_compiled_is_what_is_printed() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as printed, CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        assert {m.id: m.string for m in read_po(printed) if m.id} == {m.id: m.string for m in read_mo(compiled) if m.id}
