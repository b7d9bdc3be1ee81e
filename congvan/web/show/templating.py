"""Templates: Jinja2 that escapes all it is given, with the words, dates and addresses that every page needs."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from congvan.archive.index.search import HIT_END, HIT_START
from congvan.web.guard.usher import sitting
from congvan.web.show import spoken

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def page(request: Request, template: str, status: int = 200, /, **shown: Any) -> HTMLResponse:
    """The answer that shows a template to the person of a request, in his language."""
    seat = sitting(request)
    prefix = str(request.scope.get("root_path", ""))

    def url(path: str, **query: Any) -> str:
        kept = {name: value for name, value in query.items() if value not in (None, "", False)}
        return f"{prefix}{path}" + (f"?{urlencode(kept, doseq=True)}" if kept else "")

    shown |= {
        "url": url,
        "person": seat.person,
        "language": seat.language,
        "token": seat.token,
        "path": request.url.path.removeprefix(prefix) or "/",
        "here": (request.url.path.removeprefix(prefix) or "/") + (f"?{request.url.query}" if request.url.query else ""),
        "login": request.app.state.desk.opening.login,
    }
    environment = _environment(seat.language)
    return HTMLResponse(environment.get_template(template).render(**shown), status)


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(spoken.catalogue(language), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    made.filters["told"] = partial(spoken.told, language)
    made.filters |= {"day": spoken.day, "moment": spoken.moment, "hits": hits, "path_of": path_of, "figure": figure}
    made.globals |= {
        "types": spoken.type_names(),
        "fields": spoken.FIELD_NAMES,
        "outcomes": spoken.OUTCOMES,
        "statuses": spoken.STATUSES,
        "role_names": spoken.ROLE_NAMES,
    }
    return made


def hits(snippet: str) -> Markup:
    """A snippet with the words that were found marked."""
    return Markup(escape(snippet).replace(HIT_START, Markup("<mark>")).replace(HIT_END, Markup("</mark>")))


def path_of(dispatch_id: str) -> str:
    """The address of a dispatch's page: what is bound into a file has its number behind a point."""
    return "/van-ban/" + quote(dispatch_id.replace("#", "."))


def figure(number: int) -> str:
    """A number with its thousands grouped as offices write them.

    >>> figure(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")
