"""The one way into a request: gate → who → language → doors that must be passed first → the actor's
own scope.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cache
from time import perf_counter
from typing import cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotFound,
    StreamingHttpResponse,
)
from django.http.request import split_domain_port, validate_host
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tenants.accounts import second_step
from tenants.accounts.driver_login import device_cookie
from tenants.accounts.identify import from_user
from tenants.accounts.models import User
from tenants.accounts.places import Place, place_of
from tenants.accounts.stamp import stamp_matches, stamped_member
from tenants.actor import Actor
from tenants.context import GATE, Scope, inside
from tenants.entry.identify import from_device, from_driver, from_token
from tenants.entry.session_door import began_elsewhere
from tenants.entry.session_life import has_ended
from tenants.kit import formats
from tenants.kit.doors import through
from tenants.kit.edge import phones
from tenants.kit.problems import problem_answer
from tenants.kit.web import RECEIPT_HEADER, Request, back_to, is_api, page
from tenants.platform.domains import open_door


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """The question of a form that is of another place of the person."""

    place: Place
    question: str
    back: str


log = logging.getLogger(__name__)
Handler = Callable[[Request], HttpResponseBase]
SIGN_IN = (
    "account_login",
    "account_logout",
    "account_reset_password",
    "password-new",
    "switch",
    "language",
    "mfa_index",
    "driver-login",
    "driver-enrol",
    "fleet:driver-forgotten",
    "driver-logout",
)
QUEUE_CALLS = frozenset(
    {
        "orders:driver-job-advance",
        "orders:driver-job-incident",
        "orders:driver-job-positions",
    }
)
STRICT = "Strict-Transport-Security"
PROBES = ("/healthz", "/readyz", "/domain-check")


@cache
def _sign_in_pages() -> tuple[str, ...]:
    """Beginnings of the addresses where nobody needs to be signed in."""
    an_invitation = reverse("companies:invitation-take", args=["-"])
    return (*map(reverse, SIGN_IN), an_invitation.removesuffix("-/"))


def probes(get_response: Handler) -> Handler:
    """A load balancer asks by the node's own address: the host that a probe names counts for nothing."""
    own_host = urlsplit(settings.PUBLIC_URL).netloc

    def handle(
        request: Request,
    ) -> HttpResponseBase:
        if request.path.rstrip("/") in PROBES:
            request.META["HTTP_HOST"] = own_host
        return get_response(request)

    return handle


def own_doors(get_response: Handler) -> Handler:
    """A proven domain of a reseller answers as its door; any other host is refused further on."""

    def handle(request: Request) -> HttpResponseBase:
        named = request.META.get("HTTP_HOST", "")
        host, _port = split_domain_port(named)
        is_shared = validate_host(host, settings.ALLOWED_HOSTS)
        # static files are the same everywhere
        is_static = request.path.startswith(settings.STATIC_URL)
        door = None if not host or is_shared or is_static else open_door(host)
        if door is None:
            return get_response(request)
        vars(request)["get_host"] = lambda: named  # it stands in no list of the settings
        with through(door):
            response = get_response(request)
        return _for_this_host_alone(response)

    return handle


def _for_this_host_alone(response: HttpResponseBase) -> HttpResponseBase:
    """The reseller's other names are none of our business: HTTPS is not ordered for them."""
    if STRICT in response.headers:
        response.headers[STRICT] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return response


def request_id(get_response: Handler) -> Handler:
    """A number of its own, and one line in the log: the route, never the address, which may carry
    a secret.
    """

    def handle(request: Request) -> HttpResponseBase:
        began = perf_counter()
        request.request_id = uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.request_id)
        response = get_response(request)
        response["X-Request-ID"] = request.request_id
        if request.path.rstrip("/") not in PROBES:
            _log(request, response, perf_counter() - began)
        return response

    return handle


def _log(request: Request, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    shown = {
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    log.info("request", extra=shown)


@cache
def _neutral_pages() -> tuple[str, ...]:
    """Beginnings of the addresses where a paper is checked."""
    checks = reverse("documents:verify-any")
    language = reverse("language")
    return checks, language


def neutral(get_response: Handler) -> Handler:
    """The host of VERIFY_URL, where it is another one, answers checks of papers and nothing else:
    nobody signs in there.
    """
    host = urlsplit(settings.VERIFY_URL).netloc
    stands_apart = host != urlsplit(settings.PUBLIC_URL).netloc

    def handle(request: Request) -> HttpResponseBase:
        if not stands_apart or request.get_host() != host:
            return get_response(request)
        is_open = request.path.startswith(_neutral_pages())
        return get_response(request) if is_open else HttpResponseNotFound()

    return handle


def gate(get_response: Handler) -> Handler:
    """Sessions, accounts and sign-in pages run under `gate`; nothing runs without a scope."""

    def handle(request: Request) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return _no_text(request)
        with inside(GATE):
            return get_response(request)

    return handle


def _no_text(request: Request) -> HttpResponse:
    """PostgreSQL's texts hold no NUL, and nobody types one."""
    if is_api(request):
        return problem_answer(400, "bad_request", _("Some values are not right."))
    return HttpResponseBadRequest()


def actor(get_response: Handler) -> Handler:
    """Loads who is asking, so that no view touches a public user table."""

    def handle(request: Request) -> HttpResponseBase:
        if not is_api(request) and began_elsewhere(request):
            request.user = AnonymousUser()
        who = _actor_of(request)
        request.actor = who
        request.reseller = who.reseller if who else None
        if who and who.reseller:
            structlog.contextvars.bind_contextvars(schema=who.reseller.schema)
        response = get_response(request)
        if who:  # what a signed-in person sees is kept by nobody
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return handle


def _actor_of(request: HttpRequest) -> Actor | None:
    header = request.headers.get("Authorization", "")
    if is_api(request):  # it takes tokens alone: a cookie there would ask for CSRF
        kind, _, token = header.partition(" ")
        return from_token(token.strip(), timezone.now()) if kind.lower() == "bearer" else None
    if request.user.is_authenticated:
        return from_user(request.user, request.session.get("membership"))
    driver = request.session.get("driver")
    who = from_driver(UUID(driver), device_id=request.session.get("device")) if driver else None
    return who or _phone_of(request)


def _phone_of(request: HttpRequest) -> Actor | None:
    """The driver of an enrolled phone that sends what waits in its queue: neither an ended session
    nor a PIN that has to wait stops a trip (FAULTS D7). No page is opened so.
    """
    key = request.COOKIES.get(device_cookie())
    is_of_queue = request.method == "POST" and RECEIPT_HEADER in request.headers
    if not key or not is_of_queue:
        return None
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return None
    return from_device(key) if name in QUEUE_CALLS else None


def language(get_response: Handler) -> Handler:
    """The person's choice, else the cookie, else the browser, else Russian; the reseller's time
    zone and era.
    """

    def handle(request: Request) -> HttpResponseBase:
        who = request.actor
        chosen = request.COOKIES.get("language") or (who.language if who else None)
        languages = dict(settings.LANGUAGES)
        code = chosen if chosen in languages else translation.get_language_from_request(request)
        shop = who.reseller if who else None
        zone, buddhist = (
            (shop.zone, shop.buddhist_era) if shop else (_zone_of_browser(request), False)
        )
        with (
            translation.override(code),
            timezone.override(zone),
            formats.era(buddhist=buddhist),
            phones.of_country(shop.country if shop else ""),
        ):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return handle


def _zone_of_browser(request: HttpRequest) -> tzinfo:
    """A driver belongs to no reseller: the script tells where the phone is; what is no zone is UTC."""
    name = request.COOKIES.get("zone", "")
    return ZoneInfo(name) if name in _zones() else UTC


_zones = cache(available_timezones)  # it reads a folder of six hundred files


def doors(get_response: Handler) -> Handler:
    """What must be passed first: a one-time password changed, a session not too old, access that
    still stands, a platform manager's second step, the page's own reseller."""

    def handle(request: Request) -> HttpResponseBase:
        if request.path.startswith(_sign_in_pages()) or is_api(request):
            return get_response(request)
        if request.user.is_authenticated:
            if getattr(request.user, "must_change_password", False):
                return _to(request, "password-new")
            if has_ended(request, request.actor):
                request.session.flush()
                return _to(request, settings.LOGIN_URL, back_to(request))
            if request.actor is None:
                return page(request, "account/no_access.html", status=403)
            if second_step.missing(request.user):
                return _to(request, "mfa_activate_totp")
        elif "driver" in request.session and has_ended(request, request.actor):
            request.session.flush()
            return _to(request, "driver-login", back_to(request))
        if not stamp_matches(request):
            return _of_other_place(request)
        return get_response(request)

    return handle


def _of_other_place(request: Request) -> HttpResponse:
    """The page was opened under another place of the person: the way back there is offered, where
    it is still one of theirs.
    """
    member_id = stamped_member(request)
    user = request.user
    place = place_of(user, member_id) if member_id and isinstance(user, User) else None
    if place is None:
        words = _("You have switched to another company. Reload the page.")
        return HttpResponse(words, status=409)
    question = _(
        "You have switched to another company meanwhile, and this page is of %(place)s. Nothing is sent yet."
    ) % {"place": place.name}
    context = OtherPlace(place, question, back_to(request) or "/")
    response = page(request, "errors/other_place.html", context, status=409)
    response["X-Other-Place"] = str(place.id)
    return response


def _to(request: HttpRequest, name: str, back: str = "") -> HttpResponse:
    response = redirect(f"{reverse(name)}?{urlencode({'next': back})}" if back else name)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


def scope(get_response: Handler) -> Handler:
    """Opens the actor's own scope for the view and for a streamed body; the session is saved after,
    under gate.
    """

    def handle(request: Request) -> HttpResponseBase:
        who = request.actor
        # the pages of signing in write sessions and accounts
        if who is None or request.path.startswith(_sign_in_pages()):
            return get_response(request)
        with inside(who.scope):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = _streamed(
                cast("Iterator[bytes]", response.streaming_content),
                who.scope,
            )
        return response

    return handle


def _streamed(chunks: Iterator[bytes], where: Scope) -> Iterator[bytes]:
    source = iter(chunks)
    while True:
        with inside(where):
            try:
                chunk = next(source)
            except StopIteration:
                return
        yield chunk
