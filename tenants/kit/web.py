"""What every view leans on: a named permission, a page or a piece, a redirect that htmx
understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import wraps
from typing import (
    TYPE_CHECKING,
    Concatenate,
    ParamSpec,
    Protocol,
    TypeVar,
    cast,
)
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.http.request import validate_host
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from tenants.actor import HOMES, Actor, ResellerInfo
from tenants.kit import later
from tenants.permissions import ROLES, Kind, Permission, Role

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

View = Callable[..., HttpResponseBase]
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


class Request(HttpRequest):
    """A request behind the middleware; the actor is None where nobody is signed in."""

    actor: Actor | None
    # the actor's; None for drivers and platform managers
    reseller: ResellerInfo | None
    htmx: HtmxDetails
    request_id: str
    csp_nonce: str
    LANGUAGE_CODE: str


# the entry of a phone's queue that a call brings; the answer repeats it
RECEIPT_HEADER = "X-Receipt"
API_BEGINNING = "/api/"  # of every version; pages never begin so


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_BEGINNING)


class OfficeRequest(Request):
    """A request behind `@needs`: there is an actor, and it may."""

    actor: Actor
    # no office view lets in a driver or a platform manager
    reseller: ResellerInfo


class GuardedView(Protocol):
    """What the decorators write on a view for the guards that walk the addresses."""

    permissions: tuple[Permission, ...]
    public_because: str


def needs(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponseBase]],
    Callable[Concatenate[R, P], HttpResponseBase],
]:
    """Name what a view asks for; any one of several suffices.

    Nobody signed in → login. A colleague without the right → 403. A person of another kind of
    cabinet → 404: the office's addresses do not exist for a client.
    """

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponseBase],
    ) -> Callable[Concatenate[R, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            who = cast("Request", request).actor
            if who is None:
                return back_to_sign_in(request)
            if not any(who.can(permission) for permission in permissions):
                raise (PermissionDenied if is_colleague(who, permissions) else Http404)
            try:
                return view(request, *args, **kwargs)
            except later.LongWork:
                return later.put_off(request)

        cast("GuardedView", guarded).permissions = permissions
        return guarded

    return decorate


STAFF = {Kind.OFFICE, Kind.CARGO}
CABINETS = {
    *ROLES[Role.CLIENT],
    *ROLES[Role.PARTNER],
    Permission.DRIVER_APP,
    Permission.PLATFORM_ADMIN,
}


def is_colleague(
    who: Actor,
    permissions: tuple[Permission, ...],
) -> bool:
    """Of the office who may see other pages there, or of a company whose other people may."""
    is_of_cabinets = bool(CABINETS.intersection(permissions))
    if who.kind in STAFF and not is_of_cabinets:
        return True
    of_role = ROLES[who.role]
    return bool(of_role.intersection(permissions))


def public(reason: str) -> Callable[[View], View]:
    """Mark a view that anyone may open, and say why; a guard test lists them."""

    def decorate(view: View) -> View:
        cast("GuardedView", view).public_because = reason
        return view

    return decorate


def back_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The login, which leads back to the page that was open."""
    is_driver_s = request.path.startswith(reverse(HOMES[Kind.DRIVER]))
    target = reverse("driver-login" if is_driver_s else "account_login")
    is_first_page = request.path == reverse(HOMES[Kind.OFFICE])
    back = "" if is_first_page else back_to(request)
    return go(request, f"{target}?{urlencode({'next': back})}" if back else target)


def back_to(request: HttpRequest) -> str:
    """The page that a person comes back to after signing in: the one that was open, not the call
    that it made. Empty when it is not known.
    """
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    opened = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    is_ours = validate_host(opened.hostname or "", settings.ALLOWED_HOSTS)
    path = f"{opened.path}?{opened.query}" if opened.query else opened.path
    return path if is_ours and path.startswith("/") and not path.startswith("//") else ""


def go(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect; under htmx the whole page goes there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def page(
    request: HttpRequest,
    template: str,
    context: DataclassInstance | Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page or piece with the product's templates; it gets the context's fields by name."""
    html = render_to_string(template, names_of(context), request=request, using="jinja2")
    return HttpResponse(html, status=status)


def names_of(
    context: DataclassInstance | Mapping[str, object] | None,
) -> dict[str, object]:
    """The fields of a page's dataclass, as the template names them; nothing below is copied."""
    if context is None:
        return {}
    if isinstance(context, Mapping):
        return dict(context)
    return {field.name: getattr(context, field.name) for field in fields(context)}


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is a form filled in with nothing, a GET is a fresh
    one.
    """
    return request.POST if request.method == "POST" else None


def uuid_of(text: str | None) -> UUID | None:
    """The id that a form or an address names; None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
