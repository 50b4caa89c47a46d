"""Bank accounts of a company or an own firm: added, removed, and the one that a paper prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from companies import links, trail
from companies.models import BankAccount, Company, OwnFirm
from companies.standing import check_standing
from tenants.actor import Actor
from tenants.office.hearing import News, tell

FIELDS = ("currency", "bank", "account", "bik", "correspondent")
MOST_ACCOUNTS = 20  # of a firm; banks have fewer currencies
Owner = Company | OwnFirm


class CannotAdd(Exception):
    """The firm has this account already, or as many as a firm may have; the text says which."""


@dataclass(frozen=True, slots=True)
class PaidTo:
    """Where money goes, as a paper prints it."""

    bank: str
    account: str
    bik: str
    correspondent: str


def add(
    *,
    owner: Owner,
    values: Mapping[str, str],
    by: Actor,
    at: datetime,
    own: bool = False,
) -> BankAccount:
    """One account more. `own`: the company's own person did it, then those who pay hear of it.

    Raises CannotAdd.
    """
    if own:
        check_standing(by)
    with transaction.atomic():
        _check_free(owner, values["account"])
        row = _enter(owner, values, at)
        trail.write(_action("account_add", owner), owner, by, at, after=_state(row))
        _tell(owner, own=own, by=by, at=at)
    return row


def remove(
    *,
    owner: Owner,
    account_id: UUID,
    by: Actor,
    at: datetime,
    own: bool = False,
) -> None:
    """Papers issued before keep it. Raises BankAccount.DoesNotExist."""
    if own:
        check_standing(by)
    with transaction.atomic():
        row = accounts_of(owner).select_for_update().get(pk=account_id)
        row.delete()
        trail.write(_action("account_remove", owner), owner, by, at, before=_state(row))
        _tell(owner, own=own, by=by, at=at)


def paid_to(
    owner: Owner,
    currency: str = "",
) -> PaidTo:
    """The first account in the currency, else the main one."""
    main = PaidTo(
        owner.bank,
        owner.number("account"),
        owner.number("bik"),
        owner.number("correspondent"),
    )
    if not currency or owner.account_currency == currency or owner._state.adding:
        return main
    row = accounts_of(owner).filter(currency=currency).first()
    return PaidTo(row.bank, row.account, row.bik, row.correspondent) if row else main


def accounts_of(owner: Owner) -> QuerySet[BankAccount]:
    """The further accounts of a company or an own firm, in the order they were entered."""
    return BankAccount.objects.filter(**_owned_by(owner))


def _enter(
    owner: Owner,
    values: Mapping[str, str],
    at: datetime,
) -> BankAccount:
    """The database says whether the firm has this account, also when two people add it at once."""
    row = BankAccount(
        **_owned_by(owner),
        **{name: values[name] for name in FIELDS},
        added_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise CannotAdd(_("This account is entered already.")) from taken
    return row


def _check_free(
    owner: Owner,
    account: str,
) -> None:
    if owner.account == account:
        raise CannotAdd(_("This account is entered already."))
    if accounts_of(owner).count() >= MOST_ACCOUNTS:
        raise CannotAdd(_("A firm has at most %(count)s accounts here.") % {"count": MOST_ACCOUNTS})


def _owned_by(
    owner: Owner,
) -> dict[str, Owner]:
    return {"company" if isinstance(owner, Company) else "own_firm": owner}


def _state(
    row: BankAccount,
) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _action(act: str, owner: Owner) -> str:
    of = "company" if isinstance(owner, Company) else "own"
    return f"{of}.{act}"


def _tell(owner: Owner, *, own: bool, by: Actor, at: datetime) -> None:
    """Money goes where the accounts say: those who pay hear that they were changed."""
    if not own or not isinstance(owner, Company):
        return
    news = News(
        "company.details",
        {"company": owner.name, "fields": lambda: _("Bank accounts")},
        url=links.company(owner.pk),
    )
    tell(news, by=by, at=at)
