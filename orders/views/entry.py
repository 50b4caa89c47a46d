"""A new order, a changed order, a copy; and the typeahead of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from orders import lifecycle, queries
from orders.access import PLACES
from orders.drafts import data_of
from orders.errors import BadValue, Refused
from orders.forms import CargoForms, OrderForm, StopForms, filled, read
from orders.models import Form, Order, StopKind
from orders.stages import EDITABLE
from tenants.kit import clock
from tenants.kit.places import Place, search
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

TWO_STOPS = [{"kind": StopKind.LOADING}, {"kind": StopKind.UNLOADING}]


@dataclass
class Sheet:
    """The three forms of one page, and which face of it is shown."""

    order: OrderForm
    stops: Any
    cargo: Any
    face: str

    def is_valid(self) -> bool:
        return all(
            [
                self.order.is_valid(),
                self.stops.is_valid(),
                self.cargo.is_valid(),
            ]
        )

    def context(self) -> dict[str, Any]:
        return {
            "form": self.order,
            "stops": self.stops,
            "cargo": self.cargo,
            "face": self.face,
        }


def _known(request: OfficeRequest) -> dict[str, Any]:
    return {
        "clients": queries.clients(),
        "people": queries.people(),
        "home": request.reseller.currency,
    }


def _sheet(request: OfficeRequest, order: Order | None = None) -> Sheet:
    known = _known(request)
    if request.method == "POST":
        face = "detailed" if request.POST.get("face") == "detailed" else "simple"
        return Sheet(
            OrderForm(request.POST, **known),
            StopForms(request.POST, prefix="stop"),
            CargoForms(request.POST, prefix="cargo"),
            face,
        )
    if order is None:
        face = "detailed" if request.GET.get("face") == "detailed" else "simple"
        whole: dict[str, Any] = {
            "currency": request.reseller.currency,
            "carrier_currency": request.reseller.currency,
            "responsible": str(request.actor.member_id),
            "client": request.GET.get("client", ""),
        }
        return Sheet(
            OrderForm(initial=whole, **known),
            StopForms(initial=TWO_STOPS, prefix="stop"),
            CargoForms(prefix="cargo"),
            face,
        )
    whole, stops, cargo = filled(data_of(order))
    whole |= {"version": order.version, "margin": order.margin}
    return Sheet(
        OrderForm(initial=whole, **known),
        StopForms(initial=stops or TWO_STOPS, prefix="stop"),
        CargoForms(initial=cargo, prefix="cargo"),
        order.form,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def order_new(request: OfficeRequest) -> HttpResponse:
    sheet = _sheet(request)
    if request.method == "GET" or _more(request, sheet):
        return page(request, "orders/form.html", sheet.context())
    if sheet.is_valid():
        data = read(sheet.order, sheet.stops, sheet.cargo, face=sheet.face)
        try:
            order = lifecycle.create(data=data, by=request.actor, at=clock.now())
        except BadValue as problem:
            sheet.order.add_error(_field(sheet.order, problem.field), str(problem))
        else:
            messages.success(
                request,
                _("Order %(ref)s is saved.") % {"ref": order.ref},
            )
            return go(request, reverse("orders:order-card", args=[order.ref]))
    return page(request, "orders/form.html", sheet.context(), status=422)


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def order_edit(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    card = reverse("orders:order-card", args=[order.ref])
    if order.stage not in EDITABLE:
        messages.error(
            request,
            _("%(ref)s can no longer be changed.") % {"ref": order.ref},
        )
        return go(request, card)
    sheet = _sheet(request, order)
    if request.method == "GET" or _more(request, sheet):
        return page(
            request,
            "orders/form.html",
            sheet.context() | {"order": order},
        )
    if sheet.is_valid():
        data = read(sheet.order, sheet.stops, sheet.cargo, face=sheet.face)
        version = sheet.order.cleaned_data["version"]
        try:
            lifecycle.edit(
                order=order,
                data=data,
                version=version,
                by=request.actor,
                at=clock.now(),
            )
        except BadValue as problem:
            sheet.order.add_error(_field(sheet.order, problem.field), str(problem))
        except Refused as problem:
            sheet.order.add_error(None, str(problem))
            return page(
                request,
                "orders/form.html",
                sheet.context() | {"order": order},
                status=409,
            )
        else:
            messages.success(request, _("Saved."))
            return go(request, card)
    return page(
        request,
        "orders/form.html",
        sheet.context() | {"order": order},
        status=422,
    )


def _more(request: OfficeRequest, sheet: Sheet) -> bool:
    """The other face, or one more row: what is typed so far is shown again, nothing is checked."""
    wanted = request.POST.get("show", "")
    if not wanted:
        return False
    if wanted in Form.values:
        sheet.face = wanted
    copy = request.POST.copy()
    if wanted in ("stop", "cargo"):
        total = f"{wanted}-TOTAL_FORMS"
        copy[total] = str(min(int(copy.get(total, "1")) + 1, 20))
    fresh = {name: copy.get(name, "") for name in sheet.order.fields if name != "loading_types"}
    known = _known(request)
    sheet.order = OrderForm(
        initial=fresh | {"loading_types": copy.getlist("loading_types")},
        **known,
    )
    sheet.stops = StopForms(initial=_typed(copy, "stop", sheet.stops), prefix="stop")
    sheet.cargo = CargoForms(initial=_typed(copy, "cargo", sheet.cargo), prefix="cargo")
    return True


def _typed(data: Any, prefix: str, forms: Any) -> list[dict[str, str]]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "1")
    count = min(int(total), 20) if total.isdecimal() else 1
    names = list(forms.form.base_fields)
    return [
        {name: data.get(f"{prefix}-{number}-{name}", "") for name in names}
        for number in range(count)
    ]


def _field(form: OrderForm, name: str) -> str | None:
    return name if name in form.fields else None


@require_POST
@needs(Permission.ORDER_EDIT)
def order_copy(request: OfficeRequest, ref: str) -> HttpResponse:
    """As yesterday."""
    source = queries.order_for(request.actor, ref)
    order = lifecycle.copy(order=source, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("Copied from %(ref)s: check dates and prices.") % {"ref": source.ref},
    )
    return go(request, reverse("orders:order-edit", args=[order.ref]))


@require_GET
@needs(*PLACES)
def place_search(request: OfficeRequest) -> JsonResponse:
    """Places by the beginning of a name, for the typeahead."""
    language = get_language() or "ru"
    found = search(request.GET.get("q", "")[:60], language, limit=8)
    return JsonResponse([_place(place, language) for place in found], safe=False)


def _place(place: Place, language: str) -> dict[str, str]:
    name = place.name(language)
    return {"value": name, "text": name, "note": place.country}
