"""The server of an index in PostgreSQL: how it is reached, and what its errors say."""

from __future__ import annotations

import os
import ssl
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

from congvan.archive.index.dialects.postgres_index import SCHEMA, UNSETTLED, settle


def connect(url: URL, schema: str) -> Engine:
    """The index in a schema of the database at `url`, made or not. The driver is pg8000, whatever the address names.

    `?host=/folder` is a folder of the server's socket, and `sslmode` means what it does elsewhere; PGPASSWORD too.
    """
    url = url.set(password=url.password or os.environ.get("PGPASSWORD"))
    query, asked = dict(url.query), dict[str, Any]()
    host, mode = query.pop("host", None), query.pop("sslmode", None)
    if isinstance(host, str) and host.startswith("/"):
        asked["unix_sock"] = f"{host}/.s.PGSQL.{url.port or 5432}"
    if mode in ("require", "verify-ca", "verify-full"):
        asked["ssl_context"] = _secure(str(mode))
    engine = create_engine(
        url.set(drivername="postgresql+pg8000", query=query), connect_args=asked, pool_pre_ping=True, pool_size=10,
        max_overflow=40, execution_options={SCHEMA: schema},
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.register_out_adapter(str, lambda words: words.replace("\0", ""))  # it cannot hold this sign
        connection.cursor().execute(f"SET search_path TO {schema}, public")
        connection.commit()

    engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement, as other drivers do
    event.listen(engine, "commit", settle)
    event.listen(engine, "rollback", lambda connection: connection.info.pop(UNSETTLED, None))
    return engine


def _secure(mode: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = mode == "verify-full"
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context
