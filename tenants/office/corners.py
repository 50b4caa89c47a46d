"""One page under the addresses that different people have for it: office, cabinets, driver's app.

Each app says here, when it starts, which of its pages are one. A link is turned to the address that
its reader may open; where there is none, it is no link.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.urls.exceptions import NoReverseMatch

from tenants.permissions import KIND_OF, ROLES, Kind, Role

_corners: dict[str, Mapping[Kind, str]] = {}


def add_page(*names: str, **corners: str) -> None:
    """`names` are the office's names of the page, `corners` those of others by their kind."""
    others = {Kind(kind): name for kind, name in corners.items()}
    office = {Kind.OFFICE: names[0], Kind.CARGO: names[0]}
    for name in (*names, *others.values()):
        _corners[name] = office | others


def address_for(role: Role, url: str) -> str:
    """The address of the same page for somebody in this role; empty when there is none."""
    path, mark, query = url.partition("?")
    match = _match(path)
    if match is None:
        return ""
    if _may_open(match, role):
        return url
    name = _corners.get(match.view_name, {}).get(KIND_OF[role], "")
    own = _reversed(name, match) if name else ""
    own_match = _match(own) if own else None
    return own + mark + query if own_match and _may_open(own_match, role) else ""


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _may_open(match: ResolverMatch, role: Role) -> bool:
    """Pages that name no permission are open to every member."""
    permissions = getattr(match.func, "permissions", ())
    return not permissions or bool(ROLES[role].intersection(permissions))


def _reversed(name: str, match: ResolverMatch) -> str:
    """The same thing at another address, else the list it stands in, else nothing."""
    for args, kwargs in ((match.args, match.kwargs), ((), {})):
        try:
            return reverse(name, args=args, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""
