"""The cast of every test, built once into the template database: two resellers, Alpha and Beta.

Alpha acts, Beta must see nothing, and Beta has data that could leak. Run as a module by
tests/servers.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tenants.actor import Actor, ResellerInfo
from tenants.context import Scope
from tenants.permissions import Role

PASSWORD = "demo-demo-1"
FOUNDED = datetime(2024, 1, 1, 6, tzinfo=UTC)  # before any day that a test plays on
STAFF = (
    Role.DISPATCHER,
    Role.ACCOUNTANT,
    Role.CARGO_MANAGER,
    Role.CARGO_STAFF,
    Role.CARGO_SALE,
)


@dataclass
class Cast:
    """One reseller and its people as tests use them."""

    info: ResellerInfo
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return self.info.scope

    def actor(self, name: str = "head") -> Actor:
        """By role ("head", "dispatcher", "client" …); the second client and partner are "client2",
        "partner2".
        """
        return self.actors[name]

    def company_id(self, name: str) -> UUID:
        company_id = self.actors[name].company_id
        assert company_id
        return company_id


def email(slug: str, name: str) -> str:
    return f"{name}@{slug}.test"


def load(slug: str) -> Cast:
    """Read a reseller's cast from the database."""
    from tenants.accounts import identify
    from tenants.accounts.models import Membership
    from tenants.context import GATE, inside

    with inside(GATE):
        memberships = Membership.objects.filter(reseller__slug=slug).select_related(
            "user", "reseller"
        )
        actors = {m.user.email.split("@")[0]: identify.member(m) for m in memberships}
    members: dict[str, Actor] = {name: who for name, who in actors.items() if who}
    reseller = members["head"].reseller
    assert reseller
    return Cast(reseller, members)


def build() -> None:
    from tenants.panel import resellers

    for slug, country in (("alpha", "KG"), ("beta", "TH")):
        creation = resellers.create(
            slug=slug,
            name=slug.title(),
            email=email(slug, "head"),
            country=country,
            cargo=True,
            at=FOUNDED,
        )
        _people(creation.reseller, slug, FOUNDED)
    _managers()


def _people(reseller: Any, slug: str, now: Any) -> None:
    from django.db import transaction

    from tenants.accounts.memberships import add_member
    from tenants.accounts.models import User
    from tenants.context import PLATFORM, inside

    with inside(PLATFORM), transaction.atomic():
        head = User.objects.get(email=email(slug, "head"))
        head.set_password(PASSWORD)
        head.must_change_password = False
        head.proven_at = now
        head.save()
        for role in STAFF:
            user = User.objects.create_user(
                email(slug, role),
                PASSWORD,
                name=f"{role} of {slug}",
                language="ru",
                proven_at=now,
            )
            add_member(user=user, reseller=reseller, role=role)
    _cabinets(reseller, slug, now)


def _cabinets(reseller: Any, slug: str, now: Any) -> None:
    """Two clients and two partners, each with a login."""
    from django.db import transaction

    from companies.models import Company
    from companies.people import Authority, grant
    from tenants.accounts.memberships import add_member
    from tenants.accounts.models import User
    from tenants.context import PLATFORM, Scope, inside
    from tenants.office.models import Member

    scope = Scope(reseller.schema_name, reseller.schema_name, reseller.pk)
    for name in ("client", "client2", "partner", "partner2"):
        kind = name.rstrip("2")
        with inside(scope):
            company = Company.objects.create(
                ref=f"CMP-{name}",
                kind=kind,
                name=f"{name} of {slug}",
                status="active",
                email=email(slug, name),
                created_at=now,
                country=reseller.country,
                language="ru",
                carrier_id=_carrier(f"{name} of {slug}") if kind == "partner" else None,
            )
        with inside(PLATFORM), transaction.atomic():
            user = User.objects.create_user(
                email(slug, name),
                PASSWORD,
                name=f"{name} of {slug}",
                language="ru",
            )
            membership = add_member(
                user=user,
                reseller=reseller,
                role=Role(kind),
                company_id=company.pk,
            )
        with inside(scope):
            head = Member.objects.get(role=Role.HEAD)
            grant(
                Member.objects.get(pk=membership.pk),
                Authority("Director", "charter"),
                by=head.pk,
                at=now,
            )


def _carrier(name: str) -> UUID | None:
    return None


def _managers() -> None:
    from tenants.accounts.models import User
    from tenants.context import PLATFORM, inside
    from tenants.platform.models import PlatformFirm

    with inside(PLATFORM):
        PlatformFirm.objects.create(
            full_name="Track.com LLC", address="Bishkek, Chuy 1", director="Platform Head"
        )
        User.objects.create_user(
            "manager@platform.test",
            PASSWORD,
            name="Platform manager",
            is_platform_manager=True,
        )


if __name__ == "__main__":
    import django

    django.setup()
    build()
