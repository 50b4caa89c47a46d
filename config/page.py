"""What every page of the product is given."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from companies.queries import brand as stored_brand
from config.menu import menu_for
from tenants.accounts.stamp import stamp_for
from tenants.actor import Actor, ResellerInfo
from tenants.context import inside
from tenants.permissions import Kind, Role

BRAND_SECONDS = 15.0  # a changed logo shows everywhere after this
_brands: dict[UUID, tuple[float, dict[str, Any]]] = {}


def page_context(request: HttpRequest) -> dict[str, Any]:
    who: Actor | None = getattr(request, "actor", None)
    return {
        "actor": who,
        "role_label": role_label(who.role) if who else "",
        "menu": menu_for(who, request.path),
        "brand": brand_of(who.reseller if who else None),
        "links": {
            "home": who.home if who else "/",
            "language": "/language/",
            "logout": _logout(who),
        }
        | _news(who),
        "user_items": _user_items(who),
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "theme": request.COOKIES.get("theme", "auto"),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "csrf_token": get_token(request),
        "reseller_stamp": stamp_for(request),
        "messages": [
            {"level": message.level_tag, "text": str(message)} for message in get_messages(request)
        ],
        "map_tile_url": settings.MAP_TILE_URL,
    }


def role_label(role: Role) -> str:
    return {
        Role.HEAD: _("Head"),
        Role.DISPATCHER: _("Dispatcher"),
        Role.ACCOUNTANT: _("Accountant"),
        Role.CARGO_MANAGER: "MANAGER",
        Role.CARGO_STAFF: "STAFF",
        Role.CARGO_SALE: "SALE",
        Role.CLIENT: _("Client"),
        Role.PARTNER: _("Partner"),
        Role.DRIVER: _("Driver"),
        Role.PLATFORM: _("Platform manager"),
    }[role]


def brand_of(reseller: ResellerInfo | None) -> dict[str, Any]:
    """Name, logo, accent and help contact; kept for a few seconds in the process."""
    if reseller is None:
        return {
            "name": "Track.com",
            "logo_url": None,
            "accent": "",
            "support": "",
        }
    kept = _brands.get(reseller.id)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    with inside(reseller.scope):
        brand = {
            "name": reseller.name,
            "support": reseller.support_email,
        } | stored_brand()
    _brands[reseller.id] = (time.monotonic() + BRAND_SECONDS, brand)
    return brand


def _news(who: Actor | None) -> dict[str, str]:
    has = who is not None and who.member_id is not None
    return (
        {
            "notifications": "/notifications/",
            "notifications_count": "/notifications/count/",
        }
        if has
        else {}
    )


def _logout(who: Actor | None) -> str:
    return "/driver/logout/" if who and who.kind is Kind.DRIVER else "/logout/"


def _user_items(who: Actor | None) -> list[dict[str, str]]:
    if who is None or who.kind is Kind.DRIVER:
        return []
    items = [
        {
            "label": _("Change password"),
            "url": "/password/new/",
            "icon": "lock",
        }
    ]
    if who.kind is Kind.OFFICE:
        items.insert(
            0,
            {
                "label": _("My company"),
                "url": "/my-company/",
                "icon": "building",
            },
        )
    if who.user_id:
        items.append(
            {
                "label": _("Switch company"),
                "url": "/switch/",
                "icon": "switch-horizontal",
            }
        )
    return items
