"""What an order brings: booked by its act, expected until then. The books above tell both parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Value
from django.db.models.expressions import Combinable

from orders.models import Order
from orders.price_split import Splitter
from orders.pricing import at_home
from tenants.actor import ResellerInfo
from tenants.kit.money import HUNDRED, ZERO, rounded
from tenants.office.current import current_reseller


@dataclass(frozen=True, slots=True)
class Books:
    """For a list of orders what the ledger holds of each, null before the act; and the commission of
    the platform at the step reached this month, in per cent.
    """

    result: Callable[[], Combinable]
    fee_percent: Callable[[ResellerInfo], Decimal]


_books: list[Books] = []


def ask_books(books: Books) -> None:
    """The app above that keeps the books says here how they are asked."""
    _books[:] = [books]


def booked_result() -> Combinable:
    """Revenue less costs, commission and differences of exchange, as the P&L has it; null before the
    act.
    """
    return _books[0].result() if _books else Value(None, output_field=DecimalField())


class Expected:
    """What orders will bring as they are agreed; one question to the books for all of them."""

    def __init__(self, splitter: Splitter) -> None:
        self._splitter = splitter
        self._percent: Decimal | None = None

    def of(self, order: Order, incidents: Decimal) -> Decimal | None:
        """The margin without taxes, less incidents and the commission on all of the price; None until
        both sums stand.
        """
        margin = self._splitter.margin_net(order)
        amounts = self._splitter.split(order)
        if margin is None or amounts is None:
            return None
        paid = at_home(amounts.gross, order.client_fx)
        return margin - incidents - rounded(paid * self._fee_percent() / HUNDRED)

    def _fee_percent(self) -> Decimal:
        if self._percent is None:
            home = current_reseller()
            self._percent = _books[0].fee_percent(home) if _books else ZERO
        return self._percent
