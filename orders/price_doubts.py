"""What is asked before a price is agreed on that harms the reseller or that its papers cannot show."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from companies.own_taxes import Sellers
from orders.models import Order
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.price_tax import PriceTax
from tenants.office.current import current_reseller


def ask_about_loss(
    order: Order,
    sure: Answers,
) -> None:
    """Ask before the client pays less than the carrier gets. Raises Doubt."""
    margin = order.margin
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
