"""Who hears of what happens to orders, trips and offers: rows of the table in tenants/office/hearing.

No row for a client names the carrier or its rate, none for a carrier the client or its price.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import LETTER, Hearer, Row

H = Hearer
ORDERS = (
    Row(
        "order.requested",
        H.RESPONSIBLE,
        _("%(client)s asks for a price: %(route)s, %(ref)s"),
        LETTER,
    ),
    Row(
        "order.quoted",
        H.CLIENT,
        _("Order %(ref)s: the price is %(price)s. Please answer."),
        LETTER,
        has_sums=True,
    ),
    Row(
        "order.price_changed",
        H.CLIENT,
        _("Order %(ref)s: the price was changed to %(price)s. Please answer."),
        LETTER,
        has_sums=True,
    ),
    Row("order.agreed", H.RESPONSIBLE, _("%(client)s agreed to the price of %(ref)s")),
    Row("order.assigned", H.PARTNER, _("New trip %(ref)s: %(route)s"), LETTER),
    Row("order.assigned", H.CLIENT, _("Order %(ref)s: a vehicle is assigned")),
    Row(
        "order.replaced",
        H.FORMER_PARTNER,
        _("The trip %(ref)s is no longer yours: %(route)s"),
        LETTER,
    ),
    Row("order.replaced", H.PARTNER, _("New trip %(ref)s: %(route)s"), LETTER),
    Row("order.replaced", H.CLIENT, _("Order %(ref)s: another vehicle is assigned")),
    Row("order.crew", H.RESPONSIBLE, _("%(carrier)s sends for %(ref)s: %(crew)s")),
    Row("order.crew", H.PARTNER, _("Trip %(ref)s: driver and vehicle are now %(crew)s")),
    Row("order.rewritten", H.PARTNER, _("Trip %(ref)s: route or cargo were changed"), LETTER),
    Row("order.in_transit", H.CLIENT, _("Order %(ref)s is on the way: %(route)s")),
    Row("order.delivered", H.CLIENT, _("Order %(ref)s is delivered: %(route)s")),
    Row("order.cancelled", H.PARTNER, _("The trip %(ref)s is cancelled: %(route)s"), LETTER),
    Row("order.cancelled", H.CLIENT, _("Order %(ref)s is cancelled: %(route)s"), LETTER),
    Row("order.cancelled", H.RESPONSIBLE, _("Order %(ref)s is cancelled: %(route)s")),
    Row("order.handed_over", H.PERSON, _("Orders were handed over to you: %(refs)s")),
)
TRIPS = (
    *(
        Row(f"trip.{stage}", H.RESPONSIBLE, _("%(ref)s, %(route)s: %(stage)s"))
        for stage in ("loaded", "border", "unloaded", "papers_in")
    ),
    Row("trip.incident", H.RESPONSIBLE, _("%(ref)s: %(kind)s. %(text)s"), LETTER),
    Row("job.opened", H.CARRIER, _("New trip %(ref)s for %(owner)s"), LETTER),
    Row("job.cancelled", H.CARRIER, _("The trip %(ref)s for %(owner)s is cancelled"), LETTER),
)
OFFERS = (  # what the other side did: the owner of the listing hears, then the carrier
    Row("owner.offer", H.RESPONSIBLE, _("New offer from %(carrier)s: %(route)s")),
    Row("owner.countered", H.RESPONSIBLE, _("%(carrier)s names another price: %(route)s")),
    Row("owner.awarded", H.RESPONSIBLE, _("%(carrier)s accepts your price: %(route)s")),
    Row("owner.rejected", H.RESPONSIBLE, _("%(carrier)s turns your price down: %(route)s")),
    Row("owner.withdrawn", H.RESPONSIBLE, _("%(carrier)s takes the offer back: %(route)s")),
    Row("owner.expired", H.RESPONSIBLE, _("The time on the exchange is over: %(route)s")),
    Row("carrier.countered", H.CARRIER, _("Another price was named: %(route)s"), LETTER),
    Row("carrier.awarded", H.CARRIER, _("Your offer is accepted: %(route)s"), LETTER),
    Row("carrier.rejected", H.CARRIER, _("Your offer is turned down: %(route)s")),
    Row("carrier.closed", H.CARRIER, _("The cargo went to another carrier: %(route)s")),
    Row(
        "carrier.taken_off",
        H.CARRIER,
        _("The owner has taken the cargo off the exchange: %(route)s"),
    ),
    Row("carrier.expired", H.CARRIER, _("The time on the exchange is over: %(route)s")),
)
TABLE = (*ORDERS, *TRIPS, *OFFERS)
