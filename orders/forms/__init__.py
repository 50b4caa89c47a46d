from orders.forms.order import (
    CargoForms,
    Office,
    OrderForm,
    StopForms,
    filled,
    read,
)

__all__ = [
    "CargoForms",
    "Office",
    "OrderForm",
    "StopForms",
    "filled",
    "read",
]
