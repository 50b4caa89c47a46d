"""Exchange rates by day: the month's table, and entering them by hand or from a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from finance import rate_list
from finance.forms import RateListForm, RatesForm
from finance.rate_list import NotAList
from finance.views.tabs import books_tabs
from tenants.kit import clock, months
from tenants.kit.calendar import last_of
from tenants.kit.doubts import Doubt, answers_in, written
from tenants.kit.months import MonthSwitch
from tenants.kit.pieces import Tab
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import rates
from tenants.office.models import ExchangeRate
from tenants.office.rates import CannotEnter, Rate
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class RateDay:
    """A day with its rates by currency."""

    on: date
    rates: dict[str, ExchangeRate]


@dataclass(frozen=True, slots=True)
class RatesPage:
    """The rates of a month, newest first; `doubt` waits for a yes to what stands in the form."""

    form: RatesForm
    doubt: Doubt | None
    sure: str
    currencies: list[str]
    days: list[RateDay]
    home: str
    may_edit: bool
    month: MonthSwitch
    tabs: list[Tab]


@dataclass(frozen=True, slots=True)
class RateListPage:
    """The form of a list; `doubt` waits for a yes to what stands in it."""

    form: RateListForm
    doubt: Doubt | None
    sure: str
    tabs: list[Tab]


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_VIEW)
def rates_by_day(request: OfficeRequest) -> HttpResponse:
    """Show a month's rates; those of a day are entered here."""
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    home = request.reseller.currency
    form = RatesForm(
        posted(request),
        currencies=rates.currencies(home),
        initial={"on": months.today_of(request)},
    )
    doubt = None
    if form.is_valid():
        try:
            _enter(request, form.rates, rates.Source.TYPED)
            return go(request, request.get_full_path())
        except CannotEnter as wrong:
            field = wrong.currency if wrong.currency in form.fields else "on"
            form.add_error(field, str(wrong))
        except Doubt as question:
            doubt = question
    month = months.month_asked(request)
    context = RatesPage(
        form=form,
        doubt=doubt,
        sure=_sure(request, doubt),
        currencies=rates.currencies(home),
        days=_days(month),
        home=home,
        may_edit=may_edit,
        month=months.month_switch(reverse("finance:rates"), month),
        tabs=books_tabs("rates"),
    )
    return page(request, "finance/rates.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def rates_from_list(request: OfficeRequest) -> HttpResponse:
    """Read a list of rates, pasted or uploaded, and keep all of it or nothing."""
    form = RateListForm(posted(request), request.FILES or None)
    doubt = None
    if form.is_valid():
        try:
            form = _with_text(form)
            entered = rate_list.read(form.cleaned_data["text"])
            _enter(request, entered, rates.Source.IMPORTED)
            return go(request, reverse("finance:rates"))
        except NotAList as wrong:
            form.add_error("text", str(wrong))
        except CannotEnter as wrong:
            form.add_error("text", f"{wrong.currency} {wrong.on:%d.%m.%Y}: {wrong}")
        except Doubt as question:
            doubt = question
    context = RateListPage(form, doubt, _sure(request, doubt), books_tabs("rates"))
    return page(request, "finance/rate_list.html", context, status=422 if form.is_bound else 200)


def _with_text(form: RateListForm) -> RateListForm:
    """The form with the text of the file, which the page carries on from here. Raises NotAList."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return form
    again = RateListForm({"text": rate_list.text_of_file(upload.name, upload)})
    again.full_clean()
    return again


def _enter(request: OfficeRequest, entered: list[Rate], source: ExchangeRate.Source) -> None:
    """Keep the rates and say how many. Raises CannotEnter, Doubt."""
    sure = answers_in(request.POST.get("sure", ""))
    now = clock.now()
    kept = rates.enter(entered, by=request.actor, at=now, sure=sure, source=source)
    count = len(kept)
    text = ngettext("%(count)s rate entered.", "%(count)s rates entered.", count)
    messages.success(request, text % {"count": count})


def _sure(request: OfficeRequest, doubt: Doubt | None) -> str:
    """What the form sent once more says yes to: a list may raise several questions in turn."""
    answers = answers_in(request.POST.get("sure", ""))
    return written({*answers, doubt.key}) if doubt else ""


def _days(month: date) -> list[RateDay]:
    """The days of a month that have a rate."""
    days: dict[date, RateDay] = {}
    for row in rates.between(month, last_of(month)):
        days.setdefault(row.on, RateDay(row.on, {})).rates[row.currency] = row
    return list(days.values())
