"""The people of a company: in its own cabinet, and on its card in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies import people, right_words
from companies.forms.people import AuthorityForm, RightsForm
from companies.models import Company
from companies.models.requisites import Basis
from companies.people import Authority, CannotChange
from companies.queries import company_for
from tenants.accounts import invitations
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, page, posted
from tenants.office.models import Member
from tenants.permissions import PEOPLE_OF, RIGHTS_OF, Kind, Permission, Role


@dataclass(frozen=True, slots=True)
class Corner:
    """Where the pages stand: the office has the company in the address, a cabinet has its own."""

    names: str
    shell: str
    company: Company

    @property
    def is_office(self) -> bool:
        return not self.names

    def url(self, page: str, *args: UUID) -> str:
        own = [self.company.pk] if self.is_office else []
        return reverse(f"companies:{self.names}{page}", args=[*own, *args])

    @property
    def home(self) -> str:
        return self.url("contact-list" if self.is_office else "people")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows it."""

    member: Member
    login: str
    rights: str
    url: str


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Somebody who is invited and has not come yet."""

    name: str
    login: str
    ends_at: datetime
    again: str
    revoke: str


@dataclass(frozen=True, slots=True)
class PeoplePiece:
    """The people, the open invitations, and whether the reader may change them."""

    rows: list[PersonRow]
    links: list[OpenLink]
    new_url: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    corner: Corner
    people: PeoplePiece


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: the rights, and in the office the right to sign."""

    corner: Corner
    member: Member
    login: str
    form: RightsForm
    authority: AuthorityForm | None
    basis: str


CORNERS = {
    Kind.CLIENT: ("cabinet-", "shells/cabinet.html"),
    Kind.PARTNER: ("partner-", "shells/cabinet.html"),
}


def corner_of(request: OfficeRequest, company_id: UUID | None) -> Corner:
    """The company that the address, or the person's own place, names. Else 404."""
    names, shell = CORNERS.get(request.actor.kind, ("", "shells/office.html"))
    own = company_id or request.actor.company_id
    if own is None:
        raise Http404
    return Corner(names, shell, company_for(request.actor, own))


def people_piece(request: OfficeRequest, corner: Corner) -> PeoplePiece:
    may_change = _may_change(request, corner)
    slug = request.reseller.slug
    waiting = (
        invitations.open_links(company_id=corner.company.pk, at=timezone.now())
        if may_change
        else []
    )
    return PeoplePiece(
        rows=[_row(corner, member, slug) for member in _seen(request, corner)],
        links=[_open_link(corner, one.pk, one.name, str(one), one.expires_at) for one in waiting],
        new_url=corner.url("person-new"),
        may_change=may_change,
    )


def _seen(request: OfficeRequest, corner: Corner) -> list[Member]:
    """In a cabinet those of the same side alone: a client's people are not a partner's."""
    members = people.people_of(corner.company)
    return list(members if corner.is_office else members.filter(role=request.actor.role))


def _may_change(request: OfficeRequest, corner: Corner) -> bool:
    if corner.is_office:
        return request.actor.can(Permission.COMPANY_INVITE)
    return request.actor.can(PEOPLE_OF[Role(request.actor.role)])


def _row(corner: Corner, member: Member, slug: str) -> PersonRow:
    rights = right_words.in_words(people.rights_of(member))
    return PersonRow(member, member.login(slug), rights, corner.url("person", member.pk))


def _open_link(
    corner: Corner, invitation_id: UUID, name: str, login: str, ends_at: datetime
) -> OpenLink:
    return OpenLink(
        name=name,
        login=login,
        ends_at=ends_at,
        again=corner.url("person-again", invitation_id),
        revoke=corner.url("person-revoke", invitation_id),
    )


@require_GET
def people_list(request: OfficeRequest) -> HttpResponse:
    """«Сотрудники» of a cabinet."""
    corner = corner_of(request, None)
    context = PeoplePage(corner, people_piece(request, corner))
    return page(request, "companies/people.html", context)


@require_http_methods(["GET", "POST"])
@asks_again
def person(request: OfficeRequest, member_id: UUID, company_id: UUID | None = None) -> HttpResponse:
    """The rights of one person."""
    corner = corner_of(request, company_id)
    member = _member(request, corner, member_id)
    offered = people.may_give(request.actor, Role(member.role))
    held = [str(right) for right in people.rights_of(member)]
    form = RightsForm(posted(request), offered=offered, initial={"rights": held})
    if form.is_valid():
        try:
            people.set_rights(
                company=corner.company,
                member_id=member_id,
                rights=form.cleaned_data["rights"],
                by=request.actor,
                at=clock.now(),
            )
        except CannotChange as refused:
            form.add_error("rights", str(refused))
        else:
            messages.success(request, _("Saved."))
            return go(request, corner.home)
    return _person_page(request, corner, member, form=form)


def _person_page(
    request: OfficeRequest,
    corner: Corner,
    member: Member,
    *,
    form: RightsForm | None = None,
    authority: AuthorityForm | None = None,
) -> HttpResponse:
    role = Role(member.role)
    held = [str(right) for right in people.rights_of(member)]
    form = form or RightsForm(offered=RIGHTS_OF[role], initial={"rights": held})
    if corner.is_office and authority is None:
        authority = AuthorityForm(initial=_authority(member, corner.company))
    context = PersonPage(
        corner=corner,
        member=member,
        login=member.login(request.reseller.slug),
        form=form,
        authority=authority,
        basis=_basis(member),
    )
    is_refused = form.errors or (authority is not None and authority.errors)
    status = 422 if is_refused else 200
    return page(request, "companies/person.html", context, status=status)


def _authority(member: Member, company: Company) -> dict[str, object]:
    """What stands, else what the company's details say of its head."""
    return {
        "post": member.post or company.director_post,
        "acts_under": member.acts_under or company.acts_under or Basis.CHARTER,
        "number": member.basis_number,
        "on": member.basis_on,
    }


def _basis(member: Member) -> str:
    """By what right the person signs, in words; empty for who may not."""
    if member.may_sign_at is None:
        return ""
    label = str(Basis(member.acts_under).label) if member.acts_under else ""
    number = f"№ {member.basis_number}" if member.basis_number else ""
    return ", ".join(filter(None, (member.post, label, number)))


def _member(request: OfficeRequest, corner: Corner, member_id: UUID) -> Member:
    """Raises 404."""
    mine = [one for one in _seen(request, corner) if one.pk == member_id and one.is_active]
    if not mine:
        raise Http404
    return mine[0]


@require_POST
@asks_again
def person_end(
    request: OfficeRequest, member_id: UUID, company_id: UUID | None = None
) -> HttpResponse:
    corner = corner_of(request, company_id)
    member = _member(request, corner, member_id)
    try:
        people.end(
            company=corner.company,
            member_id=member.pk,
            by=request.actor,
            at=clock.now(),
        )
    except CannotChange as refused:
        messages.error(request, str(refused))
        return go(request, corner.url("person", member.pk))
    messages.success(request, _("Access is ended."))
    return go(request, corner.home)


@require_POST
@asks_again
def person_sign(request: OfficeRequest, member_id: UUID, company_id: UUID) -> HttpResponse:
    """The office confirms by what right the person signs."""
    corner = corner_of(request, company_id)
    member = _member(request, corner, member_id)
    form = AuthorityForm(request.POST)
    if form.is_valid():
        people.confirm(
            company=corner.company,
            member_id=member.pk,
            authority=Authority(**form.cleaned_data),
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, corner.url("person", member.pk))
    return _person_page(request, corner, member, authority=form)
