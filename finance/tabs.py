"""The tab of a company's card that leads to its invoices."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from companies import firms
from companies.currency import add_hold
from companies.merging import Part, add_part
from companies.models import Company, OwnFirm
from companies.standing import add_open_matters, line_of
from companies.tabs import Tab, add_tab
from finance import links
from finance.models import Entry, Invoice
from finance.queries.client_advances import UNUSED
from finance.queries.invoices import OPEN
from tenants.kit import formats
from tenants.permissions import Permission


def _address(company: Company) -> str:
    if company.is_client:
        return links.invoices(company=company.pk)
    return links.payables(view="all", q=company.name)


def _statement(company: Company) -> str:
    return links.statement(company.pk)


def _count(company: Company) -> int:
    return (
        Invoice.objects.filter(company=company).count()
        if company.is_client
        else company.payables.count()
    )


def _open_invoices(company: Company) -> str:
    """The invoices that are not paid, in one line."""
    unpaid = Invoice.objects.filter(OPEN, company=company).order_by("number")
    return line_of(_("Invoices"), unpaid.values_list("number", flat=True))


def _open_debts(company: Company) -> str:
    """The orders whose carrier's rate is still owed, in one line."""
    debts = company.payables.filter(paid__lt=F("amount")).order_by("order__ref")
    return line_of(_("Owed to carriers"), debts.values_list("order__ref", flat=True))


def _invoices(company: Company) -> int:
    return Invoice.objects.filter(company=company).count()


def _move_invoices(source: Company, target: Company) -> None:
    """The invoice says the same: the client's name stands on it as it was printed."""
    Invoice.objects.filter(company=source).update(company=target)


def _debts(company: Company) -> int:
    return company.payables.count()


def _move_debts(
    source: Company,
    target: Company,
) -> None:
    source.payables.update(company=target)
    source.advances_paid.update(company=target)


def _advances(company: Company) -> int:
    return company.advances.count()


def _move_advances(source: Company, target: Company) -> None:
    """The money of the one pays invoices of the other from now on."""
    source.advances.update(company=target)


def _unused_advances(
    company: Company,
) -> str:
    """Money that stands on no invoice, in one line."""
    unused = company.advances.filter(UNUSED).order_by("paid_on", "pk")
    return line_of(
        _("Advances of clients"),
        [formats.money(one.left, one.currency) for one in unused],
    )


add_part(Part(_("Invoices"), _invoices, _move_invoices))
add_part(Part(_("Advances of clients"), _advances, _move_advances))
add_part(Part(_("Owed to carriers"), _debts, _move_debts))


def _open_of_firm(firm: OwnFirm) -> str:
    """The invoices of an own firm that are not paid, in one line."""
    unpaid = Invoice.objects.filter(OPEN, firm_id=firm.pk).order_by("number")
    return line_of(_("Invoices"), unpaid.values_list("number", flat=True))


def _entries() -> str:
    """Whether the ledger holds sums in the currency of the books."""
    return str(_("Entries in the ledger")) if Entry.objects.exists() else ""


add_hold(_entries)
add_open_matters(_open_invoices)
firms.add_open_matters(_open_of_firm)
add_open_matters(_open_debts)
add_open_matters(_unused_advances)
add_tab(
    Tab(
        "finance",
        _("Finance"),
        Permission.FINANCE_VIEW,
        order=70,
        url=_address,
        count=_count,
    )
)
add_tab(
    Tab(
        "statement",
        _("Statement"),
        Permission.FINANCE_VIEW,
        order=75,
        url=_statement,
    )
)
