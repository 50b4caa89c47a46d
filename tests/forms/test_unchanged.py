"""Every edit form of the offices and cabinets, opened and saved unchanged: nothing is written.

The walk goes over all addresses of these apps. A posting form with something to fill in is either
an edit form, or it is listed with what it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import resolve

from checks.isolation.patterns import Pattern, patterns
from companies import addresses as company_addresses
from companies import own_taxes
from companies.models import Address, Company, OwnFirm
from fleet import drivers, vehicles
from orders import assignment
from orders.models import Trip
from tenants.drivers.models import Carrier
from tests.guards.listed import compare
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.orders.test_form_keeps import DETAILS
from tests.page_forms import PageForm, forms_on
from tests.world import Cast

OURS = ("orders", "companies", "fleet", "finance", "documents")
WATCHED = (
    "orders",
    "companies",
    "finance",
    "documents",
    "drivers",
    "exchange",
    "office",
    "kit",
)
ROLES = ("head", "dispatcher", "accountant", "client", "partner")
EDITS = frozenset(
    {
        "orders:order-edit",
        "orders:trip-crew",
        "orders:job-crew",
        "orders:partner-job-crew",
        "companies:address-edit",
        "companies:company-edit",
        "companies:company-limit",
        "companies:own-details",
        "companies:own-look",
        "companies:own-contract-terms",
        "companies:own-support",
        "companies:own-dates",
        "companies:own-zone",
        "companies:cabinet-company",
        "companies:partner-company",
        "companies:person",
        "companies:cabinet-person",
        "fleet:driver-edit",
        "fleet:vehicle-edit",
        "fleet:partner-driver",
        "fleet:partner-vehicle",
        "finance:taxes",
        "finance:books-begin",
    }
)
ACTS = {
    "orders:order-new": "enters an order",
    "companies:company-import": "imports companies",
    "companies:company-invite": "invites a company",
    "companies:company-new": "enters a company",
    "companies:address-new": "enters an address",
    "companies:company-block": "blocks a company",
    "companies:contact-list": "adds a contact",
    "companies:note-list": "leaves a note",
    "companies:company-accounts": "adds a bank account",
    "companies:cabinet-accounts": "adds a bank account",
    "companies:partner-accounts": "adds a bank account",
    "companies:own-accounts": "adds a bank account",
    "companies:own-firm-new": "enters a firm",
    "companies:own-regime": "enters a tax regime",
    "companies:own-domain": "claims a domain",
    "companies:contract-send": "sends a contract for signing",
    "companies:person-new": "invites a person",
    "companies:cabinet-person-new": "invites a person",
    "companies:partner-person-new": "invites a person",
    "companies:person-sign": "confirms the right to sign",
    "companies:contract-paper": "enters a contract signed on paper",
    "companies:own-image-save": "keeps a picture",
    "fleet:driver-forgotten": "asks the office for a new PIN",
    "fleet:driver-new": "enters a driver",
    "fleet:vehicle-new": "enters a vehicle",
    "fleet:partner-driver-new": "enters a driver",
    "fleet:partner-vehicle-new": "enters a vehicle",
    "orders:job-crew-line": "names driver and vehicle",
    "orders:partner-job-crew-line": "names driver and vehicle",
    "orders:trip-crew-line": "names driver and vehicle",
    "orders:cabinet-ask": "sends a request",
    "orders:job-incident": "reports an incident",
    "orders:order-assign": "assigns a carrier",
    "orders:order-cancel": "cancels an order",
    "orders:partner-job-incident": "reports an incident",
    "orders:trip-advance": "enters a stage",
    "orders:trip-correct": "corrects a stage",
    "orders:trip-incident": "reports an incident",
    "finance:carrier-advances": "pays a carrier ahead",
    "finance:carrier-advance-view-save": "keeps a view of a list",
    "finance:expense-add": "books an expense",
    "finance:expense-view-save": "keeps a view of a list",
    "finance:opening-add": "books an opening balance",
    "finance:opening-view-save": "keeps a view of a list",
    "finance:advance-add": "books money of a client",
    "finance:advance-view-save": "keeps a view of a list",
    "finance:bank-upload": "keeps a file of the bank as a preview",
    "finance:bank-view-save": "keeps a view of a list",
    "finance:rates": "enters exchange rates",
    "finance:rate-list": "enters exchange rates",
    "companies:view-save": "keeps a view of a list",
    "documents:view-save": "keeps a view of a list",
    "finance:invoice-view-save": "keeps a view of a list",
    "finance:payable-view-save": "keeps a view of a list",
    "finance:receipt-view-save": "keeps a view of a list",
    "finance:cabinet-invoice-view-save": "keeps a view of a list",
    "finance:partner-payout-view-save": "keeps a view of a list",
    "fleet:driver-view-save": "keeps a view of a list",
    "fleet:own-driver-view-save": "keeps a view of a list",
    "fleet:vehicle-view-save": "keeps a view of a list",
    "orders:cabinet-view-save": "keeps a view of a list",
    "orders:exchange-view-save": "keeps a view of a list",
    "orders:job-view-save": "keeps a view of a list",
    "orders:offer-view-save": "keeps a view of a list",
    "orders:partner-job-view-save": "keeps a view of a list",
    "orders:partner-offer-view-save": "keeps a view of a list",
    "orders:partner-exchange-view-save": "keeps a view of a list",
    "orders:view-save": "keeps a view of a list",
}


@dataclass
class Ground:
    """What stands in the addresses."""

    values: dict[str, str] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)


@pytest.fixture
def ground_of_forms(in_alpha: Cast) -> Ground:
    head = in_alpha.actor("head")
    draft = order_samples.order(in_alpha, **DETAILS)
    detailed = order_samples.order(in_alpha, **DETAILS, form="detailed")
    company = order_samples.partner_carrier(in_alpha)
    driven = order_samples.order(in_alpha, **DETAILS)
    who = assignment.assignment_to(order=driven, rate=None, partner=company)
    trip = assignment.assign_directly(order=driven, assignment=who, by=head, at=NOW)
    _crew(in_alpha, trip)
    _companies(in_alpha)
    driver = drivers.add(values=DRIVER | {"responsible": head.name}, by=head, at=NOW)
    vehicle = vehicles.add(values=VEHICLE, by=head, at=NOW)
    carrier = Carrier.objects.get(pk=company.carrier_id)
    crew = {"phone": "+996555123457", "plate": "01KG 777 BBB"}
    crew_driver = drivers.add(values=DRIVER | crew, by=head, at=NOW, carrier=carrier)
    crew_vehicle = vehicles.add(values=VEHICLE | crew, by=head, at=NOW, carrier=carrier)
    return Ground(
        {
            "company_id": str(in_alpha.company_id("client")),
            "address_id": str(_address(in_alpha).pk),
            "member_id": str(in_alpha.actor("client").member_id),
            "own_driver_id": str(driver.pk),
            "driver_id": str(driver.pk),
            "own_vehicle_id": str(vehicle.pk),
            "vehicle_id": str(vehicle.pk),
            "crew_driver_id": str(crew_driver.pk),
            "crew_vehicle_id": str(crew_vehicle.pk),
            "job_id": str(trip.job_id),
        },
        [draft.ref, detailed.ref, driven.ref],
    )


DRIVER = {
    "name": "Бакыт уулу Азамат",
    "phone": "+996555123456",
    "inn": "12345678901234",
    "licence": "AB 123456",
    "company": "ОсОО «Дорога»",
    "adr": True,
}
VEHICLE = {
    "plate": "01KG 777 AAA",
    "model": "Volvo FH",
    "body": "tent",
    "capacity_kg": Decimal("20000.50"),
    "volume_m3": Decimal("82.25"),
    "adr": True,
}
FIRM = {
    "name": "Альфа",
    "full_name": "ОсОО «Альфа»",
    "country": "US",
    "address": "Бишкек, Чуй 1",
    "director": "А. Асанов",
    "phone": "+996312000001",
    "email": "firm@alpha.test",
    "vat_payer": True,
}


def _crew(cast: Cast, trip: Trip) -> None:
    """A driver of the partner who was archived since."""
    from tenants.drivers import pool
    from tenants.drivers.models import Driver

    driver = pool.register_driver(name="Ушедший", phone="+996555777099", on=NOW.date(), at=NOW)
    Driver.objects.filter(pk=driver.pk).update(carrier_id=trip.carrier_id)
    driver.refresh_from_db()
    assignment.set_crew(trip=trip, driver=driver, vehicle=None, by=cast.actor("head"), at=NOW)
    Driver.objects.filter(pk=driver.pk).update(status=Driver.Status.ARCHIVED)


def _address(cast: Cast) -> Address:
    company = Company.objects.get(pk=cast.company_id("client"))
    values = {"name": "Склад", "place": "Ош", "lat": 40.53, "lon": 72.8, "phone": "+996555000111"}
    by = cast.actor("head")
    address = company_addresses.add_address(company=company, values=values, by=by, at=NOW)
    Company.objects.filter(pk=company.pk).update(credit_limit=Decimal("1000000.50"))
    return address


def _companies(cast: Cast) -> None:
    Company.objects.update(
        **FIRM,
        note="первая\nвторая",
        details_at=NOW,
    )
    OwnFirm.objects.bulk_create([OwnFirm()], ignore_conflicts=True)
    OwnFirm.objects.update(**(FIRM | {"country": "KG"}), own_terms="раз\nдва", details_at=NOW)
    own_taxes.choose(kinds=["НСП"], by=cast.actor("head"), at=NOW)


def state() -> dict[str, Any]:
    """Every row that this reseller may read, by table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in _watched()
    }


def _watched() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in WATCHED and _is_readable(model):
            yield model


@cache
def _is_readable(model: type[models.Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [model._meta.db_table])
        return bool(cursor.fetchone()[0])


def addresses(sample: Ground) -> Iterator[tuple[Pattern, str]]:
    """The pages whose addresses name only what stands on this sample."""
    for pattern in patterns():
        module = getattr(pattern.view, "__module__", "").split(".")[0]
        if module not in OURS or pattern.tree != "pages":
            continue
        if not set(pattern.arguments) <= sample.values.keys() | {"ref"}:
            continue
        refs = sample.refs if "ref" in pattern.arguments else [""]
        paths = [pattern.path({**sample.values, "ref": ref}) for ref in refs]
        yield from ((pattern, path) for path in paths if path)


def fillable(form: PageForm) -> bool:
    return form.method == "post" and bool(form.visible)


def name_of(form: PageForm) -> str:
    return resolve(urlsplit(form.action).path).view_name


def test_saved_unchanged_by_whoever_may_leaves_no_trace(
    in_alpha: Cast, ground_of_forms: Ground, browse: Any
) -> None:
    seen: set[str] = set()
    others: set[str] = set()
    for role in ROLES:
        browser = browse(in_alpha, role)
        for _pattern, path in addresses(ground_of_forms):
            answer = browser.get(path)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code != 200 or not is_page or answer.streaming:
                continue
            for form in filter(fillable, forms_on(answer.content, path)):
                name = name_of(form)
                if name not in EDITS:
                    others.add(name)
                    continue
                seen.add(name)
                before = state()
                saved = browser.post(form.action, form.fields)
                assert saved.status_code in (302, 403), (role, path, form.action)
                assert state() == before, (role, path, form.action)
    assert seen == EDITS
    compare(others, ACTS, "posting forms")
