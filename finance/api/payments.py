"""Payments, refunds and payouts over the API: once under one Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies.queries import company_for
from finance import client_advances, payables, payments, queries
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.client_advances import CannotAllocate, Part
from finance.models import Method, Payable, Payment
from finance.payables import CannotPayOut
from finance.payments import CannotPay
from finance.queries.client_advances import advance_for, advances_of
from finance.serializers import (
    AllocationsIn,
    AllocationsOut,
    PaymentIn,
    PaymentOut,
    PayoutIn,
    PayoutOut,
    RefundIn,
)
from finance.typed_money import CannotBook
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.keyset import Column, Sort
from tenants.kit.problems import Problem
from tenants.kit.serializers import Values
from tenants.permissions import Permission

LATEST = Sort(
    "paid",
    "paid_on",
    descending=True,
    then=(Column("entered_at", descending=True),),
)


def by_field(code: str) -> Callable[[CannotBook], Problem]:
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
        invoice = values.pop("invoice", None)
        company = values.pop("company", None)
        currency = values.pop("currency", None)
        facts: Values = {
            "paid_on": self.today,
            **values,
            "method": Method(values["method"]),
            "once": self.once(),
            "by": self.actor,
            "at": clock.now(),
            "sure": sure,
        }
        if invoice:
            payment = payments.receive(invoice=self.invoice(invoice), **facts)
            return self.answer(PaymentOut, payment, status=201)
        advance = client_advances.receive(
            company=company_for(self.actor, company),
            currency=currency or self.reseller.currency,
            **facts,
        )
        return self.answer(PaymentOut, advance, status=201)


class Allocations(MoneyView):
    """Parts of an advance go to invoices, all of them or none."""

    permissions = EDIT
    refusals = {CannotAllocate: by_field("cannot_allocate")}

    @extend_schema(
        parameters=[KEY],
        request=AllocationsIn,
        responses={201: AllocationsOut},
    )
    def post(self, request: Request, payment_id: UUID) -> Response:
        parts = self.body(AllocationsIn)["parts"]
        advance = advance_for(self.actor, payment_id)
        paid = client_advances.allocate(
            advance=advance,
            parts=[Part(self.invoice(part["invoice"]), part["amount"]) for part in parts],
            once=self.once(),
            by=self.actor,
            at=clock.now(),
        )
        advance.refresh_from_db()
        return self.answer(AllocationsOut, Allocated(advance.left, paid), status=201)


@dataclass(frozen=True, slots=True)
class Allocated:
    """What is left of an advance, and what was paid with it."""

    left: Decimal
    payments: list[Payment]


class Refund(MoneyView):
    permissions = EDIT
    refusals = {CannotPay: by_field("cannot_refund")}

    @extend_schema(parameters=[KEY])
    @asking(RefundIn, PaymentOut, status=201)
    def post(self, request: Request, payment_id: UUID) -> Response:
        values = self.body(RefundIn)
        sure = answers_of(values)
        facts: Values = {"once": self.once(), "by": self.actor, "at": clock.now(), "sure": sure}
        if advance := advances_of(self.actor).filter(pk=payment_id).first():
            values.setdefault("on", max(self.today, advance.paid_on))
            values.setdefault("amount", advance.left)
            del values["keep"]
            back = client_advances.give_back(advance=advance, **values, **facts)
            return self.answer(PaymentOut, back, status=201)
        payment = queries.payment_for(self.actor, payment_id)
        values.setdefault("on", max(self.today, payment.paid_on))
        values.setdefault("amount", payment.amount - payments.refunded(payment))
        refund = payments.refund(payment=payment, **values, **facts)
        return self.answer(PaymentOut, refund, status=201)


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
    ("payments/<uuid:payment_id>/allocations", Allocations),
    ("payouts", Payouts),
]
