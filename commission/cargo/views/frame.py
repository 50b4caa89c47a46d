"""What the module's pages share: the day, the month asked for, links that keep the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, QueryDict
from django.utils.dates import MONTHS

from commission.cargo.queries.report import next_month
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest


@dataclass(frozen=True, slots=True)
class MonthSwitch:
    """A month in words, and the addresses of the months beside it."""

    label: str
    value: str
    before: str
    after: str


def today_of(request: OfficeRequest) -> date:
    return clock.now().astimezone(request.reseller.zone).date()


def month_of(text: str) -> date:
    """Raises 404 for what is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as wrong:
        raise Http404 from wrong


def month_asked(request: OfficeRequest) -> date:
    text = request.GET.get("month", "")
    return month_of(text) if text else today_of(request).replace(day=1)


def month_label(month: date) -> str:
    return f"{MONTHS[month.month]} {formats.year(month)}"


def month_switch(url: str, month: date) -> MonthSwitch:
    before = (month - timedelta(days=1)).replace(day=1)
    return MonthSwitch(
        label=month_label(month),
        value=f"{month:%Y-%m}",
        before=f"{url}?month={before:%Y-%m}",
        after=f"{url}?month={next_month(month):%Y-%m}",
    )


def address(url: str, query: QueryDict, **changes: Any) -> str:
    """A page's address with some values changed; None takes one out."""
    copy = query.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value is not None:
            copy[name] = value
    text = copy.urlencode()
    return f"{url}?{text}" if text else url


def page_number(query: QueryDict) -> int:
    text = query.get("page", "1")
    return (
        min(max(int(text), 1), 2000) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    )


def pager(
    url: str,
    query: QueryDict,
    *,
    page: int,
    size: int,
    shown: int,
    more: bool,
    total: Any = None,
) -> dict[str, Any]:
    first = (page - 1) * size
    return {
        "prev": address(url, query, page=page - 1) if page > 1 else "",
        "next": address(url, query, page=page + 1) if more else "",
        "first": first + 1 if shown else 0,
        "last": first + shown,
        "total": total,
    }
