"""Акт сверки: the statement of a company as a paper that both sides sign."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companies.contracts import current as contract_of
from companies.models import Company, OwnFirm
from companies.models import Contract as Signed
from companies.queries import letterhead, own_details, party
from documents import issue as papers
from documents.kinds.codec import MOST_ROWS, to_json
from documents.kinds.parts import Contract
from documents.kinds.reconciliation.context import (
    ReconciliationContext,
    ReconciliationRow,
    ReconciliationSheet,
    RowKind,
)
from documents.models import Audience, Document
from finance.papers import series
from finance.queries.company_statement import (
    CompanyStatement,
    CurrencyStatement,
    company_statement,
)
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.office.current import current_reseller

KIND = "reconciliation"
# Of a company on both sides the office alone sees it: a person of the one side may not see sums of
# the other.
AUDIENCES = {
    Company.Kind.CLIENT: Audience.CLIENT,
    Company.Kind.PARTNER: Audience.PARTNER,
    Company.Kind.BOTH: Audience.OFFICE,
}


class CannotReconcile(Exception):
    """There is nothing to reconcile, or more than a paper holds; the text says which."""


@transaction.atomic
def issue(
    *,
    company: Company,
    first: date,
    last: date,
    by: Actor | None,
    at: datetime,
) -> Document:
    """Issue the act under the main firm's letterhead, in the company's language. The same act asked
    for twice on a day is one paper. Raises CannotReconcile.
    """
    row = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    firm = own_details()
    context = _context(company_statement(row, first=first, last=last), firm)
    on = day_of(at, current_reseller(by).zone)
    if earlier := _same(row, context, on):
        return earlier
    return papers.issue(
        kind=KIND,
        context=context,
        letterhead=letterhead(firm_id=firm.pk),
        issuer=firm.pk,
        subject=row.subject,
        company_id=row.pk,
        audience=AUDIENCES[Company.Kind(row.kind)],
        language=row.language,
        by=by,
        at=at,
        on=on,
        series=series(firm, on),
    )


def _context(statement: CompanyStatement, firm: OwnFirm) -> ReconciliationContext:
    """The statement as the paper says it: each side's own currency, without what it is worth at
    home. Raises CannotReconcile.
    """
    sheets = [_sheet(part) for part in statement.currencies]
    if not sheets:
        raise CannotReconcile(_("Nothing was booked with this company until that day."))
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        text = _("A paper holds %(most)s rows. Choose a shorter period.")
        raise CannotReconcile(text % {"most": MOST_ROWS})
    company = statement.company
    kind = Signed.Kind.CLIENT if company.is_client else Signed.Kind.PARTNER
    signed = contract_of(company, kind, firm.pk)
    return ReconciliationContext(
        other=party(company),
        first=statement.first,
        last=statement.last,
        sheets=tuple(sheets),
        contract=Contract(signed.number, signed.signed_on) if signed else None,
    )


def _sheet(part: CurrencyStatement) -> ReconciliationSheet:
    rows = [
        ReconciliationRow(
            row.on,
            RowKind(row.kind.value),
            row.document,
            row.debit.amount,
            row.credit.amount,
        )
        for row in part.in_currency.rows
    ]
    return ReconciliationSheet(
        part.currency,
        part.opening.amount,
        tuple(rows),
        part.closing.amount,
    )


def _same(company: Company, context: ReconciliationContext, on: date) -> Document | None:
    """A paper of the day that says the same."""
    papers_of_day = Document.objects.filter(kind=KIND, subject=company.subject, issued_on=on)
    return papers_of_day.filter(context=to_json(context)).first()
