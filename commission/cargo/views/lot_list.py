"""The list of lots: its columns, its page with the form of a new one, and its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo import links
from commission.cargo.codes import CodeTaken
from commission.cargo.forms.months import LotForm
from commission.cargo.models import Lot, Stage
from commission.cargo.shipments import lots
from commission.cargo.words import stage_word, transport_word
from tenants.kit import clock
from tenants.kit.counting import count_capped
from tenants.kit.edge.finding import finds
from tenants.kit.keyset import Sort
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import saved_views
from tenants.permissions import Permission

NEWEST = Sort("created", "created_at", descending=True)


def transport(lot: Lot) -> str:
    return transport_word(lot.transport)


def stage(lot: Lot) -> str:
    return stage_word(lot.stage)


COLUMNS = (
    Column("code", _("Lot code"), "code", Sort("code", "code"), fixed=True, opens=True),
    Column("transport", _("Transport"), transport),
    Column("stage", _("Whereabouts"), stage),
    Column("parcels", _("Parcels"), "parcels", numeric=True),
    Column("created", _("Created"), "created_at", NEWEST, hidden=True),
)
LOTS = Listing(
    name="cargo.lots",
    title=_("Lots"),
    url="cargo:lot-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="cargo:lot-card",
    named_by="code",
    search_hint=_("Lot code"),
    export="cargo:lot-export",
    saved="cargo:lot-view",
    tabs=(
        Tab("all", _("All")),
        *(Tab(stage.value, stage.label, {"stage": stage.value}) for stage in Stage),
    ),
    empty=Empty(
        title=_("No lots yet"),
        icon="container",
        text=_(
            "A lot is the container or truck that carries many parcels; its whereabouts are those of all of them."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class LotsPage:
    """The lots, and the form of a new one."""

    list: ListPage
    form: LotForm


def lots_of(address: Address) -> QuerySet[Lot]:
    """The lots that the address asks for, each with the number of its parcels."""
    rows = Lot.objects.annotate(parcels=Count("shipments"))
    if address.value("stage") in Stage.values:
        rows = rows.filter(stage=address.value("stage"))
    return rows.filter(finds(address.search, "code"))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def lot_list(request: OfficeRequest) -> HttpResponse:
    form = LotForm(posted(request))
    if form.is_valid():
        try:
            new_lot = lots.create(**form.cleaned_data, by=request.actor, at=clock.now())
        except CodeTaken:
            form.add_error("code", gettext("This code is taken."))
        else:
            return go(request, links.lot(new_lot.pk))
    address = LOTS.address(request)
    rows = lots_of(address)
    shown = LOTS.shown(
        address,
        LOTS.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, LOTS),
    )
    status = 422 if form.is_bound else 200
    return page(request, "cargo/lots.html", LotsPage(shown, form), status=status)


@require_GET
@needs(Permission.CARGO_ENTER)
def lot_export(request: OfficeRequest) -> HttpResponseBase:
    address = LOTS.address(request)
    return LOTS.file(address, LOTS.everything(address, lots_of(address)))
