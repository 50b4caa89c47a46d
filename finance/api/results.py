"""Platform fee, profit and loss, and ageing over the API."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from finance import queries
from finance.api.frame import SEE, BooksView
from finance.serializers import AgeingOut, FeeOut, PnlOut
from tenants.kit.api import by_month
from tenants.kit.calendar import months_until

YEAR = 12


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

    @extend_schema(responses=AgeingOut)
    def get(self, request: Request) -> Response:
        ageing = queries.ageing(on=self.today)
        return self.answer(AgeingOut, ageing, currency=self.reseller.currency)


routes = [
    ("finance/platform-fee", PlatformFee),
    ("finance/pnl", Pnl),
    ("finance/ageing", Ageing),
]
