"""What is done to several shipments picked in the list: their labels, and putting them into a lot."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commission.cargo.models import Lot, Shipment, Stage
from commission.cargo.queries import shipments_for
from commission.cargo.reports import papers
from commission.cargo.shipments import lots
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, uuid_of
from tenants.permissions import Permission


@require_POST
@needs(Permission.CARGO_ENTER)
def labels(request: OfficeRequest) -> HttpResponse:
    rows = _picked(request)
    if len(rows) > papers.LABELLED_AT_ONCE:
        messages.error(request, _too_many(papers.LABELLED_AT_ONCE))
        return go(request, reverse("cargo:shipment-list"))
    return papers.labels(rows, reseller=request.reseller) if rows else _back(request)


@require_POST
@needs(Permission.CARGO_ENTER)
def into_lot(request: OfficeRequest) -> HttpResponse:
    """First asks which lot, then puts them in."""
    rows = _picked(request)
    if not rows:
        return _back(request)
    lot = Lot.objects.filter(pk=uuid_of(request.POST.get("lot"))).first()
    if lot is None:
        offered = Lot.objects.exclude(stage=Stage.DELIVERED).order_by("-created_at")
        return page(
            request,
            "cargo/into_lot.html",
            {"rows": rows, "lots": list(offered)},
        )
    put = lots.put(lot=lot, shipments=rows, by=request.actor, at=clock.now())
    messages.success(
        request,
        ngettext(
            "%(count)s parcel is in the lot.",
            "%(count)s parcels are in the lot.",
            put,
        )
        % {"count": put},
    )
    return go(request, reverse("cargo:lot-card", args=[lot.pk]))


def _picked(request: OfficeRequest) -> list[Shipment]:
    ids = [one for text in request.POST.getlist("pick") if (one := uuid_of(text))]
    rows = (
        shipments_for(request.actor)
        .filter(pk__in=ids)
        .select_related(
            "customer",
            "lot",
        )
    )
    return list(rows.order_by("tracking_number"))


def _too_many(most: int) -> str:
    text = _("At most %(count)s labels are made at once: choose fewer parcels.")
    return text % {"count": f"{most:,}"}


def _back(request: OfficeRequest) -> HttpResponse:
    messages.error(request, _("Pick shipments in the list first."))
    return go(request, reverse("cargo:shipment-list"))
