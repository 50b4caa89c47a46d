"""A company's card: its tabs and the acts on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import editing, links
from companies.alike import AlikeCompanies
from companies.credit import Debt, debt_of
from companies.editing import CannotArchive, ContactTaken
from companies.forms import (
    ContactForm,
    NewCompanyForm,
    OfficeDetailsForm,
)
from companies.forms.fields import country_name
from companies.invites import enter
from companies.models import Company, Contact
from companies.queries import company_for, people
from companies.standing import HasOpenMatters
from companies.tabs import OpenTab, tabs_for
from companies.views.company_list import LOOK
from companies.views.people import PeoplePiece, corner_of, people_piece
from tenants.accounts import invitations
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import answers_in
from tenants.kit.form_changes import changed_values
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.office.models import Member
from tenants.permissions import Permission

HISTORY_SHOWN = 50


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """The head of a company's card; `tone` is colour and icon of its status."""

    company: Company
    tabs: list[OpenTab]
    tone: tuple[str, str]
    may_edit: bool
    may_invite: bool
    other_side: str  # the words of the button that makes it both; empty when it is


@dataclass(frozen=True, slots=True)
class DetailsTab:
    """`doubts` are fields that look mistyped, with the reason; `country` is its name."""

    card: CompanyCard
    doubts: dict[str, str]
    people: Sequence[Member]
    link_ends_at: datetime | None
    country: str
    needs_register: bool
    debt: Debt | None  # of a client, for those who may see the books
    currency: str


@dataclass(frozen=True, slots=True)
class ContactsTab:
    """Who comes in for the company, and whom the office calls there."""

    card: CompanyCard
    people: PeoplePiece
    form: ContactForm
    contacts: Sequence[Contact]


@dataclass(frozen=True, slots=True)
class HistoryTab:
    card: CompanyCard
    events: list[TimelineEvent]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """The question before a company is archived: what is still open with it."""

    card: CompanyCard
    matters: list[str]


@dataclass(frozen=True, slots=True)
class CompanyFormPage:
    """The form of a new company, or of one that is there."""

    form: OfficeDetailsForm
    company: Company | None
    alike: AlikeCompanies | None = None


def card_of(request: OfficeRequest, company: Company, active: str) -> CompanyCard:
    """The head of the card with the tab that is open."""
    return CompanyCard(
        company=company,
        tabs=tabs_for(request.actor, company, active),
        tone=LOOK[company.status],
        may_edit=request.actor.can(Permission.COMPANY_EDIT),
        may_invite=request.actor.can(Permission.COMPANY_INVITE),
        other_side=_other_side(company),
    )


def _other_side(company: Company) -> str:
    if company.kind == Company.Kind.BOTH:
        return ""
    return _("Make it a partner as well") if company.is_client else _("Make it a client as well")


@needs(Permission.COMPANY_VIEW)
def company_card(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    context = DetailsTab(
        card=card_of(request, company, "details"),
        doubts=company.doubts,
        people=list(people(company)),
        link_ends_at=invitations.ends_at(company_id=company.pk, at=timezone.now()),
        country=country_name(company.country),
        needs_register=_needs_register(company),
        debt=debt_of(company) if _shows_debt(request, company) else None,
        currency=request.reseller.currency,
    )
    return page(request, "companies/details.html", context)


def _shows_debt(request: OfficeRequest, company: Company) -> bool:
    return company.is_client and request.actor.can(Permission.FINANCE_VIEW)


def _needs_register(company: Company) -> bool:
    """A Russian forwarder must stand in the «ГосЛог» register."""
    return company.is_partner and company.lacks_register


@needs(Permission.COMPANY_EDIT)
@asks_again
def company_edit(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    region = company.country or request.reseller.country
    form = OfficeDetailsForm(posted(request), initial=initial(company), region=region).of_row()
    if request.method == "POST" and form.is_valid():
        editing.change(
            company=company,
            values=changed_values(form),
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, links.company(company.pk))
    return _form_page(request, CompanyFormPage(form, company))


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
        try:
            company = enter(
                kind=values["kind"],
                values=values,
                by=request.actor,
                at=clock.now(),
                sure=answers_in(request.POST.get("sure", "")),
            )
        except AlikeCompanies as alike:
            context = CompanyFormPage(form, None, alike)
            return page(request, "companies/edit.html", context, status=422)
        return go(request, links.company(company.pk))
    return _form_page(request, CompanyFormPage(form, None))


def _form_page(request: OfficeRequest, context: CompanyFormPage) -> HttpResponse:
    status = 422 if context.form.errors else 200
    return page(request, "companies/edit.html", context, status=status)


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
        if form.is_valid() and _is_added(request, company, form):
            return go(request, request.path)
    context = ContactsTab(
        card=card_of(request, company, "contacts"),
        people=people_piece(request, corner_of(request, company.pk)),
        form=form,
        contacts=list(company.contacts.order_by("name")),
    )
    status = 422 if form.errors else 200
    return page(request, "companies/contacts.html", context, status=status)


def _is_added(request: OfficeRequest, company: Company, form: ContactForm) -> bool:
    """Whether the contact is new; if not, the form says whose phone or e-mail it is."""
    try:
        editing.add_contact(
            company=company,
            values=form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
    except ContactTaken as refused:
        for name, words in refused.fields.items():
            form.add_error(name, words)
        return False
    return True


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
    return go(request, links.contacts(company.pk))


@needs(Permission.COMPANY_VIEW)
def company_history(
    request: OfficeRequest,
    company_id: UUID,
) -> HttpResponse:
    company = company_for(request.actor, company_id)
    context = HistoryTab(
        card=card_of(request, company, "history"),
        events=audit_log.history(company.subject, limit=HISTORY_SHOWN),
    )
    return page(request, "companies/history.html", context)


@require_POST
@needs(Permission.COMPANY_EDIT)
def company_archive(
    request: OfficeRequest,
    company_id: UUID,
) -> HttpResponse:
    """Archives an active company, brings an archived one back."""
    company = company_for(request.actor, company_id)
    now = clock.now()
    try:
        if company.status == Company.Status.ARCHIVED:
            editing.restore(company=company, by=request.actor, at=now)
        else:
            knowing = request.POST.get("knowing") == "1"
            editing.archive(company=company, by=request.actor, at=now, knowing=knowing)
        messages.success(request, _("Saved."))
    except HasOpenMatters as question:
        context = ArchivePage(card_of(request, company, "details"), question.matters)
        return page(request, "companies/archive.html", context, status=409)
    except CannotArchive:
        messages.error(
            request,
            _("Somebody has changed this meanwhile. Refresh the page."),
        )
    return go(request, links.company(company.pk))


def initial(company: Company) -> dict[str, object]:
    """A company as the form's values."""
    return {name: getattr(company, name) for name in editing.OFFICE}
