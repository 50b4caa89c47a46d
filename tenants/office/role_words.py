"""What a person's role is called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.actor import ResellerInfo
from tenants.permissions import Role


def role_label(role: Role, reseller: ResellerInfo | None = None) -> str:
    """The head of a parcel shop is called ADMIN, as its manual says."""
    if role is Role.HEAD and reseller is not None and reseller.cargo_first:
        return "ADMIN"
    return {
        Role.HEAD: _("Head"),
        Role.DISPATCHER: _("Dispatcher"),
        Role.ACCOUNTANT: _("Accountant"),
        Role.CARGO_MANAGER: "MANAGER",
        Role.CARGO_STAFF: "STAFF",
        Role.CARGO_SALE: "SALE",
        Role.CLIENT: _("Client"),
        Role.PARTNER: _("Partner"),
        Role.DRIVER: _("Driver"),
        Role.PLATFORM: _("Platform manager"),
    }[role]
