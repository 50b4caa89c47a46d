"""Acts on an order that need a button, a reason or a choice of carrier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from orders import (
    acceptance,
    assignment,
    cancelling,
    lifecycle,
    links,
    market,
    papers,
    queries,
)
from orders.acceptance import shown_on_page
from orders.crew_booking import Overlap
from orders.crew_question import ask_about_crew
from orders.errors import BadValue, Refused
from orders.forms.assign import AssignForm
from orders.market import NotSigned
from orders.models import Order
from orders.stages import DRIVING, Act
from orders.views.card import OrderHead, head_of
from orders.views.refusals import answers_refusals, conflict, question, sure_of
from tenants.actor import Actor
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit import asked_again, clock
from tenants.kit.doubts import Answers, Doubt
from tenants.kit.edge.text import one_line
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

Does = Callable[[Order, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class AssignPage:
    """The choice of a carrier; `overlap` is the other trip that the driver or vehicle is on."""

    order: Order
    head: OrderHead
    form: AssignForm
    replacing: bool
    overlap: Overlap | None = None


def _step(act: Act) -> Does:
    def take(order: Order, by: Actor, at: datetime) -> None:
        lifecycle.advance(order=order, act=act, by=by, at=at)

    return take


ACTS: dict[str, Does] = {
    Act.UNPUBLISH: lambda order, by, at: market.unpublish(order=order, by=by, at=at),
    Act.REQUEST: _step(Act.REQUEST),
    Act.CLOSE: _step(Act.CLOSE),
}
ON_PRICE = (Act.QUOTE, Act.AGREE, Act.COMPLETE)  # they stand on the price that the page showed


@require_POST
@needs(Permission.ORDER_EDIT, Permission.FINANCE_EDIT)
@answers_refusals
def act(request: OfficeRequest, ref: str, act: str) -> HttpResponse:
    """Press of a button that needs no more than the press."""
    if act not in ACTS and act not in (*ON_PRICE, Act.PUBLISH):
        raise Http404
    order = queries.order_for(request.actor, ref)
    try:
        _take(request, order, act)
    except NotSigned as refused:
        messages.warning(request, str(refused))
        return go(request, reverse("companies:own-details"))
    return _back(request, _done(act), links.order(order.ref))


def _take(request: OfficeRequest, order: Order, act: str) -> None:
    """Do the act; what the page showed must still stand."""
    shown = shown_on_page(request.POST, demanded=act == Act.AGREE)
    if act in ON_PRICE:
        acceptance.advance(
            order=order,
            act=Act(act),
            shown=shown,
            by=request.actor,
            at=clock.now(),
        )
        return
    with transaction.atomic():
        row = lifecycle.lock(order)
        lifecycle.check_version(row, shown.version)
        if act == Act.PUBLISH:
            sure = sure_of(request)
            market.publish(order=order, by=request.actor, at=clock.now(), sure=sure)
        else:
            ACTS[act](order, request.actor, clock.now())


def _done(act: str) -> str:
    words: dict[str, str] = {
        Act.PUBLISH: _("The order is on the exchange: every carrier of the platform sees it."),
        Act.UNPUBLISH: _("The order is off the exchange."),
        Act.COMPLETE: _("The order is completed: invoice and act are being made."),
        Act.QUOTE: _("The client sees the price now."),
        Act.CLOSE: _("The order is closed."),
    }
    return words.get(act, _("Done."))


def _back(
    request: OfficeRequest,
    text: str,
    url: str,
) -> HttpResponse:
    messages.success(request, text)
    return go(request, url)


@require_POST
@needs(Permission.ORDER_EDIT)
@answers_refusals
def cancel(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    sure = sure_of(request)
    money_goes = any(answer.startswith(cancelling.MONEY_GOES) for answer in sure)
    if money_goes and (answer := asked_again.ask(request)):
        return answer
    cancelling.cancel(
        order=order,
        reason=one_line(request.POST.get("reason", "")),
        by=request.actor,
        at=clock.now(),
        sure=sure,
    )
    return _back(request, _("The order is cancelled."), links.order(order.ref))


@require_http_methods(["GET", "POST"])
@needs(Permission.ORDER_EDIT)
def assign_carrier(request: OfficeRequest, ref: str) -> HttpResponse:
    """Choose who drives, without the exchange; while it is driven, replace who failed."""
    order = queries.order_for(request.actor, ref)
    replacing = order.stage in DRIVING
    form = AssignForm(
        posted(request),
        order=order,
        replacing=replacing,
        query=one_line(request.GET.get("driver_search", "")[:100]),
    )
    trip = queries.current_trip(order)
    shown = AssignPage(order, head_of(request, order, "overview", trip), form, replacing)
    if request.method == "GET" and not _may_assign(order, request.actor):
        text = _("%(ref)s stands at “%(stage)s”: a carrier cannot be chosen now.")
        return conflict(request, text % {"ref": order.ref, "stage": order.stage_label})
    if request.method == "GET":
        return page(request, "orders/assign.html", shown)
    if not form.is_valid():
        return page(request, "orders/assign.html", shown, status=422)
    try:
        _chosen(order, form, replacing, request.actor, sure_of(request))
    except Overlap as overlap:
        shown = replace(shown, overlap=overlap)
        return page(request, "orders/assign.html", shown, status=409)
    except Doubt as doubt:
        return question(request, doubt)
    except BadValue as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused))
        return page(request, "orders/assign.html", shown, status=422)
    except (Refused, ExchangeRefused) as refused:
        return conflict(request, str(refused))
    return _back(request, _("The carrier is assigned."), links.trip(order.ref))


def _may_assign(
    order: Order,
    actor: Actor,
) -> bool:
    choices = lifecycle.available(order=order, for_=actor)
    return any(choice.act in (Act.ASSIGN, Act.REPLACE) for choice in choices)


def _chosen(order: Order, form: AssignForm, replacing: bool, by: Actor, sure: Answers) -> None:
    values = form.cleaned_data
    now = clock.now()
    choice = assignment.assignment_to(
        order=order,
        rate=values["rate"],
        currency=values["currency"],
        partner=form.chosen_partner(),
        driver=form.chosen_driver(),
        vehicle=form.chosen_vehicle(),
        together=values["together"],
        agreed_at=values["agreed_at"],
        tax=values["carrier_tax"],
        payment=values["carrier_payment"],
    )
    shown = values["version"]
    if replacing:
        assignment.replace_carrier(
            order=order,
            assignment=choice,
            reason=values["reason"],
            by=by,
            at=now,
            version=shown,
            sure=sure,
        )
    else:
        assignment.assign_directly(
            order=order, assignment=choice, by=by, at=now, version=shown, sure=sure
        )


@require_POST
@needs(Permission.DOCUMENT_EDIT)
@answers_refusals
def make_papers(
    request: OfficeRequest,
    ref: str,
) -> HttpResponse:
    """Issue request and instruction where they are missing."""
    order = queries.order_for(request.actor, ref)
    now = clock.now()
    trip = queries.current_trip(order)
    sure = sure_of(request)
    is_named = trip is None or bool(trip.driver_name)
    ask_about_crew(is_named=is_named, sure=sure)
    issued = [
        papers.request(order=order, at=now, by=request.actor),
        papers.instruction(order=order, at=now, by=request.actor),
        *papers.correct_crew(order=order, at=now, by=request.actor),
    ]
    text = (
        _("The papers are being made.")
        if any(issued)
        else _("All papers of this stage are there already.")
    )
    return _back(request, text, links.documents(order.ref))
