"""A lot's page: its parcels and its whereabouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_POST,
)

from commission.cargo import links
from commission.cargo.forms.months import (
    FillForm,
    MoveForm,
)
from commission.cargo.models import Lot, Shipment, Stage
from commission.cargo.queries import shipment_for, shipments_for
from commission.cargo.shipments import lots
from commission.cargo.words import transport_word
from tenants.kit import clock, formats, months
from tenants.kit.web import (
    OfficeRequest,
    go,
    needs,
    page,
)
from tenants.permissions import Permission

UNKNOWN = "unknown_numbers"  # of the lot that was filled last, in the session
MOST = 1000  # parcels that the page lists; their number, weight and volume are those of all


@dataclass(frozen=True, slots=True)
class LotStep:
    """A stage of a lot; `state` is done, now or next, `note` its day."""

    label: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class LotCard:
    """A lot with its parcels, and the forms that fill and move it."""

    lot: Lot
    rows: list[Shipment]
    stages: list[LotStep]
    fill: FillForm
    way: str
    move: MoveForm
    unknown: Sequence[str]
    count: int
    weight: Decimal
    volume: Decimal


@require_GET
@needs(Permission.CARGO_ENTER)
def lot_card(request: OfficeRequest, lot_id: UUID) -> HttpResponse:
    return _card(request, lot_for(lot_id))


def _card(
    request: OfficeRequest,
    lot: Lot,
    *,
    fill: FillForm | None = None,
    move: MoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = shipments_for(request.actor).filter(lot=lot).select_related("customer")
    parcels_in = list(rows.order_by("customer__code", "tracking_number")[:MOST])
    totals = rows.aggregate(count=Count("pk"), weight=Sum("weight_kg"), volume=Sum("volume_cbm"))
    weight = totals["weight"] or Decimal(0)
    context = LotCard(
        lot=lot,
        rows=parcels_in,
        stages=_steps(lot),
        fill=fill or FillForm(),
        way=transport_word(lot.transport),
        move=move or _move_form(request, lot),
        unknown=_unknown(request, lot),
        count=totals["count"],
        weight=weight,
        volume=totals["volume"] or Decimal(0),
    )
    return page(request, "cargo/lot.html", context, status=status)


def _steps(lot: Lot) -> list[LotStep]:
    """The stages of the lot in their order, with the days of those that are reached."""
    place = list(Stage).index(Stage(lot.stage))
    return [
        LotStep(
            label=str(stage.label),
            state="done" if at < place else "now" if at == place else "next",
            note=formats.slashed(day) if day else "",
        )
        for at, (stage, day) in enumerate(lot.reached())
    ]


def _move_form(request: OfficeRequest, lot: Lot) -> MoveForm:
    """Offers the next stage and today."""
    stages = list(Stage)
    place = stages.index(Stage(lot.stage))
    next_stage = stages[min(place + 1, len(stages) - 1)]
    return MoveForm(initial={"stage": next_stage, "on": months.today_of(request)})


@require_POST
@needs(Permission.CARGO_ENTER)
def lot_fill(request: OfficeRequest, lot_id: UUID) -> HttpResponse:
    lot = lot_for(lot_id)
    form = FillForm(request.POST)
    if not form.is_valid():
        return _card(request, lot, fill=form, status=422)
    filled = lots.fill(
        lot=lot,
        tracking_numbers=form.cleaned_data["numbers"],
        by=request.actor,
        at=clock.now(),
    )
    _keep_unknown(request, lot, filled.unknown)
    notice = ngettext(
        "%(count)s parcel is in the lot.",
        "%(count)s parcels are in the lot.",
        filled.put,
    )
    messages.success(request, notice % {"count": filled.put})
    return go(request, links.lot(lot.pk))


def _keep_unknown(request: OfficeRequest, lot: Lot, numbers: Sequence[str]) -> None:
    """What could not be put in stands on the lot's page until the next numbers are sent."""
    request.session[UNKNOWN] = {"lot": str(lot.pk), "numbers": list(numbers)}


def _unknown(request: OfficeRequest, lot: Lot) -> list[str]:
    kept = request.session.get(UNKNOWN, {})
    return list(kept["numbers"]) if kept.get("lot") == str(lot.pk) else []


@require_POST
@needs(Permission.CARGO_ENTER)
def lot_move(request: OfficeRequest, lot_id: UUID) -> HttpResponse:
    lot = lot_for(lot_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            lots.move(
                lot=lot,
                stage=Stage(form.cleaned_data["stage"]),
                on=form.cleaned_data["on"],
                by=request.actor,
                at=clock.now(),
            )
        except lots.WrongOrder:
            form.add_error("on", _("An earlier stage has a later date."))
        else:
            return go(request, links.lot(lot.pk))
    return _card(request, lot, move=form, status=422)


@require_POST
@needs(Permission.CARGO_ENTER)
def lot_take_out(request: OfficeRequest, lot_id: UUID, shipment_id: UUID) -> HttpResponse:
    lot = lot_for(lot_id)
    lots.take_out(
        lot=lot,
        shipment=shipment_for(request.actor, shipment_id),
        by=request.actor,
        at=clock.now(),
    )
    return go(request, links.lot(lot.pk))


def lot_for(lot_id: UUID) -> Lot:
    """Raises 404."""
    lot = Lot.objects.filter(pk=lot_id).first()
    if lot is None:
        raise Http404
    return lot
