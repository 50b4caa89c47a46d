"""What is owed to carriers, and paying it out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
)

from finance import payables, queries
from finance.forms import MoneyForm
from finance.views import frame
from tenants.kit import clock
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

PAGE = 50


@require_GET
@needs(Permission.FINANCE_VIEW)
def payable_list(request: OfficeRequest) -> HttpResponse:
    view = request.GET.get("view", "open")
    search = request.GET.get("q", "").strip()[:100]
    number = frame.page_number(request.GET.get("page", "1"))
    found = None
    found = queries.payables(request.actor, search=search, view=view)
    total = found.count()
    start = (number - 1) * PAGE
    rows = list(found[start : start + PAGE])
    url = reverse("finance:payable-list")
    labels = [
        ("open", _("To pay")),
        ("paid", _("Paid")),
        ("all", _("All")),
    ]
    pattern = {
        "title": _("Carriers"),
        "count": total,
        "rows_count": len(rows),
        "url": url,
        "search": search,
        "search_hint": _("Carrier, order"),
        "keep": {"view": view},
        "clear_url": url,
        "cards": True,
        "views": [
            {
                "label": label,
                "url": f"{url}?view={key}",
                "active": view == key,
            }
            for key, label in labels
        ],
        "columns": _columns(),
        "empty": _empty(),
        "pager": frame.pager(
            url,
            request.GET,
            page=number,
            size=PAGE,
            shown=len(rows),
            total=total,
            more=start + len(rows) < total,
        ),
    }
    context = {
        "list": pattern,
        "rows": rows,
        "today": frame.today_of(request),
        "tabs": frame.tabs("payable-list"),
    }
    return page(request, "finance/payables.html", context)


def _columns() -> list[dict[str, object]]:
    named = [
        ("order", _("Order"), False),
        ("payee", _("Carrier"), False),
        ("due", _("Due"), False),
        ("amount", _("Amount"), True),
        ("paid", _("Paid"), True),
        ("rest", _("Left"), True),
        ("act", _("Actions"), False),
    ]
    return [{"key": key, "label": label, "numeric": numeric} for key, label, numeric in named]


def _empty() -> dict[str, str]:
    text = _("A debt to a carrier appears when its order is completed.")
    return {
        "title": _("Nothing is owed to carriers"),
        "text": text,
        "icon": "truck",
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def payable_pay(request: OfficeRequest, payable_id: UUID) -> HttpResponse:
    payable = queries.payable_for(request.actor, payable_id)
    initial = {
        "amount": payable.rest,
        "paid_on": frame.today_of(request),
        "method": "bank",
    }
    form = MoneyForm(
        frame.posted(request),
        currency=payable.currency,
        initial=initial,
    )
    if form.is_valid():
        try:
            payout = payables.pay_out(
                payable=payable,
                **form.facts,
                by=request.actor,
                at=clock.now(),
            )
        except payables.CannotPayOut as refused:
            form.add_error(refused.field, str(refused))
        else:
            said = _("%(sum)s paid to %(name)s.")
            messages.success(
                request,
                said
                % {
                    "sum": money(payout.amount, payout.currency),
                    "name": payable.payee,
                },
            )
            return go(request, reverse("finance:payable-list"))
    context = {
        "form": form,
        "payable": payable,
        "payouts": list(payable.payouts.order_by("entered_at")),
    }
    return page(
        request,
        "finance/payable.html",
        context,
        status=422 if form.is_bound else 200,
    )
