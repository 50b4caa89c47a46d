"""How the reseller stands to an order's client: blocked or not, within its credit limit or not."""

from __future__ import annotations

from django.db.models import F, Sum
from django.db.models.functions import Round

from companies.blocking import refuse_new_orders, why_blocked
from companies.credit import ask_about_limit
from orders.errors import BadValue
from orders.models import Order, Stage
from orders.price_split import Splitter
from tenants.actor import Actor
from tenants.kit.doubts import Answers
from tenants.kit.money import ZERO, rounded
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
    amounts = Splitter().split(order)
    if amounts is None:
        return
    others = client.orders.filter(is_invoiced=False).exclude(stage__in=NO_DEBT_YET)
    under_way = others.exclude(pk=order.pk).aggregate(sum=Sum(AT_HOME, default=ZERO))["sum"]
    own = rounded(amounts.gross * order.client_fx)
    ask_about_limit(client, under_way + own, sure, currency=current_reseller().currency)
