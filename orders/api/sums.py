"""What a call says of an order's sums that cannot all be true: refused, never dropped in silence."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.drafts import ONE, OrderData
from orders.errors import BadValue
from orders.pricing import CannotPrice, Margin, Sides, margin_of, margin_percent, settle
from tenants.kit.serializers import Values


def check_sums(values: Values, data: OrderData, *, home: str) -> None:
    """`values` are those that were sent, `data` the order as it would be. Raises BadValue."""
    client_currency = data.currency or home
    carrier_currency = data.carrier_currency or client_currency
    _check_own_rate(values, "client_fx", is_own=client_currency == home)
    _check_own_rate(values, "carrier_fx", is_own=carrier_currency == home)
    if values.get("rate_date") and client_currency == carrier_currency == home:
        raise BadValue("rate_date", _("In your own currency there is no exchange rate."))
    _check_margin(values, data, home=home)


def _check_own_rate(values: Values, name: str, *, is_own: bool) -> None:
    rate = values.get(name)
    if is_own and rate is not None and rate != ONE:
        raise BadValue(name, _("In your own currency there is no exchange rate."))


def _check_margin(values: Values, data: OrderData, *, home: str) -> None:
    """A margin that was sent must be the one that the two sums give."""
    names = [name for name in ("margin", "margin_percent") if values.get(name) is not None]
    both_sent = data.client_price is not None and data.carrier_rate is not None
    sides = _sides(data, home=home)
    if sides is None or not (both_sent or len(names) == 2):
        return
    follows = {"margin": margin_of(sides), "margin_percent": margin_percent(sides)}
    for name in names:
        if follows[name] != values[name]:
            raise BadValue(
                name,
                _("It contradicts price and rate: they give %(sum)s.") % {"sum": follows[name]},
            )


def _sides(data: OrderData, *, home: str) -> Sides | None:
    """Both sums; None where the act itself refuses them."""
    client_fx = _rate(data.client_fx, is_own=(data.currency or home) == home)
    carrier_currency = data.carrier_currency or data.currency or home
    carrier_fx = _rate(data.carrier_fx, is_own=carrier_currency == home)
    if client_fx is None or carrier_fx is None:
        return None
    sides = Sides(data.client_price, client_fx, data.carrier_rate, carrier_fx)
    try:
        return settle(sides, Margin(data.margin, data.margin_percent))
    except CannotPrice:
        return None


def _rate(rate: Decimal | None, *, is_own: bool) -> Decimal | None:
    return ONE if is_own else rate
