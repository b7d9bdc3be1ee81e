"""`python -m bench.inspected [first|second|third] [docx|pdf|scan …] [-v]`: planted errors found, decoys taken."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product

from bench.inspected.letters import FORMS, SETS, build
from bench.inspected.score import score


def main() -> int:
    """Print the score of each form, and of each kind of error; with `-v` what was missed and what was taken."""
    forms = tuple(form for form in FORMS if form in sys.argv) or FORMS
    sets = tuple(one for one in SETS if one in sys.argv) or tuple(SETS)
    build(forms, sets)
    for name, form in product(sets, forms):
        tally = score(name, form)
        planted = tally.planted.total()
        print(
            f"{name} set, {form}: found {planted - len(tally.missed)} of {planted} planted errors; "
            f"{len(tally.taken)} false alarms over {tally.decoys} decoys"
        )
        missed = Counter(line.split(": ")[1] for line in tally.missed)
        for kind, number in tally.planted.items():
            if missed[kind]:
                print(f"    {kind}: {number - missed[kind]} of {number}")
        if "-v" in sys.argv:
            print("\n".join((*tally.missed, *tally.taken)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
