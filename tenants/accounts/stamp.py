"""The signed mark of the reseller that every form and htmx call carries: a page left open in
another tab after switching to another reseller must not write into the new one."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

SAFE = {"GET", "HEAD", "OPTIONS"}
_signer = Signer(salt="reseller-stamp")


def stamp_for(request: HttpRequest) -> str:
    who = getattr(request, "actor", None)
    return _signer.sign(str(who.member_id)) if who and who.member_id else ""


def stamp_matches(request: HttpRequest) -> bool:
    """True when the call carries no stamp (a first page, a driver) or that of the membership in
    force.
    """
    who = getattr(request, "actor", None)
    if request.method in SAFE or who is None or who.member_id is None:
        return True
    return bool(stamped_member(request) == who.member_id)


def stamped_member(request: HttpRequest) -> UUID | None:
    """The membership that the page was opened under; None when the stamp is not ours."""
    stamp = request.headers.get("X-Reseller") or request.POST.get("reseller_stamp", "")
    try:
        return UUID(_signer.unsign(stamp))
    except BadSignature:
        return None
