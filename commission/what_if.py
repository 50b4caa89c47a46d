"""The platform's fee over whole months, act by act, without a database.

finance/ books the same lines into the ledger; this engine is what the worked cases and the what-if
are counted with. Months are (year, month). Months close in their order; what is dated into a closed
month is booked in the open one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from commission.fee_lines import (
    Part,
    receipt_fee,
    refund_correction,
    refund_fee,
    true_up,
)
from commission.ladder import STANDARD, Ladder, rate_of
from tenants.kit.money import ZERO

Month = tuple[int, int]


class LineKind(StrEnum):
    RECEIPT = "receipt"
    TRUE_UP = "true_up"
    REFUND = "refund"


class CannotClose(Exception):
    """The month is closed already, a later one is, or an earlier one with lines is still open."""


class NothingToRefund(Exception):
    """More is to be given back than was paid."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of the statement of `month`. `charged` is the month whose rate it follows."""

    invoice: str
    kind: LineKind
    month: Month
    charged: Month
    on: date
    paid: Decimal
    rate: Decimal
    fee: Decimal

    @property
    def part(self) -> Part:
        return Part(self.paid, self.rate)


def month_of(on: date) -> Month:
    return on.year, on.month


def after(month: Month) -> Month:
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def last_day(month: Month) -> date:
    year, number = after(month)
    return date.fromordinal(date(year, number, 1).toordinal() - 1)


@dataclass(slots=True)
class Book:
    """One reseller's months: acts go in, `lines` stand as they were charged."""

    ladder: Ladder = STANDARD
    lines: list[FeeLine] = field(default_factory=list)
    orders: dict[Month, int] = field(default_factory=lambda: defaultdict(int))
    closed: dict[Month, Decimal] = field(default_factory=dict)  # month → final rate

    def complete(self, number: int, on: date) -> None:
        self.orders[month_of(on)] += number

    def pay(self, invoice: str, amount: Decimal, on: date) -> FeeLine:
        """Charge a receipt at the step its month has reached so far."""
        month = self.booked_in(on)
        part = Part(amount, self.rate(month))
        fee = receipt_fee(
            [line.part for line in self._of(invoice, month, LineKind.RECEIPT)],
            part,
        )
        return self._add(invoice, LineKind.RECEIPT, month, month, on, part, fee)

    def refund(self, invoice: str, amount: Decimal, on: date) -> list[FeeLine]:
        """Give back what was charged on the part; the latest paid month first."""
        lines = []
        left = amount
        for charged in sorted(
            {line.charged for line in self.lines if line.invoice == invoice},
            reverse=True,
        ):
            if part := min(
                left,
                self._paid(invoice, charged) - self._refunded(invoice, charged),
            ):
                lines.append(self._give_back(invoice, charged, part, on))
                left -= part
        if left:
            raise NothingToRefund(invoice)
        return lines

    def close(self, month: Month) -> list[FeeLine]:
        """Charge the difference to the final step, invoice by invoice."""
        waiting = any(
            line.charged < month and line.charged not in self.closed for line in self.lines
        )
        if waiting or (self.closed and month <= max(self.closed)):
            raise CannotClose(month)
        final = self.rate(month)
        start = len(self.lines)
        self.closed[month] = final
        for invoice in dict.fromkeys(line.invoice for line in self.lines if line.charged == month):
            self._true_up(invoice, month, final)
            self._correct_refunds(invoice, month, final)
        return self.lines[start:]

    def booked_in(self, on: date) -> Month:
        """The month of a day, or the first one after all that are closed."""
        return max(month_of(on), after(max(self.closed))) if self.closed else month_of(on)

    def rate(self, month: Month) -> Decimal:
        """The final rate of a closed month, the one reached so far of an open one."""
        if month in self.closed:
            return self.closed[month]
        return rate_of(self.ladder, self.orders.get(month, 0))

    def fee(self, month: Month) -> Decimal:
        return sum(
            (line.fee for line in self.lines if line.month == month),
            ZERO,
        )

    def _of(self, invoice: str, charged: Month, kind: LineKind) -> list[FeeLine]:
        return [
            x
            for x in self.lines
            if x.invoice == invoice and x.charged == charged and x.kind == kind
        ]

    def _paid(self, invoice: str, charged: Month) -> Decimal:
        return sum(
            (line.paid for line in self._of(invoice, charged, LineKind.RECEIPT)),
            ZERO,
        )

    def _refunded(self, invoice: str, charged: Month) -> Decimal:
        return -sum(
            (line.paid for line in self._of(invoice, charged, LineKind.REFUND)),
            ZERO,
        )

    def _give_back(self, invoice: str, charged: Month, amount: Decimal, on: date) -> FeeLine:
        part = Part(amount, self.rate(charged))
        fee = refund_fee(
            paid=self._paid(invoice, charged),
            refunded=self._refunded(invoice, charged),
            part=part,
        )
        return self._add(
            invoice,
            LineKind.REFUND,
            self.booked_in(on),
            charged,
            on,
            Part(-amount, part.rate),
            fee,
        )

    def _true_up(self, invoice: str, month: Month, final: Decimal) -> None:
        fee = true_up(
            [line.part for line in self._of(invoice, month, LineKind.RECEIPT)],
            final,
        )
        if fee:
            self._add(
                invoice,
                LineKind.TRUE_UP,
                month,
                month,
                last_day(month),
                Part(ZERO, final),
                fee,
            )

    def _correct_refunds(self, invoice: str, month: Month, final: Decimal) -> None:
        """Refunds given before the final rate was known, put right where the last of them was
        booked.
        """
        refunds = self._of(invoice, month, LineKind.REFUND)
        booked = sum((line.fee for line in refunds), ZERO)
        paid = self._paid(invoice, month)
        refunded = self._refunded(invoice, month)
        fee = refund_correction(paid=paid, refunded=refunded, booked=booked, final=final)
        if fee:
            last = refunds[-1]
            self._add(
                invoice,
                LineKind.REFUND,
                last.month,
                month,
                last.on,
                Part(ZERO, final),
                fee,
            )

    def _add(
        self,
        invoice: str,
        kind: LineKind,
        month: Month,
        charged: Month,
        on: date,
        part: Part,
        fee: Decimal,
    ) -> FeeLine:
        line = FeeLine(invoice, kind, month, charged, on, part.paid, part.rate, fee)
        self.lines.append(line)
        return line
