"""The client's price taken apart: net, taxes and gross, the same on papers, pages, invoices and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from companies.own_taxes import Sellers
from companies.taxes import name_of
from orders.models import Order
from orders.pricing import at_home
from tenants.actor import Actor
from tenants.kit import clock, formats
from tenants.kit.money import TaxedAmount, TaxRate
from tenants.kit.price_tax import PriceTax, split_price
from tenants.office.current import current_reseller


class Splitter:
    """Takes prices of many orders apart; the own firms are read once.

    The taxes are those of the invoice in force, whatever became of the firm since; while there is
    none, those of today.
    """

    def __init__(self, by: Actor | None = None) -> None:
        self.sellers = Sellers(by)
        self._today = current_reseller(by).day(clock.now())

    def tax_of(self, order: Order) -> PriceTax:
        """How the price stands to tax; what was never said is as usual for the firm."""
        if order.price_tax:
            return PriceTax(order.price_tax)
        return self.sellers.usual_tax(order.seller_firm, self._day_of(order))

    def split(self, order: Order) -> TaxedAmount | None:
        """In the order's currency; None while there is no price."""
        if order.client_price is None:
            return None
        return split_price(order.client_price, self.tax_of(order), self._rates(order))

    def _rates(self, order: Order) -> Sequence[TaxRate]:
        if order.taxed_by is None:
            return self.sellers.rates(order.seller_firm, self._day_of(order))
        return [TaxRate(row["kind"], Decimal(row["percent"])) for row in order.taxed_by]

    def margin_net(self, order: Order) -> Decimal | None:
        """The margin without the client's taxes, in the reseller's currency; None until both sums stand."""
        amounts = self.split(order)
        if amounts is None or order.carrier_rate is None:
            return None
        cost = at_home(order.carrier_rate, order.carrier_fx)
        return at_home(amounts.net, order.client_fx) - cost

    def _day_of(self, order: Order) -> date:
        return order.taxed_on or self._today


def price_words(order: Order, by: Actor) -> str:
    """The client's price with what it says of taxes; empty while there is none."""
    splitter = Splitter(by)
    amounts = splitter.split(order)
    if amounts is None:
        return ""
    price = formats.money(order.client_price, order.currency)
    return f"{price}, {tax_words(amounts, splitter.tax_of(order), order.currency)}"


def tax_words(amounts: TaxedAmount, tax: PriceTax, currency: str) -> str:
    """What stands behind a price: which taxes it holds, or what they add to it."""
    if not amounts.taxes:
        return _("without taxes")
    names = ", ".join(
        f"{name_of(one.kind)} {formats.number(one.percent)} %" for one in amounts.taxes
    )
    values = {
        "taxes": names,
        "sum": formats.money(amounts.tax, currency),
        "gross": formats.money(amounts.gross, currency),
    }
    if tax == PriceTax.INCLUDED:
        return _("including %(taxes)s: %(sum)s") % values
    return _("plus %(taxes)s: %(sum)s, together %(gross)s") % values
