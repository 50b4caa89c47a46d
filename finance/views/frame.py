"""What the pages of the books share: their tabs, the day, the month asked for, links that keep the
address.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from tenants.kit import clock
from tenants.kit.calendar import NotAMonth, day_of, month_before, month_from, next_month
from tenants.kit.web import OfficeRequest


def tabs(active: str) -> list[dict[str, Any]]:
    named = [
        ("invoice-list", _("Invoices")),
        ("payable-list", _("Carriers")),
        ("ageing", _("Ageing")),
        ("calendar", _("Payment calendar")),
        ("pnl", "P&L"),
        ("fee", _("Platform commission")),
        ("taxes", _("Taxes")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"finance:{name}"),
            "active": name == active,
        }
        for name, label in named
    ]


def posted(request: OfficeRequest) -> QueryDict | None:
    """What a form is bound to; an empty post is a post too."""
    return request.POST if request.method == "POST" else None


def today_of(request: OfficeRequest) -> date:
    return day_of(clock.now(), request.reseller.zone)


def month_asked(request: OfficeRequest) -> date:
    """The month of the address, by default the running one. A word that is no month → 404."""
    text = request.GET.get("month", "")
    try:
        return month_from(text) if text else today_of(request).replace(day=1)
    except NotAMonth as wrong:
        raise Http404 from wrong


def month_label(month: date) -> str:
    return f"{MONTHS[month.month]} {month.year}"


def month_switch(view: str, month: date) -> dict[str, str]:
    """Links to the months beside."""
    url = reverse(f"finance:{view}")
    return {
        "label": month_label(month),
        "before": f"{url}?month={month_before(month):%Y-%m}",
        "after": f"{url}?month={next_month(month):%Y-%m}",
    }


def address(url: str, query: QueryDict, **changes: Any) -> str:
    """A page's address with some of its values changed; None takes one out."""
    copy = query.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value is not None:
            copy[name] = value
    text = copy.urlencode()
    return f"{url}?{text}" if text else url


def page_number(text: str) -> int:
    return min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 6 else 1


def pager(
    url: str,
    query: QueryDict,
    *,
    page: int,
    size: int,
    shown: int,
    total: int,
    more: bool,
) -> dict[str, Any]:
    first = (page - 1) * size
    return {
        "prev": address(url, query, page=page - 1) if page > 1 else "",
        "next": address(url, query, page=page + 1) if more else "",
        "first": first + 1,
        "last": first + shown,
        "total": total,
    }
