"""A company's card: its tabs and the acts on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import editing
from companies.editing import CannotArchive
from companies.forms import (
    ContactForm,
    NewCompanyForm,
    OfficeDetailsForm,
)
from companies.forms.fields import countries
from companies.identifiers import doubts
from companies.invites import enter
from companies.models import Company, Contact
from companies.queries import company_for, people
from companies.tabs import tabs_for
from companies.views.company_list import LOOK
from tenants.accounts import invitations
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission

HISTORY_SHOWN = 50


def card_context(request: OfficeRequest, company: Company, active: str) -> dict[str, Any]:
    """What `companies/card.html` needs; apps above use it for their tabs."""
    return {
        "company": company,
        "tabs": tabs_for(request.actor, company, active),
        "tone": LOOK[company.status],
        "may_edit": request.actor.can(Permission.COMPANY_EDIT),
        "may_invite": request.actor.can(Permission.COMPANY_INVITE),
    }


@needs(Permission.COMPANY_VIEW)
def company_card(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    context = card_context(request, company, "details") | {
        "doubts": doubts(
            country=company.country,
            inn=company.inn,
            account=company.account,
            bik=company.bik,
        ),
        "people": people(company),
        "link_ends_at": invitations.ends_at(company_id=company.pk, at=timezone.now()),
        "country": dict(countries()).get(company.country, company.country),
        "needs_register": company.country == "RU"
        and company.kind == "partner"
        and not company.register_number,
    }
    return page(request, "companies/details.html", context)


@needs(Permission.COMPANY_EDIT)
def company_edit(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    region = company.country or request.reseller.country
    form = OfficeDetailsForm(posted(request), initial=initial(company), region=region)
    if request.method == "POST" and form.is_valid():
        editing.change(
            company=company,
            values=form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, f"/companies/{company.pk}/")
    context = {"form": form, "company": company}
    return page(
        request,
        "companies/edit.html",
        context,
        status=422 if form.errors else 200,
    )


@needs(Permission.COMPANY_EDIT)
def company_new(request: OfficeRequest) -> HttpResponse:
    """A company entered by hand, without an invitation."""
    initial = {
        "kind": "client",
        "language": request.reseller.language,
        "country": request.reseller.country,
    }
    form = NewCompanyForm(
        posted(request),
        initial=initial,
        region=request.reseller.country,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        company = enter(
            kind=values["kind"],
            values=values,
            by=request.actor,
            at=clock.now(),
        )
        return go(request, f"/companies/{company.pk}/")
    return page(
        request,
        "companies/edit.html",
        {"form": form, "company": None},
        status=422 if form.errors else 200,
    )


@needs(Permission.COMPANY_VIEW)
def company_contacts(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    form = ContactForm(
        posted(request),
        region=company.country or request.reseller.country,
    )
    if request.method == "POST":
        if not request.actor.can(Permission.COMPANY_EDIT):
            raise PermissionDenied
        if form.is_valid():
            editing.add_contact(
                company=company,
                values=form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
            return go(request, request.path)
    context = card_context(request, company, "contacts") | {
        "form": form,
        "contacts": company.contacts.order_by("name"),
    }
    return page(
        request,
        "companies/contacts.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
@needs(Permission.COMPANY_EDIT)
def contact_remove(request: OfficeRequest, company_id: UUID, contact_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    try:
        editing.remove_contact(
            company=company,
            contact_id=contact_id,
            by=request.actor,
            at=clock.now(),
        )
    except Contact.DoesNotExist as error:
        raise Http404 from error
    return go(request, f"/companies/{company.pk}/contacts/")


@needs(Permission.COMPANY_VIEW)
def company_history(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    events = audit_log.history(company.subject, limit=HISTORY_SHOWN)
    return page(
        request,
        "companies/history.html",
        card_context(request, company, "history") | {"events": events},
    )


@require_POST
@needs(Permission.COMPANY_EDIT)
def company_archive(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """Archives an active company, brings an archived one back."""
    company = company_for(request.actor, company_id)
    now = clock.now()
    act = editing.restore if company.status == Company.Status.ARCHIVED else editing.archive
    try:
        act(company=company, by=request.actor, at=now)
        messages.success(request, _("Saved."))
    except CannotArchive:
        messages.error(
            request,
            _("Somebody has changed this meanwhile. Refresh the page."),
        )
    return go(request, f"/companies/{company.pk}/")


def initial(company: Company) -> dict[str, Any]:
    return {name: getattr(company, name) for name in editing.OFFICE}
