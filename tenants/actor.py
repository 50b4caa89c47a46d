"""Who is asking, as plain values: read once under `gate`, then carried through the request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from tenants.context import CARRIERS, PLATFORM, Scope
from tenants.permissions import Kind, Permission, Role


@dataclass(frozen=True, slots=True)
class ResellerInfo:
    """What every page may know of the reseller."""

    id: UUID
    slug: str
    name: str
    schema: str
    country: str
    currency: str
    language: str
    time_zone: str
    cargo: bool = False
    cargo_first: bool = False  # parcels are its main business
    support_email: str = ""
    support_line: str = ""
    support_whatsapp: str = ""
    support_telegram: str = ""
    support_phone: str = ""
    buddhist_era: bool = False
    founded_on: date = date(2000, 1, 1)  # the year in which its books begin

    @property
    def support(self) -> dict[str, str]:
        """Where its people find help, by the names of tenants/kit/contacts.py."""
        return {
            "email": self.support_email,
            "line": self.support_line,
            "whatsapp": self.support_whatsapp,
            "telegram": self.support_telegram,
            "phone": self.support_phone,
        }

    @property
    def scope(self) -> Scope:
        return Scope(role=self.schema, schema=self.schema, reseller_id=self.id)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day(self, at: datetime) -> date:
        """The reseller's own day at that moment."""
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role. `member_id` is both the public Membership and the reseller's Member."""

    kind: Kind
    role: Role
    name: str
    email: str = ""
    phone: str = ""  # of the login
    language: str = "ru"
    user_id: UUID | None = None
    member_id: UUID | None = None
    reseller: ResellerInfo | None = None
    company_id: UUID | None = None
    driver_id: UUID | None = None
    carrier_id: UUID | None = None
    home_reseller_id: UUID | None = None  # of a driver: whose fleet it belongs to
    permissions: frozenset[Permission] = frozenset()

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def login(self) -> str:
        """What the person signs in with."""
        return self.email or self.phone

    @property
    def scope(self) -> Scope:
        """Where this person's requests run: the own reseller's schema, or a shared role."""
        if self.kind is Kind.DRIVER:
            return CARRIERS
        return self.reseller.scope if self.reseller else PLATFORM

    @property
    def home(self) -> str:
        """Where the person lands after login. The head of a shop that only moves parcels begins
        with them.
        """
        is_parcel_shop = self.reseller is not None and self.reseller.cargo_first
        if self.kind is Kind.OFFICE and is_parcel_shop and self.can(Permission.CARGO_VIEW):
            return reverse(HOMES[Kind.CARGO])
        return reverse(HOMES[self.kind])


# the names of the addresses
HOMES = {
    Kind.OFFICE: "dashboard",
    Kind.CARGO: "cargo:dashboard",
    Kind.CLIENT: "orders:cabinet",
    Kind.PARTNER: "orders:partner",
    Kind.DRIVER: "orders:driver",
    Kind.PLATFORM: "admin:index",
}
