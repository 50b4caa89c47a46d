"""The papers that carry the money: the invoice and the act, under the reseller's letterhead."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from companies.contracts import current as contract_of
from companies.models import Company, OwnFirm
from companies.models import Contract as Signed
from companies.queries import letterhead, own_details, party
from documents import issue as papers
from documents.kinds.act.context import ActContext
from documents.kinds.credit_note.context import CreditNoteContext
from documents.kinds.invoice.context import InvoiceContext
from documents.kinds.parts import Contract, Line, foot
from documents.models import Audience, Document
from finance.models import Invoice, InvoiceLine
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.money import Tax, TaxedAmount

total = foot
ONE = Decimal(1)


class Terms(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def due_on(self) -> date: ...
    @property
    def language(self) -> str: ...


def series(firm: OwnFirm, on: date) -> str:
    """Papers are numbered within a year; the firm's prefix and the year in front make the number one
    of its kind: 26-42.
    """
    return f"{firm.number_prefix}{on:%y}"


def invoice_paper(
    *,
    order: Order,
    lines: tuple[Line, ...],
    terms: Terms,
    firm: OwnFirm,
    by: Actor | None,
    at: datetime,
) -> Document:
    """Issue the invoice's paper; the invoice takes its number."""
    client = _client(order)
    context = InvoiceContext(
        buyer=party(client, order.currency),
        lines=lines,
        currency=order.currency,
        due_on=terms.due_on,
        order_ref=order.ref,
        contract=_contract(client, firm),
    )
    return papers.issue(
        kind="invoice",
        context=context,
        letterhead=letterhead(firm_id=firm.pk, currency=order.currency),
        issuer=firm.pk,
        subject=f"order:{order.pk}",
        company_id=client.pk,
        audience=Audience.CLIENT,
        language=terms.language,
        by=by,
        at=at,
        on=terms.on,
        series=series(firm, terms.on),
    )


def act_paper(*, invoice: Invoice, on: date, by: Actor | None, at: datetime) -> Document:
    """Issue the act on which the client accepts what the invoice is for."""
    order = invoice.order
    client = invoice.company
    firm = own_details(invoice.firm_id)
    trip = order.trips.filter(replaced_at=None).first() if order else None
    context = ActContext(
        customer=party(client, invoice.currency),
        lines=tuple(_again(line) for line in invoice.lines.all()),
        currency=invoice.currency,
        order_ref=order.ref if order else "",
        contract=_contract(client, firm),
        invoice=invoice.number,
        route=order.route if order else "",
        vehicle=trip.plate if trip else "",
        driver=trip.driver_name if trip else "",
    )
    subject = f"order:{order.pk}" if order else invoice.subject
    return papers.issue(
        kind="act",
        context=context,
        letterhead=letterhead(firm_id=firm.pk, currency=invoice.currency),
        issuer=firm.pk,
        subject=subject,
        company_id=client.pk,
        audience=Audience.CLIENT,
        language=client.language,
        by=by,
        at=at,
        on=on,
        series=series(firm, on),
    )


def credit_note_paper(
    *,
    invoice: Invoice,
    line: Line,
    reason: str,
    on: date,
    by: Actor | None,
    at: datetime,
) -> Document:
    """Issue the credit note of an invoice; the note takes its number."""
    order = invoice.order
    client = invoice.company
    firm = own_details(invoice.firm_id)
    context = CreditNoteContext(
        buyer=party(client, invoice.currency),
        lines=(line,),
        currency=invoice.currency,
        invoice=invoice.number,
        invoice_on=invoice.issued_on,
        before=invoice.payable,
        after=invoice.payable - line.amounts.gross,
        reason=reason,
        order_ref=order.ref if order else "",
        contract=_contract(client, firm),
    )
    return papers.issue(
        kind="credit_note",
        context=context,
        letterhead=letterhead(firm_id=firm.pk, currency=invoice.currency),
        issuer=firm.pk,
        subject=f"order:{order.pk}" if order else invoice.subject,
        company_id=client.pk,
        audience=Audience.CLIENT,
        language=client.language,
        by=by,
        at=at,
        on=on,
        series=series(firm, on),
    )


def single_line(text: str, amounts: TaxedAmount) -> Line:
    """One service of one unit."""
    return Line(text, ONE, "", amounts.net, amounts)


def taxes_as_kept(amounts: TaxedAmount) -> list[dict[str, str]]:
    """Taxes as rows keep them."""
    return [{name: str(value) for name, value in asdict(tax).items()} for tax in amounts.taxes]


def _client(order: Order) -> Company:
    assert order.client is not None  # an order without a client is refused before
    return order.client


def _contract(client: Company, firm: OwnFirm) -> Contract | None:
    """The contract with the firm of the invoice; a paper never names one of another firm."""
    signed = contract_of(client, Signed.Kind.CLIENT, firm.pk)
    return Contract(signed.number, signed.signed_on) if signed else None


def _again(line: InvoiceLine) -> Line:
    """A line as it was issued, taken apart as then."""
    taxes = tuple(
        Tax(tax["kind"], Decimal(tax["percent"]), Decimal(tax["amount"])) for tax in line.taxes
    )
    return Line(
        line.text,
        line.quantity,
        line.unit,
        line.price,
        TaxedAmount(line.net, taxes, line.gross),
    )
