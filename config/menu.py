"""The menu in the order of SPEC.md T-12; an entry appears with the part that makes it work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tenants.actor import Actor
from tenants.kit.pieces import NavItem
from tenants.permissions import Kind, Permission


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    icon: str
    view: str
    permission: Permission | None = None
    count: str = ""  # the view of a small number beside it


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one label; the first group has none."""

    entries: list[NavItem]
    label: str = ""


P = Permission
N = gettext_noop
OFFICE = [
    Entry(N("Dashboard"), "layout-dashboard", "dashboard", P.DASHBOARD),
    Entry(
        N("Companies"),
        "building",
        "companies:company-list",
        P.COMPANY_VIEW,
    ),
    Entry(N("Fleet"), "truck", "fleet:driver-list", P.FLEET_VIEW),
    Entry(N("Orders"), "package", "orders:order-list", P.ORDER_VIEW),
    Entry(
        N("Exchange"),
        "building-store",
        "orders:exchange",
        P.EXCHANGE_VIEW,
    ),
    Entry(N("Offers"), "messages", "orders:offer-list", P.BARGAIN),
    Entry(N("Finance"), "coins", "finance:invoice-list", P.FINANCE_VIEW),
    Entry(
        N("Documents"),
        "file-text",
        "documents:document-list",
        P.DOCUMENT_VIEW,
    ),
    Entry(
        N("My drivers"),
        "steering-wheel",
        "fleet:own-drivers",
        P.FLEET_VIEW,
    ),
    Entry(
        N("Access requests"),
        "key",
        "link-requests",
        P.COMPANY_INVITE,
        "link-request-count",
    ),
]
# of a parcel shop, whose first page is that of its parcels
FREIGHT_DASHBOARD = Entry(N("Dashboard"), "layout-dashboard", "office-dashboard", P.DASHBOARD)
CARGO = [  # the group that stands last; for cargo people the only one
    Entry(
        N("Cargo dashboard"),
        "chart-bar",
        "cargo:dashboard",
        P.CARGO_VIEW,
    ),
    Entry(N("Shipments"), "packages", "cargo:shipment-list", P.CARGO_VIEW),
    Entry(
        N("Import many"),
        "file-import",
        "cargo:import-new",
        P.CARGO_ENTER,
    ),
    Entry(N("Customers"), "users", "cargo:customer-list", P.CARGO_ENTER),
    Entry(N("Lots"), "container", "cargo:lot-list", P.CARGO_ENTER),
    Entry(N("Rate cards"), "table", "cargo:card-list", P.CARGO_MANAGE),
    Entry(
        N("Salespeople"),
        "id-badge-2",
        "cargo:salesperson-list",
        P.CARGO_MANAGE,
    ),
    Entry(
        N("Summary report"),
        "report-analytics",
        "cargo:report-month",
        P.CARGO_REPORT,
    ),
    Entry(
        N("Customer bills"),
        "receipt-2",
        "cargo:billing",
        P.CARGO_REPORT,
    ),
    Entry(N("Audit log"), "history", "office:audit", P.AUDIT_VIEW),
    Entry(N("Cargo users"), "user-cog", "cargo:user-list", P.CARGO_USERS),
]
CABINETS = {
    Kind.CLIENT: [
        Entry(N("Orders"), "package", "orders:cabinet"),
        Entry(N("Invoices"), "file-invoice", "finance:cabinet-invoices", P.CLIENT_SUMS),
        Entry(N("Documents"), "files", "documents:cabinet-documents"),
        Entry(N("Company"), "building", "companies:cabinet-company"),
        Entry(N("People"), "users", "companies:cabinet-people"),
        Entry(N("Contract"), "file-text", "companies:cabinet-contract"),
    ],
    Kind.PARTNER: [
        Entry(N("Trips"), "truck", "orders:partner"),
        Entry(N("Exchange"), "building-store", "orders:partner-exchange", P.PARTNER_OFFER),
        Entry(N("Offers"), "messages", "orders:partner-offers", P.PARTNER_OFFER),
        Entry(N("Fleet"), "steering-wheel", "fleet:partner-drivers"),
        Entry(N("Documents"), "files", "documents:partner-documents"),
        Entry(N("Payouts"), "coins", "finance:partner-payouts", P.PARTNER_SUMS),
        Entry(N("Company"), "building", "companies:partner-company"),
        Entry(N("People"), "users", "companies:partner-people"),
        Entry(N("Contract"), "file-text", "companies:partner-contract"),
    ],
    Kind.DRIVER: [
        Entry(N("Trips"), "truck", "orders:driver"),
        Entry(N("Exchange"), "building-store", "orders:driver-exchange"),
        Entry(N("Offers"), "messages", "orders:driver-offers"),
    ],
}


def menu_for(who: Actor | None, path: str) -> list[Group]:
    """Groups of entries that this person may open; the longest address that fits the page is the
    active one.
    """
    if who is None:
        return []
    if who.kind in CABINETS:
        return [Group(_items(_open_to(who, CABINETS[who.kind]), path))]
    is_parcel_shop = who.reseller is not None and who.reseller.cargo_first
    freight = [FREIGHT_DASHBOARD, *OFFICE[1:]] if is_parcel_shop else OFFICE
    office, cargo = (_items(_open_to(who, group), path) for group in (freight, CARGO))
    if (
        who.reseller is None or not who.reseller.cargo
    ):  # the audit log is everybody's, the rest of the group is not
        office = office + cargo
        cargo = []
    groups = [Group(office), Group(cargo, _("Cargo module"))]
    if is_parcel_shop:
        groups = [Group(cargo), Group(office, _("Freight"))]
    return [group for group in groups if group.entries]


def _open_to(who: Actor, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.permission is None or who.can(entry.permission)]


def _items(entries: Iterable[Entry], path: str) -> list[NavItem]:
    addresses = {entry: url for entry in entries if (url := _url(entry.view))}
    root = _url("dashboard")  # every path begins with it
    fitting = [url for url in addresses.values() if path.startswith(url) and url != root]
    active = max(fitting, key=len, default=path)
    return [
        NavItem(
            _(entry.label),
            entry.icon,
            url,
            url == active,
            _url(entry.count) if entry.count else "",
        )
        for entry, url in addresses.items()
    ]


@cache
def _url(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
