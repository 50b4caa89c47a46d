"""Payments, refunds and payouts over the API: once under one Idempotency-Key."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from finance import payables, payments, queries
from finance.api.reading import (
    EDIT,
    SEE,
    actor_of,
    given,
    invoice_for,
    once_of,
    page_of,
    today_of,
)
from finance.models import Method
from finance.serializers import (
    PaymentIn,
    PaymentOut,
    PayoutIn,
    PayoutOut,
    RefundIn,
)
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission


class Payments(APIView):
    permissions = EDIT

    @extend_schema(request=PaymentIn, responses={201: PaymentOut})
    def post(self, request: Request) -> Response:
        facts = given(PaymentIn, request)
        invoice = invoice_for(request, facts.pop("invoice"))
        facts.setdefault("paid_on", today_of(request))
        facts["method"] = Method(facts["method"])
        try:
            payment = payments.receive(
                invoice=invoice,
                **facts,
                once=once_of(request),
                by=actor_of(request),
                at=clock.now(),
            )
        except payments.CannotPay as refused:
            raise refusal(refused, "cannot_pay") from refused
        return Response(PaymentOut(payment).data, status=201)


class Refund(APIView):
    permissions = EDIT

    @extend_schema(request=RefundIn, responses={201: PaymentOut})
    def post(self, request: Request, payment_id: UUID) -> Response:
        payment = queries.payment_for(actor_of(request), payment_id)
        facts = given(RefundIn, request)
        facts.setdefault("on", max(today_of(request), payment.paid_on))
        facts.setdefault("amount", payment.amount - payments.refunded(payment))
        try:
            refunded = payments.refund(
                payment=payment,
                **facts,
                once=once_of(request),
                by=actor_of(request),
                at=clock.now(),
            )
        except payments.CannotPay as refused:
            raise refusal(refused, "cannot_refund") from refused
        return Response(PaymentOut(refunded).data, status=201)


class Payouts(APIView):
    permissions: Mapping[str, tuple[Permission, ...]] = {
        "GET": (*SEE, Permission.PARTNER_CABINET),
        "POST": EDIT,
    }

    @extend_schema(
        parameters=[
            OpenApiParameter("limit"),
            OpenApiParameter("offset"),
        ],
        responses=PayoutOut(many=True),
    )
    def get(self, request: Request) -> Response:
        return page_of(request, queries.payouts_of(actor_of(request)), PayoutOut)

    @extend_schema(request=PayoutIn, responses={201: PayoutOut})
    def post(self, request: Request) -> Response:
        facts = given(PayoutIn, request)
        payable = (
            queries.payables_of(actor_of(request)).filter(order__ref=facts.pop("order")).first()
        )
        if payable is None:
            raise Http404
        facts.setdefault("paid_on", today_of(request))
        facts["method"] = Method(facts["method"])
        try:
            payout = payables.pay_out(
                payable=payable,
                **facts,
                once=once_of(request),
                by=actor_of(request),
                at=clock.now(),
            )
        except payables.CannotPayOut as refused:
            raise refusal(refused, "cannot_pay_out") from refused
        return Response(PayoutOut(payout).data, status=201)


def refusal(refused: payments.CannotPay | payables.CannotPayOut, code: str) -> Problem:
    return Problem(422, code, str(refused), {refused.field: [str(refused)]})


routes = [
    ("payments", Payments),
    ("payments/<uuid:payment_id>/refund", Refund),
    ("payouts", Payouts),
]
