"""What every page of the product is given."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from companies import queries
from config.jinja import url
from config.menu import menu_for
from tenants.accounts.stamp import stamp_for
from tenants.actor import Actor, ResellerInfo
from tenants.context import GATE, inside
from tenants.kit.contacts import Contact, contacts_of
from tenants.kit.doors import current_door
from tenants.kit.pieces import NavItem
from tenants.office.role_words import role_label
from tenants.permissions import Kind
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of

BRAND_SECONDS = 15.0  # a changed logo shows everywhere after this


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose page it is: name, look and help contact."""

    name: str
    logo_url: str = ""
    accent: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of pages that every page leads to; what is empty is not shown."""

    home: str
    language: str
    logout: str
    notifications: str = ""
    notifications_count: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """A message that the act before this page left."""

    level: str
    text: str


PLATFORM_BRAND = Brand("Track.com", contacts=contacts_of(**settings.PLATFORM_CONTACTS))
_brands: dict[UUID, tuple[float, Brand]] = {}
_homes: dict[UUID, tuple[float, ResellerInfo]] = {}


def page_context(request: HttpRequest) -> dict[str, object]:
    """The names that every page may use beside those of its own dataclass."""
    who: Actor | None = getattr(request, "actor", None)
    return {
        "actor": who,
        "role_label": role_label(who.role, who.reseller) if who else "",
        "menu": menu_for(who, request.path),
        "brand": _brand_for(who),
        "platform_contacts": PLATFORM_BRAND.contacts if is_office(who) else (),
        "links": _links(who),
        "user_items": _user_items(who),
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "theme": request.COOKIES.get("theme", "auto"),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "csrf_token": get_token(request),
        "reseller_stamp": stamp_for(request),
        "messages": [Toast(one.level_tag, str(one)) for one in get_messages(request)],
        "map_tile_url": settings.MAP_TILE_URL,
    }


def is_office(who: Actor | None) -> bool:
    """Only the office deals with the platform; clients, partners and drivers never hear of it."""
    return who is not None and who.kind is Kind.OFFICE


def _reseller_of(who: Actor | None) -> ResellerInfo | None:
    """Whose page it is: of a driver, the reseller of its fleet; of a visitor, that of the door."""
    door = current_door()
    of_door = door.reseller_id if door else None
    home_id = who.home_reseller_id if who else of_door
    if home_id is None:
        return who.reseller if who else None
    kept = _homes.get(home_id)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    with inside(GATE):
        home = info_of(Reseller.objects.get(pk=home_id))
    _homes[home.id] = (time.monotonic() + BRAND_SECONDS, home)
    return home


def brand_of(reseller: ResellerInfo | None) -> Brand:
    """Name, logo, accent and help contact; kept for a few seconds in the process."""
    if reseller is None:
        return PLATFORM_BRAND
    kept = _brands.get(reseller.id)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    with inside(reseller.scope):
        look = queries.look()
    contacts = contacts_of(**reseller.support)
    brand = Brand(reseller.name, look.logo_url, look.accent, contacts)
    _brands[reseller.id] = (time.monotonic() + BRAND_SECONDS, brand)
    return brand


def _brand_for(who: Actor | None) -> Brand:
    """A visitor may see the logo only behind the door of its reseller, under another address."""
    brand = brand_of(_reseller_of(who))
    is_visitor_s = who is None and bool(brand.logo_url)
    return replace(brand, logo_url=url("companies:door-logo")) if is_visitor_s else brand


def _links(who: Actor | None) -> Links:
    is_driver = who is not None and who.kind is Kind.DRIVER
    is_member = who is not None and who.member_id is not None
    return Links(
        home=who.home if who else url("dashboard"),
        language=url("language"),
        logout=url("driver-logout" if is_driver else "account_logout"),
        notifications=url("office:notification-list") if is_member else "",
        notifications_count=url("office:notification-count") if is_member else "",
    )


def _user_items(who: Actor | None) -> list[NavItem]:
    if who is None:
        return []
    sessions = NavItem(_("Sessions and keys"), "key", url("own-sessions"))
    if who.kind is Kind.DRIVER:
        return [sessions]
    own_company = NavItem(_("My company"), "building", url("companies:own-details"))
    password = NavItem(_("Change password"), "lock", url("password-new"))
    switch = NavItem(_("Switch company"), "switch-horizontal", url("switch"))
    return [
        *([own_company] if who.kind is Kind.OFFICE else []),
        password,
        sessions,
        *([switch] if who.user_id else []),
    ]
