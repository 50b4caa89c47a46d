"""The list of invoices as the kit's list pattern wants it: tabs, chips, columns, flat rows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finance.forms import InvoiceFilters
from finance.queries import Asked, Register
from finance.queries.invoices import PAGE, SORTS
from finance.views import frame
from finance.words import status_pill
from tenants.kit import formats
from tenants.kit.web import OfficeRequest

NUMERIC = frozenset({"gross", "paid", "left"})


def columns() -> list[tuple[str, str]]:
    return [
        ("number", _("Number")),
        ("status", _("State")),
        ("client", _("Client")),
        ("order", _("Order")),
        ("issued", _("Issued on")),
        ("due", _("Due")),
        ("gross", _("Amount")),
        ("paid", _("Paid")),
        ("left", _("Left")),
    ]


def asked(form: InvoiceFilters, query: Any) -> Asked:
    """What a valid or half-valid address asks for; what makes no sense is left out."""
    form.is_valid()
    values = form.cleaned_data
    sort = query.get("sort", "")
    return Asked(
        search=query.get("q", "").strip()[:100],
        view=query.get("view", ""),
        order=query.get("order", "")[:20],
        company=values.get("company"),
        issued_from=values.get("issued_from"),
        issued_to=values.get("issued_to"),
        sort=sort if sort.lstrip("-") in SORTS else "-number",
        page=frame.page_number(query.get("page", "1")),
    )


def of_invoices(
    request: OfficeRequest,
    form: InvoiceFilters,
    wanted: Asked,
    found: Register,
    counted: dict[str, int],
) -> dict[str, Any]:
    url = reverse("finance:invoice-list")
    link = partial(frame.address, url, request.GET)
    kept = {name: request.GET[name] for name in ("view", "order") if request.GET.get(name)}
    return {
        "title": _("Invoices"),
        "count": found.totals.count,
        "rows_count": len(found.rows),
        "url": url,
        "search": wanted.search,
        "search_hint": _("Number, client, order"),
        "filters": form,
        "keep": kept,
        "chips": _chips(form, wanted, found, link),
        "clear_url": url,
        "views": _views(url, wanted, counted),
        "cards": True,
        "columns": [_column(key, label, wanted, link) for key, label in columns()],
        "pager": frame.pager(
            url,
            request.GET,
            page=wanted.page,
            size=PAGE,
            shown=len(found.rows),
            total=found.totals.count,
            more=found.more,
        ),
        "export_url": frame.address(reverse("finance:invoice-export"), request.GET, page=None),
        "bulk": [],
        "row_menu": [],
        "empty": {
            "title": _("No invoices yet"),
            "icon": "file-invoice",
            "text": _(
                "An invoice is issued by itself when an order is completed; it can be issued earlier from here."
            ),
        },
    }


def _views(url: str, wanted: Asked, counted: dict[str, int]) -> list[dict[str, Any]]:
    named = [
        ("", _("All")),
        ("open", pgettext("invoices", "Open")),
        ("overdue", _("Overdue")),
        ("paid", _("Paid")),
        ("cancelled", _("Cancelled")),
    ]
    return [
        {
            "label": label,
            "url": f"{url}?view={key}" if key else url,
            "active": wanted.view == key,
            "count": counted[key or "all"],
        }
        for key, label in named
    ]


def _column(key: str, label: str, wanted: Asked, link: Any) -> dict[str, Any]:
    is_sorted = wanted.sort.lstrip("-") == key
    falls = wanted.sort.startswith("-")
    turn = key if is_sorted and falls else f"-{key}" if is_sorted or key in NUMERIC else key
    direction = ("desc" if falls else "asc") if is_sorted else ""
    sort_url = link(sort=turn, page=None) if key in SORTS else ""
    return {
        "key": key,
        "label": label,
        "numeric": key in NUMERIC,
        "sorted": direction,
        "sort_url": sort_url,
    }


def _chips(form: InvoiceFilters, wanted: Asked, found: Register, link: Any) -> list[dict[str, str]]:
    chips = [
        {
            "label": f"{form.fields[name].label}: {formats.day(day)}",
            "remove_url": link(**{name: None, "page": None}),
        }
        for name in ("issued_from", "issued_to")
        if (day := getattr(wanted, name))
    ]
    if wanted.company:
        name = found.rows[0]["client_name"] if found.rows else "—"
        chips.append(
            {
                "label": f"{_('Client')}: {name}",
                "remove_url": link(company=None, page=None),
            }
        )
    if wanted.order:
        chips.append(
            {
                "label": f"{_('Order')}: {wanted.order}",
                "remove_url": link(order=None, page=None),
            }
        )
    return chips


def rows(found: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Cells as text; days and pills are made once per distinct value."""
    pills: dict[tuple[str, bool], Any] = {}
    days: dict[date, str] = {}
    for row in found:
        key = row["status"], row["due_on"] < today
        row["pill"] = pills.get(key) or pills.setdefault(key, status_pill(key[0], is_late=key[1]))
        for name in ("issued_on", "due_on"):
            row[name] = days.get(row[name]) or days.setdefault(row[name], formats.day(row[name]))
        for name in ("gross", "paid", "left"):
            row[name] = formats.number(row[name], 2)
        row["url"] = f"/finance/invoices/{row['number']}/"
    return found
