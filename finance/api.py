"""The books over the API: the same acts and the same sight as on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from finance import invoices, payables, payments, queries
from finance.days import NotAMonth, day_of, home_of, month_from, months_until
from finance.models import Invoice, Method
from finance.queries.ageing import BUCKETS, Side
from finance.queries.invoices import REST, SORTS, Asked, matching
from finance.queries.pnl import MonthResult
from finance.serializers import (
    FeeOut,
    InvoiceCard,
    InvoiceIn,
    InvoiceOut,
    PaymentIn,
    PaymentOut,
    PayoutIn,
    PayoutOut,
    RefundIn,
    ResultOut,
)  # fmt: skip
from orders.queries import order_for
from tenants.accounts.actor import Actor
from tenants.accounts.permissions import Permission
from tenants.kit.problems import Problem

LIMIT, MOST, YEAR = 50, 200, 12
SEE = (Permission.FINANCE_VIEW,)
EDIT = (Permission.FINANCE_EDIT,)
MONTH = OpenApiParameter("month", description="2026-03; by default the running one")
Facts = dict[str, Any]


def _actor(request: Request) -> Actor:
    return cast(Actor, request.user)


def _today(request: Request) -> date:
    return day_of(timezone.now(), home_of(_actor(request)).zone)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> Facts:
    read = serializer(data=request.data)
    read.is_valid(raise_exception=True)
    return cast(Facts, read.validated_data)


def _once(request: Request) -> UUID:
    """A call repeated under one Idempotency-Key is one payment, whatever stands between."""
    key = request.headers.get("Idempotency-Key", "")
    return uuid5(NAMESPACE_URL, f"{_actor(request).member_id}:{key}") if key else uuid4()


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _page(request: Request, rows: QuerySet[Any], shape: type[serializers.Serializer[Any]]) -> Response:
    start, limit = _number(request, "offset", 0), min(_number(request, "limit", LIMIT), MOST) or LIMIT
    found = list(rows[start : start + limit + 1])
    after = request.query_params.copy()
    after["offset"] = str(start + limit)
    following = f"{request.path}?{after.urlencode()}" if len(found) > limit else None
    return Response({"results": shape(found[:limit], many=True).data, "next": following})


def _month(request: Request) -> date:
    text = request.query_params.get("month", "")
    try:
        return month_from(text) if text else _today(request).replace(day=1)
    except NotAMonth as wrong:
        raise Problem(422, "invalid", "", {"month": [_("A month is written 2026-03.")]}) from wrong


def _invoice(request: Request, key: str) -> Invoice:
    """By id or by number; what this person may not see is not there."""
    rows = queries.invoices_of(_actor(request)).select_related("order")
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = rows.filter(number=key).first()
    if found is None:
        raise Http404
    return found


class Invoices(APIView):
    permissions: Mapping[str, tuple[Permission, ...]] = {"GET": (*SEE, Permission.CLIENT_CABINET), "POST": EDIT}

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in ("search", "status", "order", "company", "sort", "limit", "offset")],
        responses=InvoiceOut(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        sort = asked.get("sort", "-number")
        rows = matching(_actor(request), _asked(asked), today=_today(request)).select_related("order")
        column = SORTS.get(sort.lstrip("-"), "issued_at")
        ordered = rows.annotate(left=REST).order_by(("-" if sort.startswith("-") else "") + column, "-id")
        return _page(request, ordered, InvoiceOut)

    @extend_schema(request=InvoiceIn, responses={201: InvoiceCard})
    def post(self, request: Request) -> Response:
        order = order_for(_actor(request), _given(InvoiceIn, request)["order"])
        try:
            invoice = invoices.issue_for_order(order=order, by=_actor(request), at=timezone.now())
        except invoices.AlreadyInvoiced as known:
            raise Problem(409, "already_invoiced", str(known)) from known
        except invoices.CannotIssue as refused:
            raise Problem(409, "cannot_issue", str(refused)) from refused
        return Response(InvoiceCard(invoice).data, status=201)


def _asked(query: Mapping[str, str]) -> Asked:
    try:
        company = UUID(query["company"]) if query.get("company") else None
    except ValueError as wrong:
        raise Problem(422, "invalid", "", {"company": [_("This is no id.")]}) from wrong
    return Asked(search=query.get("search", "")[:100], view=query.get("status", ""), order=query.get("order", "")[:20],
                 company=company)  # fmt: skip


class OneInvoice(APIView):
    permissions = (*SEE, Permission.CLIENT_CABINET)

    @extend_schema(responses=InvoiceCard)
    def get(self, request: Request, key: str) -> Response:
        return Response(InvoiceCard(_invoice(request, key)).data)


class Payments(APIView):
    permissions = EDIT

    @extend_schema(request=PaymentIn, responses={201: PaymentOut})
    def post(self, request: Request) -> Response:
        facts = _given(PaymentIn, request)
        invoice = _invoice(request, facts.pop("invoice"))
        facts.setdefault("paid_on", _today(request))
        facts["method"] = Method(facts["method"])
        try:
            payment = payments.receive(invoice=invoice, **facts, once=_once(request), by=_actor(request), at=_now())
        except payments.CannotPay as refused:
            raise _refusal(refused, "cannot_pay") from refused
        return Response(PaymentOut(payment).data, status=201)


class Refund(APIView):
    permissions = EDIT

    @extend_schema(request=RefundIn, responses={201: PaymentOut})
    def post(self, request: Request, payment_id: UUID) -> Response:
        payment, facts = queries.payment_for(_actor(request), payment_id), _given(RefundIn, request)
        facts.setdefault("on", max(_today(request), payment.paid_on))
        facts.setdefault("amount", payment.amount - payments.refunded(payment))
        try:
            given = payments.refund(payment=payment, **facts, once=_once(request), by=_actor(request), at=_now())
        except payments.CannotPay as refused:
            raise _refusal(refused, "cannot_refund") from refused
        return Response(PaymentOut(given).data, status=201)


class Payouts(APIView):
    permissions: Mapping[str, tuple[Permission, ...]] = {"GET": (*SEE, Permission.PARTNER_CABINET), "POST": EDIT}

    @extend_schema(parameters=[OpenApiParameter("limit"), OpenApiParameter("offset")], responses=PayoutOut(many=True))
    def get(self, request: Request) -> Response:
        return _page(request, queries.payouts_of(_actor(request)), PayoutOut)

    @extend_schema(request=PayoutIn, responses={201: PayoutOut})
    def post(self, request: Request) -> Response:
        facts = _given(PayoutIn, request)
        payable = queries.payables_of(_actor(request)).filter(order__ref=facts.pop("order")).first()
        if payable is None:
            raise Http404
        facts.setdefault("paid_on", _today(request))
        facts["method"] = Method(facts["method"])
        try:
            payout = payables.pay_out(payable=payable, **facts, once=_once(request), by=_actor(request), at=_now())
        except payables.CannotPayOut as refused:
            raise _refusal(refused, "cannot_pay_out") from refused
        return Response(PayoutOut(payout).data, status=201)


def _now() -> datetime:
    return timezone.now()


def _refusal(refused: payments.CannotPay | payables.CannotPayOut, code: str) -> Problem:
    return Problem(422, code, str(refused), {refused.field: [str(refused)]})


class PlatformFee(APIView):
    permissions = SEE

    @extend_schema(parameters=[MONTH], responses=FeeOut)
    def get(self, request: Request) -> Response:
        return Response(FeeOut(queries.statement(_month(request), home_of(_actor(request)))).data)


class Pnl(APIView):
    """The month asked for in the reseller's currency, other currencies beside it, and the twelve months to it."""

    permissions = SEE

    @extend_schema(parameters=[MONTH], responses=ResultOut)
    def get(self, request: Request) -> Response:
        month, home = _month(request), home_of(_actor(request)).currency
        found = queries.pnl(months_until(month, YEAR))
        own = {row.month: row for row in found if row.currency == home}
        others = [row for row in found if row.month == month and row.currency != home]
        rows = [own.get(each, MonthResult(each, home)) for each in months_until(month, YEAR)]
        return Response({**ResultOut(rows[-1]).data, "others": ResultOut(others, many=True).data,
                         "months": ResultOut(rows, many=True).data})  # fmt: skip


class Ageing(APIView):
    permissions = SEE

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        found = queries.ageing(on=_today(request))
        return Response({"on": found.on, "currency": home_of(_actor(request)).currency,
                         "receivables": _side(found.receivable), "payables": _side(found.payable)})  # fmt: skip


def _side(side: Side) -> Facts:
    names = [name for name, _low, _high in BUCKETS]
    return {
        "total": f"{side.total:.2f}",
        "buckets": {name: f"{sum_:.2f}" for name, sum_ in zip(names, side.buckets, strict=True)},
        "companies": [
            {"company": row.company_id, "name": row.name, "total": f"{row.total:.2f}",
             "buckets": {name: f"{sum_:.2f}" for name, sum_ in zip(names, row.buckets, strict=True)}}
            for row in side.rows
        ],
    }  # fmt: skip


routes = [
    ("invoices", Invoices),
    ("invoices/<str:key>", OneInvoice),
    ("payments", Payments),
    ("payments/<uuid:payment_id>/refund", Refund),
    ("payouts", Payouts),
    ("finance/platform-fee", PlatformFee),
    ("finance/pnl", Pnl),
    ("finance/ageing", Ageing),
]
