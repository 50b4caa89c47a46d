"""News of money, told to those whom finance/hearings.py names."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from companies.models import Company
from finance import links
from finance.models import CreditNote, Invoice, Payable, Payment, Payout
from orders.models import Order
from tenants.actor import Actor
from tenants.kit import formats
from tenants.office.hearing import Firm, Hearer, Name, News, tell


def of_invoice(event: str, invoice: Invoice, *, by: Actor | None, at: datetime) -> None:
    """The client hears of its invoice."""
    names: dict[str, Name] = {
        "number": invoice.number,
        "amount": partial(formats.money, invoice.gross, invoice.currency),
        "day": partial(formats.day, invoice.due_on),
    }
    news = News(
        event,
        names,
        url=links.invoice(invoice.number),
        firms=_firms(Hearer.CLIENT, invoice.company),
    )
    tell(news, by=by, at=at)


def of_credit_note(note: CreditNote, *, by: Actor, at: datetime) -> None:
    """The client hears that its invoice asks for less."""
    invoice = note.invoice
    names: dict[str, Name] = {
        "number": invoice.number,
        "amount": partial(formats.money, note.amount, note.currency),
    }
    news = News(
        "invoice.credited",
        names,
        url=links.invoice(invoice.number),
        firms=_firms(Hearer.CLIENT, invoice.company),
    )
    tell(news, by=by, at=at)


def of_refused_invoice(order: Order, why: str, *, at: datetime) -> None:
    url = links.invoices()
    tell(News("invoice.refused", {"ref": order.ref, "why": why}, url=url), by=None, at=at)


def of_month(event: str, month: date, *, by: Actor | None, at: datetime, why: str = "") -> None:
    """Those who enter money hear of a month that is closed, or opened again."""
    names: dict[str, Name] = {"month": partial(formats.month, month), "why": why}
    tell(News(event, names, url=links.close()), by=by, at=at)


def of_payment(event: str, payment: Payment, *, by: Actor | None, at: datetime) -> None:
    invoice = payment.invoice
    names: dict[str, Name] = {
        "number": invoice.number,
        "client": invoice.client_name,
        "amount": partial(formats.money, payment.amount, payment.currency),
    }
    news = News(
        event,
        names,
        url=links.invoice(invoice.number),
        person=invoice.order.responsible if invoice.order else None,
        firms=_firms(Hearer.CLIENT, invoice.company),
    )
    tell(news, by=by, at=at)


def of_debt(payable: Payable, *, by: Actor | None, at: datetime) -> None:
    """What a completed trip brings its carrier."""
    names: dict[str, Name] = {
        "ref": payable.order.ref,
        "amount": partial(formats.money, payable.amount, payable.currency),
        "day": partial(formats.day, payable.due_on),
    }
    _to_carrier("payable.accrued", payable, names, by=by, at=at)


def of_payout(payout: Payout, *, by: Actor | None, at: datetime) -> None:
    names: dict[str, Name] = {
        "ref": payout.payable.order.ref,
        "amount": partial(formats.money, payout.amount, payout.currency),
    }
    _to_carrier("payout.made", payout.payable, names, by=by, at=at)


def _to_carrier(
    event: str, payable: Payable, names: dict[str, Name], *, by: Actor | None, at: datetime
) -> None:
    """A carrier without a company of this reseller has no cabinet here."""
    if payable.company is None:
        return
    firms = _firms(Hearer.PARTNER, payable.company)
    tell(News(event, names, url=links.payables(), firms=firms), by=by, at=at)


def _firms(hearer: Hearer, company: Company) -> dict[Hearer, Firm]:
    return {hearer: Firm(company.pk, company.language)}
