"""One dataset over all records: `words` says what headings mean, `see` makes observations, `keep` builds the files,
`ask` answers questions.

Called by the commands; sees records and the archive only.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame


class _Dataset(ModuleType):
    """Loading this package puts it in the place of the function `congvan.dataset`; so it can be called as that."""

    def __call__(self, path: Path | str) -> DataFrame:
        from pathlib import Path

        from congvan.dataset.ask.dataframes import observations

        return observations(Path(path))


sys.modules[__name__].__class__ = _Dataset
