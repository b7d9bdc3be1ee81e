"""Words: explanations and headings from the gettext catalogues under `locale/` (compiled with `pybabel compile`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["vi", "en"]

_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_THOUSANDS = re.compile(r"\d\.\d{3}(?!\d)")
"""What is printed with thousands grouped by points already."""

_FIGURES = frozenset({"computed", "difference", "part", "whole", "now", "wholes", "reported", "formula"})

_RECKONED = frozenset({"computed", "difference"})
"""Never printed with thousands grouped: a point is a decimal sign."""


class Wording:
    """The messages of one language. A computed figure gets its decimal sign; a quotation stays as printed."""

    def __init__(self, language: Language) -> None:
        from babel.support import Translations

        self.language = language
        self._catalogue = Translations.load(Path(__file__).with_name("locale"), [language], domain="audit")
        self._templates: dict[str, str] = {}

    def say(self, key: str, values: dict[str, str] | None = None) -> str:
        """The message of this key with its values."""
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._catalogue.gettext(key)
        if not values:
            return template
        return template.format_map(self._localised(values) if self.language == "vi" else values)

    def _localised(self, values: dict[str, str]) -> dict[str, str]:
        """The values with a decimal comma in the figures among them."""
        local = dict(values)
        for name in _FIGURES.intersection(values):
            text = values[name]
            if "." in text and (name in _RECKONED or _THOUSANDS.search(text) is None):
                local[name] = _POINT.sub(",", text)
        return local


@cache
def wording(language: Language) -> Wording:
    """The messages of a language, loaded once."""
    return Wording(language)
