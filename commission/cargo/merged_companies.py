"""Cargo customers of a company that is merged with another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from commission.cargo.models import Customer
from companies.merging import Part, add_part
from companies.models import Company


def _customers(company: Company) -> int:
    return Customer.objects.filter(company=company).count()


def _move_customers(source: Company, target: Company) -> None:
    Customer.objects.filter(company=source).update(company=target)


add_part(Part(_("Cargo customers"), _customers, _move_customers))
