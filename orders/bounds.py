"""What an order's columns can hold, said at the field before the database would say it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from companies.models import OwnFirm
from orders.drafts import (
    MOST_CARGO,
    MOST_STOPS,
    TOO_MANY_LINES,
    TOO_MANY_STOPS,
    OrderData,
    StopData,
)
from orders.errors import BadValue
from orders.models import Order, StopKind
from tenants.kit import formats
from tenants.kit.money import MOST_MONEY

MOST_WEIGHT = Decimal("999999999.999")  # kg of an order
MOST_VOLUME = Decimal("9999999.999")  # m³ of an order


def check_counts(data: OrderData) -> None:
    """Refuse more stops or lines of cargo than an order holds. Raises BadValue."""
    if len(data.stops) > MOST_STOPS:
        raise BadValue("stops", str(TOO_MANY_STOPS) % {"num": MOST_STOPS})
    if len(data.cargo) > MOST_CARGO:
        raise BadValue("cargo", str(TOO_MANY_LINES) % {"num": MOST_CARGO})


def check_temperatures(order: Order) -> None:
    """Raises BadValue."""
    low = order.temperature_from
    high = order.temperature_to
    if low is not None and high is not None and low > high:
        raise BadValue("temperature_to", _("The second temperature is below the first."))


def check_weights(order: Order) -> None:
    """The lines of cargo together keep to what an order's weight and volume can hold. Raises
    BadValue.
    """
    for amount, most in ((order.weight_kg, MOST_WEIGHT), (order.volume_m3, MOST_VOLUME)):
        if amount is not None and amount > most:
            raise BadValue("cargo", _("The number is too large."))


def check_amount(field: str, amount: Decimal | None) -> None:
    """A sum that was counted keeps to the limits of one that is typed. Raises BadValue."""
    if amount is not None and field == "client_price" and amount <= 0:
        raise BadValue(field, _("The amount must be above zero, with no more than two decimals."))
    if amount is not None and amount < 0:
        raise BadValue(field, _("The amount must be above zero, with no more than two decimals."))
    if amount is not None and amount > MOST_MONEY:
        raise BadValue(field, _("The number is too large."))


def check_firms(data: OrderData) -> None:
    """The own firms that are named must be there. Raises BadValue at the field."""
    for name in ("seller_firm", "hiring_firm"):
        firm_id = getattr(data, name)
        if firm_id is not None and not OwnFirm.objects.filter(pk=firm_id).exists():
            raise BadValue(name, _("There is no such firm."))


def check_days(stops: Sequence[StopData]) -> None:
    """Refuse a stop that comes before the stop ahead of it on the way. Raises BadValue."""
    dated = [stop for stop in stops if stop.on]
    for earlier, later in itertools.pairwise(dated):
        assert earlier.on and later.on
        if later.on < earlier.on:
            raise BadValue(
                "stops",
                _("%(later)s on %(day)s comes before %(earlier)s.")
                % {
                    "later": f"{StopKind(later.kind).label} ({later.place})",
                    "day": formats.day(later.on),
                    "earlier": f"{StopKind(earlier.kind).label} ({earlier.place})",
                },
            )
