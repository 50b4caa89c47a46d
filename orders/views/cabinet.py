"""The client's cabinet: own orders with stage and papers, a request, a yes to a quote. No carrier's
rate, no margin.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from companies.blocking import refuse_new_orders
from companies.standing import check_standing, is_archived
from documents.models import Document
from documents.queries import documents_for
from orders import acceptance, lifecycle, links, queries
from orders.acceptance import sent_with, shown_on_page
from orders.access import sees_price
from orders.drafts import CargoData, OrderData, StopData
from orders.errors import BadValue
from orders.models import (
    CargoLine,
    Order,
    Stage,
    Stop,
    StopKind,
    Trip,
    TripStage,
)
from orders.papers import subject
from orders.price_split import price_words
from orders.stages import ORDER, Act
from orders.stop_places import spot_of_text
from orders.views.refusals import answers_refusals
from orders.views.trip import steps
from orders.views.way import way_words
from orders.words import CLIENT_WORDS, pill
from tenants.actor import Actor
from tenants.drivers.bodies import Body
from tenants.kit import clock, formats
from tenants.kit.edge.days import STOP
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.forms import NumberField
from tenants.kit.pieces import Step
from tenants.kit.places.form_field import PlaceField
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


class RequestForm(forms.Form):
    """What a client may ask for: no prices."""

    origin = PlaceField(label=gettext_lazy("From"), required=True)
    destination = PlaceField(label=gettext_lazy("To"), required=True)
    on = DayField(window=STOP, label=gettext_lazy("Loading"))
    cargo = TextField(label=gettext_lazy("Cargo"), max_length=200)
    weight_kg = NumberField(
        label=gettext_lazy("Weight, kg"),
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )
    volume_m3 = NumberField(
        label=gettext_lazy("Volume, m³"),
        min_value=0,
        max_digits=10,
        decimal_places=3,
    )
    body = forms.ChoiceField(
        label=gettext_lazy("Body"),
        required=False,
        choices=[("", pgettext_lazy("body", "Any")), *Body.choices],
    )
    request_note = TextField(
        label=gettext_lazy("Anything else we should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def data_for(self, client: Actor) -> OrderData:
        values = self.cleaned_data
        ends = (
            (StopKind.LOADING, values["origin"], values["on"]),
            (StopKind.UNLOADING, values["destination"], None),
        )
        return OrderData(
            client_id=client.company_id,
            body=values["body"],
            request_note=values["request_note"],
            stops=tuple(_stop(kind, place, on) for kind, place, on in ends),
            cargo=(
                CargoData(
                    values["cargo"],
                    values["weight_kg"],
                    values["volume_m3"],
                ),
            ),
        )


def _stop(kind: str, name: str, on: date | None) -> StopData:
    """A stop of which the client knows place and day."""
    return StopData(kind, **asdict(spot_of_text(name)), on=on)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The client's own request."""

    form: RequestForm


@dataclass(frozen=True, slots=True)
class ClientOrderPage:
    """An order as its client sees it: no carrier's rate, no margin."""

    order: Order
    pill: str
    words: str
    distance: str
    price: str
    price_words: str
    stops: list[Stop]
    cargo: list[CargoLine]
    vehicle: str
    driver: str
    steps: list[Step]
    papers: list[Document]
    may_agree: bool
    sent: dict[str, str]


@require_http_methods(["GET", "POST"])
@needs(Permission.CLIENT_ORDER)
def ask(request: OfficeRequest) -> HttpResponse:
    """The client's own request; the office quotes it."""
    check_standing(request.actor)
    refuse_new_orders(request.actor)
    form = RequestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            order = _request_order(form, request.actor)
        except BadValue as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("Your request %(ref)s is with us: we answer with a price.")
            messages.success(request, text % {"ref": order.ref})
            return go(request, links.cabinet_order(order.ref))
    status = 422 if request.method == "POST" else 200
    return page(
        request,
        "orders/cabinet_request.html",
        RequestPage(form),
        status=status,
    )


@transaction.atomic
def _request_order(form: RequestForm, who: Actor) -> Order:
    now = clock.now()
    order = lifecycle.create(data=form.data_for(who), by=who, at=now)
    lifecycle.advance(order=order, act=Act.REQUEST, by=who, at=now)
    return order


@require_GET
@needs(Permission.CLIENT_CABINET)
def card(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    price = formats.money(order.client_price, order.currency)
    is_seen = sees_price(request.actor, order.stage)
    papers = documents_for(request.actor).filter(subject=subject(order))
    may_agree = _may_agree(order, request.actor)
    context = ClientOrderPage(
        order=order,
        pill=pill(order.stage, for_client=True),
        words=str(CLIENT_WORDS[Stage(order.stage)]),
        distance=way_words(order),
        price=price if is_seen else "—",
        price_words=price_words(order, request.actor) if is_seen else "",
        stops=list(order.stops.all()),
        cargo=list(order.cargo.all()),
        vehicle=trip.plate if trip else "",
        driver=trip.driver_name if trip else "",
        steps=_steps(order, trip),
        papers=list(papers.order_by("-issued_at")),
        may_agree=may_agree,
        sent=sent_with(order.client_price, order.currency, order.version) if may_agree else {},
    )
    return page(request, "orders/cabinet_order.html", context)


def _may_agree(order: Order, actor: Actor) -> bool:
    """Whether the client may say yes to the price now."""
    return _waits(order) and actor.can(Permission.CLIENT_AGREE) and not is_archived(actor)


def _waits(order: Order) -> bool:
    """Whether the office waits for the client's yes to the price."""
    is_asked = order.quoted_at is not None and order.agreed_at is None
    return is_asked and (order.stage, Act.AGREE) in ORDER


def _steps(order: Order, trip: Trip | None) -> list[Step]:
    if trip is None or order.stage == Stage.CANCELLED:
        return []
    return steps(trip.stage, border=trip.stage == TripStage.BORDER)


@require_POST
@needs(Permission.CLIENT_AGREE)
@answers_refusals
def agree(request: OfficeRequest, ref: str) -> HttpResponse:
    """Yes to the price that the page showed."""
    order = queries.order_for(request.actor, ref)
    acceptance.advance(
        order=order,
        act=Act.AGREE,
        shown=shown_on_page(request.POST),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Thank you: we look for a vehicle."))
    return go(request, links.cabinet_order(ref))
