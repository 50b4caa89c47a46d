"""A report as a PDF to look at: under the letterhead, without a number, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from documents.kinds.letterhead import Letterhead
from documents.pictures import Picture
from documents.render.engine import render_html


def answer(
    name: str,
    template: str,
    names: Mapping[str, object],
    *,
    head: Letterhead,
    pictures: Mapping[str, Picture] | None = None,
) -> HttpResponse:
    """The template with these names, in the reader's language."""
    context = {**names, "head": head, "lang": get_language() or "en"}
    html = render_to_string(template, context, using="jinja2")
    pdf = render_html(html, head.pictures() | dict(pictures or {}))
    response = HttpResponse(pdf.content, content_type="application/pdf")
    # a file that the worker kept is taken, one that is made at once is shown
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
