"""Lots and their whereabouts, labels, ใบวางบิล, and the public look-up of a parcel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo.forms.months import (
    BillForm,
    FillForm,
    LotForm,
    MoveForm,
    ParcelForm,
)
from commission.cargo.models import Customer, Lot, Stage
from commission.cargo.queries import shipment_for, shipments_for
from commission.cargo.reports import papers
from commission.cargo.shipments import lots, parcels
from commission.cargo.words import stage_word, transport_word
from tenants.context import inside
from tenants.kit import clock, formats, months
from tenants.kit.limits import address_of, allowed
from tenants.kit.web import (
    OfficeRequest,
    go,
    needs,
    page,
    posted,
    public,
)
from tenants.permissions import Permission

MOST = 1000


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def lot_list(request: OfficeRequest) -> HttpResponse:
    form = LotForm(posted(request))
    if form.is_valid():
        try:
            made = lots.create(**form.cleaned_data, by=request.actor, at=clock.now())
        except lots.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            return go(request, reverse("cargo:lot-card", args=[made.pk]))
    rows = Lot.objects.annotate(parcels=Count("shipments")).order_by("-created_at")[:200]
    told = [
        {
            "lot": row,
            "stage": stage_word(row.stage),
            "way": transport_word(row.transport),
        }
        for row in rows
    ]
    return page(
        request,
        "cargo/lots.html",
        {"rows": told, "form": form},
        status=422 if form.is_bound else 200,
    )


@require_GET
@needs(Permission.CARGO_ENTER)
def lot_card(request: OfficeRequest, lot_id: UUID) -> HttpResponse:
    return _card(request, lot_for(lot_id))


def _card(request: OfficeRequest, lot: Lot, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = list(
        shipments_for(request.actor)
        .filter(lot=lot)
        .select_related("customer")
        .order_by("customer__code", "tracking_number")[:MOST]
    )
    reached = lot.reached()
    place = list(Stage).index(Stage(lot.stage))
    stages = [
        {
            "label": str(stage.label),
            "state": "done" if at < place else "now" if at == place else "next",
            "note": formats.slashed(day) if day else "",
        }
        for at, (stage, day) in enumerate(reached)
    ]
    context: dict[str, Any] = {
        "lot": lot,
        "rows": rows,
        "stages": stages,
        "fill": FillForm(),
        "way": transport_word(lot.transport),
        "move": MoveForm(
            initial={
                "stage": list(Stage)[min(place + 1, len(Stage) - 1)],
                "on": months.today_of(request),
            }
        ),
        "unknown": [],
        "weight": sum(row.weight_kg for row in rows),
        "volume": sum(row.volume_cbm for row in rows),
    }
    return page(request, "cargo/lot.html", context | more, status=status)


@require_POST
@needs(Permission.CARGO_ENTER)
def lot_fill(request: OfficeRequest, lot_id: UUID) -> HttpResponse:
    lot = lot_for(lot_id)
    form = FillForm(request.POST)
    if not form.is_valid():
        return _card(request, lot, fill=form, status=422)
    done = lots.fill(
        lot=lot,
        tracking_numbers=form.cleaned_data["numbers"],
        by=request.actor,
        at=clock.now(),
    )
    if done.unknown:
        return _card(request, lot, unknown=list(done.unknown))
    said = ngettext(
        "%(count)s parcel is in the lot.",
        "%(count)s parcels are in the lot.",
        done.put,
    )
    messages.success(request, said % {"count": done.put})
    return go(request, reverse("cargo:lot-card", args=[lot.pk]))


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
            return go(request, reverse("cargo:lot-card", args=[lot.pk]))
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
    return go(request, reverse("cargo:lot-card", args=[lot.pk]))


@require_GET
@needs(Permission.CARGO_ENTER)
def labels(request: OfficeRequest) -> HttpResponse:
    """Labels of one shipment, of a lot, or of an import."""
    rows = (
        shipments_for(request.actor).select_related("customer", "lot").order_by("tracking_number")
    )
    for name, field in (
        ("shipment", "pk"),
        ("lot", "lot"),
        ("batch", "batch"),
    ):
        if value := request.GET.get(name):
            try:
                found = list(rows.filter(**{field: UUID(value)})[: papers.MOST_LABELS])
            except ValueError as wrong:
                raise Http404 from wrong
            if found:
                return papers.labels(found, reseller=request.reseller)
    raise Http404


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_REPORT)
def billing(request: OfficeRequest) -> HttpResponse:
    """ใบวางบิล: a customer's period as a paper."""
    today = months.today_of(request)
    form = BillForm(
        posted(request),
        initial={
            "first": today.replace(day=1),
            "last": today,
            "customer_code": request.GET.get("customer", ""),
        },
    )
    if form.is_valid():
        customer = Customer.objects.filter(code__iexact=form.cleaned_data["customer_code"]).first()
        first = form.cleaned_data["first"]
        last = form.cleaned_data["last"]
        rows = shipments_for(request.actor).filter(
            customer=customer,
            received_on__gte=first,
            received_on__lte=last,
        )
        found = list(rows.order_by("received_on", "tracking_number")[:2000]) if customer else []
        if customer and found:
            return papers.bill(
                customer=customer,
                rows=found,
                first=first,
                last=last,
                by=request.actor,
                at=clock.now(),
            )
        form.add_error(
            "customer_code",
            _("There is no shipment of this customer in the period."),
        )
    return page(
        request,
        "cargo/billing.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@public(
    "a shop's customers look their parcels up without a login; tracking number and phone are both asked"
)
def parcel_find(request: HttpRequest, token: str) -> HttpResponse:
    """Stage and days only; ten tries a minute for an address, and one answer whatever was wrong."""
    try:
        shop = parcels.shop_of(token)
    except parcels.UnknownShop as unknown:
        raise Http404 from unknown
    form = ParcelForm(posted(request))
    found = None
    status = 200
    if form.is_valid():
        if not allowed(f"parcel:{address_of(request)}", limit=10, seconds=60):
            form.add_error(None, _("Too many tries. Wait a minute."))
            status = 429
        else:
            with inside(shop.scope):
                found = parcels.find(**form.cleaned_data)
            if found is None:
                form.add_error(None, _("No parcel fits this number and phone."))
    context = {
        "form": form,
        "found": found,
        "shop": {
            "name": shop.name,
            "accent": "",
            "support": shop.support_email,
            "logo_url": None,
        },
    }
    with formats.era(buddhist=shop.buddhist_era):
        return page(
            request,
            "cargo/parcel.html",
            context,
            status=status if status != 200 else 422 if form.errors else 200,
        )


def lot_for(lot_id: UUID) -> Lot:
    found = Lot.objects.filter(pk=lot_id).first()
    if found is None:
        raise Http404
    return found
