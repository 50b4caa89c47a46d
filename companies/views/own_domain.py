"""«Моя компания», the own domain: type it, set two records, have them checked, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import links, own_domain
from companies.forms import OwnDomainForm
from companies.own_domain import CannotClaim
from companies.views.own_frame import OwnFrame, frame_of, posted_by_editor
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.domain_names import ends_as_address
from tenants.kit.limits import allowed
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission
from tenants.platform import domains
from tenants.platform.domains import ClaimChanged, OwnDomain

CHECKS = 10
CHECKS_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be set at the provider of the domain."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OwnDomainPage:
    """`form` asks for a domain while there is none; `own` is the one that is claimed."""

    frame: OwnFrame
    form: OwnDomainForm
    own: OwnDomain | None
    records: tuple[Record, ...] = ()


@needs(Permission.OWN_COMPANY_VIEW)
@asks_again
def domain(request: OfficeRequest) -> HttpResponse:
    form = OwnDomainForm(posted_by_editor(request))
    if form.is_bound and form.is_valid() and _is_claimed(request, form):
        return go(request, links.own("domain"))
    own = domains.own_domain()
    context = OwnDomainPage(
        frame=frame_of(request, "domain"),
        form=form,
        own=own,
        records=_records(own) if own else (),
    )
    status = 422 if form.errors else 200
    return page(request, "companies/own_domain.html", context, status=status)


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
@asks_again
def domain_check(request: OfficeRequest) -> HttpResponse:
    """What came of it stands on the page."""
    own = domains.own_domain()
    if own is None:
        messages.warning(request, _("The domain was changed meanwhile. Here is how it stands."))
    elif not allowed(f"own-domain:{request.reseller.id}", limit=CHECKS, seconds=CHECKS_SECONDS):
        messages.warning(request, _("Too many checks. Wait ten minutes."))
    else:
        _check(request, own)
    return go(request, links.own("domain"))


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
@asks_again
def domain_remove(request: OfficeRequest) -> HttpResponse:
    own_domain.remove(by=request.actor, at=clock.now())
    messages.success(request, _("The domain is removed."))
    return go(request, links.own("domain"))


def _is_claimed(request: OfficeRequest, form: OwnDomainForm) -> bool:
    try:
        own_domain.claim(domain=form.cleaned_data["domain"], by=request.actor, at=clock.now())
    except CannotClaim as refused:
        form.add_error("domain", str(refused))
        return False
    return True


def _check(
    request: OfficeRequest,
    own: OwnDomain,
) -> None:
    try:
        checked = own_domain.check(own=own, by=request.actor, at=clock.now())
    except ClaimChanged:
        messages.warning(request, _("The domain was changed meanwhile. Here is how it stands."))
        return
    if checked.is_open and not own.is_open:
        messages.success(request, _("The domain is proven."))


def _records(own: OwnDomain) -> tuple[Record, ...]:
    """The proof, and the way to us."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    kind = "A" if ends_as_address(host) else "CNAME"
    return (
        Record("TXT", own.record_name, own.token),
        Record(kind, own.domain, host),
    )
