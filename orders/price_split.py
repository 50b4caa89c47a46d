"""Price and rate taken apart: net, taxes and gross, the same on papers, pages, invoices and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from companies.carrier_taxes import rates_in
from companies.own_taxes import Sellers
from companies.taxes import name_of
from orders.access import sees_rate
from orders.models import Order, Terms
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

    def __init__(self, by: Actor | None = None, sellers: Sellers | None = None) -> None:
        self.sellers = sellers or Sellers(by)
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
        return kept_rates(order.taxed_by)

    def carrier_split(self, order: Order) -> TaxedAmount | None:
        """The carrier's rate, in its own currency; None while there is none. Taxes are those that were
        agreed on with the carrier, until then those of the own country.
        """
        if order.carrier_rate is None:
            return None
        tax = order.carrier_tax or PriceTax.NONE
        if order.carrier_taxed_by is None:
            rates = rates_in(self.sellers.home, tax, self._today)
        else:
            rates = kept_rates(order.carrier_taxed_by)
        return split_price(order.carrier_rate, tax, rates)

    def carrier_cost(self, order: Order) -> Decimal | None:
        """What the carrier costs: the net where the firm that hires may take the tax off its own, and,
        once the order is completed, only with the carrier's tax invoice.
        """
        amounts = self.carrier_split(order)
        if amounts is None:
            return None
        is_payer = self.sellers.pays_vat(order.hiring_firm, self._today)
        has_papers = order.completed_at is None or order.has_tax_invoice
        return amounts.net if is_payer and has_papers else amounts.gross

    def margin_net(self, order: Order) -> Decimal | None:
        """The margin without taxes, in the reseller's currency; None until both sums stand."""
        amounts = self.split(order)
        cost = self.carrier_cost(order)
        if amounts is None or cost is None:
            return None
        return at_home(amounts.net, order.client_fx) - at_home(cost, order.carrier_fx)

    def _day_of(self, order: Order) -> date:
        return order.taxed_on or self._today


def price_words(order: Order, by: Actor) -> str:
    """The client's price with what it says of taxes; empty while there is none."""
    splitter = Splitter(by)
    amounts = splitter.split(order)
    return _in_words(order.client_price, order.currency, splitter.tax_of(order), amounts)


def rate_words(order: Order, by: Actor) -> str:
    """The carrier's rate with what it says of taxes; empty for whoever does not see it."""
    if not sees_rate(by, order.stage):
        return ""
    amounts = Splitter(by).carrier_split(order)
    tax = order.carrier_tax or PriceTax.NONE
    words = _in_words(order.carrier_rate, order.carrier_currency, tax, amounts)
    paid = str(Terms(order.carrier_payment).label) if order.carrier_payment else ""
    return ", ".join(filter(None, (words, paid)))


def kept_rates(rows: Iterable[Mapping[str, str]]) -> list[TaxRate]:
    """Taxes as an order keeps them."""
    return [TaxRate(row["kind"], Decimal(row["percent"])) for row in rows]


def _in_words(price: Decimal | None, currency: str, tax: str, amounts: TaxedAmount | None) -> str:
    if amounts is None:
        return ""
    return f"{formats.money(price, currency)}, {tax_words(amounts, tax, currency)}"


def tax_words(amounts: TaxedAmount, tax: str, currency: str) -> str:
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
