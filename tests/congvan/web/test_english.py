"""The English words of the desk: every Vietnamese one has its own, and the compiled catalogue is the printed one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from congvan.web.pages import deadlines_page, findings_page, holding_page, register_page
from congvan.web.show import review_form, spoken
from schemas.source import Notice
from tests.support.desks import open_desk, visit
from tests.support.kept_letters import Letter, put_letter

WEB = Path(spoken.__file__).resolve().parents[1]
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "desk"
NOT_OF_A_FILE = ("summary.py", "watch.py", "take_away.py", "cluster_client.py", "spread.py", "own_folders.py")
SENTENCE = re.compile(r"(?s)(?:[^\W\d_a-z]|[«%])[^\\]*\w[^\\]* [^\\]*\w[^\\]*\.")
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


def said_by_readers() -> set[str]:
    """The sentences that readers, parsers and intake say of a file: its warnings, and why it is held."""
    found = set()
    for room in ("ingest", "parsers", "congvan/intake"):
        for path in (WEB.parents[1] / room).rglob("*.py"):
            if path.name not in NOT_OF_A_FILE:
                found |= {words.replace("«{}»: ngày này là {}", "«%(p0)s»: ngày này là %(p1)s").replace("{}", "%(p0)s")
                          for words in _sentences_of(ast.parse(path.read_text(encoding="utf-8")))}  # fmt: skip
    return found


def _sentences_of(tree: ast.Module) -> set[str]:
    """Its texts that are whole sentences, docstrings left out: they begin large and end with a full stop."""
    inner = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for each in ast.walk(node) if each is not node}  # fmt: skip
    inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = {_sentence(node) for node in ast.walk(tree) if isinstance(node, ast.expr) and id(node) not in inner}
    return {text for text in texts if not text.isascii() and SENTENCE.fullmatch(text) and "(?" not in text}


def test_warnings_and_reasons_are_told_in_english() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        known = {message.id for message in read_po(file) if message.string}
    wanted = said_by_readers() - {"%(p0)s (trong đoạn “%(p1)s”)."}  # the end of a sentence, which is known whole
    assert len(wanted) > 100
    assert wanted - known == set()
    failed = "Trang 3: bước tìm khung bảng gặp lỗi nên bị bỏ qua; phần còn lại vẫn được đọc, cần xem lại trang này."
    assert spoken.told("en", failed).startswith("Page 3: the step “finding frames of tables” failed")
    assert spoken.told("en", "Chữ bị gạch ngang “a” đã bỏ ra, không tính là nội dung (trong đoạn “b”).") == (
        "The struck words “a” were left out (in the paragraph “b”)."
    )
    assert spoken.told("en", "Số văn bản viết tay, cần người đọc lại.") == (
        "The number is written by pen: a person must read it."
    )


def test_a_warning_is_read_in_the_language_of_the_page(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    message = "Ô «17» đọc chưa chắc chắn, cần xem lại bản gốc."
    sha256 = put_letter(desk.archive, Letter(warnings=(Notice(code="unsure_reading", message=message),)))
    client = visit(desk)
    pages = (f"/van-ban/{sha256}", f"/can-xem/{sha256}", "/can-xem")
    assert all(message in client.get(path).text for path in pages)
    client.get("/ngon-ngu/en")
    assert all("The cell «17» was not read for sure" in client.get(path).text for path in pages)


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
