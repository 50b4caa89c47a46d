"""Addresses of orders, exchange, offers and trips. Pages shared by office, partner and driver stand
under each one's own beginning, with that one's permission."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from orders.views import (
    acts,
    board,
    cabinet,
    card,
    driving,
    entry,
    exchange,
    jobs,
    offers,
    trip,
)
from tenants.kit.web import needs
from tenants.permissions import Permission as P

app_name = "orders"


def shared(prefix: str, name: str, see: P, bid: P, drive: P) -> Iterator[URLPattern]:
    """Exchange, offers and jobs for one kind of people."""
    names = {
        "exchange": f"{name}exchange",
        "offers": f"{name}offers" if name else "offer-list",
        "jobs": name.rstrip("-") or "job-list",
    }
    yield path(
        f"{prefix}exchange/",
        needs(see)(exchange.board),
        name=names["exchange"],
    )
    yield path(
        f"{prefix}exchange/<uuid:listing_id>/",
        needs(see)(exchange.listing),
        name=f"{name}listing",
    )
    yield path(
        f"{prefix}exchange/<uuid:listing_id>/offer/",
        needs(bid)(offers.send),
        name=f"{name}offer-send",
    )
    yield path(
        f"{prefix}offers/",
        needs(bid)(offers.offer_list),
        name=names["offers"],
    )
    for act in ("counter", "accept", "reject", "withdraw"):
        yield path(
            f"{prefix}offers/<uuid:offer_id>/{act}/",
            needs(bid)(getattr(offers, act)),
            name=f"{name}offer-{act}",
        )
    yield path(
        prefix or "jobs/",
        needs(drive)(jobs.job_list),
        name=names["jobs"],
    )
    yield path(
        f"{prefix}jobs/<uuid:job_id>/",
        needs(drive)(jobs.job_card),
        name=f"{name}job",
    )
    yield path(
        f"{prefix}jobs/<uuid:job_id>/advance/",
        needs(drive)(driving.advance),
        name=f"{name}job-advance",
    )
    yield path(
        f"{prefix}jobs/<uuid:job_id>/incidents/",
        needs(drive)(driving.incident),
        name=f"{name}job-incident",
    )
    if name != "driver-":
        yield path(
            f"{prefix}jobs/<uuid:job_id>/crew/",
            needs(drive)(driving.crew),
            name=f"{name}job-crew",
        )


urlpatterns = [
    path("orders/", board.order_list, name="order-list"),
    path("orders/new/", entry.order_new, name="order-new"),
    path("orders/export/", board.order_export, name="order-export"),
    path("orders/hand-over/", board.hand_over, name="order-hand-over"),
    path("orders/views/", board.view_save, name="view-save"),
    path(
        "orders/views/<uuid:view_id>/delete/",
        board.view_delete,
        name="view-delete",
    ),
    path("orders/<str:ref>/", card.overview, name="order-card"),
    path("orders/<str:ref>/offers/", card.offers, name="order-offers"),
    path(
        "orders/<str:ref>/documents/",
        card.documents,
        name="order-documents",
    ),
    path(
        "orders/<str:ref>/documents/make/",
        acts.make_papers,
        name="order-papers",
    ),
    path("orders/<str:ref>/history/", card.history, name="order-history"),
    path("orders/<str:ref>/edit/", entry.order_edit, name="order-edit"),
    path("orders/<str:ref>/copy/", entry.order_copy, name="order-copy"),
    path("orders/<str:ref>/act/<str:act>/", acts.act, name="order-act"),
    path("orders/<str:ref>/cancel/", acts.cancel, name="order-cancel"),
    path(
        "orders/<str:ref>/assign/",
        acts.assign_carrier,
        name="order-assign",
    ),
    path("orders/<str:ref>/trip/", trip.trip_tab, name="order-trip"),
    path(
        "orders/<str:ref>/trip/advance/",
        trip.advance,
        name="trip-advance",
    ),
    path(
        "orders/<str:ref>/trip/correct/",
        trip.correct,
        name="trip-correct",
    ),
    path("orders/<str:ref>/trip/crew/", trip.crew, name="trip-crew"),
    path(
        "orders/<str:ref>/trip/incidents/",
        trip.incident,
        name="trip-incident",
    ),
    path(
        "orders/<str:ref>/trip/incidents/<uuid:incident_id>/cost/",
        trip.incident_cost,
        name="incident-cost",
    ),
    path("places/", entry.place_search, name="place-search"),
    path("cabinet/", cabinet.home, name="cabinet"),
    path("cabinet/orders/new/", cabinet.ask, name="cabinet-ask"),
    path("cabinet/orders/<str:ref>/", cabinet.card, name="cabinet-order"),
    path(
        "cabinet/orders/<str:ref>/agree/",
        cabinet.agree,
        name="cabinet-agree",
    ),
    path(
        "driver/jobs/<uuid:job_id>/positions/",
        needs(P.DRIVER_APP)(driving.track),
        name="driver-job-positions",
    ),
    *shared("", "", P.EXCHANGE_VIEW, P.BARGAIN, P.TRIP_EDIT),
    *shared(
        "partner/",
        "partner-",
        P.PARTNER_CABINET,
        P.PARTNER_CABINET,
        P.PARTNER_CABINET,
    ),
    *shared("driver/", "driver-", P.DRIVER_APP, P.DRIVER_APP, P.DRIVER_APP),
]
