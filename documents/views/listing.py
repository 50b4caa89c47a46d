"""The list of papers."""

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from documents import queries, words
from documents.forms import FilterForm
from documents.models import Document
from documents.queries import Asked
from tenants.kit import formats
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

PAGE = 50
MOST_PAGES = 10_000


@needs(Permission.DOCUMENT_VIEW)
def document_list(request: OfficeRequest) -> HttpResponse:
    asked, form = _asked(request)
    counts = queries.counts(request.actor, asked)
    number = _page_number(request)
    rows = list(queries.documents(request.actor, asked)[(number - 1) * PAGE : number * PAGE])
    context = {
        "list": _list(asked, form, counts, number, len(rows)),
        "rows": [_row(document) for document in rows],
    }
    return page(request, "documents/list.html", context)


def _asked(request: OfficeRequest) -> tuple[Asked, FilterForm]:
    form = FilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    kind = request.GET.get("kind", "")
    return Asked(
        kind=kind if kind in words.kinds() else "",
        search=request.GET.get("q", "").strip()[:100],
        status=filters.get("status", ""),
        order=request.GET.get("order", "").strip()[:60],
    ), form


def _page_number(request: OfficeRequest) -> int:
    given = request.GET.get("page", "1")
    return max(1, min(int(given), MOST_PAGES)) if given.isascii() and given.isdigit() else 1


def _row(document: Document) -> dict[str, Any]:
    return {
        "url": reverse("documents:document-card", args=[document.pk]),
        "title": document.title,
        "pill": words.pill(document),
        "pdf": reverse("documents:document-pdf", args=[document.pk]) if document.is_ready else "",
        "order": getattr(document, "order_ref", None) or "—",
        "issued": formats.day(document.issued_on),
        "kind": words.kinds().get(document.kind, document.kind),
        "audience": words.audiences()[document.audience],
    }


def _list(
    asked: Asked,
    form: FilterForm,
    counts: dict[str, int],
    number: int,
    on_page: int,
) -> dict[str, Any]:
    total = counts.get(asked.kind or "all", 0)
    return {
        "title": _("Documents"),
        "count": total,
        "rows_count": on_page,
        "url": reverse("documents:document-list"),
        "search": asked.search,
        "search_hint": _("Number, title, order"),
        "filters": form,
        "keep": {
            name: value
            for name, value in {
                "kind": asked.kind,
                "order": asked.order,
            }.items()
            if value
        },
        "chips": _chips(asked, form),
        "clear_url": _address(Asked(kind=asked.kind)),
        "views": _views(asked, counts),
        "columns": _columns(),
        "pager": _pager(asked, number, on_page, total),
        "cards": True,
        "bulk": [],
        "row_menu": [],
        "empty": {
            "title": _("No documents yet"),
            "icon": "file-text",
            "text": _(
                "Orders, instructions, invoices and acts are made by themselves as an order goes its way."
            ),
        },
    }


def _columns() -> list[dict[str, str]]:
    labels = {
        "title": _("Document"),
        "kind": _("Kind"),
        "order": _("Order"),
        "issued": _("Date"),
        "audience": _("Who sees it"),
        "status": _("Status"),
        "pdf": "PDF",
    }
    return [{"key": key, "label": label} for key, label in labels.items()]


def _views(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    tabs = {"": _("All")} | words.kinds()
    return [
        {
            "label": label,
            "url": _address(replace(asked, kind=kind)),
            "active": asked.kind == kind,
            "count": counts.get(kind or "all", 0),
        }
        for kind, label in tabs.items()
    ]


def _chips(asked: Asked, form: FilterForm) -> list[dict[str, str]]:
    chips = []
    if asked.status:
        label = dict(form.statuses())[asked.status]
        chips.append(
            {
                "label": f"{_('Status')}: {label}",
                "remove_url": _address(replace(asked, status="")),
            }
        )
    if asked.order:
        chips.append(
            {
                "label": f"{_('Order')}: {asked.order}",
                "remove_url": _address(replace(asked, order="")),
            }
        )
    return chips


def _pager(asked: Asked, number: int, on_page: int, total: int) -> dict[str, Any]:
    first = (number - 1) * PAGE
    return {
        "first": first + 1,
        "last": first + on_page,
        "total": total,
        "prev": _address(asked, page=number - 1) if number > 1 else "",
        "next": _address(asked, page=number + 1) if first + on_page < total else "",
    }


def _address(asked: Asked, **more: int) -> str:
    """The address that reproduces the view."""
    values = {
        "q" if name == "search" else name: value for name, value in asdict(asked).items() if value
    }
    query = urlencode(values | more)
    return reverse("documents:document-list") + (f"?{query}" if query else "")
