"""Tokens of programs: they let in where the API is asked, as far as role and person may, until they are revoked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvan.commands.cli import app
from congvan.web.guard.accounts import AccountError, Accounts, Person
from tests.congvan.web.test_safety import with_people
from tests.support.desks import DrawnLetter, put_drawn, visit


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_token_lets_a_program_in_where_it_may_and_nowhere_else(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    put_drawn(desk.archive, DrawnLetter(due="2026-03-22"))
    reading, writing = (desk.accounts.new_token("van-thu", "báo cáo", role, 1) for role in ("reader", "clerk"))
    client = visit(desk)
    line = client.get("/api/v1/deadlines", headers=bearing(reading)).json()[0]
    path, done = f"/api/v1/deadlines/{line['id']}", {"status": "done"}
    assert client.put(path, json=done, headers=bearing(reading)).status_code == 403
    assert client.put(path, json=done, headers=bearing(writing)).status_code == 200
    assert client.get("/metrics", headers=bearing(reading)).status_code == 200
    assert client.get("/", headers=bearing(writing), follow_redirects=False).status_code == 303
    assert client.post("/hoan-tac", headers=bearing(writing), follow_redirects=False).status_code in (303, 403)
    for wrong in ("", "congvan_x", reading[:-1]):
        refused = client.get("/api/v1/deadlines", headers=bearing(wrong))
        assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"


def test_a_token_may_no_more_than_its_person_and_ends_with_him(tmp_path: Path) -> None:
    desk = with_people(tmp_path)
    sha256 = put_drawn(desk.archive, DrawnLetter(secrecy="MẬT"))
    client = visit(desk)
    token, secret = (desk.accounts.new_token(name, "", "clerk", 1) for name in ("doc", "mat"))
    assert client.get("/api/v1/queue", headers=bearing(token)).status_code == 403
    assert client.get(f"/api/v1/dispatches/{sha256}", headers=bearing(token)).status_code == 404
    assert client.get(f"/api/v1/dispatches/{sha256}", headers=bearing(secret)).status_code == 200
    desk.accounts.remove("mat")
    assert client.get(f"/api/v1/dispatches/{sha256}", headers=bearing(secret)).status_code == 401


def test_a_token_ends_at_its_time_or_when_it_is_revoked_and_is_kept_as_a_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(tmp_path)
    accounts.put(Person("van-thu", "clerk"), "mat khau rat dai")
    first, second = (accounts.new_token("van-thu", label, "reader", 2) for label in ("a", "b"))
    assert first.encode() not in (tmp_path / "desk.sqlite").read_bytes()
    accounts.revoke(next(one.id for one in accounts.tokens() if one.label == "a"))
    assert accounts.whose_token(first) is None
    assert accounts.whose_token(second) == Person("van-thu", "reader")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * 24 * 3600)
    assert accounts.whose_token(second) is None and accounts.tokens() == []
    for wrong in (lambda: accounts.revoke("0000"), lambda: accounts.new_token("ai-do", "", "reader", 1)):
        with pytest.raises(AccountError):
            wrong()


def test_tokens_are_made_listed_and_revoked_by_command(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.put(Person("van-thu", "clerk"), "mat khau rat dai")
    run = CliRunner()
    archive = ["--archive", str(tmp_path)]
    made = run.invoke(app, ["user", "token", "van-thu", "--for", "báo cáo", "--role", "clerk", *archive])
    assert made.exit_code == 0
    token = next(line for line in made.stdout.splitlines() if line.startswith("congvan_"))
    assert accounts.whose_token(token) == Person("van-thu", "clerk")
    listed = run.invoke(app, ["user", "tokens", *archive]).stdout
    assert "báo cáo" in listed and token not in listed
    assert run.invoke(app, ["user", "revoke", listed.split("\t")[0], *archive]).exit_code == 0
    assert accounts.whose_token(token) is None
    assert run.invoke(app, ["user", "token", "van-thu", "--role", "admin", *archive]).exit_code == 2
