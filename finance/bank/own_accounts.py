"""The bank accounts of the reseller's own firms, as statements name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companies.models import BankAccount, OwnFirm


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account of an own firm; `number` is compared, `written` is shown."""

    number: str
    written: str
    currency: str
    firm_id: int
    firm: str


def plain(number: str) -> str:
    """An account's number without the marks that people write into it."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def own_accounts(
    home: str,
) -> dict[str, OwnAccount]:
    """By number. An account without a currency is kept in that of the reseller (`home`)."""
    firms = {firm.pk: firm for firm in OwnFirm.objects.order_by("pk")}
    rows = [(firm, firm.account, firm.account_currency) for firm in firms.values() if firm.account]
    for more in BankAccount.objects.filter(own_firm__isnull=False):
        rows.append((firms[more.own_firm_id or 0], more.account, more.currency))
    accounts: dict[str, OwnAccount] = {}
    for firm, written, currency in rows:
        number = plain(written)
        row = OwnAccount(
            number,
            written,
            currency or home,
            firm.pk,
            firm.name,
        )
        accounts.setdefault(number, row)
    return accounts


def account_of(
    accounts: Mapping[str, OwnAccount],
    written: str,
) -> OwnAccount | None:
    """The own account that a file names. An IBAN holds the number at its end."""
    number = plain(written)
    if not number:
        return None
    if number in accounts:
        return accounts[number]
    if not number[:2].isalpha():
        return None
    ends = [one for own, one in accounts.items() if len(own) >= 10 and number.endswith(own)]
    return ends[0] if len(ends) == 1 else None
