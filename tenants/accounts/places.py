"""A person's places: in which reseller, for which company, as what. Runs under `gate`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from tenants.accounts import identify
from tenants.accounts.models import Membership, User
from tenants.context import inside
from tenants.office.firms import company_names
from tenants.office.role_words import role_label
from tenants.permissions import Role
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of


@dataclass(frozen=True, slots=True)
class Place:
    """`company` is empty for people of an office; `id` is the membership's."""

    id: UUID
    reseller: str
    company: str
    role: str

    @property
    def name(self) -> str:
        """Reseller and company, as a button says it."""
        return " · ".join(filter(None, (self.reseller, self.company)))


def places_of(user: User) -> list[Place]:
    """Where the person may go, the oldest first."""
    memberships = identify.memberships_of(user)
    names = _company_names(memberships)
    return [_place(membership, names) for membership in memberships]


def place_of(user: User, membership_id: UUID) -> Place | None:
    """One of the person's own places."""
    return next((place for place in places_of(user) if place.id == membership_id), None)


def _place(membership: Membership, names: dict[UUID, str]) -> Place:
    reseller = info_of(membership.reseller)
    role = Role(membership.role)
    company_id = membership.company_id
    return Place(
        id=membership.pk,
        reseller=reseller.name,
        company=names.get(company_id, "") if company_id else "",
        role=role_label(role, reseller),
    )


def _company_names(memberships: list[Membership]) -> dict[UUID, str]:
    """Each reseller's schema is read once; people of offices need none."""
    resellers: dict[UUID, Reseller] = {}
    companies: dict[UUID, list[UUID]] = defaultdict(list)
    for one in memberships:
        if one.company_id is not None:
            resellers[one.reseller_id] = one.reseller
            companies[one.reseller_id].append(one.company_id)
    names: dict[UUID, str] = {}
    for reseller_id, reseller in resellers.items():
        with inside(info_of(reseller).scope):
            names |= company_names(companies[reseller_id])
    return names
