"""The order list as the kit's list pattern wants it: tabs, chips, columns, flat rows formatted once
per value.
"""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.access import allowed_sorts
from orders.forms.filters import OrderFilters
from orders.queries.order_list import PAGE, SORTS, Asked, Board
from orders.words import pill
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.web import OfficeRequest
from tenants.office import saved_views
from tenants.office.models import SavedView
from tenants.permissions import Permission

HIDDEN = frozenset(
    {"created", "weight", "volume", "carrier", "responsible"}
)  # columns one asks for


def columns() -> list[tuple[str, str, bool]]:
    """Key, heading, whether its values are numbers."""
    return [
        ("ref", _("Code"), False),
        ("stage", _("Stage"), False),
        ("client", _("Client"), False),
        ("from", _("Route"), False),
        ("pickup", _("Loading"), False),
        ("cargo", _("Cargo"), False),
        ("weight", _("Weight, kg"), True),
        ("volume", _("Volume, m³"), True),
        ("price", _("Price"), True),
        ("rate", _("Rate"), True),
        ("margin", _("Margin"), True),
        ("carrier", _("Carrier"), False),
        ("responsible", _("Responsible"), False),
        ("created", _("Created"), False),
    ]


def shown(query: QueryDict) -> set[str]:
    """Columns that are on: those asked for, else the usual ones. Code and stage always are."""
    keys = {key for key, _label, _numeric in columns()}
    chosen = set(query.getlist("cols")) & keys
    return (chosen or keys - HIDDEN) | {"ref", "stage"}


def address(query: QueryDict, **changes: Any) -> str:
    """The list's query string with some values changed (None takes one out)."""
    copy = query.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value is not None:
            copy[name] = value
    copy.pop("csrfmiddlewaretoken", None)
    return copy.urlencode()


def of_orders(
    request: OfficeRequest,
    form: OrderFilters,
    wanted: Asked,
    found: Board,
    saved: list[SavedView],
) -> dict[str, Any]:
    url = reverse("orders:order-list")
    query = request.GET
    on = shown(request.GET)
    to = partial(link, url, query)
    sorts = allowed_sorts(request.actor, SORTS)
    return {
        "title": _("Orders"),
        "count": found.totals.count,
        "rows_count": len(found.rows),
        "url": url,
        "search": wanted.search,
        "search_hint": _("Code, client, place, cargo, carrier"),
        "filters": form,
        "keep": {"view": wanted.view} if wanted.view else {},
        "chips": chips(form, to),
        "clear_url": url,
        "views": _views(url, wanted, query, saved),
        "cards": True,
        "columns": [
            _column(key, label, numeric, wanted, to, sorts)
            for key, label, numeric in columns()
            if key in on
        ],
        "column_choices": [
            {"key": key, "label": label, "on": key in on} for key, label, _n in columns()
        ],
        "pager": _pager(wanted, found, to),
        "export_url": f"{reverse('orders:order-export')}?{address(query, page=None)}",
        "bulk": _bulk(request.actor),
        "row_menu": _row_menu(),
        "saved": _saved(saved, query),
        "empty": {
            "title": _("No orders yet"),
            "icon": "package",
            "action_label": _("New order"),
            "text": _(
                "An order is what a client asks you to carry: from where, to where, what and for how much."
            ),
            "action_url": reverse("orders:order-new"),
        },
    }


def link(url: str, query: QueryDict, **changes: Any) -> str:
    return f"{url}?{address(query, **changes)}"


def _column(
    key: str,
    label: str,
    numeric: bool,
    wanted: Asked,
    to: Any,
    sorts: frozenset[str],
) -> dict[str, Any]:
    is_sorted = wanted.sort.lstrip("-") == key
    direction = ("desc" if wanted.sort.startswith("-") else "asc") if is_sorted else ""
    turn = f"-{key}" if direction == "asc" or (not is_sorted and numeric) else key
    sort_url = to(sort=turn, page=None) if key in sorts else ""
    return {
        "key": key,
        "label": label,
        "numeric": numeric,
        "sorted": direction,
        "sort_url": sort_url,
    }


def chips(form: Any, to: Any) -> list[dict[str, str]]:
    """The active filters in words, each with its way out; of a form that was asked whether it is
    valid.
    """
    chips = []
    for name, value in form.cleaned_data.items():
        if not value:
            continue
        field = form.fields[name]
        text = _in_words(field, value)
        chips.append(
            {
                "label": f"{field.label}: {text}",
                "remove_url": to(**{name: None, "page": None}),
            }
        )
    return chips


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return formats.day(value)
    return str(dict(getattr(field, "choices", [])).get(value, value))


def _views(
    url: str, wanted: Asked, query: QueryDict, saved: list[SavedView]
) -> list[dict[str, Any]]:
    fixed = [
        ("", _("All")),
        ("mine", _("Mine")),
        ("new", _("To be done")),
        ("exchange", _("On the exchange")),
        ("active", _("Under way")),
        ("delivered", _("Delivered")),
    ]
    own = saved_views.tabs(saved, url, query)
    taken = any(view["active"] for view in own)
    tabs = [
        {
            "label": label,
            "url": f"{url}?view={key}" if key else url,
            "active": not taken and wanted.view == key,
        }
        for key, label in fixed
    ]
    return [*tabs, *own]


def _saved(saved: list[SavedView], query: QueryDict) -> dict[str, Any]:
    own = [
        {
            "name": view.name,
            "delete_url": reverse("orders:view-delete", args=[view.pk]),
        }
        for view in saved
    ]
    return {
        "query": saved_views.tidy(query),
        "url": reverse("orders:view-save"),
        "views": own,
    }


def _pager(wanted: Asked, found: Board, to: Any) -> dict[str, Any]:
    first = (wanted.page - 1) * PAGE
    return {
        "prev": to(page=wanted.page - 1) if wanted.page > 1 else "",
        "next": to(page=wanted.page + 1) if found.more else "",
        "first": first + 1,
        "last": first + len(found.rows),
        "total": found.totals.count,
    }


def _bulk(actor: Actor) -> list[dict[str, str]]:
    """What may be done to several orders at once."""
    if not actor.can(Permission.ORDER_EDIT):
        return []
    return [
        {
            "label": _("Hand over"),
            "url": reverse("orders:order-hand-over"),
            "icon": "transfer",
        }
    ]


def _row_menu() -> list[dict[str, str]]:
    return [
        {
            "label": _("Open"),
            "url": "/orders/__ref__/",
            "icon": "external-link",
        },
        {
            "label": _("Copy"),
            "url": "/orders/__ref__/copy/",
            "icon": "copy",
            "method": "post",
        },
    ]


def rows(found: list[dict[str, Any]]) -> list[SimpleNamespace]:
    """Cells as text, made once per distinct value. Objects: a template reads these quicker than
    dicts.
    """
    day = cache(formats.day)
    number = cache(formats.number)
    money = cache(formats.money)
    stage = cache(pill)
    for row in found:
        row["pickup_on"] = day(row["pickup_on"])
        row["created_at"] = day(row["created_at"])
        row["pill"] = stage(row["stage"])
        row["price"] = money(row["client_price"], row["currency"])
        row["rate"] = money(row["carrier_rate"], row["carrier_currency"])
        row["margin"] = number(row["margin_home"], 2)
        row["weight"] = number(row["weight_kg"]) if row["weight_kg"] is not None else ""
        row["volume"] = number(row["volume_m3"])
        row["url"] = f"/orders/{row['ref']}/"
    return [SimpleNamespace(**row) for row in found]
