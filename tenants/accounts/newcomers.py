"""What a new person of the open reseller is called at the door, checked before anything is written."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tenants.accounts import login_names
from tenants.accounts.invitations import phone_owner
from tenants.context import GATE, current_reseller_id, inside


class Refused(Exception):
    """Somebody here has the phone or the name already, or it is no name; `field` is where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def check(*, email: str, phone: str, login_name: str) -> None:
    """Raises Refused."""
    if not email and not phone:
        raise Refused("phone", _("Give a phone or an e-mail."))
    reseller_id = current_reseller_id()
    with inside(GATE):
        _check_name(login_name, reseller_id)
        if phone_owner(phone, reseller_id) is not None:
            raise Refused("phone", _("Somebody signs in here with this phone already."))


def _check_name(name: str, reseller_id: UUID) -> None:
    if not name:
        return
    if not login_names.is_name(name):
        raise Refused("login_name", _("Latin letters, digits, and . - _ between them."))
    if not login_names.is_free(name, reseller_id):
        raise Refused("login_name", _("Somebody here has this login name already."))
