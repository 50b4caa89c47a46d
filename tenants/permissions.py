"""Every right there is, and which role holds which. SPEC.md's table of people is the source."""

from __future__ import annotations

from collections.abc import Collection
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
    CLIENT_SUMS = "client_sums"  # prices, invoices, and papers that hold sums
    CLIENT_ORDER = "client_order"  # send requests
    CLIENT_AGREE = "client_agree"  # say yes to prices
    CLIENT_SIGN = "client_sign"
    CLIENT_PEOPLE = "client_people"  # invite colleagues and change their rights
    PARTNER_CABINET = "partner_cabinet"
    PARTNER_SUMS = "partner_sums"  # rates, payouts, and papers that hold sums
    PARTNER_OFFER = "partner_offer"  # see the exchange, bid and answer
    PARTNER_CREW = "partner_crew"  # name drivers and vehicles, enter stages
    PARTNER_SIGN = "partner_sign"
    PARTNER_PEOPLE = "partner_people"
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

CLIENT_RIGHTS = (
    P.CLIENT_SUMS,
    P.CLIENT_ORDER,
    P.CLIENT_AGREE,
    P.CLIENT_SIGN,
    P.CLIENT_PEOPLE,
)
PARTNER_RIGHTS = (
    P.PARTNER_SUMS,
    P.PARTNER_OFFER,
    P.PARTNER_CREW,
    P.PARTNER_SIGN,
    P.PARTNER_PEOPLE,
)
# What a person of a company may be given or refused; seeing the own company's work is always there.
RIGHTS_OF: dict[Role, tuple[Permission, ...]] = {
    Role.CLIENT: CLIENT_RIGHTS,
    Role.PARTNER: PARTNER_RIGHTS,
}
# A price is not agreed to, and none is offered, by who does not see it.
IMPLIED = {P.CLIENT_AGREE: P.CLIENT_SUMS, P.PARTNER_OFFER: P.PARTNER_SUMS}
SUMS_OF = {Role.CLIENT: P.CLIENT_SUMS, Role.PARTNER: P.PARTNER_SUMS}
SIGNING_OF = {Role.CLIENT: P.CLIENT_SIGN, Role.PARTNER: P.PARTNER_SIGN}
PEOPLE_OF = {Role.CLIENT: P.CLIENT_PEOPLE, Role.PARTNER: P.PARTNER_PEOPLE}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.HEAD: _HEAD,
    Role.DISPATCHER: _DISPATCHER,
    Role.ACCOUNTANT: _ACCOUNTANT,
    Role.CARGO_MANAGER: _CARGO_MANAGER | {P.AUDIT_VIEW},
    Role.CARGO_STAFF: _CARGO_STAFF,
    Role.CARGO_SALE: _CARGO_SALE,
    Role.CLIENT: frozenset({P.CLIENT_CABINET, *CLIENT_RIGHTS}),
    Role.PARTNER: frozenset({P.PARTNER_CABINET, *PARTNER_RIGHTS}),
    Role.DRIVER: frozenset({P.DRIVER_APP}),
    Role.PLATFORM: frozenset({P.PLATFORM_ADMIN}),
}


def permissions_of(role: Role, rights: Collection[str] | None) -> frozenset[Permission]:
    """What somebody in this role may do; `rights` are those of a person of a company, None the
    whole of them, as the first person has.
    """
    if rights is None or role not in RIGHTS_OF:
        return ROLES[role]
    held = {right for right in RIGHTS_OF[role] if right in rights}
    return ROLES[role].difference(RIGHTS_OF[role]) | held
