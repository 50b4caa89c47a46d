"""Acts on how the office stands to a company: block it, limit its debts, make it partner as well."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import blocking, credit, links, sides
from companies.blocking import CannotBlock
from companies.credit import Debt
from companies.forms import BlockForm, LimitForm
from companies.models import Company
from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class BlockPage:
    card: CompanyCard
    form: BlockForm


@dataclass(frozen=True, slots=True)
class LimitPage:
    """`debt` is what the client owes now, in `currency`."""

    card: CompanyCard
    form: LimitForm
    debt: Debt
    currency: str


@needs(Permission.COMPANY_EDIT)
def company_block(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    form = BlockForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            blocking.block(company=company, reason=reason, by=request.actor, at=clock.now())
        except CannotBlock:
            _say_changed(request)
        return go(request, links.company(company.pk))
    context = BlockPage(card_of(request, company, "details"), form)
    status = 422 if form.errors else 200
    return page(request, "companies/block.html", context, status=status)


@require_POST
@needs(Permission.COMPANY_EDIT)
def company_unblock(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    try:
        blocking.unblock(company=company, by=request.actor, at=clock.now())
    except CannotBlock:
        _say_changed(request)
    return go(request, links.company(company.pk))


@needs(Permission.COMPANY_EDIT)
@asks_again
def company_limit(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    initial = {"credit_limit": company.credit_limit}
    form = LimitForm(posted(request), initial=initial).of_row()
    if request.method == "POST" and form.is_valid():
        limit = form.cleaned_data["credit_limit"]
        credit.set_limit(company=company, limit=limit, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
        return go(request, links.company(company.pk))
    context = LimitPage(
        card=card_of(request, company, "details"),
        form=form,
        debt=credit.debt_of(company),
        currency=request.reseller.currency,
    )
    status = 422 if form.errors else 200
    return page(request, "companies/limit.html", context, status=status)


@require_POST
@needs(Permission.COMPANY_EDIT)
def company_both(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """A client becomes a partner as well, or a partner a client."""
    company: Company = company_for(request.actor, company_id)
    sides.make_both(company=company, by=request.actor, at=clock.now())
    messages.success(request, _("Saved."))
    return go(request, links.company(company.pk))


def _say_changed(request: OfficeRequest) -> None:
    messages.error(request, _("Somebody has changed this meanwhile. Refresh the page."))
