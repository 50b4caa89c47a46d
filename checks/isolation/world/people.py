"""Logins: staff, drivers of the firm and of the pool, the platform's manager. Names and addresses
carry words.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from checks.isolation.words import (
    COLLEAGUES,
    EXCHANGE,
    MEMBERS,
    OFFICE,
    PARTNERS,
    PLATFORM,
    Words,
)
from checks.isolation.world.made import Firm, World
from companies import people as company_people
from orders.views.order_list import ORDERS
from tenants.accounts import driver_login, identify, memberships
from tenants.accounts.models import Membership, User
from tenants.actor import ResellerInfo
from tenants.context import GATE, inside
from tenants.context import PLATFORM as PLATFORM_SCOPE
from tenants.drivers import pool as drivers_pool
from tenants.drivers.models import Carrier, Driver
from tenants.kit import clock
from tenants.office import saved_views
from tenants.office.models import SavedView
from tenants.panel import resellers
from tenants.permissions import Permission, Role
from tenants.platform.models import PlatformFirm, Reseller
from tenants.platform.resellers import info_of

PASSWORD = "verify-isolation-1"  # noqa: S105
STAFF = {
    "head": Role.HEAD,
    "dispatcher": Role.DISPATCHER,
    "dispatcher 2": Role.DISPATCHER,
    "accountant": Role.ACCOUNTANT,
    "cargo manager": Role.CARGO_MANAGER,
    "cargo staff": Role.CARGO_STAFF,
    "cargo sale": Role.CARGO_SALE,
    "cargo sale 2": Role.CARGO_SALE,
}
PIN = "135790"
# whose goods the drivers of each partner carry (`freight.ORDERS`)
CARRIED_FOR = {"partner": "client", "partner 2": "client 2"}


def new_reseller(slug: str, country: str, at: datetime) -> ResellerInfo:
    created = resellers.create(
        slug=slug,
        name=slug.title(),
        email=f"first@{slug}.test",
        country=country,
        cargo=True,
        at=at,
    )
    return info_of(created.reseller)


def staff(firm: Firm, words: Words) -> None:
    """Colleagues' names stand on the reseller's pages and letters for all of its people."""
    word = words.mark(firm.word, "staff", firm.may(MEMBERS), PLATFORM)
    for name, role in STAFF.items():
        local = f"{word}.{name.replace(' ', '')}".lower()
        with inside(PLATFORM_SCOPE), transaction.atomic():
            user = User.objects.create_user(
                f"{local}@example.test",
                PASSWORD,
                name=f"{word} {name}",
                language="ru",
            )
            reseller = Reseller.objects.get(pk=firm.info.id)
            membership = memberships.add_member(user=user, reseller=reseller, role=role)
        with inside(GATE):
            actor = identify.member(membership)
        assert actor
        firm.people[name] = actor
        firm.keep("member", membership.pk, firm.may([name]))
        firm.keep("user", user.pk, PLATFORM)
        firm.keep(
            "colleague",
            membership.pk,
            firm.may(["head"]) if name.startswith("cargo") else (),
        )


def of_two_companies(firm: Firm, words: Words) -> None:
    """A person who comes in for a client, and has a place for a partner of the same reseller, too."""
    for client, partner in (("client", "partner"), ("client 2", "partner 2")):
        name = client.replace("client", "client of two")
        user = _somebody(firm, words, name, firm.may(OFFICE, [client, partner]))
        there = partner.replace("partner", "partner of two")
        for walker, role, company in (
            (there, Role.PARTNER, partner),
            (name, Role.CLIENT, client),
        ):
            membership = _place(firm, user, role, company)
            _stands(firm, walker, membership, firm.may([name, there]))
        words.mark(firm.word, f"partnername{partner.replace(' ', '')}", firm.may([name]))
        words.mark(firm.word, f"clientname{client.replace(' ', '')}", firm.may([there]))


def colleagues(firm: Firm, words: Words, at: datetime) -> None:
    """A second person of a client and of a partner, who sees neither sums nor whom to invite."""
    for company, rights in (("client", []), ("partner", [Permission.PARTNER_CREW])):
        name = COLLEAGUES[company]
        user = _somebody(firm, words, name, firm.may(OFFICE, [company]))
        membership = _place(firm, user, Role(company), company)
        with inside(firm.info.scope):
            company_people.set_rights(
                company=firm.companies[company],
                member_id=membership.pk,
                rights=rights,
                by=firm.head,
                at=at,
            )
        _stands(firm, name, membership, firm.may([name]))


def of_two_resellers(world: World) -> None:
    """A person who is a client of both; each walks as the one reseller's."""
    for client in ("client", "client 2"):
        name = client.replace("client", "client of both")
        for firm, other in ((world.alpha, world.beta), (world.beta, world.alpha)):
            colleagues = firm.may(OFFICE, [client]) | other.may(OFFICE, [client])
            user = _somebody(firm, world.words, name, colleagues)
            _place(other, user, Role.CLIENT, client)
            _stands(firm, name, _place(firm, user, Role.CLIENT, client), firm.may([name]))
            owner = client.replace(" ", "")
            world.words.mark(other.word, f"clientname{owner}", firm.may([name]))


def tabs(firm: Firm, words: Words, at: datetime) -> None:
    """Two of the office keep a tab each over the same list; the head reads of it in the audit log."""
    page = ORDERS.name
    for name in ("dispatcher", "dispatcher 2"):
        tab = words.mark(firm.word, f"tab{name.replace(' ', '')}", firm.may(["head", name]))
        by = firm.people[name]
        with inside(firm.info.scope):
            saved_views.save(page=page, name=tab, query="", by=by, at=at)
            view = SavedView.objects.get(member_id=by.member_id, page=page)
        firm.keep("saved view", view.pk, firm.may([name]))


def _somebody(firm: Firm, words: Words, name: str, may: frozenset[str]) -> User:
    word = words.mark(firm.word, name.replace(" ", ""), may, PLATFORM)
    with inside(PLATFORM_SCOPE), transaction.atomic():
        return User.objects.create_user(
            f"{word.lower()}@example.test",
            PASSWORD,
            name=word,
            language="ru",
            proven_at=clock.now(),
        )


def _place(firm: Firm, user: User, role: Role, company: str) -> Membership:
    with inside(PLATFORM_SCOPE), transaction.atomic():
        return memberships.add_member(
            user=user,
            reseller=Reseller.objects.get(pk=firm.info.id),
            role=role,
            company_id=firm.companies[company].pk,
        )


def _stands(firm: Firm, name: str, membership: Membership, may: frozenset[str]) -> None:
    with inside(GATE):
        membership.refresh_from_db()
        actor = identify.member(membership)
    assert actor
    firm.people[name] = actor
    firm.keep("member", membership.pk, may)


def own_drivers(firm: Firm, words: Words, at: datetime) -> None:
    """Two drivers of the firm's own with trucks: names are the pool's, phones the office's, and the
    first drives for "client".
    """
    for name in ("own driver", "own driver 2"):
        owner = name.replace(" ", "")
        word = words.mark(
            firm.word,
            owner,
            EXCHANGE,
            OFFICE,
            PLATFORM,
            firm.may(["client"]),
        )
        phone = words.phone(f"phone of {firm.word} {name}", firm.may(OFFICE, [name]))
        with inside(firm.info.scope):
            driver = _register(
                word,
                phone,
                words.digits(f"papers of {firm.word} {name}", firm.may(OFFICE)),
                at,
            )
            vehicle = drivers_pool.register_vehicle(
                plate=f"01 KG {word[-6:]}",
                body="tent",
                on=at.date(),
                at=at,
                model=word,
            )
        firm.drivers.append(driver)
        if firm.walks:
            _access(driver, phone, at)
        for kind, row in (("driver", driver), ("vehicle", vehicle)):
            firm.keep(kind, row.pk, firm.office)
            firm.keep(f"pool {kind}", row.pk, OFFICE)


def crews(firm: Firm, words: Words, at: datetime) -> None:
    """A driver and a truck of each partner: phones and papers are the office's and that partner's,
    the phone the driver's own as well, who also reads for whom the trip is.
    """
    for name in sorted(PARTNERS):
        owner = f"crew of {name}".replace(" ", "")
        client = CARRIED_FOR[name]
        word = words.mark(firm.word, owner, EXCHANGE, OFFICE, PLATFORM, firm.may([client]))
        readers = firm.may(OFFICE, [name])
        driving = firm.may([name.replace("partner", "partner driver")])
        words.mark(firm.word, f"partnername{name.replace(' ', '')}", driving)
        phone = words.phone(f"phone of {firm.word} {owner}", readers, driving)
        with inside(firm.info.scope):
            carrier = Carrier.objects.get(pk=firm.companies[name].carrier_id)
            driver = _register(
                word,
                phone,
                words.digits(f"papers of {firm.word} {owner}", readers),
                at,
                carrier=carrier,
            )
            vehicle = drivers_pool.register_vehicle(
                plate=f"02 KG {word[-6:]}",
                body="tent",
                on=at.date(),
                at=at,
                model=word,
                carrier=carrier,
            )
        firm.crews[name] = driver
        if firm.walks:
            _access(driver, phone, at)
        for kind, row in (("crew driver", driver), ("crew vehicle", vehicle)):
            firm.keep(kind, row.pk, firm.may([name]))


def pool(world: World, at: datetime) -> None:
    """Independent drivers: their names are the exchange's, their phones and papers nobody's."""
    for name in ("independent driver", "independent driver 2"):
        owner = name.replace(" ", "")
        word = world.words.mark(
            "POOL",
            owner,
            EXCHANGE,
            OFFICE,
            PLATFORM,
            ["client 2"] if name == "independent driver" else (),
        )
        phone = world.words.phone(f"phone of {name}", [name], PLATFORM)
        with inside(PLATFORM_SCOPE):
            driver = _register(
                word,
                phone,
                world.words.digits(f"papers of {name}", PLATFORM),
                at,
            )
        world.pool.append(driver)
        _access(driver, phone, at)


def _register(
    name: str, phone: str, papers: str, at: datetime, carrier: Carrier | None = None
) -> Driver:
    return drivers_pool.register_driver(
        carrier=carrier,
        name=name,
        phone=phone,
        inn=papers,
        licence=papers,
        on=at.date(),
        at=at,
    )


def _access(driver: Driver, phone: str, at: datetime) -> None:
    with inside(GATE):
        driver_login.give_access(
            driver_id=driver.pk,
            phone=phone,
            pin=PIN,
            any_device=True,
            at=at,
        )


def platform_firm() -> None:
    """The legal entity that contracts with the platform name."""
    with inside(PLATFORM_SCOPE):
        values = {"full_name": "Platform", "address": "Platform", "director": "Platform"}
        PlatformFirm.objects.get_or_create(pk=1, defaults=values)


def platform_manager(world: World) -> None:
    """With the second step that only the demo's manager is spared."""
    with inside(GATE), transaction.atomic():
        user = User.objects.create_user(
            "walking.manager@platform.test",
            PASSWORD,
            name="Platform",
            is_platform_manager=True,
        )
        TOTP.activate(user, generate_totp_secret())
    world.manager_id = user.pk
