"""The tab of a company's card that leads to its invoices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.tabs import Tab, add_tab
from finance import links
from finance.models import Invoice
from tenants.permissions import Permission


def _address(company: Company) -> str:
    if company.kind == "client":
        return links.invoices(company=company.pk)
    return links.payables(view="all", q=company.name)


def _count(company: Company) -> int:
    return (
        Invoice.objects.filter(company=company).count()
        if company.kind == "client"
        else company.payables.count()
    )


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
