"""The public page that says whether a paper is genuine."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents import links, verifying
from documents.verifying import Verified
from tenants.kit.limits import address_block, address_of, allowed, slow_down
from tenants.kit.web import page, public

SLOW_FROM = 30  # checks a minute from one address
MOST_TYPED = 300  # an address with its code
MOST_OF_A_NETWORK = 300  # a minute
BECAUSE = "whoever holds a paper may ask whether it is genuine; the code on it is the key"


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose name and colour the page carries: the issuer's, or nobody's."""

    name: str
    accent: str = ""


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """What became of a code: a paper, nothing, or too many tries."""

    paper: Verified | None
    shown: Shown
    is_busy: bool = False
    is_asking: bool = False
    replacement_url: str = ""


@require_GET
@public(BECAUSE)
def verify_any(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or for the address that stands beside it; a typed one leads to its page."""
    typed = request.GET.get("code", "")[:MOST_TYPED].strip().rstrip("/")
    code = typed.rpartition("/")[2]
    if code:
        return redirect("documents:verify", code)
    return page(request, "documents/verify.html", VerifyPage(None, _nobody(), is_asking=True))


@require_GET
@public(BECAUSE)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    if not _may_ask(request):
        return page(request, "documents/verify.html", _busy(), status=429)
    paper = verifying.find(code)
    return _answer(request, paper, status=200 if paper else 404)


def _may_ask(request: HttpRequest) -> bool:
    """An address that asks for many is slowed; a network that asks for hundreds waits a minute."""
    address = address_of(request)
    slow_down(f"verify:{address}", limit=SLOW_FROM, seconds=60)
    network = f"verify-network:{address_block(address)}"
    return allowed(network, limit=MOST_OF_A_NETWORK, seconds=60)


def _answer(request: HttpRequest, paper: Verified | None, *, status: int) -> HttpResponse:
    shown = Shown(paper.issuer, paper.accent) if paper else _nobody()
    last = paper.replacement if paper else None
    context = VerifyPage(paper, shown, replacement_url=links.verify(last.code) if last else "")
    return page(request, "documents/verify.html", context, status=status)


def _busy() -> VerifyPage:
    return VerifyPage(None, _nobody(), is_busy=True)


def _nobody() -> Shown:
    return Shown(_("Document check"))
