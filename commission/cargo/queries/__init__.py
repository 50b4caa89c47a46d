from commission.cargo.queries.scope import (
    customers_for,
    own_salesperson,
    salespeople_for,
    shipment_for,
    shipments_for,
)

__all__ = [
    "customers_for",
    "own_salesperson",
    "salespeople_for",
    "shipment_for",
    "shipments_for",
]
