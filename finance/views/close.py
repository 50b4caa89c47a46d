"""The months of the books: what stands open in one, closing it, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from finance import beginning, links, month_end
from finance.access import CLOSE_FEE
from finance.beginning import CannotBegin
from finance.close import CannotClose
from finance.close_books import CannotReopen, close_books, reopen_books
from finance.forms import BooksForm, ReopenForm
from finance.month_end import BooksMonth, Point
from finance.views.tabs import books_tabs
from tenants.kit import clock, months
from tenants.kit.pieces import Tab
from tenants.kit.shown import FIELD, ChangedMeanwhile, mark
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class MonthsPage:
    """The checklist of a month, the months with their states, and the day the books begin."""

    value: str
    label: str
    points: list[Point]
    is_closed: bool
    is_ready: bool
    shown: str
    rows: list[BooksMonth]
    form: BooksForm
    may_close: bool
    tabs: list[Tab]


@dataclass(frozen=True, slots=True)
class ReopenPage:
    """The question why a month is opened again."""

    form: ReopenForm
    label: str


@require_GET
@needs(Permission.FINANCE_VIEW)
def close(request: OfficeRequest) -> HttpResponse:
    """The months of the books, with the checklist of one of them."""
    return _months_page(request, _books_form(request))


@require_POST
@needs(CLOSE_FEE)
def books_close(request: OfficeRequest, month: str) -> HttpResponse:
    """Close the books of a month, as its checklist was shown."""
    first = months.month_of(month)
    now = clock.now()
    today = months.today_of(request)
    points = month_end.points(first, request.reseller, today)
    try:
        if request.POST.get(FIELD, "") != mark(*points):
            raise ChangedMeanwhile
        close_books(month=first, by=request.actor, at=now)
    except (ChangedMeanwhile, CannotClose) as refused:
        messages.error(request, str(refused))
        return go(request, links.close(month=month))
    text = _("The books of %(month)s are closed.")
    messages.success(request, text % {"month": months.month_label(first)})
    return go(request, links.close())


@require_http_methods(["GET", "POST"])
@needs(CLOSE_FEE)
def books_reopen(request: OfficeRequest, month: str) -> HttpResponse:
    """Ask why, then open the month again."""
    first = months.month_of(month)
    form = ReopenForm(posted(request))
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            reopen_books(month=first, reason=reason, by=request.actor, at=clock.now())
        except CannotReopen as refused:
            form.add_error(None, str(refused))
        else:
            text = _("The books of %(month)s are open again.")
            messages.success(request, text % {"month": months.month_label(first)})
            return go(request, links.close(month=month))
    context = ReopenPage(form, months.month_label(first))
    return page(request, "finance/reopen.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(CLOSE_FEE)
def books_begin(request: OfficeRequest) -> HttpResponse:
    """Set the day on which the books begin; an error comes back beside what was typed."""
    form = _books_form(request)
    if form.is_valid():
        try:
            beginning.begin(on=form.cleaned_data["on"], by=request.actor, at=clock.now())
        except CannotBegin as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("Saved."))
            return go(request, links.close())
    return _months_page(request, form, status=422)


def _books_form(request: OfficeRequest) -> BooksForm:
    today = months.today_of(request)
    first = beginning.first_day(request.reseller, today)
    return BooksForm(posted(request), initial={"on": first})


def _months_page(request: OfficeRequest, form: BooksForm, *, status: int = 200) -> HttpResponse:
    home = request.reseller
    today = months.today_of(request)
    value = request.GET.get("month", "")
    first = months.month_of(value) if value else month_end.next_to_close(home, today)
    points = month_end.points(first, home, today)
    rows = month_end.books_months(home, today)
    context = MonthsPage(
        value=f"{first:%Y-%m}",
        label=months.month_label(first),
        points=points,
        is_closed=month_end.is_closed(first),
        is_ready=all(point.met for point in points if point.needed),
        shown=mark(*points),
        rows=rows,
        form=form,
        may_close=request.actor.can(CLOSE_FEE),
        tabs=books_tabs("close"),
    )
    return page(request, "finance/months.html", context, status=status)
