"""Pages behind the marked copy of a PDF: each mistake in one sentence, and the cuttings of both places side by side."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from congvan.audit.report.page_strips import Cutting, Pages, cuttings_of
from congvan.audit.report.rendering import styles
from congvan.audit.report.text_report import answered, headline, summary
from congvan.audit.report.weight import mistakes
from congvan.audit.where import Checked
from congvan.audit.wording import Wording
from schemas.document import Document
from schemas.finding import Finding

_MOST, _SIDE_BY_SIDE = 100, 2
_COLOURS = {"reported": "#C01818", "other": "#1A4FB4"}


def cutting_pages(one: Checked, document: Document, words: Wording) -> bytes:
    """A PDF of A4 pages, the weightiest mistake first. Raises NoFont."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    out = io.BytesIO()
    made = SimpleDocTemplate(out, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36)
    made.build(list(_story(one, Pages(one.path, document), words, made.width)))
    return out.getvalue()


def _story(one: Checked, pages: Pages, words: Wording, width: float) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether, Spacer
    from reportlab.platypus import Paragraph as Set

    body = styles()["body"]
    yield Set(f"<b>{html.escape(one.full_title)}: {html.escape(headline(one, words)[1])}</b>", body)
    yield Set(html.escape(summary(one, words)), body)
    for group in mistakes(one)[:_MOST]:
        told = [Set(_sentence(one, group.lead, words, words.say(f"verdict_{group.lead.verdict}")), body)]
        shown = list(islice(cuttings_of(one, group.lead, pages), _SIDE_BY_SIDE))
        if shown:
            told.append(_beside(shown, words, width))
        told += [Set(_sentence(one, each, words, words.say("follows")), body) for each in group.consequences]
        yield KeepTogether(told)
        yield Spacer(0, 6)


def _sentence(one: Checked, finding: Finding, words: Wording, verdict: str) -> str:
    said = answered(one, finding, words)
    colour = _COLOURS["reported"] if finding.verdict == "disagrees" else "#9A6200"
    text = (
        f'<font color="{colour}"><b>{finding.id} {html.escape(verdict)}.</b></font> {html.escape(finding.explanation)}'
    )
    return f"{text} <i>{html.escape(said)}</i>" if said else text


def _beside(shown: list[Cutting], words: Wording, width: float) -> Any:
    """The cuttings in one row of a table, each under its caption."""
    from reportlab.platypus import Paragraph as Set
    from reportlab.platypus import Table, TableStyle

    each_width = width / len(shown) - 8
    heads, strips = [], []
    for each in shown:
        page = words.say("place_page", {"page": str(each.page)}).rstrip(": ") if each.page else ""
        caption = html.escape(" · ".join(filter(None, (words.say(f"cutting_{each.role}"), page, each.where))))
        heads.append(Set(f'<font color="{_COLOURS[each.role]}"><b>{caption}</b></font>', styles()["cell"]))
        strips.append(_picture(each, each_width))
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)])
    return Table([heads, strips], colWidths=[each_width + 8] * len(shown), style=style)


def _picture(each: Cutting, width: float) -> Any:
    from PIL import Image as Opened
    from reportlab.platypus import Image
    from reportlab.platypus import Paragraph as Set

    if each.picture is None:
        return Set(html.escape(each.text), styles()["cell"])
    with Opened.open(io.BytesIO(each.picture)) as picture:
        plain = io.BytesIO()
        picture.convert("RGB").save(plain, "JPEG", quality=75)
        return Image(plain, width=width, height=width * picture.height / picture.width)
