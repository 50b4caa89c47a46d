"""What offers cost the owner of a listing, side by side: without taxes, in the reseller's currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from companies.carrier_taxes import rates_in
from companies.models import Company
from orders.models import Order
from orders.price_split import Splitter
from orders.pricing import at_home
from tenants.actor import Actor
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.models import Offer
from tenants.kit import clock, formats
from tenants.kit.money import ZERO
from tenants.kit.price_tax import PriceTax, split_price
from tenants.office import rates
from tenants.office.current import current_reseller


@dataclass(frozen=True, slots=True)
class NetOffer:
    """An offer, and what it costs without the taxes that may be taken off; None where its currency
    has no rate.
    """

    offer: Offer
    cost: Decimal | None
    words: str


def compare(order: Order, by: Actor) -> list[NetOffer]:
    """The offers on an order, the cheapest first; those whose cost nobody can tell come last."""
    offers = list(queries.offers_on(order.listing_id)) if order.listing_id else []
    if not offers:
        return []
    countries = _countries(offers)
    splitter = Splitter(by)
    rows = [_net(order, offer, countries[offer.pk], splitter) for offer in offers]
    return sorted(rows, key=lambda one: (one.cost is None, one.cost or ZERO))


def _countries(offers: Sequence[Offer]) -> dict[UUID, str]:
    """Whose taxes each carrier bears: by its card, where it is a partner of ours."""
    home = current_reseller()
    ours = [one.carrier for one in offers if one.carrier.home_role == current().role]
    partners = Company.objects.filter(pk__in=[one.company_id for one in ours])
    cards = dict(partners.values_list("carrier_id", "country"))
    return {
        one.pk: cards.get(one.carrier_id) or one.carrier.country or home.country for one in offers
    }


def _net(order: Order, offer: Offer, country: str, splitter: Splitter) -> NetOffer:
    home = current_reseller()
    today = home.day(clock.now())
    tax = offer.carrier_tax or PriceTax.NONE
    amounts = split_price(offer.price, tax, rates_in(country, tax, today))
    fx = _rate(order, offer.currency)
    if fx is None:
        return NetOffer(offer, None, _("no rate of %(currency)s") % {"currency": offer.currency})
    is_payer = splitter.sellers.pays_vat(order.hiring_firm, today)
    cost = at_home(amounts.net if is_payer else amounts.gross, fx)
    words = _("net %(sum)s") if is_payer else _("with taxes %(sum)s")
    return NetOffer(offer, cost, words % {"sum": formats.money(cost, home.currency)})


def _rate(order: Order, currency: str) -> Decimal | None:
    """What one unit is worth at home: as the order has it, else the office's rate of the day."""
    home = current_reseller()
    if currency == home.currency:
        return Decimal(1)
    if currency == order.carrier_currency:
        return order.carrier_fx
    row = rates.rate_on(currency, home.day(clock.now()))
    return row.rate if row else None
