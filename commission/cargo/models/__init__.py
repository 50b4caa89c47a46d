from commission.cargo.models.choices import (
    CostMode,
    CostRule,
    ImportState,
    ImportWordKind,
    Method,
    Stage,
    Status,
    Transport,
)
from commission.cargo.models.imports import ImportBatch, ImportRow, ImportWord
from commission.cargo.models.lots import Lot
from commission.cargo.models.months import (
    Adjustment,
    Bill,
    CommissionPayment,
    MonthLock,
)
from commission.cargo.models.people import (
    Customer,
    CustomerSalesperson,
    Salesperson,
)
from commission.cargo.models.rates import (
    Activation,
    GoodsType,
    Rate,
    RateCard,
)
from commission.cargo.models.shipment import Shipment

__all__ = [
    "Activation",
    "Adjustment",
    "Bill",
    "CommissionPayment",
    "CostMode",
    "CostRule",
    "Customer",
    "CustomerSalesperson",
    "GoodsType",
    "ImportBatch",
    "ImportRow",
    "ImportState",
    "ImportWord",
    "ImportWordKind",
    "Lot",
    "Method",
    "MonthLock",
    "Rate",
    "RateCard",
    "Salesperson",
    "Shipment",
    "Stage",
    "Status",
    "Transport",
]
