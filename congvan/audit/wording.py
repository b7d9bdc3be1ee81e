"""Words: explanations and headings from the gettext catalogues under `locale/` (compiled with `pybabel compile`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["vi", "en"]

_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_THOUSANDS = re.compile(r"\d\.\d{3}(?!\d)")
_FIGURES = frozenset({"computed", "difference", "power", "part", "whole", "now", "wholes", "reported", "formula"})

_RECKONED = frozenset({"computed", "difference", "power"})
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
        return template.format_map({name: self._local(name, text) for name, text in values.items()})

    def _local(self, name: str, text: str) -> str:
        if "." not in text or self.language != "vi":
            return text
        printed = name not in _RECKONED and (name not in _FIGURES or _grouped(text))
        return text if printed else _POINT.sub(",", text)


def _grouped(text: str) -> bool:
    """Is this printed with thousands grouped by points already?"""
    return _THOUSANDS.search(text) is not None


@cache
def wording(language: Language) -> Wording:
    """The messages of a language, loaded once."""
    return Wording(language)
