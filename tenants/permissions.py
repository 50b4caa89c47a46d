"""Every right there is, and which role holds which. SPEC.md's table of people is the source."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    HEAD = "head"
    DISPATCHER = "dispatcher"
    ACCOUNTANT = "accountant"
    CARGO_MANAGER = "cargo_manager"
    CARGO_STAFF = "cargo_staff"
    CARGO_SALE = "cargo_sale"
    CLIENT = "client"
    PARTNER = "partner"
    DRIVER = "driver"
    PLATFORM = "platform"


class Kind(StrEnum):
    """Which shell a person lives in."""

    OFFICE = "office"
    CARGO = "cargo"
    CLIENT = "client"
    PARTNER = "partner"
    DRIVER = "driver"
    PLATFORM = "platform"


KIND_OF: dict[Role, Kind] = {
    Role.HEAD: Kind.OFFICE,
    Role.DISPATCHER: Kind.OFFICE,
    Role.ACCOUNTANT: Kind.OFFICE,
    Role.CARGO_MANAGER: Kind.CARGO,
    Role.CARGO_STAFF: Kind.CARGO,
    Role.CARGO_SALE: Kind.CARGO,
    Role.CLIENT: Kind.CLIENT,
    Role.PARTNER: Kind.PARTNER,
    Role.DRIVER: Kind.DRIVER,
    Role.PLATFORM: Kind.PLATFORM,
}


class Permission(StrEnum):
    DASHBOARD = "dashboard"
    COMPANY_VIEW = "company_view"
    COMPANY_EDIT = "company_edit"
    COMPANY_INVITE = "company_invite"
    OWN_COMPANY_VIEW = "own_company_view"
    OWN_COMPANY_EDIT = "own_company_edit"
    PLATFORM_CONTRACT_SIGN = "platform_contract_sign"
    USERS = "users"
    FLEET_VIEW = "fleet_view"
    FLEET_EDIT = "fleet_edit"
    ORDER_VIEW = "order_view"
    ORDER_EDIT = "order_edit"
    EXCHANGE_VIEW = "exchange_view"
    BARGAIN = "bargain"  # see and answer prices of open bargaining
    TRIP_VIEW = "trip_view"
    TRIP_EDIT = "trip_edit"
    DOCUMENT_VIEW = "document_view"
    DOCUMENT_EDIT = "document_edit"
    TARIFF_VIEW = "tariff_view"
    TARIFF_EDIT = "tariff_edit"
    FINANCE_VIEW = "finance_view"
    FINANCE_EDIT = "finance_edit"
    AUDIT_VIEW = "audit_view"
    CARGO_VIEW = "cargo_view"
    CARGO_ENTER = "cargo_enter"
    CARGO_REPORT = "cargo_report"
    CARGO_MANAGE = "cargo_manage"
    CARGO_USERS = "cargo_users"
    CLIENT_CABINET = "client_cabinet"
    PARTNER_CABINET = "partner_cabinet"
    DRIVER_APP = "driver_app"
    PLATFORM_ADMIN = "platform_admin"


P = Permission
_CARGO_SALE = frozenset({P.CARGO_VIEW})
_CARGO_STAFF = _CARGO_SALE | {P.CARGO_ENTER, P.CARGO_REPORT}
_CARGO_MANAGER = _CARGO_STAFF | {P.CARGO_MANAGE}
_READERS = frozenset(
    {
        P.DASHBOARD,
        P.COMPANY_VIEW,
        P.OWN_COMPANY_VIEW,
        P.ORDER_VIEW,
        P.TRIP_VIEW,
        P.DOCUMENT_VIEW,
        P.TARIFF_VIEW,
    }
)
_DISPATCHER = _READERS | {
    P.COMPANY_EDIT,
    P.COMPANY_INVITE,
    P.FLEET_VIEW,
    P.FLEET_EDIT,
    P.ORDER_EDIT,
    P.EXCHANGE_VIEW,
    P.BARGAIN,
    P.TRIP_EDIT,
    P.DOCUMENT_EDIT,
    P.TARIFF_EDIT,
    P.FINANCE_VIEW,
}
_ACCOUNTANT = _READERS | {
    P.DOCUMENT_EDIT,
    P.FINANCE_VIEW,
    P.FINANCE_EDIT,
    P.FLEET_VIEW,
}
_HEAD = (
    _DISPATCHER
    | _ACCOUNTANT
    | _CARGO_MANAGER
    | {
        P.CARGO_USERS,
        P.USERS,
        P.OWN_COMPANY_EDIT,
        P.PLATFORM_CONTRACT_SIGN,
        P.AUDIT_VIEW,
    }
)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.HEAD: _HEAD,
    Role.DISPATCHER: _DISPATCHER,
    Role.ACCOUNTANT: _ACCOUNTANT,
    Role.CARGO_MANAGER: _CARGO_MANAGER | {P.AUDIT_VIEW},
    Role.CARGO_STAFF: _CARGO_STAFF,
    Role.CARGO_SALE: _CARGO_SALE,
    Role.CLIENT: frozenset({P.CLIENT_CABINET}),
    Role.PARTNER: frozenset({P.PARTNER_CABINET}),
    Role.DRIVER: frozenset({P.DRIVER_APP}),
    Role.PLATFORM: frozenset({P.PLATFORM_ADMIN}),
}
