"""`python -m bench.planted [-v]`: how many planted errors the audit finds, and how many decoys it takes."""

from __future__ import annotations

import sys

from bench.planted.score import cases, score


def main() -> int:
    """Print the score; with `-v` what was missed and what was taken."""
    made = [score(case) for case in cases()]
    if "-v" in sys.argv:
        for one in made:
            for line in (*one.missed, *one.taken):
                print(f"{line}\n    {one.title}")
    planted, missed = sum(one.planted for one in made), sum(len(one.missed) for one in made)
    decoys, taken = sum(one.decoys for one in made), sum(len(one.taken) for one in made)
    print(f"found {planted - missed} of {planted} planted errors; {taken} false alarms over {decoys} decoys")
    return 0


if __name__ == "__main__":
    sys.exit(main())
