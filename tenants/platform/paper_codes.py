"""The public table of codes on papers: which reseller issued the paper with a code."""

from __future__ import annotations

from hashlib import sha256

from tenants.actor import ResellerInfo
from tenants.context import GATE, current, current_reseller_id, inside
from tenants.kit.doors import is_of_door
from tenants.platform.models import PaperCode, Reseller
from tenants.platform.resellers import info_of

LONGEST = 64  # characters of a code that is looked up at all


def enter(code: str) -> None:
    """A paper of the open reseller carries this code; runs in the caller's transaction."""
    PaperCode.objects.create(
        code_hash=_hash(code),
        role=current().role,
        reseller_id=current_reseller_id(),
    )


def issuer_of(code: str) -> ResellerInfo | None:
    """The reseller whose paper carries this code; None when nobody's does. Behind the door of a
    reseller other's papers are nobody's.
    """
    if not 0 < len(code) <= LONGEST:
        return None
    with inside(GATE):
        row = PaperCode.objects.filter(code_hash=_hash(code)).first()
        reseller = Reseller.objects.filter(pk=row.reseller_id).first() if row else None
    return info_of(reseller) if reseller and is_of_door(reseller.pk) else None


def _hash(code: str) -> str:
    """Codes hold 128 bits of chance, so that a plain hash keeps them."""
    return sha256(code.encode()).hexdigest()
