"""A sum as the books hold it: in its own currency, and at home."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tenants.kit.money import ZERO


@dataclass(frozen=True, slots=True)
class Worth:
    """An amount in its currency, and what it is worth at home."""

    amount: Decimal = ZERO
    home: Decimal = ZERO

    def __add__(self, other: Worth) -> Worth:
        """Both parts apart."""
        return Worth(self.amount + other.amount, self.home + other.home)

    def __sub__(self, other: Worth) -> Worth:
        """Both parts apart."""
        return Worth(self.amount - other.amount, self.home - other.home)

    def __neg__(self) -> Worth:
        """The same on the other side."""
        return Worth(-self.amount, -self.home)

    def __bool__(self) -> bool:
        return bool(self.amount or self.home)
