"""The people of the demo: resellers, their staff, clients and partners; password "demo", never to
be changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from companies.models import Company
from companies.models.requisites import Basis
from companies.people import Authority, grant
from tenants.accounts import identify
from tenants.accounts.memberships import add_member
from tenants.accounts.models import Membership, User
from tenants.actor import Actor, ResellerInfo
from tenants.context import GATE, PLATFORM, inside
from tenants.kit import clock
from tenants.office.models import Member
from tenants.panel import resellers
from tenants.permissions import Role
from tenants.platform.models import PlatformFirm, Reseller

NAMES = {
    "manager@track.demo": "Айгуль Токтосунова",
    "head@alatoo.demo": "Бакыт Асанов",
    "dispatcher@alatoo.demo": "Жылдыз Эркинова",
    "accountant@alatoo.demo": "Наталья Ким",
    "head@osh.demo": "Улан Маматов",
    "admin@prcargo.demo": "ประเสริฐ รุ่งเรือง",
    "manager@prcargo.demo": "มาลี ศรีสุข",
    "staff@prcargo.demo": "อนงค์ ใจดี",
    "sale@prcargo.demo": "สมชาย ขยันขาย",
}
FIRMS = {
    "alatoo": ("Ала-Тоо Логистик", "KG", "head"),
    "osh": ("Ош Транс Сервис", "KG", "head"),
    "prcargo": ("PR Cargo", "TH", "admin"),
}
STAFF = {
    "alatoo": {
        "dispatcher": Role.DISPATCHER,
        "accountant": Role.ACCOUNTANT,
    },
    "prcargo": {
        "manager": Role.CARGO_MANAGER,
        "staff": Role.CARGO_STAFF,
        "sale": Role.CARGO_SALE,
    },
}


@dataclass
class Firm:
    """A demo reseller with the actors its stories need."""

    slug: str
    head: Actor
    staff: list[Actor]
    clients: list[Company] = field(default_factory=list)
    partners: list[Company] = field(default_factory=list)
    cabinets: dict[str, Actor] = field(default_factory=dict)

    @property
    def info(self) -> ResellerInfo:
        assert self.head.reseller
        return self.head.reseller


def platform_firm() -> None:
    """The legal entity that the demo's contracts with the platform name."""
    with inside(PLATFORM):
        PlatformFirm.objects.get_or_create(
            pk=1,
            defaults={
                "full_name": "ОсОО «Track.com»",
                "inn": "01503202110018",
                "address": "Бишкек, проспект Чуй, 136",
                "email": "office@track.demo",
                "director": "Токтогулов Эмиль Асанович",
                "director_post": "генеральный директор",
                "acts_under": "Устав",
            },
        )


def managers() -> None:
    with inside(PLATFORM):
        _user("manager@track.demo", "ru", is_platform_manager=True)


def firm(slug: str, at: datetime) -> Firm:
    """Create the reseller, its head and its staff."""
    name, country, head = FIRMS[slug]
    email = f"{head}@{slug}.demo"
    created = resellers.create(
        slug=slug,
        name=name,
        email=email,
        country=country,
        cargo=slug == "prcargo",
        cargo_first=slug == "prcargo",
        at=at,
        head=NAMES[email],
    )
    with inside(PLATFORM), transaction.atomic():
        Reseller.objects.filter(pk=created.reseller.pk).update(**_support(slug))
        User.objects.filter(email=email).update(
            password=password(),
            must_change_password=False,
            proven_at=timezone.now(),
        )
        members = [
            add_member(
                user=_user(f"{who}@{slug}.demo", created.reseller.language),
                reseller=created.reseller,
                role=role,
            )
            for who, role in STAFF.get(slug, {}).items()
        ]
    return Firm(slug, actor(email), [actor(m.user.email) for m in members])


def _support(slug: str) -> dict[str, str]:
    if slug == "prcargo":
        return {
            "support_email": "support@prcargo.com",
            "support_line": "@prcargo",
        }
    phones = {"alatoo": "+996312555001", "osh": "+996322255001"}
    return {
        "support_email": f"help@{slug}.demo",
        "support_whatsapp": phones[slug],
        "support_telegram": f"@{slug}_help",
        "support_phone": phones[slug],
    }


def cabinet(
    email: str,
    company: Company,
    home: Firm,
) -> None:
    """A login for a client or partner."""
    with inside(PLATFORM), transaction.atomic():
        user = _user(email, company.language, name=company.contact_person)
        membership = add_member(
            user=user,
            reseller=Reseller.objects.get(pk=home.info.id),
            role=Role(company.kind),
            company_id=company.pk,
        )
    _may_sign(home, membership, company)
    home.cabinets[email.split("@")[0]] = actor(email)


def _may_sign(home: Firm, membership: Membership, company: Company) -> None:
    """The head has confirmed the first person of each company."""
    assert home.head.member_id is not None
    authority = Authority(company.director_post, company.acts_under or Basis.CHARTER)
    with inside(home.info.scope):
        member = Member.objects.get(pk=membership.pk)
        grant(member, authority, by=home.head.member_id, at=clock.now())


_hash: list[str] = []


def password() -> str:
    """The hash of "demo", made once: Argon2 is slow by design."""
    if not _hash:
        _hash.append(make_password("demo"))
    return _hash[0]


def _user(email: str, language: str, name: str = "", **more: bool) -> User:
    return User.objects.create(
        email=email,
        name=name or NAMES.get(email, email),
        language=language,
        password=password(),
        proven_at=timezone.now(),
        **more,
    )


def actor(email: str) -> Actor:
    with inside(GATE):
        membership = Membership.objects.select_related("user", "reseller").get(user__email=email)
        person = identify.member(membership)
    assert person
    return person
