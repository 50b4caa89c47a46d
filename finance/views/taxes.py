"""The taxes that stand on invoices."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.queries import own_details
from finance import own_taxes
from finance.forms import TaxForm
from finance.views.tabs import books_tabs
from tenants.kit import clock, months
from tenants.kit.formats import number
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_VIEW)
def taxes(request: OfficeRequest) -> HttpResponse:
    """The country's rows today; the optional ones are chosen here."""
    today = months.today_of(request)
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    rows = own_taxes.rows(country=own_taxes.country(request.actor), on=today)
    chosen = own_taxes.chosen(today)
    offered = [(row.kind, f"{row.kind} {number(row.percent)} %") for row in rows if row.optional]
    form = TaxForm(
        posted(request),
        offered=offered,
        initial={"kinds": sorted(chosen)},
    )
    if form.is_valid():
        own_taxes.choose(
            kinds=form.cleaned_data["kinds"],
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, reverse("finance:taxes"))
    context = {
        "rows": [
            {
                "row": row,
                "is_charged": not row.optional or row.kind in chosen,
            }
            for row in rows
        ],
        "is_payer": own_details().vat_payer,
        "form": form,
        "may_choose": may_edit and offered,
        "tabs": books_tabs("taxes"),
    }
    return page(
        request,
        "finance/taxes.html",
        context,
        status=422 if form.is_bound else 200,
    )
