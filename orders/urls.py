"""Addresses of orders, exchange, offers and trips. Pages shared by office, partner and driver stand
under each one's own beginning, with that one's permission.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import URLPattern, path

from orders.views import (
    acts,
    cabinet,
    cabinet_list,
    card,
    crew_line,
    driving,
    entry,
    exchange,
    exchange_list,
    job_list,
    jobs,
    offer_list,
    offers,
    order_list,
    trip,
    way,
)
from tenants.kit.listing import Listing
from tenants.kit.web import View, needs
from tenants.office import saved_views
from tenants.permissions import Permission as P

app_name = "orders"
Guard = Callable[[View], View]


@dataclass(frozen=True, slots=True)
class Shared:
    """Pages that office, partner and driver share: how their addresses and names begin, and who may
    see the exchange, bargain and drive there.
    """

    begins: str
    names: str
    sees: Guard
    bargains: Guard
    drives: Guard
    looks: Guard  # at trips

    def exchange(self, name: str) -> list[URLPattern]:
        """The list of listings, which has a name of its own, and a listing."""
        at = f"{self.begins}exchange/"
        one = f"{at}<uuid:listing_id>/"
        return [
            path(at, self.sees(exchange_list.exchange_list), name=name),
            path(one, self.sees(exchange.listing), name=f"{self.names}listing"),
            path(f"{one}offer/", self.bargains(offers.send), name=f"{self.names}offer-send"),
        ]

    def offers(self, name: str) -> list[URLPattern]:
        """The list of threads, which has a name of its own, and the answers to one."""
        at = f"{self.begins}offers/"
        answers = {
            "counter": offers.counter,
            "accept": offers.accept,
            "reject": offers.reject,
            "withdraw": offers.withdraw,
        }
        return [
            path(at, self.bargains(offer_list.offer_list), name=name),
            *(
                path(
                    f"{at}<uuid:offer_id>/{act}/",
                    self.bargains(answer),
                    name=f"{self.names}offer-{act}",
                )
                for act, answer in answers.items()
            ),
        ]

    def jobs(self, **acts: View) -> list[URLPattern]:
        """A trip, and what is done on it."""
        at = f"{self.begins}jobs/<uuid:job_id>/"
        shared = {"advance": driving.advance, "incidents": driving.incident}
        return [
            path(at, self.looks(jobs.job_card), name=f"{self.names}job"),
            *(
                path(f"{at}{act}/", self.drives(view), name=f"{self.names}job-{JOB_NAMES[act]}")
                for act, view in (shared | acts).items()
            ),
        ]


def kept(listing: Listing, begins: str, export: View, right: P) -> list[URLPattern]:
    """The file of a shared list and its saved views; the driver's app has neither."""
    name = listing.export.removeprefix("orders:")
    return [
        path(f"{begins}export/", needs(right)(export), name=name),
        *saved_views.paths(listing, f"{begins}views/", right),
    ]


# the last words of names, by those of addresses
JOB_NAMES = {
    "advance": "advance",
    "incidents": "incident",
    "crew": "crew",
    "crew-line": "crew-line",
    "positions": "positions",
}
CREW_ACTS: dict[str, View] = {"crew": driving.crew, "crew-line": crew_line.job_crew_line}
on_trips = needs(P.TRIP_EDIT)
OFFICE = Shared("", "", needs(P.EXCHANGE_VIEW), needs(P.BARGAIN), on_trips, on_trips)
at_exchange = needs(P.PARTNER_OFFER)
PARTNER = Shared(
    "partner/",
    "partner-",
    at_exchange,
    at_exchange,
    needs(P.PARTNER_CREW),
    needs(P.PARTNER_CABINET),
)
in_app = needs(P.DRIVER_APP)
DRIVER = Shared("driver/", "driver-", in_app, in_app, in_app, in_app)

shared_pages = [
    *OFFICE.exchange("exchange"),
    *kept(exchange_list.OFFICE, "exchange/", exchange_list.exchange_export, P.EXCHANGE_VIEW),
    *OFFICE.offers("offer-list"),
    *kept(offer_list.OFFICE, "offers/", offer_list.offer_export, P.BARGAIN),
    path("jobs/", OFFICE.looks(job_list.job_list), name="job-list"),
    *kept(job_list.OFFICE, "jobs/", job_list.job_export, P.TRIP_EDIT),
    *OFFICE.jobs(**CREW_ACTS),
    *PARTNER.exchange("partner-exchange"),
    *kept(
        exchange_list.PARTNER,
        "partner/exchange/",
        exchange_list.exchange_export,
        P.PARTNER_OFFER,
    ),
    *PARTNER.offers("partner-offers"),
    *kept(offer_list.PARTNER, "partner/offers/", offer_list.offer_export, P.PARTNER_OFFER),
    path("partner/", PARTNER.looks(job_list.job_list), name="partner"),
    *kept(job_list.PARTNER, "partner/jobs/", job_list.job_export, P.PARTNER_CABINET),
    *PARTNER.jobs(**CREW_ACTS),
    *DRIVER.exchange("driver-exchange"),
    *DRIVER.offers("driver-offers"),
    path("driver/", DRIVER.looks(job_list.job_list), name="driver"),
    *DRIVER.jobs(positions=driving.track),
]

urlpatterns = [
    path("orders/", order_list.order_list, name="order-list"),
    path("orders/new/", entry.order_new, name="order-new"),
    path("orders/export/", order_list.order_export, name="order-export"),
    path("orders/hand-over/", order_list.hand_over, name="order-hand-over"),
    *saved_views.paths(order_list.ORDERS, "orders/views/", P.ORDER_VIEW),
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
    path("orders/<str:ref>/trip/crew-line/", crew_line.trip_crew_line, name="trip-crew-line"),
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
    path("places/way/", way.way, name="way"),
    path("cabinet/", cabinet_list.cabinet_list, name="cabinet"),
    path(
        "cabinet/export/",
        cabinet_list.cabinet_export,
        name="cabinet-export",
    ),
    *saved_views.paths(cabinet_list.CABINET_ORDERS, "cabinet/views/", P.CLIENT_CABINET),
    path("cabinet/orders/new/", cabinet.ask, name="cabinet-ask"),
    path("cabinet/orders/<str:ref>/", cabinet.card, name="cabinet-order"),
    path(
        "cabinet/orders/<str:ref>/agree/",
        cabinet.agree,
        name="cabinet-agree",
    ),
    *shared_pages,
]
