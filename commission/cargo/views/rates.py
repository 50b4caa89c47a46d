"""Rate cards: the list with its history, the grid, copy, activation with its preview, goods types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo.api.rates import card_for
from commission.cargo.forms.rates import (
    CardForm,
    GoodsTypeForm,
    initial,
)
from commission.cargo.models import Activation, RateCard
from commission.cargo.rates import cards, defaults, goods_types, rate_cards
from tenants.kit import clock, months
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

HISTORY = 30


@require_GET
@needs(Permission.CARGO_MANAGE)
def card_list(request: OfficeRequest) -> HttpResponse:
    return _list(request, GoodsTypeForm())


def _list(request: OfficeRequest, form: GoodsTypeForm, status: int = 200) -> HttpResponse:
    kinds = defaults.goods_types()
    rows = [
        {"card": card, "blanks": len(cards.blanks(card, kinds))}
        for card in RateCard.objects.order_by("-is_active", "-created_at")[:100]
    ]
    history = Activation.objects.select_related("card").order_by("-active_from")[:HISTORY]
    context = {
        "rows": rows,
        "history": list(history),
        "kinds": defaults.names(),
        "form": form,
    }
    return page(request, "cargo/rate_cards.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def card_new(request: OfficeRequest) -> HttpResponse:
    form = CardForm(posted(request))
    if form.is_valid():
        try:
            card = rate_cards.create(
                name=form.cleaned_data["name"],
                prices=form.grid(),
                by=request.actor,
                at=clock.now(),
            )
        except rate_cards.NameTaken:
            form.add_error("name", _("Another card has this name."))
        else:
            messages.success(
                request,
                _("The card is saved. Activate it to price shipments with it."),
            )
            return go(request, reverse("cargo:card-card", args=[card.pk]))
    return page(
        request,
        "cargo/rate_card.html",
        {"form": form, "card": None, "blanks": []},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def card_card(request: OfficeRequest, card_id: UUID) -> HttpResponse:
    """The grid of a card; a change of an active one makes a new version."""
    card = card_for(card_id)
    form = CardForm(
        posted(request),
        initial={"name": card.name} | initial(cards.grid_of(card)),
    )
    if form.is_valid():
        try:
            changed = rate_cards.change(
                card=card,
                name=form.cleaned_data["name"],
                prices=form.grid(),
                by=request.actor,
                at=clock.now(),
            )
        except rate_cards.NameTaken:
            form.add_error("name", _("Another card has this name."))
        else:
            messages.success(
                request,
                _("The card is saved as version %(version)s.") % {"version": changed.version},
            )
            return go(request, reverse("cargo:card-card", args=[card.pk]))
    context = {"form": form, "card": card, "blanks": blank_words(card)}
    return page(
        request,
        "cargo/rate_card.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_POST
@needs(Permission.CARGO_MANAGE)
def card_copy(request: OfficeRequest, card_id: UUID) -> HttpResponse:
    card = card_for(card_id)
    for number in range(1, 100):
        try:
            made = rate_cards.copy(
                card=card,
                name=f"{card.name[:90]} ({number})",
                by=request.actor,
                at=clock.now(),
            )
        except rate_cards.NameTaken:
            continue
        return go(request, reverse("cargo:card-card", args=[made.pk]))
    messages.error(request, _("Another card has this name."))
    return go(request, reverse("cargo:card-list"))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def card_activate(request: OfficeRequest, card_id: UUID) -> HttpResponse:
    """What activating changes, then the act."""
    card = card_for(card_id)
    if request.method == "POST":
        try:
            done = rate_cards.activate(
                card=card,
                past_months="past_months" in request.POST,
                by=request.actor,
                at=clock.now(),
            )
        except rate_cards.NothingToActivate:
            messages.error(
                request,
                _("The card is active already or has no prices."),
            )
        else:
            said = ngettext(
                "The card is active; %(count)s shipment was priced.",
                "The card is active; %(count)s shipments were priced.",
                done.priced,
            )
            messages.success(request, said % {"count": f"{done.priced:,}"})
        return go(request, reverse("cargo:card-list"))
    this_month = months.today_of(request).replace(day=1)
    changes = [
        {
            "change": change,
            "label": months.month_label(change.month),
            "is_past": change.month < this_month,
        }
        for change in rate_cards.preview(card)
    ]
    context: dict[str, Any] = {
        "card": card,
        "changes": changes,
        "blanks": blank_words(card),
        "currency": request.reseller.currency,
        "touches_past": any(row["is_past"] for row in changes),
        "active": cards.active_card(),
        "is_empty": all(rates.is_blank for rates in cards.grid_of(card).values()),
    }
    return page(request, "cargo/rate_card_activate.html", context)


@require_POST
@needs(Permission.CARGO_MANAGE)
def goods_type_add(request: OfficeRequest) -> HttpResponse:
    form = GoodsTypeForm(request.POST)
    if form.is_valid():
        try:
            goods_types.add(**form.cleaned_data, by=request.actor, at=clock.now())
        except goods_types.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(request, _("The goods type is added."))
            return go(request, reverse("cargo:card-list"))
    return _list(request, form, 422)


def blank_words(card: RateCard) -> list[str]:
    """Cells without a price, as the grid names them."""
    ways = {"truck": "Truck", "ship": "Ship"}
    return [
        f"{kind} {ways[way]}/{unit.upper()}"
        for kind, way, unit in cards.blanks(card, defaults.goods_types())
    ]
