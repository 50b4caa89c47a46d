"""Trips of whoever drives: a table for the office and a partner, cards for a driver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from orders import bidding
from orders.access import sees_job_rate
from orders.errors import Refused
from orders.models import TripStage
from orders.views.places import Corner, corner
from orders.words import trip_pill
from tenants.actor import Actor
from tenants.context import current
from tenants.exchange import jobs
from tenants.exchange.job_stops import ends_of
from tenants.exchange.models import Job, Offer
from tenants.kit import clock, formats
from tenants.kit.counting import count_capped
from tenants.kit.keyset import Sort
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage, Tab
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, page
from tenants.office import saved_views
from tenants.permissions import Kind, Permission

NEWEST = Sort("created", "created_at", descending=True)


def route(job: Job) -> str:
    first, last = ends_of(job)
    return f"{first.place} → {last.place}"


def loading(job: Job) -> date | None:
    first, _last = ends_of(job)
    return first.on


def cargo(job: Job) -> str:
    return ", ".join(line.get("name", "") for line in job.cargo)


def stage(job: Job) -> str:
    return stage_label(job.stage)


def stage_label(stage: str) -> str:
    is_cancelled = stage == Job.Stage.CANCELLED
    return gettext("Cancelled") if is_cancelled else str(TripStage(stage).label)


def stage_pill(stage: str) -> str:
    is_cancelled = stage == Job.Stage.CANCELLED
    return pill(gettext("Cancelled"), "bad", "ban") if is_cancelled else trip_pill(stage)


def rate(job: Job) -> str:
    """What the trip pays, and how that stands to tax."""
    words = job.get_carrier_tax_display()
    money = formats.money(job.rate, job.currency)
    return f"{money}, {words}" if words else money


COLUMNS = (
    Column("ref", _("Order"), "order_ref", fixed=True, opens=True, css="lead"),
    Column("owner", _("The owner"), "owner_name"),
    Column("route", _("Route"), route),
    Column("loading", _("Loading"), loading),
    Column("cargo", _("Cargo"), cargo),
    Column("stage", _("Stage"), stage, text=stage_pill, per=("stage",), fixed=True),
    Column("rate", pgettext_lazy("carrier", "Rate"), "rate", numeric=True, text=rate),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("created", _("Created"), "created_at", NEWEST, hidden=True),
)
OFFICE = Listing(
    name="jobs",
    title=_("Trips for others"),
    url="orders:job-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="orders:job",
    named_by="order_ref",
    export="orders:job-export",
    saved="orders:job-view",
    tabs=(
        Tab("open", _("Under way")),
        Tab("ended", _("Ended"), {"state": "ended"}),
    ),
    empty=Empty(
        title=_("No trips now"),
        icon="truck",
        text=_("When a cargo is yours, it stands here with addresses and contacts."),
        action_label=_("To the exchange"),
        action_url=reverse_lazy("orders:exchange"),
    ),
)
PARTNER = replace(
    OFFICE,
    title=_("My trips"),
    url="orders:partner",
    opens="orders:partner-job",
    export="orders:partner-job-export",
    saved="orders:partner-job-view",
    empty=replace(OFFICE.empty, action_url=reverse_lazy("orders:partner-exchange")),
)
DRIVER = replace(
    PARTNER,
    url="orders:driver",
    opens="orders:driver-job",
    export="",
    saved="",
    empty=replace(OFFICE.empty, action_url=reverse_lazy("orders:driver-exchange")),
)


@dataclass(frozen=True, slots=True)
class JobListPage:
    """Trips of one corner; `waiting` counts offers that wait for this carrier's answer."""

    list: ListPage
    shell: str
    corner: Corner
    waiting: int


def listing_of(actor: Actor) -> Listing:
    """The list as it stands in this person's corner."""
    listing = {Kind.PARTNER: PARTNER, Kind.DRIVER: DRIVER}.get(actor.kind, OFFICE)
    if sees_job_rate(actor):
        return listing
    columns = [column for column in listing.columns if column.key not in ("rate", "currency")]
    return replace(listing, columns=tuple(columns))


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """A driver's own, a partner's, or what the reseller's fleet drives for others."""
    if actor.kind is Kind.DRIVER:
        return jobs.jobs_of(driver_id=actor.driver_id)
    if actor.kind is Kind.PARTNER:
        try:
            return jobs.jobs_of(carrier_id=bidding.carrier_of(actor, at=clock.now()))
        except Refused:
            return Job.objects.none()
    return jobs.driven_by(current().role).exclude(owner_role=F("carrier_role"))


def rows_of(actor: Actor, address: Address) -> QuerySet[Job]:
    """The trips that the address asks for: under way, or ended."""
    return jobs_of(actor).filter(closed_at__isnull=is_under_way(address))


def is_under_way(address: Address) -> bool:
    return address.value("state") != "ended"


@require_GET
def job_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    place = corner(actor)
    listing = listing_of(actor)
    address = listing.address(request)
    rows = rows_of(actor, address)
    shown = listing.shown(
        address,
        listing.page(address, rows, reader=actor),
        count=count_capped(rows) if is_under_way(address) else None,
        saved=saved_views.of(actor, listing) if listing.saved else (),
    )
    waiting = 0 if place.is_office else _waiting_offers(actor)
    template = "driving/cards.html" if place.is_driver else "driving/list.html"
    return page(request, template, JobListPage(shown, place.shell, place, waiting))


def _waiting_offers(actor: Actor) -> int:
    """Open offers that wait for this carrier's answer, for those who may give it."""
    if actor.kind is Kind.PARTNER and not actor.can(Permission.PARTNER_OFFER):
        return 0
    try:
        offers = bidding.outgoing(actor, at=clock.now())
    except Refused:
        return 0
    return offers.filter(status=Offer.Status.OPEN, turn="carrier").count()


@require_GET
def job_export(request: OfficeRequest) -> HttpResponseBase:
    listing = listing_of(request.actor)
    address = listing.address(request)
    return listing.file(address, listing.everything(address, rows_of(request.actor, address)))
