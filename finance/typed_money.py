"""Money as somebody types it: its amount, its day and its rate, checked alike wherever money moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from finance import exchange
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers
from tenants.kit.money import rounded
from tenants.office import money_days
from tenants.office.current import current_reseller


class CannotBook(Exception):
    """Money does not come into the books as it was typed: `field` of the form is at fault, the text
    says why.
    """

    def __init__(self, text: str, field: str = "amount") -> None:
        super().__init__(text)
        self.field = field


Refusal = type[CannotBook]


@dataclass(frozen=True, slots=True)
class DayTyped:
    """The day of the money as it was typed into a field, by whom and when."""

    on: date
    field: str
    by: Actor | None
    at: datetime
    sure: Answers


def check_amount(amount: Decimal, refusal: Refusal) -> None:
    """Above zero, in whole cents."""
    if amount <= 0 or amount != rounded(amount):
        raise refusal(_("The amount must be above zero, with no more than two decimals."))


def check_day(day: DayTyped, refusal: Refusal) -> None:
    """Not before the books begin, nor to come; long ago is asked about. Raises Doubt."""
    home = current_reseller(day.by)
    today = day_of(day.at, home.zone)
    try:
        money_days.check(day.on, home=home, today=today)
    except money_days.WrongDay as wrong:
        raise refusal(str(wrong), day.field) from wrong
    money_days.ask(day.on, today=today, sure=day.sure)


def rate_of_day(
    fx: Decimal | None,
    currency: str,
    *,
    usual: Decimal,
    by: Actor | None,
    refusal: Refusal,
) -> Decimal:
    """What one unit of the currency is worth: as typed, else as usual."""
    home = current_reseller(by)
    try:
        return exchange.rate_of_day(
            fx,
            currency=currency,
            usual=usual,
            home=home,
            by=by,
        )
    except exchange.WrongRate as wrong:
        raise refusal(str(wrong), "fx") from wrong
