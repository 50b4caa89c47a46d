"""Payments, refunds and payouts over the API: once under one Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from finance import payables, payments, queries
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.credit_notes import CannotCredit
from finance.models import Method, Payable
from finance.payables import CannotPayOut
from finance.payments import CannotPay
from finance.serializers import (
    PaymentIn,
    PaymentOut,
    PayoutIn,
    PayoutOut,
    RefundIn,
)
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.keyset import Column, Sort
from tenants.kit.problems import Problem
from tenants.permissions import Permission

LATEST = Sort(
    "paid",
    "paid_on",
    descending=True,
    then=(Column("entered_at", descending=True),),
)


def by_field(code: str) -> Callable[[CannotPay | CannotPayOut | CannotCredit], Problem]:
    """A refused payment names the field that stands in the way."""
    return lambda refused: Problem(
        422,
        code,
        str(refused),
        {refused.field: [str(refused)]},
    )


class Payments(MoneyView):
    permissions = EDIT
    refusals = {CannotPay: by_field("cannot_pay")}

    @extend_schema(parameters=[KEY])
    @asking(PaymentIn, PaymentOut, status=201)
    def post(self, request: Request) -> Response:
        values = self.body(PaymentIn)
        sure = answers_of(values)
        invoice = self.invoice(values.pop("invoice"))
        payment = payments.receive(
            **{
                "paid_on": self.today,
                **values,
                "method": Method(values["method"]),
            },
            invoice=invoice,
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(PaymentOut, payment, status=201)


class Refund(MoneyView):
    permissions = EDIT
    refusals = {CannotPay: by_field("cannot_refund")}

    @extend_schema(parameters=[KEY])
    @asking(RefundIn, PaymentOut, status=201)
    def post(self, request: Request, payment_id: UUID) -> Response:
        payment = queries.payment_for(self.actor, payment_id)
        values = self.body(RefundIn)
        sure = answers_of(values)
        values.setdefault("on", max(self.today, payment.paid_on))
        values.setdefault("amount", payment.amount - payments.refunded(payment))
        refunded = payments.refund(
            payment=payment,
            **values,
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(PaymentOut, refunded, status=201)


class Payouts(MoneyView):
    permissions = {"GET": (*SEE, Permission.PARTNER_SUMS), "POST": EDIT}
    refusals = {CannotPayOut: by_field("cannot_pay_out")}

    @listed(PayoutOut)
    def get(
        self,
        request: Request,
    ) -> Response:
        return self.page(
            queries.payouts_of(self.actor),
            PayoutOut,
            sort=LATEST,
        )

    @extend_schema(parameters=[KEY])
    @asking(PayoutIn, PayoutOut, status=201)
    def post(self, request: Request) -> Response:
        values = self.body(PayoutIn)
        sure = answers_of(values)
        payable = self._payable(values.pop("order"))
        payout = payables.pay_out(
            **{
                "paid_on": self.today,
                **values,
                "method": Method(values["method"]),
            },
            payable=payable,
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(PayoutOut, payout, status=201)

    def _payable(self, ref: str) -> Payable:
        payable = queries.payables_of(self.actor).filter(order__ref=ref).first()
        if payable is None:
            raise Http404
        return payable


routes = [
    ("payments", Payments),
    ("payments/<uuid:payment_id>/refund", Refund),
    ("payouts", Payouts),
]
