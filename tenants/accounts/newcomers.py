"""What a new person of the open reseller is called at the door, checked before anything is written."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tenants.accounts import login_names
from tenants.accounts.invitations import CABINETS, phone_owner
from tenants.accounts.models import Membership, User
from tenants.context import GATE, current_reseller_id, inside


class Refused(Exception):
    """Somebody here has the phone or the name already, or it is no name; `field` is where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def check(*, email: str, phone: str, login_name: str, name: str = "") -> None:
    """Raises Refused. With a `name` the phone's owner may be the one who is meant: a person of a
    client or partner who gets one more company.
    """
    if not email and not phone:
        raise Refused("phone", _("Give a phone or an e-mail."))
    reseller_id = current_reseller_id()
    with inside(GATE):
        _check_name(login_name, reseller_id)
        owner = phone_owner(phone, reseller_id)
        is_new = owner is None or _is_meant(
            owner,
            reseller_id,
            email=email,
            name=name,
        )
    if not is_new:
        raise Refused("phone", _("Somebody signs in here with this phone already."))


def _is_meant(owner: User, reseller_id: UUID, *, email: str, name: str) -> bool:
    """Whether the invited one is this person: the same e-mail, or without one a word of the name."""
    staff = Membership.objects.filter(user=owner, reseller_id=reseller_id, is_active=True)
    if not name or staff.exclude(role__in=CABINETS).exists():
        return False
    if email or owner.email:
        return owner.email.lower() == email.strip().lower()
    return bool(set(owner.name.casefold().split()) & set(name.casefold().split()))


def _check_name(name: str, reseller_id: UUID) -> None:
    if not name:
        return
    if not login_names.is_name(name):
        raise Refused("login_name", _("Latin letters, digits, and . - _ between them."))
    if not login_names.is_free(name, reseller_id):
        raise Refused("login_name", _("Somebody here has this login name already."))
