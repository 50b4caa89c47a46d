from orders.forms.order import (
    CargoForms,
    Office,
    OrderForm,
    StopForms,
)
from orders.forms.reading import filled, read

__all__ = [
    "CargoForms",
    "Office",
    "OrderForm",
    "StopForms",
    "filled",
    "read",
]
