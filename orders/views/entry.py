"""A new order, a changed order, a copy; and the typeahead of places."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse, JsonResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from orders import lifecycle, links, queries
from orders.access import PLACES
from orders.drafts import OrderData, data_of
from orders.errors import BadValue, Refused
from orders.forms import (
    CargoForms,
    Office,
    OrderForm,
    StopForms,
    filled,
    read,
)
from orders.forms.order import CargoForm, StopForm
from orders.models import Form, Order, StopKind
from orders.stages import EDITABLE
from tenants.kit import clock
from tenants.kit.places import Place, search
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

TWO_STOPS = [{"kind": StopKind.LOADING}, {"kind": StopKind.UNLOADING}]
MOST_ROWS = 20  # of stops, and of cargo
SHOWN = "orders/form.html"


@dataclass
class OrderPage:
    """The three forms of one page, and which face of it is shown; `order` is the one changed."""

    form: OrderForm
    stops: BaseFormSet[StopForm]
    cargo: BaseFormSet[CargoForm]
    face: str
    order: Order | None = None

    def is_valid(self) -> bool:
        """Check all three, so that every fault is shown at once."""
        return all(
            [
                self.form.is_valid(),
                self.stops.is_valid(),
                self.cargo.is_valid(),
            ]
        )

    def data(self) -> OrderData:
        return read(self.form, self.stops, self.cargo, face=self.face)

    def add_error(self, problem: BadValue) -> None:
        """Show a refusal at its field, or on top where the form has no such field."""
        field = problem.field if problem.field in self.form.fields else None
        self.form.add_error(field, str(problem))


def _office(request: OfficeRequest) -> Office:
    return Office(queries.clients(), queries.people(), request.reseller.currency)


def _sheet(request: OfficeRequest, order: Order | None = None) -> OrderPage:
    """The page as it was sent, else for the order, else for a new one."""
    if request.method == "POST":
        return _sent(request, order)
    return _for_order(request, order) if order else _fresh(request)


def _sent(request: OfficeRequest, order: Order | None) -> OrderPage:
    return OrderPage(
        OrderForm(request.POST, office=_office(request)),
        StopForms(request.POST, prefix="stop"),
        CargoForms(request.POST, prefix="cargo"),
        _face(request.POST),
        order,
    )


def _face(query: QueryDict) -> str:
    return "detailed" if query.get("face") == "detailed" else "simple"


def _fresh(request: OfficeRequest) -> OrderPage:
    initial = {
        "currency": request.reseller.currency,
        "carrier_currency": request.reseller.currency,
        "responsible": str(request.actor.member_id),
        "client": request.GET.get("client", ""),
    }
    return OrderPage(
        OrderForm(initial=initial, office=_office(request)),
        StopForms(initial=TWO_STOPS, prefix="stop"),
        CargoForms(prefix="cargo"),
        _face(request.GET),
    )


def _for_order(request: OfficeRequest, order: Order) -> OrderPage:
    values = filled(data_of(order))
    initial = values.order | {
        "version": order.version,
        "margin": order.margin,
    }
    return OrderPage(
        OrderForm(initial=initial, office=_office(request)),
        StopForms(initial=values.stops or TWO_STOPS, prefix="stop"),
        CargoForms(initial=values.cargo, prefix="cargo"),
        order.form,
        order,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def order_new(request: OfficeRequest) -> HttpResponse:
    """Enter a new order."""
    sheet = _sheet(request)
    if request.method == "GET" or _more(request, sheet):
        return page(request, SHOWN, sheet)
    if sheet.is_valid():
        try:
            order = lifecycle.create(data=sheet.data(), by=request.actor, at=clock.now())
        except BadValue as problem:
            sheet.add_error(problem)
        else:
            messages.success(request, _("Order %(ref)s is saved.") % {"ref": order.ref})
            return go(request, links.order(order.ref))
    return page(request, SHOWN, sheet, status=422)


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def order_edit(request: OfficeRequest, ref: str) -> HttpResponse:
    """Change an order's data while its stage lets them be changed."""
    order = queries.order_for(request.actor, ref)
    card = links.order(order.ref)
    if order.stage not in EDITABLE:
        text = _("%(ref)s can no longer be changed.") % {"ref": order.ref}
        messages.error(request, text)
        return go(request, card)
    sheet = _sheet(request, order)
    if request.method == "GET" or _more(request, sheet):
        return page(request, SHOWN, sheet)
    if not sheet.is_valid():
        return page(request, SHOWN, sheet, status=422)
    try:
        lifecycle.edit(
            order=order,
            data=sheet.data(),
            version=sheet.form.cleaned_data["version"],
            by=request.actor,
            at=clock.now(),
        )
    except BadValue as problem:
        sheet.add_error(problem)
        return page(request, SHOWN, sheet, status=422)
    except Refused as problem:
        sheet.form.add_error(None, str(problem))
        return page(request, SHOWN, sheet, status=409)
    messages.success(request, _("Saved."))
    return go(request, card)


def _more(request: OfficeRequest, sheet: OrderPage) -> bool:
    """The other face, or one more row: what is typed so far is shown again, nothing is checked."""
    show = request.POST.get("show", "")
    if not show:
        return False
    if show in Form.values:
        sheet.face = show
    typed = request.POST.copy()
    if show in ("stop", "cargo"):
        total = f"{show}-TOTAL_FORMS"
        rows = min(int(typed.get(total, "1")) + 1, MOST_ROWS)
        typed[total] = str(rows)
    names = [name for name in sheet.form.fields if name != "loading_types"]
    initial: dict[str, object] = {name: typed.get(name, "") for name in names}
    initial["loading_types"] = typed.getlist("loading_types")
    sheet.form = OrderForm(initial=initial, office=_office(request))
    sheet.stops = StopForms(initial=_typed(typed, "stop", StopForm), prefix="stop")
    sheet.cargo = CargoForms(initial=_typed(typed, "cargo", CargoForm), prefix="cargo")
    return True


def _typed(
    data: QueryDict,
    prefix: str,
    form: type[StopForm | CargoForm],
) -> list[dict[str, object]]:
    """What was typed into the rows of a formset."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "1")
    rows = min(int(total), MOST_ROWS) if total.isdecimal() else 1
    return [
        {name: data.get(f"{prefix}-{row}-{name}", "") for name in form.base_fields}
        for row in range(rows)
    ]


@require_POST
@needs(Permission.ORDER_EDIT)
def order_copy(request: OfficeRequest, ref: str) -> HttpResponse:
    """Copy an order, as yesterday, and change the copy."""
    source = queries.order_for(request.actor, ref)
    order = lifecycle.copy(order=source, by=request.actor, at=clock.now())
    text = _("Copied from %(ref)s: check dates and prices.") % {"ref": source.ref}
    messages.success(request, text)
    return go(request, links.edit(order.ref))


@require_GET
@needs(*PLACES)
def place_search(request: OfficeRequest) -> JsonResponse:
    """Places by the beginning of a name, for the typeahead."""
    language = get_language() or "ru"
    places = search(request.GET.get("q", "")[:60], language, limit=8)
    return JsonResponse(
        [_place(place, language) for place in places],
        safe=False,
    )


def _place(place: Place, language: str) -> dict[str, str]:
    name = place.name(language)
    return {"value": name, "text": name, "note": place.country}
