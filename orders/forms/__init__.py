from orders.forms.order import (
    CargoForms,
    OrderForm,
    StopForms,
    filled,
    read,
)

__all__ = ["CargoForms", "OrderForm", "StopForms", "filled", "read"]
