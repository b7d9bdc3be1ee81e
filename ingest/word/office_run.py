"""Runs LibreOffice, headless: files in, converted files out.

Each start has a private profile, so that it meets no other and leaves nothing behind; macros, links to other files and
the network are off; its memory and its time are bound.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_MEMORY = 4 << 30
_PROGRAMS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""Macros never run, links are never followed, and what would go to the network goes to a port where nobody listens."""


class Conversion(NamedTuple):
    """How files are converted: the import filter (None where LibreOffice may tell), the target as `--convert-to` names
    it, and in how many seconds at most.
    """

    import_filter: str | None
    target: str
    seconds: float


def find_libreoffice() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    on_path = (shutil.which(name) for name in _PROGRAMS)
    usual = (place for place in _USUAL_PLACES if os.access(place, os.X_OK))
    return next((found for found in (*on_path, *usual) if found), None)


def convert(program: str, files: Mapping[str, bytes], folder: Path, how: Conversion) -> bool:
    """One run of LibreOffice over files, given by name; what it makes of them lies in `folder` under the same stems.

    Gives False where the time ran out.
    """
    with tempfile.TemporaryDirectory(prefix="congvan-lo-", ignore_cleanup_errors=True) as scratch:
        profile = Path(scratch, "profile", "user")
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        inputs = [Path(scratch, name) for name in files]
        for path, data in zip(inputs, files.values(), strict=True):
            path.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            *([f"--infilter={how.import_filter}"] if how.import_filter else []),
            "--convert-to",
            how.target,
            "--outdir",
            str(folder),
            *map(str, inputs),
        ]
        return run_bounded(command, Path(scratch), how.seconds)


def run_bounded(command: list[str], home: Path, seconds: float) -> bool:
    """Run to the end, or kill the whole process group when the time is out: `soffice` is only a starter of others."""
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if sys.platform == "linux":
        import resource

        # Where this process has less, as a worker may, so has LibreOffice: nobody may give more than he has.
        own = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = _MEMORY if own == resource.RLIM_INFINITY else min(_MEMORY, own)
        resource.prlimit(process.pid, resource.RLIMIT_AS, (most, most))
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _kill_group(process)
    return True


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    else:
        process.kill()
    process.wait()
