"""A client's or partner's own pages: its details, its contract with the reseller."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from companies import editing
from companies.contracts import current
from companies.forms import DetailsForm
from companies.identifiers import doubts
from companies.models import Company
from companies.queries import company_for
from companies.views.card import initial
from companies.views.signing import contract_context, sign
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Kind, Permission

BASE = {Kind.CLIENT: "/cabinet/", Kind.PARTNER: "/partner/"}


@needs(Permission.CLIENT_CABINET)
def client_company(request: OfficeRequest) -> HttpResponse:
    return _details(request)


@needs(Permission.PARTNER_CABINET)
def partner_company(request: OfficeRequest) -> HttpResponse:
    return _details(request)


@needs(Permission.CLIENT_CABINET)
def client_contract(request: OfficeRequest) -> HttpResponse:
    return _contract(request)


@needs(Permission.PARTNER_CABINET)
def partner_contract(request: OfficeRequest) -> HttpResponse:
    return _contract(request)


def _details(request: OfficeRequest) -> HttpResponse:
    """The form the invited one fills in first; the contract is the next step."""
    company = _own(request)
    base = BASE[request.actor.kind]
    form = DetailsForm(
        posted(request),
        initial=initial(company),
        region=company.country or request.reseller.country,
    )
    if request.method == "POST" and form.is_valid():
        editing.change(
            company=company,
            values=form.cleaned_data,
            by=request.actor,
            at=clock.now(),
            own=True,
        )
        messages.success(request, _("Saved."))
        return go(
            request,
            f"{base}company/" if current(company) else f"{base}contract/",
        )
    found = doubts(
        country=company.country,
        inn=company.inn,
        account=company.account,
        bik=company.bik,
    )
    context = {
        "form": form,
        "company": company,
        "doubts": found,
        "steps": _steps(company),
    }
    return page(
        request,
        "companies/cabinet_details.html",
        context,
        status=422 if form.errors else 200,
    )


def _contract(request: OfficeRequest) -> HttpResponse:
    company = _own(request)
    form = None
    if request.method == "POST":
        form, done = sign(request, company)
        if done:
            return go(request, request.path)
    context = contract_context(request, company) | {
        "form": form,
        "may_sign": True,
        "steps": _steps(company),
        "details_url": f"{BASE[request.actor.kind]}company/",
    }
    status = 422 if form is not None and form.errors else 200
    return page(
        request,
        "companies/cabinet_contract.html",
        context,
        status=status,
    )


def _own(request: OfficeRequest) -> Company:
    if request.actor.company_id is None:
        raise Http404
    return company_for(request.actor, request.actor.company_id)


def _steps(company: Company) -> list[dict[str, str]]:
    """Shown until the contract is signed: by then the details are in, whoever typed them."""
    filled = company.details_at is not None
    signed = current(company) is not None
    if signed:
        return []
    return [
        {"label": _("Password"), "state": "done"},
        {
            "label": _("Company details"),
            "state": "done" if filled else "now",
        },
        {"label": _("Contract"), "state": "now" if filled else "next"},
    ]
