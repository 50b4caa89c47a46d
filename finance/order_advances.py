"""The advances of the carrier on the order's card."""

from __future__ import annotations

from django.utils.translation import gettext as _

from finance import links
from finance.carrier_advances import left_of_rate, may_advance
from finance.models import CarrierAdvance
from orders.models import Order
from orders.paid_ahead import PaidAhead, ask_books
from tenants.actor import Actor
from tenants.kit import formats
from tenants.permissions import Permission


def tell(order: Order, actor: Actor) -> PaidAhead | None:
    """What was paid, what the carrier owes of it, and what is left of the rate."""
    is_open = may_advance(order)
    paid = list(
        CarrierAdvance.objects.filter(order=order, return_of=None).order_by("paid_on", "pk")
    )
    if not is_open and not paid:
        return None
    facts = [
        (
            f"{formats.day(one.paid_on)} · {one.occasion_label} · {one.payee}",
            formats.money(one.amount - one.returned, one.currency),
        )
        for one in paid
    ]
    left = left_of_rate(order, actor) if is_open else None
    if left is not None:
        facts.append((_("Left of the rate"), formats.money(left, order.carrier_currency)))
    for one in paid:
        if not is_open and one.left:
            label = _("%(payee)s owes us") % {"payee": one.payee}
            facts.append((label, formats.money(one.left, one.currency)))
    may_open = actor.can(Permission.FINANCE_EDIT)
    return PaidAhead(facts, links.carrier_advances(order.ref) if may_open else "")


ask_books(tell)
