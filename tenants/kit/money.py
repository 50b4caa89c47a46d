"""Money: the one module in which amounts are made and rounded.

Amounts are `Decimal` in whole units of a currency with two places (сом and тыйын), rounded half up,
away from zero for negative ones, so that a correction of an amount is exactly its negation. SQL's
`round(numeric, 2)` does the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Self

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal("0.00")
RATE_SHOWN = Decimal("0.0001")
# The limits of what people and programs enter; their product, with taxes on top, still fits the 18
# digits that sums are kept in. Forms, serializers and constraints take them from here.
MOST_MONEY = Decimal("9999999999.99")
LEAST_FX = Decimal("0.000001")
MOST_FX = Decimal("99999.999999")
WIDE = Context(prec=60)  # reading never fails, whatever a row holds


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency in use; `symbol` is what people see beside a number."""

    code: str
    name: str
    symbol: str


# "сом", not its sign U+20C0: hardly any font on a reader's machine has it.
CURRENCIES: dict[str, Currency] = {
    currency.code: currency
    for currency in (
        Currency("KGS", "Kyrgyz som", "сом"),
        Currency("RUB", "Russian rouble", "₽"),
        Currency("USD", "US dollar", "$"),
        Currency("EUR", "Euro", "€"),
        Currency("KZT", "Kazakh tenge", "₸"),
        Currency("THB", "Thai baht", "฿"),
        Currency("CNY", "Chinese yuan", "¥"),
    )
}


class MixedCurrencies(Exception):
    """Two amounts of different currencies met without an exchange rate."""


def rounded(amount: Decimal, currency: str = "") -> Decimal:
    """Half up to two places, which every currency here has; `currency` is named for the day one has
    not.
    """
    if not isinstance(amount, Decimal):
        raise TypeError(f"money is a Decimal, not {type(amount).__name__}")
    # Adding zero turns -0.00 into 0.00, which would otherwise be printed with its sign.
    cents = amount.quantize(CENT, rounding=ROUND_HALF_UP, context=WIDE)
    return WIDE.add(cents, ZERO)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """`percent` per cent of `amount`, rounded once."""
    return rounded(amount * percent / HUNDRED)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that knows its currency and refuses to meet another one."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not a currency code: {self.currency!r}")
        object.__setattr__(
            self,
            "amount",
            rounded(self.amount, self.currency),
        )

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(ZERO, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __lt__(
        self,
        other: "Money",
    ) -> bool:
        return self.amount < self._same(other)

    def __le__(
        self,
        other: "Money",
    ) -> bool:
        return self.amount <= self._same(other)

    def __gt__(
        self,
        other: "Money",
    ) -> bool:
        return self.amount > self._same(other)

    def __ge__(
        self,
        other: "Money",
    ) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def percent(self, percent: Decimal) -> "Money":
        return Money(percent_of(self.amount, percent), self.currency)

    def _same(
        self,
        other: "Money",
    ) -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self} and {other}")
        return other.amount


def total(
    amounts: Iterable[Money],
    currency: str,
) -> Money:
    """The sum; of nothing it is zero, which is why the currency is asked for."""
    return sum(amounts, Money.zero(currency))


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A tax by its kind ("НДС", "НСП", "VAT") and its per cent of the net price."""

    kind: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Tax:
    """What one tax comes to on one line."""

    kind: str
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """A price taken apart. Whoever makes one whose parts do not add up to the gross is stopped
    here.
    """

    net: Decimal
    taxes: tuple[Tax, ...]
    gross: Decimal

    def __post_init__(self) -> None:
        if self.net + self.tax != self.gross:
            raise ValueError(f"{self.net} + {self.tax} is not {self.gross}")

    @property
    def tax(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), ZERO)


def split_tax(
    *,
    net: Decimal | None = None,
    gross: Decimal | None = None,
    rates: Sequence[TaxRate] = (),
) -> TaxedAmount:
    """Take a price apart, given either without its taxes or with them.

    Every tax is counted from the net price (НСП does not lie on НДС) and rounded by itself. From a
    gross price the net is what the taxes leave over, so that the sum the parties agreed on never
    moves by a cent.
    """
    if (net is None) == (gross is None):
        raise ValueError("give either the net or the gross price")
    if net is not None:
        taxes = tuple(Tax(rate.kind, rate.percent, percent_of(net, rate.percent)) for rate in rates)
        net = rounded(net)
        return TaxedAmount(net, taxes, net + sum((tax.amount for tax in taxes), ZERO))
    assert gross is not None
    gross = rounded(gross)
    whole = HUNDRED + sum((rate.percent for rate in rates), ZERO)
    taxes = tuple(
        Tax(
            rate.kind,
            rate.percent,
            rounded(gross * rate.percent / whole),
        )
        for rate in rates
    )
    return TaxedAmount(gross - sum((tax.amount for tax in taxes), ZERO), taxes, gross)


def total_taxed(lines: Iterable[TaxedAmount]) -> TaxedAmount:
    """The foot of an invoice: rounded lines added up, taxes of one kind and rate put together, in
    order of appearance.
    """
    net = ZERO
    gross = ZERO
    taxes = dict[tuple[str, Decimal], Decimal]()
    for line in lines:
        net = net + line.net
        gross = gross + line.gross
        for tax in line.taxes:
            taxes[tax.kind, tax.percent] = taxes.get((tax.kind, tax.percent), ZERO) + tax.amount
    return TaxedAmount(
        net,
        tuple(Tax(kind, percent, amount) for (kind, percent), amount in taxes.items()),
        gross,
    )


def rate_between(home: Decimal, amount: Decimal) -> Decimal | None:
    """What one unit came to at home, to four places; None where there is no amount."""
    if not amount:
        return None
    return (home / amount).quantize(RATE_SHOWN, rounding=ROUND_HALF_UP, context=WIDE)
