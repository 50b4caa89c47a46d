"""The taxes that stand on invoices."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies import own_taxes
from companies.regimes import pays_vat
from companies.taxes import Row, name_of
from companies.views.own_frame import OwnTab, frame_of
from finance import links
from finance.forms import TaxForm
from finance.recognition import Rule, rule_of
from finance.views.tabs import books_tabs
from tenants.kit import clock, months
from tenants.kit.formats import number
from tenants.kit.pieces import Tab
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A tax of the country, and whether invoices bear it."""

    row: Row
    is_charged: bool


@dataclass(frozen=True, slots=True)
class TaxPage:
    """The taxes of the country, and the choice of the optional ones; `firms` to choose from where
    there are several.
    """

    rows: list[TaxLine]
    firms: list[OwnTab]
    is_payer: bool
    rule: Rule
    form: TaxForm
    may_choose: bool
    tabs: list[Tab]


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_VIEW)
def taxes(request: OfficeRequest) -> HttpResponse:
    """Show the country's taxes of today; the optional ones are chosen here."""
    today = months.today_of(request)
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    frame = frame_of(request, "details")
    firm = frame.own
    country = own_taxes.country(request.actor, frame.firm_id)
    rows = own_taxes.rows(country=country, on=today)
    chosen = own_taxes.chosen(today, firm.pk)
    form = _form(request, rows, chosen)
    if form.is_valid():
        own_taxes.choose(
            kinds=form.cleaned_data["kinds"],
            by=request.actor,
            at=clock.now(),
            firm_id=frame.firm_id,
        )
        messages.success(request, _("Saved."))
        return go(request, request.get_full_path())
    context = TaxPage(
        rows=[TaxLine(row, not row.optional or row.kind in chosen) for row in rows],
        firms=[
            OwnTab(one.label, f"{links.taxes()}?{one.url.partition('?')[2]}", one.active)
            for one in frame.firms
        ],
        is_payer=pays_vat(firm, today),
        rule=rule_of(firm, today),
        form=form,
        may_choose=may_edit and any(row.optional for row in rows),
        tabs=books_tabs("taxes"),
    )
    status = 422 if form.is_bound else 200
    return page(request, "finance/taxes.html", context, status=status)


def _form(
    request: OfficeRequest,
    rows: list[Row],
    chosen: frozenset[str],
) -> TaxForm:
    """The choice of the optional taxes."""
    offered = [
        (row.kind, f"{name_of(row.kind)} {number(row.percent)} %") for row in rows if row.optional
    ]
    return TaxForm(
        posted(request),
        offered=offered,
        initial={"kinds": sorted(chosen)},
    )
