"""What is asked before a price is agreed on that harms the reseller or that its papers cannot show."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from companies.carrier_taxes import pays_vat
from companies.models import Company
from companies.own_taxes import Sellers
from orders.models import Order
from orders.price_split import Splitter
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.price_tax import PriceTax
from tenants.office.current import current_reseller


def ask_about_loss(
    order: Order,
    splitter: Splitter,
    sure: Answers,
) -> None:
    """Ask before the client pays less than the carrier costs, both without taxes. Raises Doubt."""
    margin = splitter.margin_net(order)
    if margin is None or margin >= 0:
        return
    key = f"margin {margin}"
    if is_answered(sure, key):
        return
    raise Doubt(
        key,
        _("The carrier would get more than the client pays: the margin is %(margin)s.")
        % {"margin": formats.money(margin, current_reseller().currency)},
    )


def ask_about_carrier_tax(tax: str, partner: Company | None, name: str, sure: Answers) -> None:
    """Ask before taxes are agreed on with a carrier who is not known to pay any. Raises Doubt."""
    if tax == PriceTax.NONE or pays_vat(partner):
        return
    key = f"carrier tax {tax}"
    if is_answered(sure, key):
        return
    raise Doubt(
        key,
        _(
            "Nothing says that %(carrier)s pays VAT: without an invoice of its own the tax in the "
            "rate is a cost."
        )
        % {"carrier": name},
    )


def ask_about_tax(order: Order, sellers: Sellers, on: date, sure: Answers) -> None:
    """Ask before a firm that pays no value-added tax agrees on a price with taxes. Raises Doubt."""
    if order.price_tax == PriceTax.NONE or order.client_price is None:
        return
    if sellers.pays_vat(order.seller_firm, on):
        return
    key = f"tax {order.price_tax}"
    if is_answered(sure, key):
        return
    firm = sellers.firm(order.seller_firm)
    raise Doubt(
        key,
        _("%(firm)s pays no VAT: papers and invoice will show the price without taxes.")
        % {"firm": firm.name or current_reseller().name},
    )
