"""Rate cards: the list with its history, the grid, copy, activation with its preview, goods types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import links
from commission.cargo.forms.rates import (
    CardForm,
    GoodsTypeForm,
    initial,
)
from commission.cargo.models import Activation, RateCard
from commission.cargo.rates import cards, defaults, goods_types, rate_cards
from commission.cargo.rates.cards import card_for
from commission.cargo.rates.repricing import MonthChange
from tenants.kit import clock, months
from tenants.kit.shown import FIELD, ChangedMeanwhile
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

WAYS = {"truck": "Truck", "ship": "Ship"}


@dataclass(frozen=True, slots=True)
class RateCardRow:
    """A card of the list, and how many of its cells have no price."""

    card: RateCard
    blanks: int


@dataclass(frozen=True, slots=True)
class RateCardsPage:
    """The cards, when which was active, and the goods types (code → name)."""

    rows: list[RateCardRow]
    history: list[Activation]
    kinds: dict[str, str]
    form: GoodsTypeForm


@dataclass(frozen=True, slots=True)
class RateCardPage:
    """The grid of a card; `blanks` names its cells without a price."""

    form: CardForm
    card: RateCard | None = None
    blanks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MonthChangeRow:
    """What changes in a month, and the month in words."""

    change: MonthChange
    label: str


@dataclass(frozen=True, slots=True)
class ActivationPage:
    """What activating a card changes, before it is done."""

    card: RateCard
    changes: list[MonthChangeRow]
    blanks: list[str]
    currency: str
    touches_past: bool
    active: RateCard | None
    is_empty: bool
    shown: str


@require_GET
@needs(Permission.CARGO_MANAGE)
def card_list(request: OfficeRequest) -> HttpResponse:
    return _list(request, GoodsTypeForm())


def _list(request: OfficeRequest, form: GoodsTypeForm, status: int = 200) -> HttpResponse:
    kinds = defaults.goods_types()
    listed = RateCard.objects.order_by("-is_active", "-created_at")
    history = Activation.objects.select_related("card").order_by("-active_from")
    context = RateCardsPage(
        rows=[RateCardRow(card, len(cards.blanks(card, kinds))) for card in listed],
        history=list(history),
        kinds=defaults.names(),
        form=form,
    )
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
            return go(request, links.rate_card(card.pk))
    return _page(request, RateCardPage(form))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def card_card(request: OfficeRequest, card_id: UUID) -> HttpResponse:
    """The grid of a card; a change of an active one makes a new version."""
    card = card_for(card_id)
    values: dict[str, object] = {
        "name": card.name,
        **initial(cards.grid_of(card)),
    }
    form = CardForm(posted(request), initial=values).of_row()
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
            return go(request, links.rate_card(card.pk))
    return _page(request, RateCardPage(form, card, blank_words(card)))


def _page(request: OfficeRequest, context: RateCardPage) -> HttpResponse:
    status = 422 if context.form.is_bound else 200
    return page(request, "cargo/rate_card.html", context, status=status)


@require_POST
@needs(Permission.CARGO_MANAGE)
def card_copy(
    request: OfficeRequest,
    card_id: UUID,
) -> HttpResponse:
    card = card_for(card_id)
    for number in range(1, 100):
        try:
            new_card = rate_cards.copy(
                card=card,
                name=f"{card.name[:90]} ({number})",
                by=request.actor,
                at=clock.now(),
            )
        except rate_cards.NameTaken:
            continue
        return go(request, links.rate_card(new_card.pk))
    messages.error(request, _("Another card has this name."))
    return go(request, links.rate_cards())


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def card_activate(request: OfficeRequest, card_id: UUID) -> HttpResponse:
    """What activating changes, then the act."""
    card = card_for(card_id)
    if request.method == "GET":
        return _activation(request, card)
    try:
        _activate(request, card)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
        return _activation(request, card_for(card_id), status=409)
    return go(request, links.rate_cards())


def _activation(request: OfficeRequest, card: RateCard, *, status: int = 200) -> HttpResponse:
    """What activating changes, as it stands now."""
    preview = rate_cards.preview(card)
    changes = month_changes(preview)
    this_month = months.today_of(request).replace(day=1)
    context = ActivationPage(
        card=card,
        changes=changes,
        blanks=blank_words(card),
        currency=request.reseller.currency,
        touches_past=any(row.change.month < this_month for row in changes),
        active=cards.active_card(),
        is_empty=all(rates.is_blank for rates in cards.grid_of(card).values()),
        shown=rate_cards.mark_of(card, preview),
    )
    return page(request, "cargo/rate_card_activate.html", context, status=status)


def _activate(request: OfficeRequest, card: RateCard) -> None:
    """Activate, or say why not. Raises ChangedMeanwhile."""
    try:
        activated = rate_cards.activate(
            card=card,
            past_months="past_months" in request.POST,
            by=request.actor,
            at=clock.now(),
            shown=request.POST.get(FIELD, ""),
        )
    except rate_cards.NothingToActivate:
        messages.error(
            request,
            _("The card is active already or has no prices."),
        )
        return
    notice = ngettext(
        "The card is active; %(count)s shipment was priced.",
        "The card is active; %(count)s shipments were priced.",
        activated.priced,
    )
    messages.success(request, notice % {"count": f"{activated.priced:,}"})


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
            return go(request, links.rate_cards())
    return _list(request, form, 422)


def blank_words(card: RateCard) -> list[str]:
    """Cells without a price, as the grid names them."""
    return [
        f"{kind} {WAYS[way]}/{unit.upper()}"
        for kind, way, unit in cards.blanks(card, defaults.goods_types())
    ]


def month_changes(changes: Iterable[MonthChange]) -> list[MonthChangeRow]:
    return [MonthChangeRow(change, months.month_label(change.month)) for change in changes]
