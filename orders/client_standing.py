"""How the reseller stands to an order's client: blocked or not, within its credit limit or not."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Round

from companies.blocking import refuse_new_orders, why_blocked
from companies.credit import ask_about_limit
from orders.errors import BadValue
from orders.models import Order, Stage
from orders.price_split import Splitter
from orders.pricing import at_home
from tenants.actor import Actor
from tenants.kit.doubts import Answers
from tenants.kit.money import ZERO, rounded
from tenants.kit.price_tax import PriceTax
from tenants.office.current import current_reseller

NO_DEBT_YET = (Stage.DRAFT, Stage.REQUESTED, Stage.CANCELLED)
AT_HOME = Round(F("client_price") * F("client_fx"), 2)


def check_client(order: Order, by: Actor) -> None:
    """Refuse an order for a blocked client. Raises BadValue to the office, Barred to the client."""
    refuse_new_orders(by)
    if why := why_blocked(order.client_id):
        raise BadValue("client", why)


def ask_about_credit(order: Order, sure: Answers) -> None:
    """Ask before the client's debts and orders under way pass its credit limit. Raises Doubt."""
    client = order.client
    if client is None or client.credit_limit is None or order.is_invoiced:
        return
    splitter = Splitter()
    amounts = splitter.split(order)
    if amounts is None:
        return
    others = client.orders.filter(is_invoiced=False).exclude(stage__in=NO_DEBT_YET)
    under_way = _with_taxes(others.exclude(pk=order.pk), splitter)
    own = rounded(amounts.gross * order.client_fx)
    ask_about_limit(client, under_way + own, sure, currency=current_reseller().currency)


def _with_taxes(orders: QuerySet[Order], splitter: Splitter) -> Decimal:
    """What orders come to at home, with the taxes that stand on top of their prices."""
    total: Decimal = orders.aggregate(sum=Sum(AT_HOME, default=ZERO))["sum"]
    for order in orders.exclude(price_tax__in=[PriceTax.INCLUDED, PriceTax.NONE]):
        amounts = splitter.split(order)
        if amounts and order.client_price is not None:
            price = at_home(order.client_price, order.client_fx)
            total += at_home(amounts.gross, order.client_fx) - price
    return total
