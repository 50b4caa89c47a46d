"""Addresses of orders, exchange, offers and trips. Pages shared by office, partner and driver stand
under each one's own beginning, with that one's permission.
"""

from __future__ import annotations

from django.urls import path

from orders.views import (
    acts,
    cabinet,
    cabinet_list,
    card,
    driving,
    entry,
    exchange,
    exchange_list,
    jobs,
    offers,
    order_list,
    trip,
)
from tenants.kit.web import needs
from tenants.office import saved_views
from tenants.permissions import Permission as P

app_name = "orders"

see_exchange = needs(P.EXCHANGE_VIEW)
bargain = needs(P.BARGAIN)
drive = needs(P.TRIP_EDIT)
partner = needs(P.PARTNER_CABINET)
driver = needs(P.DRIVER_APP)

office_pages = [
    path(
        "exchange/",
        see_exchange(exchange_list.exchange_list),
        name="exchange",
    ),
    path(
        "exchange/export/",
        see_exchange(exchange_list.exchange_export),
        name="exchange-export",
    ),
    *saved_views.paths(exchange_list.OFFICE, "exchange/views/", P.EXCHANGE_VIEW),
    path(
        "exchange/<uuid:listing_id>/",
        see_exchange(exchange.listing),
        name="listing",
    ),
    path(
        "exchange/<uuid:listing_id>/offer/",
        bargain(offers.send),
        name="offer-send",
    ),
    path("offers/", bargain(offers.offer_list), name="offer-list"),
    path(
        "offers/<uuid:offer_id>/counter/",
        bargain(offers.counter),
        name="offer-counter",
    ),
    path(
        "offers/<uuid:offer_id>/accept/",
        bargain(offers.accept),
        name="offer-accept",
    ),
    path(
        "offers/<uuid:offer_id>/reject/",
        bargain(offers.reject),
        name="offer-reject",
    ),
    path(
        "offers/<uuid:offer_id>/withdraw/",
        bargain(offers.withdraw),
        name="offer-withdraw",
    ),
    path("jobs/", drive(jobs.job_list), name="job-list"),
    path("jobs/<uuid:job_id>/", drive(jobs.job_card), name="job"),
    path(
        "jobs/<uuid:job_id>/advance/",
        drive(driving.advance),
        name="job-advance",
    ),
    path(
        "jobs/<uuid:job_id>/incidents/",
        drive(driving.incident),
        name="job-incident",
    ),
    path("jobs/<uuid:job_id>/crew/", drive(driving.crew), name="job-crew"),
]

partner_pages = [
    path(
        "partner/exchange/",
        partner(exchange_list.exchange_list),
        name="partner-exchange",
    ),
    path(
        "partner/exchange/export/",
        partner(exchange_list.exchange_export),
        name="partner-exchange-export",
    ),
    *saved_views.paths(exchange_list.PARTNER, "partner/exchange/views/", P.PARTNER_CABINET),
    path(
        "partner/exchange/<uuid:listing_id>/",
        partner(exchange.listing),
        name="partner-listing",
    ),
    path(
        "partner/exchange/<uuid:listing_id>/offer/",
        partner(offers.send),
        name="partner-offer-send",
    ),
    path("partner/offers/", partner(offers.offer_list), name="partner-offers"),
    path(
        "partner/offers/<uuid:offer_id>/counter/",
        partner(offers.counter),
        name="partner-offer-counter",
    ),
    path(
        "partner/offers/<uuid:offer_id>/accept/",
        partner(offers.accept),
        name="partner-offer-accept",
    ),
    path(
        "partner/offers/<uuid:offer_id>/reject/",
        partner(offers.reject),
        name="partner-offer-reject",
    ),
    path(
        "partner/offers/<uuid:offer_id>/withdraw/",
        partner(offers.withdraw),
        name="partner-offer-withdraw",
    ),
    path("partner/", partner(jobs.job_list), name="partner"),
    path(
        "partner/jobs/<uuid:job_id>/",
        partner(jobs.job_card),
        name="partner-job",
    ),
    path(
        "partner/jobs/<uuid:job_id>/advance/",
        partner(driving.advance),
        name="partner-job-advance",
    ),
    path(
        "partner/jobs/<uuid:job_id>/incidents/",
        partner(driving.incident),
        name="partner-job-incident",
    ),
    path(
        "partner/jobs/<uuid:job_id>/crew/",
        partner(driving.crew),
        name="partner-job-crew",
    ),
]

driver_pages = [
    path(
        "driver/exchange/",
        driver(exchange_list.exchange_list),
        name="driver-exchange",
    ),
    path(
        "driver/exchange/<uuid:listing_id>/",
        driver(exchange.listing),
        name="driver-listing",
    ),
    path(
        "driver/exchange/<uuid:listing_id>/offer/",
        driver(offers.send),
        name="driver-offer-send",
    ),
    path("driver/offers/", driver(offers.offer_list), name="driver-offers"),
    path(
        "driver/offers/<uuid:offer_id>/counter/",
        driver(offers.counter),
        name="driver-offer-counter",
    ),
    path(
        "driver/offers/<uuid:offer_id>/accept/",
        driver(offers.accept),
        name="driver-offer-accept",
    ),
    path(
        "driver/offers/<uuid:offer_id>/reject/",
        driver(offers.reject),
        name="driver-offer-reject",
    ),
    path(
        "driver/offers/<uuid:offer_id>/withdraw/",
        driver(offers.withdraw),
        name="driver-offer-withdraw",
    ),
    path("driver/", driver(jobs.job_list), name="driver"),
    path(
        "driver/jobs/<uuid:job_id>/",
        driver(jobs.job_card),
        name="driver-job",
    ),
    path(
        "driver/jobs/<uuid:job_id>/advance/",
        driver(driving.advance),
        name="driver-job-advance",
    ),
    path(
        "driver/jobs/<uuid:job_id>/incidents/",
        driver(driving.incident),
        name="driver-job-incident",
    ),
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
    path(
        "driver/jobs/<uuid:job_id>/positions/",
        driver(driving.track),
        name="driver-job-positions",
    ),
    *office_pages,
    *partner_pages,
    *driver_pages,
]
