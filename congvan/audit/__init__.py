"""Which reported figures do not follow from the tables, and why.

`audit.audit` is the way in; called by the commands; sees records only.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congvan.audit.audit import Audit
    from congvan.audit.wording import Language
    from schemas.dispatch import Dispatch


class _Audit(ModuleType):
    """Loading this package puts it in the place of the function `congvan.audit`; so it can be called as that."""

    def __call__(self, dispatch: Dispatch, language: Language = "vi") -> Audit:
        from congvan.audit.audit import audit

        return audit(dispatch, language)


sys.modules[__name__].__class__ = _Audit
