"""A new order, a changed order, a copy; and the typeahead of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

from companies.queries import client_choices, firm_choices
from orders import drafting, lifecycle, links, queries
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
    switching,
)
from orders.forms.order import CargoForm, StopForm
from orders.forms.reading import Filled
from orders.models import Form, Order, StopKind
from orders.pricing import margin_percent
from orders.stages import EDITABLE
from orders.stop_places import home_of
from tenants.kit import clock, places
from tenants.kit.doubts import Doubt, answers_in
from tenants.kit.edge import points
from tenants.kit.places import Place
from tenants.kit.places.index import set_of
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

TWO_STOPS = [{"kind": StopKind.LOADING}, {"kind": StopKind.UNLOADING}]
SHOWN = "orders/form.html"


@dataclass
class OrderPage:
    """The three forms of one page, and which face of it is shown; `order` is the one changed.

    `carried` are the values that were typed on the other face; `doubt` is a question to answer.
    """

    form: OrderForm
    stops: BaseFormSet[StopForm]
    cargo: BaseFormSet[CargoForm]
    face: str
    order: Order | None = None
    base: OrderData | None = None
    is_quoted: bool = False
    carried: Sequence[tuple[str, str]] = ()
    doubt: Doubt | None = None

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
        return read(self.form, self.stops, self.cargo, face=self.face, base=self.base)

    def add_error(self, problem: BadValue) -> None:
        """Show a refusal at its field, or on top where the form has no such field."""
        field = problem.field if problem.field in self.form.fields else None
        self.form.add_error(field, str(problem))


def _office(
    request: OfficeRequest,
    order: Order | None,
) -> Office:
    return Office(
        client_choices(
            in_force=order.client_id if order else None,
            chosen=request.POST.get("client"),
        ),
        queries.people(in_force=order.responsible if order else None),
        request.reseller.currency,
        firm_choices({order.seller_firm, order.hiring_firm} if order else set()),
    )


def _sheet(request: OfficeRequest, order: Order | None = None) -> OrderPage:
    """The page as it was sent, else for the order, else for a new one."""
    if request.method == "POST":
        return _sent(request, order)
    return _for_order(request, order) if order else _fresh(request)


def _sent(request: OfficeRequest, order: Order | None) -> OrderPage:
    """The page as it was sent, beside what stands on the order."""
    base = data_of(order) if order else None
    initial = _initial(order, base) if order and base else Filled({}, [], [])
    office = _office(request, order)
    face = _face(request.POST)
    return OrderPage(
        OrderForm(request.POST, office=office, initial=initial.order),
        StopForms(request.POST, prefix="stop", initial=initial.stops),
        CargoForms(request.POST, prefix="cargo", initial=initial.cargo),
        face,
        order,
        base,
        is_quoted=order is not None and drafting.is_quoted(order),
        carried=switching.carried(request.POST, face, face),
    )


def _initial(order: Order, base: OrderData) -> Filled:
    """What the forms of an order show before anything is typed."""
    values = filled(base)
    sums = {"margin": order.margin, "margin_percent": margin_percent(order.sides)}
    return replace(values, order=values.order | sums | {"version": order.version})


def _face(query: QueryDict) -> str:
    """The face of the form that is asked for."""
    return "detailed" if query.get("face") == "detailed" else "simple"


def _fresh(request: OfficeRequest) -> OrderPage:
    initial = {
        "currency": request.reseller.currency,
        "carrier_currency": request.reseller.currency,
        "responsible": str(request.actor.member_id),
        "client": request.GET.get("client", ""),
    }
    return OrderPage(
        OrderForm(initial=initial, office=_office(request, None)),
        StopForms(initial=TWO_STOPS, prefix="stop"),
        CargoForms(prefix="cargo"),
        _face(request.GET),
    )


def _for_order(request: OfficeRequest, order: Order) -> OrderPage:
    initial = _initial(order, data_of(order))
    return OrderPage(
        OrderForm(initial=initial.order, office=_office(request, order)),
        StopForms(initial=initial.stops or TWO_STOPS, prefix="stop"),
        CargoForms(initial=initial.cargo, prefix="cargo"),
        order.form,
        order,
        is_quoted=drafting.is_quoted(order),
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
            order = lifecycle.create(
                data=sheet.data(),
                by=request.actor,
                at=clock.now(),
                sure=answers_in(sheet.form.cleaned_data["sure"]),
                responsible_as_given=True,
            )
        except BadValue as problem:
            sheet.add_error(problem)
        except Doubt as doubt:
            sheet.doubt = doubt
        else:
            messages.success(request, _("Order %(ref)s is saved.") % {"ref": order.ref})
            return go(request, links.order(order.ref))
    return page(request, SHOWN, sheet, status=422)


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def order_edit(
    request: OfficeRequest,
    ref: str,
) -> HttpResponse:
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
            sure=answers_in(sheet.form.cleaned_data["sure"]),
        )
    except BadValue as problem:
        sheet.add_error(problem)
        return page(request, SHOWN, sheet, status=422)
    except Doubt as doubt:
        sheet.doubt = doubt
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
    before = sheet.face
    if show in Form.values:
        sheet.face = show
    base = filled(sheet.base) if sheet.base else Filled({}, [], [])
    typed = switching.typed(request.POST, base, face=before, adds=show)
    sheet.form = OrderForm(initial=typed.order, office=_office(request, sheet.order))
    sheet.stops = StopForms(initial=typed.stops, prefix="stop")
    sheet.cargo = CargoForms(initial=typed.cargo, prefix="cargo")
    sheet.carried = switching.carried(request.POST, before, sheet.face)
    return True


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
    text = request.GET.get("q", "")[:120]
    home = places.resolve(text, home_of(request.actor))
    listed = set_of([*home.candidates, *places.search(text, limit=8)])
    return JsonResponse(
        [_place(place, is_meant=place is home.place) for place in listed],
        safe=False,
    )


def _place(place: Place, *, is_meant: bool) -> dict[str, str | bool]:
    """A choice of the picker. Its value means this very place; `exact`: so does the typed text. `point`
    is for the map of an address.
    """
    language = get_language() or "ru"
    return {
        "value": places.label(place, language),
        "text": place.name(language),
        "note": places.whereabouts(place, language),
        "point": points.written(place.point),
        "exact": is_meant,
    }
