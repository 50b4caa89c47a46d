"""The module over the API: the same forms check, the same acts decide."""

from __future__ import annotations

from commission.cargo.api.imports import (
    ImportConfirm,
    ImportList,
    ImportRead,
    ImportUndo,
    OneImport,
)
from commission.cargo.api.people import (
    CustomerList,
    GivenCustomers,
    SalespersonList,
)
from commission.cargo.api.rates import CardActivate, CardList, OneCard
from commission.cargo.api.reports import Audit, SummaryReport
from commission.cargo.api.shipments import OneShipment, ShipmentList

routes = [
    ("cargo/rate-cards", CardList),
    ("cargo/rate-cards/<uuid:card_id>", OneCard),
    ("cargo/rate-cards/<uuid:card_id>/activate", CardActivate),
    ("cargo/salespeople", SalespersonList),
    ("cargo/salespeople/<str:code>/customers", GivenCustomers),
    ("cargo/customers", CustomerList),
    ("cargo/shipments", ShipmentList),
    ("cargo/shipments/<uuid:shipment_id>", OneShipment),
    ("cargo/imports", ImportList),
    ("cargo/imports/<uuid:batch_id>", OneImport),
    ("cargo/imports/<uuid:batch_id>/read", ImportRead),
    ("cargo/imports/<uuid:batch_id>/confirm", ImportConfirm),
    ("cargo/imports/<uuid:batch_id>/undo", ImportUndo),
    ("cargo/reports/summary", SummaryReport),
    ("audit", Audit),
]
