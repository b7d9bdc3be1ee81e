"""`python -m bench`: every measurement of speed and memory, one after the other, each in a process of its own.

Takes half an hour on a quiet machine. Exit code 1 when one of them failed or missed a bar that it checks itself.
"""

from __future__ import annotations

import subprocess
import sys

from bench.cases import ROOT

_PARTS = (
    "startup",
    "pdf_speed",
    "docx_speed",
    "ocr_speed",
    "ink_speed",
    "archive_speed",
    "search_speed",
    "desk_speed",
    "audit_speed",
    "dataset_speed",
)


def main() -> int:
    """Run all; 1 where any gives another exit code than 0."""
    if not any((ROOT / "corpus" / "built" / "scans").glob("*.pdf")):
        subprocess.run([sys.executable, "-m", "corpus.build", "--no-pdf", "--scans"], cwd=ROOT, check=True)
    missed = []
    for part in _PARTS:
        print(f"\n== {part}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{part}"], cwd=ROOT).returncode:
            missed.append(part)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nno bar missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
