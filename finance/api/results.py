"""Platform fee, profit and loss, ageing and exchange rates over the API."""

from __future__ import annotations

from datetime import date

from rest_framework.request import Request
from rest_framework.response import Response

from finance import queries
from finance.api.frame import EDIT, SEE, BooksView
from finance.serializers import (
    AgeingFilters,
    AgeingOut,
    FeeOut,
    PnlOut,
    RateDayFilters,
    RatesIn,
    RatesOut,
)
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, by_month, filtered
from tenants.kit.calendar import months_until
from tenants.kit.problems import Problem
from tenants.office import rates
from tenants.office.rates import CannotEnter, Rate

YEAR = 12


def _by_currency(refused: CannotEnter) -> Problem:
    """A refused rate is named by its currency."""
    errors = {f"rates.{refused.currency}": [str(refused)]}
    return Problem(422, "cannot_enter_rate", str(refused), errors)


class PlatformFee(BooksView):
    permissions = SEE

    @by_month(FeeOut)
    def get(
        self,
        request: Request,
    ) -> Response:
        return self.answer(
            FeeOut,
            queries.statement(self.month(), self.reseller),
        )


class Pnl(BooksView):
    """The month asked for in the reseller's currency, what of it was agreed in others beside it,
    and the twelve months to it.
    """

    permissions = SEE

    @by_month(PnlOut)
    def get(
        self,
        request: Request,
    ) -> Response:
        month = self.month()
        results = queries.pnl(months_until(month, YEAR), self.reseller.currency)
        year = results.at_home
        others = [row for row in results.others if row.month == month]
        return self.answer(PnlOut, year[-1], others=others, months=year)


class Ageing(BooksView):
    permissions = SEE

    @filtered(AgeingOut, AgeingFilters)
    def get(self, request: Request) -> Response:
        ageing = queries.ageing(on=self.filters(AgeingFilters).get("on", self.today))
        return self.answer(AgeingOut, ageing, currency=self.reseller.currency)


class Rates(BooksView):
    """The exchange rates that hold on a day, with the day each is of; a PUT enters those it names."""

    permissions = {"GET": SEE, "PUT": EDIT}
    refusals = {CannotEnter: _by_currency}

    @filtered(RatesOut, RateDayFilters)
    def get(self, request: Request) -> Response:
        return self._answer(self._day())

    @asking(RatesIn, RatesOut)
    @filtered(RatesOut, RateDayFilters)
    def put(self, request: Request) -> Response:
        values = self.body(RatesIn)
        on = self._day()
        entered = [Rate(code, on, rate) for code, rate in values["rates"].items()]
        sure = answers_of(values)
        rates.enter(entered, by=self.actor, at=clock.now(), sure=sure)
        return self._answer(on)

    def _day(self) -> date:
        """The day of the address, or today."""
        day: date = self.filters(RateDayFilters).get("on", self.today)
        return day

    def _answer(self, on: date) -> Response:
        """The rates that hold on a day."""
        home = self.reseller.currency
        in_force = [rates.rate_on(code, on) for code in rates.currencies(home)]
        rows = [row for row in in_force if row]
        return self.answer(RatesOut, {"on": on, "currency": home, "rates": rows})


routes = [
    ("finance/rates", Rates),
    ("finance/platform-fee", PlatformFee),
    ("finance/pnl", Pnl),
    ("finance/ageing", Ageing),
]
