"""Run a command with an index on a PostgreSQL of its own: `python scripts/on_postgres.py COMMAND…`.

`make test-postgres` does. A cluster is made in a temporary folder, reached by its socket alone, and taken away at the
end. PostgreSQL does not run as root, so that root has `postgres` (or `nobody`) run it. COMMAND finds the address in
CONGVAN_INDEX.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_MISSING = (
    "Máy này không có PostgreSQL nên không thử được chỉ mục ở PostgreSQL; hãy cài: sudo apt-get install postgresql "
    "(từ bản 15, kèm postgresql-contrib nếu là bản của nhà khác)."
)
_SETTINGS = "-c listen_addresses='' -c max_connections=300 -c fsync=off -c full_page_writes=off"
"""What is thrown away need not be kept safe from a power cut."""


def find_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name))
    on_path = shutil.which("initdb")
    for folder in (*reversed(debian), *([Path(on_path).resolve().parent] if on_path else [])):
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def _who_runs_it() -> dict[str, Any]:
    """For `subprocess`: another person than root."""
    if os.geteuid() != 0:
        return {}
    names = [name for name in ("postgres", "nobody") if _is_known(name)]
    person = pwd.getpwnam(names[0])
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _is_known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A running cluster; gives its address."""
    who = _who_runs_it()
    with tempfile.TemporaryDirectory(prefix="congvan-pg-") as name:
        folder = Path(name)
        if who:
            os.chown(folder, who["user"], who["group"])
        folder.chmod(0o755)
        data, told = folder / "data", folder / "log"
        made = ["-D", str(data), "-U", "congvan", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums"]
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(told)]
        quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **who}
        subprocess.run([str(programs / "initdb"), "--no-sync", *made], **quiet)
        subprocess.run([*control, "-o", f"-k {folder} {_SETTINGS}", "start"], **quiet)
        try:
            yield f"postgresql://congvan@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def main() -> int:
    """Run the command; gives its exit code, or 2 where there is no PostgreSQL."""
    programs = find_programs()
    if programs is None:
        print(_MISSING, file=sys.stderr)
        return 2
    with cluster(programs) as address:
        return subprocess.run(sys.argv[1:], env={**os.environ, "CONGVAN_INDEX": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
