"""Reading companies, our own details and the letterhead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from companies import links
from companies.banking import Owner, paid_to
from companies.credit import missed_since
from companies.models import CLIENTS, PARTNERS, Company, Contract, OwnFirm, Stage
from companies.models.requisites import Requisites
from documents.kinds.letterhead import Letterhead
from documents.kinds.parts import Party
from documents.pictures import Picture
from tenants.actor import Actor
from tenants.kit.counting import CappedCount, counts_capped
from tenants.kit.edge.finding import finds
from tenants.kit.forms import Choice
from tenants.kit.keyset import Sort
from tenants.kit.subqueries import has_row
from tenants.kit.web import uuid_of
from tenants.office import files
from tenants.office.models import File, Member
from tenants.permissions import Kind
from tenants.platform.domains import own_site

DEFAULT_ACCENT = "#1f4e79"
ARCHIVED = Q(status=Company.Status.ARCHIVED)
# What each tab and filter shows: who is both is a client and a partner.
KINDS = {"client": CLIENTS, "partner": PARTNERS, "both": Q(kind=Company.Kind.BOTH)}
BLOCKED = "blocked"  # a filter beside the statuses
IN_FORCE = ~Q(case__stage=Stage.TERMINATED)  # of contracts
OFFERED = 50  # in a box; typing narrows them
BY_NAME = Sort("name", "name")
NAMES = ("name", "full_name", "ref", "inn", "email", "contact_person")  # of the search
SORTS = {
    sort.key: sort
    for sort in (
        BY_NAME,
        Sort("ref", "ref", tie="ref"),
        Sort("created_at", "created_at", descending=True),
    )
}


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """What a list of companies is asked for; empty means everything."""

    kind: str = ""
    search: str = ""
    status: str = ""
    contract: str = ""  # yes, no
    country: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The reseller's look: the address of the logo and the accent colour; empty means none."""

    logo_url: str
    accent: str


def own_details(firm_id: int | None = None) -> OwnFirm:
    """The firm, or the main one; an empty, unsaved one until the head has filled it in."""
    named = Q(is_main=True) if firm_id is None else Q(pk=firm_id)
    return OwnFirm.objects.filter(named).first() or OwnFirm()


def own_firms(*, with_archived: bool = False) -> list[OwnFirm]:
    """The reseller's firms, the main one first."""
    in_use = Q() if with_archived else Q(archived_at=None)
    return list(OwnFirm.objects.filter(in_use).order_by("-is_main", "pk"))


def firm_names() -> dict[int, str]:
    """What each own firm is called, archived ones too; nothing while there is one."""
    firms = own_firms(with_archived=True)
    return {one.pk: one.name for one in firms} if len(firms) > 1 else {}


def firm_choices(in_force: Collection[int | None] = ()) -> list[Choice]:
    """Firms to choose from; none while there is one, as there is nothing to choose then."""
    firms = own_firms(with_archived=True)
    offered = [one for one in firms if one.archived_at is None or one.pk in in_force]
    return [(str(one.pk), one.name) for one in offered] if len(firms) > 1 else []


def has_signed_with_platform() -> bool:
    """Whether any of the own firms has the contract with the platform."""
    return OwnFirm.objects.filter(platform_contract_signed_at__isnull=False).exists()


def look() -> Look:
    """What every page shows of the reseller's look."""
    own = own_details()
    logo = links.own_image("logo", own.logo_file_id) if own.logo_file_id else ""
    return Look(logo_url=logo, accent=own.accent)


def letterhead(
    *,
    with_signature: bool = True,
    firm_id: int | None = None,
    currency: str = "",
) -> Letterhead:
    """How papers of the firm look today, with its account in the paper's currency;
    `with_signature=False` leaves room for signing by hand.
    """
    own = own_details(firm_id)
    shown = ("logo", "signature", "stamp") if with_signature else ("logo",)
    pictures = _pictures(own, shown)
    return Letterhead(
        own=party(own, currency),
        accent=own.accent or DEFAULT_ACCENT,
        footer=own.footer_note,
        terms=tuple(line.strip() for line in own.own_terms.splitlines() if line.strip()),
        site=own_site() or settings.VERIFY_URL,
        logo=pictures.get("logo"),
        signature=pictures.get("signature"),
        stamp=pictures.get("stamp"),
    )


def party(side: Owner, currency: str = "") -> Party:
    """A firm as papers name it, ourselves or a company, with its account in the currency."""
    paid = paid_to(side, currency)
    return Party(
        name=side.full_name or side.name,
        country=side.country,
        tax_id=side.number("inn"),
        kpp=side.number("kpp"),
        ogrn=side.number("ogrn"),
        register_no=side.number("okpo"),
        tax_office=side.number("tax_office"),
        branch=side.number("branch_code"),
        forwarders_register=_in_register(side),
        address=side.address,
        phone=str(side.phone),
        email=side.email,
        bank=paid.bank,
        bank_code=paid.bik,
        account=paid.account,
        correspondent=paid.correspondent,
        director=side.director,
        director_post=side.director_post,
        acts_under=side.acts_under,
        basis_number=side.basis_number,
        basis_on=side.basis_on,
        accountant=side.accountant,
    )


def _in_register(side: Requisites) -> str:
    """Number and status in the register of Russian forwarders."""
    number = side.number("register_number")
    return ", ".join(filter(None, (number, side.register_status))) if number else ""


def company_for(actor: Actor, company_id: UUID) -> Company:
    """The company, if this person may know of it: the office all of its own, a client or partner
    itself. Else 404.
    """
    if actor.kind is not Kind.OFFICE and actor.company_id != company_id:
        raise Http404
    company = Company.objects.filter(pk=company_id).first()
    if company is None:
        raise Http404
    return company


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Company.objects.filter(pk__in=ids).values_list("pk", "name"))


def companies(filters: CompanyFilter) -> QuerySet[Any]:
    """The list, with what each row shows: has it signed, can anybody log in."""
    signed = Contract.objects.filter(IN_FORCE, company=OuterRef("pk"))
    people = Member.objects.filter(company_id=OuterRef("pk"), is_active=True)
    rows = Company.objects.annotate(
        has_contract=has_row(signed), has_login=has_row(people), missed=missed_since()
    )
    return _narrowed(rows, filters)


def counts(filters: CompanyFilter) -> dict[str, CappedCount]:
    """How many the tabs would show for the same search and filters, whatever kind is open."""
    rows = _narrowed(Company.objects.all(), replace(filters, kind=""))
    return counts_capped(
        all=rows,
        client=rows.filter(CLIENTS),
        partner=rows.filter(PARTNERS),
    )


def client_choices(*, in_force: UUID | None = None, chosen: str | None = "") -> list[Choice]:
    """The first clients by name, to choose from before anything is typed, with the one that is
    `chosen`. The client `in_force` stays among them, archived or not.
    """
    shown = Company.objects.filter(CLIENTS, ~ARCHIVED | Q(pk=in_force))
    named = set(filter(None, (in_force, uuid_of(chosen))))
    rows = [*shown.exclude(pk__in=named).order_by("name")[:OFFERED], *shown.filter(pk__in=named)]
    return [(str(row.pk), marked(row)) for row in sorted(rows, key=attrgetter("name"))]


def clients_called(text: str) -> list[Company]:
    """Clients to choose from, by a part of a name, tax number or code."""
    shown = Company.objects.filter(CLIENTS, ~ARCHIVED)
    return list(shown.filter(finds(text, *NAMES)).order_by("name")[:OFFERED])


def companies_called(text: str) -> list[Company]:
    """Companies of either side to choose from, by a part of a name, tax number or code."""
    rows = Company.objects.exclude(ARCHIVED).filter(finds(text, *NAMES))
    return list(rows.order_by("name")[:OFFERED])


def marked(company: Company) -> str:
    """The name; an archived or blocked company is marked as such."""
    if company.status == Company.Status.ARCHIVED:
        return f"{company.name} · {Company.Status.ARCHIVED.label}"
    return f"{company.name} · {_('Blocked')}" if company.is_blocked else company.name


def file_of(file_id: UUID | None) -> File:
    file = File.objects.filter(pk=file_id).first() if file_id else None
    if file is None:
        raise Http404
    return file


def _narrowed(rows: QuerySet[Any], filters: CompanyFilter) -> QuerySet[Any]:
    """Without a status asked for, archived ones stay away."""
    if filters.status == BLOCKED:
        rows = rows.exclude(ARCHIVED).filter(blocked_at__isnull=False)
    elif filters.status:
        rows = rows.filter(status=filters.status)
    else:
        rows = rows.exclude(ARCHIVED)
    if filters.kind:
        rows = rows.filter(KINDS[filters.kind])
    if filters.country:
        rows = rows.filter(country=filters.country)
    if filters.contract:
        signed = Exists(Contract.objects.filter(IN_FORCE, company=OuterRef("pk")))
        rows = rows.filter(signed if filters.contract == "yes" else ~signed)
    return rows.filter(finds(filters.search, *NAMES, phones=("phone",)))


def _pictures(own: OwnFirm, kinds: Collection[str]) -> dict[str, Picture]:
    """The pictures of these kinds that are uploaded."""
    ids: dict[str, UUID | None] = {kind: getattr(own, f"{kind}_file_id") for kind in kinds}
    rows = File.objects.filter(pk__in=[file_id for file_id in ids.values() if file_id])
    stored = {file.pk: file for file in rows}
    return {
        kind: Picture(
            files.read(stored[file_id]),
            stored[file_id].content_type,
            str(file_id),
        )
        for kind, file_id in ids.items()
        if file_id in stored
    }


def people(company: Company) -> QuerySet[Member]:
    """Who can sign in for the company."""
    return Member.objects.filter(company_id=company.pk, is_active=True).order_by("name")
