"""The list of shipments as the kit's list pattern wants it: flat rows, formats made once per
distinct value.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from commission.cargo.forms.filters import ShipmentFilters
from commission.cargo.models import Status
from commission.cargo.queries.shipment_list import PAGE, SORTS, Asked, Board, Sums
from commission.cargo.views import frame
from commission.cargo.words import (
    amounts,
    hints,
    status_pill,
    transport_word,
)
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.web import OfficeRequest
from tenants.office import saved_views
from tenants.office.models import SavedView
from tenants.permissions import Permission

VIEWS = "cargo.shipments"  # the page's own saved views
HIDDEN = frozenset({"mode", "method"})  # columns one asks for
ALWAYS = frozenset({"tracking", "status"})


def columns() -> list[tuple[str, str, bool]]:
    """Key, heading, whether its values are numbers."""
    return [
        ("received", _("Date received"), False),
        ("customer", _("Customer"), False),
        ("tracking", _("Tracking number"), False),
        ("goods", _("Goods type"), False),
        ("transport", _("Transport"), False),
        ("weight", _("Weight (kg)"), True),
        ("volume", "CBM", True),
        ("price", _("Selling price"), True),
        ("mode", _("Cost mode"), False),
        ("cost", _("Cost"), True),
        ("commission", _("Commission"), True),
        ("method", _("Method"), False),
        ("status", _("Status"), False),
        ("salesperson", _("Salesperson"), False),
    ]


def shown(query: QueryDict) -> frozenset[str]:
    """Columns that are on: those asked for, else the usual ones."""
    keys = {key for key, _label, _numeric in columns()}
    return frozenset(set(query.getlist("cols")) & keys or keys - HIDDEN) | ALWAYS


def of_shipments(
    request: OfficeRequest,
    form: ShipmentFilters,
    wanted: Asked,
    found: Board,
    saved: list[SavedView],
) -> dict[str, Any]:
    url = reverse("cargo:shipment-list")
    actor = request.actor
    on = shown(request.GET)
    link = partial(frame.address, url, request.GET)
    total = f"{found.sums.count:,}+" if found.sums.capped else found.sums.count
    return {
        "title": _("Shipments"),
        "count": total,
        "rows_count": len(found.rows),
        "url": url,
        "search": wanted.search,
        "search_hint": _("Tracking number, customer"),
        "filters": form,
        "chips": _chips(form, wanted, link),
        "clear_url": url,
        "views": _views(url, wanted, request.GET, saved),
        "cards": True,
        "columns": [_column(*column, wanted, link) for column in columns() if column[0] in on],
        "column_choices": [
            {"key": key, "label": label, "on": key in on} for key, label, _n in columns()
        ],
        "totals": _sums(found.sums, request.reseller.currency),
        "saved": _saved(saved, request.GET),
        "pager": frame.pager(
            url,
            request.GET,
            page=wanted.page,
            size=PAGE,
            shown=len(found.rows),
            more=found.more,
            total=total,
        ),
        "export_url": frame.address(reverse("cargo:shipment-export"), request.GET, page=None),
        "bulk": _bulk(actor),
        "keep": {
            name: str(value)
            for name, value in (
                ("lot", wanted.lot),
                ("batch", wanted.batch),
            )
            if value
        },
        "row_menu": _row_menu(actor),
        "empty": {
            "title": _("No shipments yet"),
            "icon": "package",
            "text": _(
                "A shipment is a parcel that came in: whose it is, what it weighs, what it is sold for."
            ),
            "action_label": _("Add a shipment") if actor.can(Permission.CARGO_ENTER) else "",
            "action_url": reverse("cargo:shipment-new"),
        },
    }


def _saved(saved: list[SavedView], query: QueryDict) -> dict[str, Any]:
    own = [
        {
            "name": view.name,
            "delete_url": reverse("cargo:view-delete", args=[view.pk]),
        }
        for view in saved
    ]
    return {
        "query": saved_views.tidy(query),
        "url": reverse("cargo:view-save"),
        "views": own,
    }


def _views(
    url: str, wanted: Asked, query: QueryDict, saved: list[SavedView]
) -> list[dict[str, Any]]:
    tabs = [
        ("", "", _("All")),
        *(("status", value, label) for value, label in Status.choices),
        ("salesperson", "none", _("No salesperson yet")),
    ]
    own = saved_views.tabs(saved, url, query)
    taken = any(view["active"] for view in own)
    now = (
        ("salesperson", "none")
        if wanted.salesperson == "none"
        else ("status", wanted.status)
        if wanted.status
        else ("", "")
    )
    fixed = [
        {
            "label": label,
            "url": f"{url}?{name}={value}" if name else url,
            "active": not taken and (name, value) == now,
        }
        for name, value, label in tabs
    ]
    return [*fixed, *own]


def _column(key: str, label: str, numeric: bool, wanted: Asked, link: Any) -> dict[str, Any]:
    is_sorted = wanted.sort.lstrip("-") == key
    direction = ("desc" if wanted.sort.startswith("-") else "asc") if is_sorted else ""
    turn = key if direction == "desc" else f"-{key}"
    return {
        "key": key,
        "label": label,
        "numeric": numeric,
        "sorted": direction,
        "sort_url": link(sort=turn, page=None) if key in SORTS else "",
    }


def _chips(form: ShipmentFilters, wanted: Asked, link: Any) -> list[dict[str, str]]:
    chips = []
    for name, value in form.cleaned_data.items():
        if not value:
            continue
        field = form.fields[name]
        text = dict(getattr(field, "choices", [])).get(value) or (
            value
            if isinstance(value, str)
            else frame.month_label(value)
            if name == "month"
            else formats.day(value)
        )
        chips.append(
            {
                "label": f"{field.label}: {text}",
                "remove_url": link(**{name: None, "page": None}),
            }
        )
    if wanted.batch:
        chips.append(
            {
                "label": _("One import"),
                "remove_url": link(batch=None, page=None),
            }
        )
    if wanted.lot:
        chips.append(
            {
                "label": _("One lot"),
                "remove_url": link(lot=None, page=None),
            }
        )
    return chips


def _bulk(actor: Actor) -> list[dict[str, str]]:
    """What may be done to several shipments at once."""
    if not actor.can(Permission.CARGO_ENTER):
        return []
    return [
        {
            "label": _("Labels"),
            "url": reverse("cargo:labels-picked"),
            "icon": "printer",
        },
        {
            "label": _("Put into a lot"),
            "url": reverse("cargo:into-lot"),
            "icon": "container",
        },
    ]


def _row_menu(actor: Actor) -> list[dict[str, Any]]:
    """Edit and delete as the seed has them; the page of a shipment says why one cannot."""
    items: list[dict[str, Any]] = [
        {
            "label": _("Show"),
            "url": "/cargo/shipments/__ref__/",
            "icon": "eye",
        }
    ]
    if actor.can(Permission.CARGO_ENTER):
        items += [
            {
                "label": _("Edit the shipment"),
                "url": "/cargo/shipments/__ref__/edit/",
                "icon": "pencil",
            },
            {
                "label": _("Delete the shipment"),
                "url": "/cargo/shipments/__ref__/delete/",
                "icon": "trash",
                "tone": "bad",
                "method": "post",
                "confirm": _("Delete this shipment? It cannot be brought back."),
            },
        ]
    return items


def rows(found: list[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Cells as text; days, pills and words are made once per distinct value."""
    days: dict[Any, str] = {}
    pills: dict[Any, Any] = {}
    ways: dict[str, str] = {}
    written = amounts()
    manages = actor.can(Permission.CARGO_MANAGE)
    enters = actor.can(Permission.CARGO_ENTER)
    for row in found:
        row["hints"] = (
            hints(row, manages=manages, enters=enters)
            if row["status"] != "normal" or row["salesperson_id"] is None
            else []
        )
        day = row["received_on"]
        state = (row["status"], row["commission_method"])
        row["day"] = days.get(day) or days.setdefault(day, formats.day(day))
        row["pill"] = pills.get(state) or pills.setdefault(state, status_pill(*state))
        row["way"] = ways.get(row["transport"]) or ways.setdefault(
            row["transport"], transport_word(row["transport"])
        )
        row["is_minus"] = row["commission"] is not None and row["commission"] < 0
        for name in ("price", "cost", "commission"):
            row[name] = written(row[name])
        for name in ("weight_kg", "volume_cbm"):
            row[name] = f"{row[name].normalize():,f}"
    return found


def _sums(found: Sums, currency: str) -> str:
    """Totals of the filtered set, in words."""
    if found.capped:
        limit = _("are shown for up to %(count)s shipments: narrow the filter") % {
            "count": f"{found.count:,}"
        }
        return f"{_('Totals')} {limit}"
    said = (
        (_("Sales"), found.sales),
        (_("Cost"), found.cost),
        (_("Commission"), found.commission),
    )
    return f"{_('In all')}: " + " · ".join(
        f"{label} {formats.money(amount, currency)}" for label, amount in said
    )
