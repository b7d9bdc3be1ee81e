"""Commands of the desk: serve, user, mcp."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.commands.options import (
    DEFAULT_ARCHIVE,
    DEFAULT_QUARANTINE,
    AllowSecret,
    ArchiveFolder,
    QuarantineFolder,
    complain,
)

if TYPE_CHECKING:
    from congvan.archive.archive import Archive
    from congvan.intake.quarantine import Quarantine
    from congvan.web.show.desk import Desk


def serve(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    quarantine: QuarantineFolder = DEFAULT_QUARANTINE,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ mở bàn làm việc.", metavar="IP")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Cổng.")] = 8000,
    watch: Annotated[
        Path | None, typer.Option("--watch", help="Theo dõi thêm một thư mục nhận tệp.", metavar="FOLDER")
    ] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="Đường dẫn khi đứng sau máy chủ khác.", metavar="PATH")] = "",
    names: Annotated[
        list[str] | None, typer.Option("--name", help="Tên máy chủ được phép gọi tới.", metavar="HOST")
    ] = None,
    login: Annotated[bool, typer.Option("--login", help="Bắt đăng nhập cả khi chỉ mở trên máy này.")] = False,
    dataset: Annotated[Path, typer.Option("--dataset", help="Thư mục bộ số liệu.", metavar="DIR")] = Path(
        "outputs/dataset"
    ),
    allow_secret: AllowSecret = False,
) -> None:
    """Mở bàn làm việc trên trình duyệt (http://127.0.0.1:8000)."""
    from congvan.archive.archive import Archive
    from congvan.intake.quarantine import Quarantine
    from congvan.web.guard.wall import LOCAL_NAMES
    from congvan.web.show.desk import Desk, Opening

    local = _is_local(host)
    kept, held = Archive(archive), Quarantine(quarantine)
    hosts = frozenset(names) | LOCAL_NAMES if names else (LOCAL_NAMES if local else None)
    desk = Desk(kept, held, Opening(not local or login, allow_secret, hosts, dataset=dataset))
    if desk.opening.login and not desk.accounts.any():
        complain("Mở cho máy khác thì phải có tài khoản; hãy lập bằng: congvan user add TÊN --role admin")
        raise typer.Exit(1)
    if watch is not None:
        _watch_beside(watch, kept, held)
    typer.echo(f"Bàn làm việc: http://{host if ':' not in host else f'[{host}]'}:{port}{prefix} (Ctrl+C để dừng)")
    _run(desk, host, port, prefix.rstrip("/"))


def _run(desk: Desk, host: str, port: int, prefix: str) -> None:
    """Serve the desk until somebody ends it."""
    import uvicorn

    from congvan.web.app import make_app

    uvicorn.run(
        make_app(desk), host=host, port=port, root_path=prefix, log_level="warning", server_header=False,
        timeout_graceful_shutdown=5,
    )  # fmt: skip


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _watch_beside(folder: Path, kept: Archive, held: Quarantine) -> None:
    """Watch a folder in a thread of its own while the desk is open."""
    import threading

    from congvan.intake.watching.watch import watch_folder

    if not folder.is_dir():
        complain("Không có thư mục này.", folder)
        raise typer.Exit(1)
    threading.Thread(
        target=watch_folder, args=(folder, kept, held), kwargs={"say": typer.echo}, name="watch", daemon=True
    ).start()


user = typer.Typer(help="Tài khoản của bàn làm việc.", no_args_is_help=True, rich_markup_mode=None)
UserName = Annotated[str, typer.Argument(help="Tên tài khoản.", metavar="NAME")]


@user.command()
def add(
    name: UserName,
    role: Annotated[str, typer.Option("--role", help="reader (đọc), clerk (văn thư) hoặc admin.")] = "reader",
    secret: Annotated[bool, typer.Option("--secret", help="Được xem văn bản mật.")] = False,
    password: Annotated[str | None, typer.Option(envvar="CONGVAN_PASSWORD", hidden=True)] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Lập tài khoản, hoặc đổi vai trò và mật khẩu."""
    from congvan.web.guard.accounts import ROLES, Accounts, Person

    found = next((one for one in ROLES if one == role), None)
    if found is None:
        complain(f"Vai trò phải là một trong {', '.join(ROLES)}.")
        raise typer.Exit(2)
    archive.mkdir(parents=True, exist_ok=True)
    word = password or typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
    Accounts(archive).put(Person(name, found, secret), word)
    typer.echo(f"Đã lập tài khoản {name} ({role}).")


@user.command("list")
def list_users(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Liệt kê tài khoản."""
    from congvan.web.guard.accounts import Accounts

    for one in Accounts(archive).people():
        typer.echo(f"{one.name}\t{one.role}" + ("\tvăn bản mật" if one.secret else ""))


@user.command("remove")
def remove_user(name: UserName, archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Bỏ một tài khoản; phiên đang mở của tài khoản ấy kết thúc ngay."""
    from congvan.web.guard.accounts import Accounts

    Accounts(archive).remove(name)
    typer.echo(f"Đã bỏ tài khoản {name}.")


@user.command()
def token(
    name: UserName,
    label: Annotated[str, typer.Option("--for", help="Chương trình nào dùng.", metavar="TEXT")] = "",
    role: Annotated[str, typer.Option("--role", help="Được làm nhiều nhất: reader hoặc clerk.")] = "reader",
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="Còn hạn bao nhiêu ngày.")] = 365,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Lập mã truy cập cho một chương trình gọi /api/v1; mã chỉ hiện một lần này."""
    from congvan.web.guard.accounts import Accounts

    if role not in ("reader", "clerk"):
        complain("Vai trò của mã truy cập phải là reader hoặc clerk.")
        raise typer.Exit(2)
    made = Accounts(archive).new_token(name, label, "clerk" if role == "clerk" else "reader", days)
    typer.echo(made)
    typer.echo("Gửi kèm mỗi yêu cầu: Authorization: Bearer MÃ. Kho chỉ giữ bản băm, không xem lại được.", err=True)


@user.command("tokens")
def list_tokens(archive: ArchiveFolder = DEFAULT_ARCHIVE) -> None:
    """Liệt kê các mã truy cập còn hạn."""
    import datetime as dt

    from congvan.web.guard.accounts import Accounts

    for one in Accounts(archive).tokens():
        until = dt.datetime.fromtimestamp(one.until)
        typer.echo(f"{one.id}\t{one.name}\t{one.role}\tđến {until:%d/%m/%Y}\t{one.label}")


@user.command()
def revoke(
    token_id: Annotated[str, typer.Argument(help="Mã ngắn của mã truy cập, xem user tokens.", metavar="ID")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Thu hồi một mã truy cập; có hiệu lực ngay."""
    from congvan.web.guard.accounts import Accounts

    Accounts(archive).revoke(token_id)
    typer.echo(f"Đã thu hồi {token_id}.")


def mcp(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    dataset: Annotated[Path, typer.Option("--dataset", help="Thư mục bộ số liệu.", metavar="DIR")] = Path(
        "outputs/dataset"
    ),
    allow_secret: AllowSecret = False,
) -> None:
    """Mở kho lưu cho chương trình trợ giúp (MCP, chỉ đọc) qua đầu vào và đầu ra chuẩn."""
    from congvan.archive.archive import open_archive
    from congvan.web.api.mcp_server import make_server

    make_server(open_archive(archive), allow_secret, dataset).run("stdio")


COMMANDS = (serve, mcp)
GROUPS = {"user": user}
