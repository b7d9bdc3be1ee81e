"""What somebody who means harm may try: each threat of docs/security.md, tried."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from congvan.web.guard.accounts import AccountError, Accounts, Person
from congvan.web.guard.login_rate import TRIES, WINDOW_SECONDS, LoginRate
from congvan.web.guard.wall import HEADERS, LOCAL_NAMES
from congvan.web.show.desk import Desk
from congvan.web.show.uploads import plain_name
from tests.support.desks import DrawnLetter, open_desk, put_drawn, send, token_of, visit

PASSWORD = "mat khau rat dai"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def with_people(folder: Path, **opening: Any) -> Desk:
    desk = open_desk(folder, login=True, **opening)
    people = (Person("doc"), Person("van-thu", "clerk"), Person("mat", "clerk", True), Person("quan-tri", "admin"))
    for person in people:
        desk.accounts.put(person, PASSWORD)
    return desk


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> Any:
    return send(client, "/dang-nhap", "/dang-nhap", ten=name, mat_khau=password)


def token_of_fixed(client: TestClient, headers: dict[str, str]) -> str:
    """The token of a form that is opened with cookies of somebody's choosing."""
    return client.get("/dang-nhap", headers=headers).text.split('name="csrf" content="')[1].split('"')[0]


def test_nothing_is_shown_without_a_login(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    for path in ("/", f"/van-ban/{sha256}", f"/tep/{sha256}/ban-goc", f"/tep/{sha256}/trang/1.webp", "/can-xem"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")
    for path in ("/api/v1/dispatches", "/metrics"):
        assert client.get(path).status_code == 401
    assert client.get("/health").json() == {"status": "ok"}


def test_a_login_lets_in_begins_a_new_session_and_ends(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    client = visit(desk)
    answer = log_in(client, "van-thu")
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower()
    kept = {"cookie": cookie.partition(";")[0]}
    assert client.get("/").status_code == 200
    assert visit(desk).get("/", headers=kept, follow_redirects=False).status_code == 200
    send(client, "/dang-xuat")
    assert visit(desk).get("/", headers=kept, follow_redirects=False).status_code == 303
    chosen = {"cookie": "congvan_session=chosen-by-an-attacker; congvan_visit=x"}
    fixed = visit(desk)
    form = {"csrf": token_of_fixed(fixed, chosen), "ten": "van-thu", "mat_khau": PASSWORD}
    let_in = fixed.post("/dang-nhap", data=form, headers=chosen, follow_redirects=False)
    assert let_in.status_code == 303 and "chosen-by-an-attacker" not in let_in.headers["set-cookie"]
    assert visit(desk).get("/", headers=chosen, follow_redirects=False).status_code == 303


def test_a_wrong_password_and_an_unknown_name_are_told_alike_and_soon_wait(tmp_path: Path) -> None:
    client = visit(with_people(tmp_path))
    for name in ("doc", "ai-do"):
        assert "Tên hoặc mật khẩu không đúng" in log_in(client, name, "sai mat khau").text
    for _ in range(TRIES):
        last = log_in(client, "van-thu", "sai mat khau")
    assert log_in(client, "van-thu").status_code == 429
    assert "sai mat khau" not in last.text


def test_who_waits_may_try_again_later() -> None:
    now = [0.0]
    rate = LoginRate(lambda: now[0])
    for _ in range(TRIES):
        rate.failed("a", "1.1.1.1")
    assert rate.wait("a", "2.2.2.2") > 0 and rate.wait("b", "1.1.1.1") == 0
    now[0] = WINDOW_SECONDS + 1
    assert rate.wait("a", "1.1.1.1") == 0


def test_passwords_and_sessions_are_not_in_the_file(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.put(Person("van-thu", "clerk"), PASSWORD)
    token = accounts.enter("van-thu", PASSWORD)
    assert token is not None
    kept = (tmp_path / "desk.sqlite").read_bytes()
    assert PASSWORD.encode() not in kept and token.encode() not in kept and b"$argon2id$" in kept
    assert stat.S_IMODE(os.stat(tmp_path / "desk.sqlite").st_mode) == 0o600
    accounts.put(Person("van-thu", "clerk"), PASSWORD)
    assert accounts.whose(token) is None
    with pytest.raises(AccountError):
        accounts.put(Person("x"), "ngan")


def test_roles_hold_on_every_route_that_changes_something(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    reader = visit(desk)
    log_in(reader, "doc")
    assert reader.get(f"/van-ban/{sha256}").status_code == 200
    for path in (f"/van-ban/{sha256}/sua", f"/van-ban/{sha256}/vao-so", f"/van-ban/{sha256}/go", "/thoi-han/x",
                 f"/can-xem/{sha256}", "/hoan-tac", f"/kiem-tra/{sha256}/tra-loi", "/don-vi", "/cach-ly/doc-lai",
                 f"/thung-rac/{sha256}/lay-lai", f"/van-ban/{sha256}/giao", f"/van-ban/{sha256}/huy-so"):  # fmt: skip
        form = {"truong": "subject", "tinh_trang": "done", "vi_sao": "thử", "chon": "0" * 12, "tra_loi": "ours"}
        assert send(reader, path, **form).status_code == 403, path
    assert reader.get("/can-xem").status_code == 403
    assert reader.put("/api/v1/deadlines/x", json={"status": "done"}).status_code == 403


def test_who_did_it_is_who_logged_in(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    log_in(client, "van-thu")
    old = "báo cáo công tác văn thư"
    send(client, f"/van-ban/{sha256}/sua", truong="subject", gia_tri="báo cáo năm", thay=old)
    assert desk.archive.corrections(sha256)[-1].who == "van-thu"


def test_secret_dispatches_are_shown_to_nobody_without_the_right(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(subject="diễn tập khu vực", secrecy="MẬT", due="2026-03-22"))
    put_drawn(desk.archive, DrawnLetter(subject="diễn tập chữa cháy", number=9))
    paths = (f"/van-ban/{sha256}", f"/tep/{sha256}/ban-goc", f"/tep/{sha256}/trang/1.webp", f"/kiem-tra/{sha256}",
             f"/tep/{sha256}/ban-ghi.json", f"/api/v1/dispatches/{sha256}", f"/can-xem/{sha256}")  # fmt: skip
    without, allowed = visit(desk), visit(desk)
    log_in(without, "quan-tri")
    log_in(allowed, "mat")
    for path in paths:
        assert without.get(path).status_code == 404, path
        assert allowed.get(path).status_code == 200, path
    for path in ("/", "/van-ban", "/van-ban?q=dien+tap", "/thoi-han", "/thoi-han/tuan", "/nhat-ky", "/can-xem?nhom=moi",
                 "/api/v1/dispatches?q=dien+tap", "/api/v1/deadlines"):  # fmt: skip
        assert sha256 not in without.get(path).text and "khu vực" not in without.get(path).text, path
    assert "khu vực" in allowed.get("/van-ban").text
    desk.close()


def test_at_the_computer_itself_secret_dispatches_need_the_word_too(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(secrecy="MẬT"))
    assert visit(desk).get(f"/van-ban/{sha256}").status_code == 404


def test_words_of_documents_are_shown_and_not_run(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    name = f"{SCRIPT}.pdf".replace("/", "_")
    letter = DrawnLetter(subject=SCRIPT, task=SCRIPT, name=name, due="2026-03-22", number=None)
    sha256 = put_drawn(desk.archive, letter)
    client = visit(desk)
    for path in ("/", "/van-ban", f"/van-ban/{sha256}", f"/can-xem/{sha256}", "/can-xem", "/thoi-han", "/thoi-han/tuan",
                 f"/van-ban?q={SCRIPT}", f"/van-ban/{sha256}?sang={SCRIPT}", "/nhat-ky",
                 f"/van-ban?co_quan={SCRIPT}"):  # fmt: skip
        text = client.get(path).text
        assert "<script>alert" not in text and "<img src=x" not in text, path


def test_every_answer_bears_the_headers_that_keep_scripts_out(tmp_path: Path) -> None:
    client = visit(open_desk(tmp_path))
    for path in ("/", "/khong-co", "/api/v1/dispatches", "/static/desk.js"):
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)
    assert "unsafe" not in HEADERS["content-security-policy"]
    page = client.get("/").text
    assert "onclick" not in page and "style=" not in page and "<script>" not in page


def test_originals_are_sent_to_be_kept_and_never_as_pages(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(name="a\r\nSet-Cookie: x=1.html"))
    answer = visit(desk).get(f"/tep/{sha256}/ban-goc")
    assert answer.headers["content-disposition"].startswith("attachment") and "x" not in answer.cookies
    assert answer.headers["content-type"] == "application/pdf"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "..%2f..%2flog.jsonl", "%00", "a" * 64, "A" * 64, "0" * 63, "*" * 64]
)
def test_a_path_leads_nowhere_but_to_a_registered_file(tmp_path: Path, key: str) -> None:
    desk = open_desk(tmp_path)
    put_drawn(desk.archive, DrawnLetter())
    client = visit(desk)
    for path in ("/van-ban/{}", "/tep/{}/ban-goc", "/tep/{}/ban-ghi.json", "/tep/{}/trang/1.webp", "/can-xem/{}"):
        assert client.get(path.format(key)).status_code == 404, path


def test_forms_of_another_page_are_not_taken(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter())
    client, other = visit(desk), visit(desk)
    form = {"truong": "subject", "gia_tri": "xấu", "thay": "báo cáo công tác văn thư"}
    own, foreign = token_of(client), token_of(other)
    path = f"/van-ban/{sha256}/sua"
    assert client.post(path, data=form).status_code == 403
    assert client.post(path, data={**form, "csrf": foreign}).status_code == 403
    bad = {"origin": "https://xau.example"}
    assert client.post(path, data={**form, "csrf": own}, headers=bad).status_code == 403
    assert client.post(path, data={**form, "csrf": own}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/nap-tep", files={"tep": ("a.txt", b"x")}).status_code == 403
    text = {"content-type": "text/plain"}
    assert client.put("/api/v1/deadlines/x", content='{"status": "done"}', headers=text).status_code in (415, 422)
    assert desk.archive.record(sha256).header.subject == "báo cáo công tác văn thư"


def test_a_name_that_was_made_to_point_here_is_not_answered(tmp_path: Path) -> None:
    client = visit(open_desk(tmp_path, hosts=LOCAL_NAMES))
    assert client.get("/", headers={"host": "xau.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_a_way_back_never_leads_to_another_host(tmp_path: Path) -> None:
    client = visit(open_desk(tmp_path))
    for back in ("https://xau.example/", "//xau.example", "/\\xau.example", "javascript:alert(1)"):
        assert client.get("/ngon-ngu/en", params={"ve": back}, follow_redirects=False).headers["location"] == "/", back


def test_uploads_are_limited_and_their_names_lead_nowhere(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, most_bytes=100_000, most_files=3)
    client = visit(desk)
    token = {"x-csrf-token": token_of(client)}
    large = client.post("/nap-tep", files={"tep": ("a.txt", b"x" * 200_000)}, headers=token)
    assert large.status_code == 413
    many = [("tep", (f"{number}.txt", b"x")) for number in range(9)]
    assert client.post("/nap-tep", files=many, headers=token).status_code == 400
    assert client.post("/nap-tep", data={"csrf": token["x-csrf-token"]}, headers=token).status_code == 422
    assert not list((tmp_path / "archive" / "uploads").glob("*/*/*"))
    for name in ("../../../tmp/x.txt", "..\\..\\x.txt", "/etc/passwd", "\x00", "a" * 500 + ".pdf", ".htaccess"):
        plain = plain_name(name)
        assert "/" not in plain and "\\" not in plain and plain not in ("", ".", "..") and len(plain.encode()) <= 200


def test_a_bomb_and_a_forged_type_end_as_outcomes(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    client = visit(desk)
    client.get("/")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.txt", b"0" * (64 << 20))
    files = [("tep", ("bom.zip", packed.getvalue(), "application/pdf")), ("tep", ("trang.pdf", b"<html>", "text/html"))]
    headers = {"x-csrf-token": token_of(client), "accept": "application/json"}
    started = client.post("/nap-tep", files=files, headers=headers)
    assert started.status_code == 202
    desk.uploads.close()
    upload = desk.uploads.get(started.json()["key"])
    assert upload is not None and upload.finished and upload.trouble is None and len(upload.taken) >= 2
    assert "alert" not in client.get(f"/nap-tep/{upload.key}").text
