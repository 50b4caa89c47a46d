"""Every address says who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tenants.permissions import Permission
from tests.guards.listed import compare

ALLAUTH = "allauth's own view: it signs people in, and refuses strangers itself"
DECIDED_ELSEWHERE = {
    "admin/": "PlatformSite.has_permission lets platform managers in and nobody else (tests/platform/test_panel.py)",
    "api/v1/schema/": "the description of the API holds no data",
    "api/v1/docs/": "the description of the API holds no data",
    "login/": ALLAUTH,
    "logout/": ALLAUTH,
    "login/again/": ALLAUTH,
    "login/code/": ALLAUTH,
    "password/reset/": ALLAUTH,
    "password/reset/sent/": ALLAUTH,
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": ALLAUTH,
    "password/reset/done/": ALLAUTH,
    "mfa/": ALLAUTH,
    "mfa/authenticate/": ALLAUTH,
    "mfa/reauthenticate/": ALLAUTH,
    "mfa/totp/": ALLAUTH,
    "mfa/totp/off/": ALLAUTH,
    "mfa/codes/": ALLAUTH,
    "mfa/codes/new/": ALLAUTH,
    "mfa/codes/download/": ALLAUTH,
}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view; the panel's count as one."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if address == "admin/":
            yield address, None
        elif isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def declared(view: Any) -> bool:
    owner = getattr(view, "cls", None) or view
    named = getattr(owner, "permissions", ())
    rights = (
        [right for group in named.values() for right in group]
        if isinstance(named, dict)
        else list(named)
    )
    if rights:
        assert all(isinstance(right, Permission) for right in rights), view
        return True
    return bool(getattr(owner, "public_because", "") or getattr(owner, "open_to_all", ""))


def test_every_view_names_its_permission_or_why_it_has_none() -> None:
    compare(
        [address for address, view in patterns() if not declared(view)],
        DECIDED_ELSEWHERE,
        "views without a permission",
    )


def test_every_method_of_an_api_view_is_covered() -> None:
    for address, view in patterns():
        named = getattr(getattr(view, "cls", None), "permissions", None)
        if isinstance(named, dict):
            methods = {
                name.upper()
                for name in ("get", "post", "put", "patch", "delete")
                if hasattr(view.cls, name)
            }
            assert methods <= named.keys(), f"{address}: {methods - named.keys()}"


def test_no_address_stands_twice() -> None:
    addresses = [address for address, _view in patterns()]
    assert len(addresses) == len(set(addresses)), sorted(
        a for a in set(addresses) if addresses.count(a) > 1
    )


def test_every_permission_is_held_by_somebody_and_known_to_the_table() -> None:
    from tenants.permissions import KIND_OF, ROLES, Role

    assert set(ROLES) == set(Role) == set(KIND_OF)
    assert frozenset().union(*ROLES.values()) == set(Permission)
