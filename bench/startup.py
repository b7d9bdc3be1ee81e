"""`python -m bench.startup [rounds]`: what `congvan --help` costs beside `python -c pass`, interleaved.

CPU of the child processes, medians; modules compiled beforehand, as an installed program has them. The bar is 10; exit
code 1 when it is missed.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence

MOST_OF_BARE = 10.0
_COMMANDS = {
    "python -c pass": ("-c", "pass"),
    "congvan --help": ("-c", "from congvan.commands.cli import main; main()", "--help"),
}


def cpu(command: Sequence[str], compiled: str) -> float:
    """Seconds of CPU, user and system, of one run of Python with these arguments; bytecode is kept in `compiled`."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> int:
    """Prints both and their ratio; 1 when the bar is missed."""
    times: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    with tempfile.TemporaryDirectory() as compiled:
        for number in range(rounds + 1):
            for name, command in _COMMANDS.items():
                seconds = cpu(command, compiled)
                if number:  # the first round compiles the modules
                    times[name].append(seconds)
    bare, ours = (statistics.median(times[name]) for name in _COMMANDS)
    print(f"python -c pass {bare * 1000:.1f} ms, congvan --help {ours * 1000:.1f} ms, {ours / bare:.1f}")
    return 0 if ours <= MOST_OF_BARE * bare else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
