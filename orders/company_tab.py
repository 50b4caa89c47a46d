"""The tab "Orders" of a company's card: the order list, narrowed to this company."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.standing import add_open_matters, line_of
from companies.tabs import Tab, add_tab
from orders import links
from orders.models import Order, Stage
from tenants.permissions import Permission

OVER = (Stage.COMPLETED, Stage.CLOSED, Stage.CANCELLED)


def _url(company: Company) -> str:
    """A client's orders by the filter, a partner's by the carrier's name."""
    if company.kind == Company.Kind.CLIENT:
        return links.orders(client=company.pk)
    return links.orders(q=company.name)


def _count(company: Company) -> int:
    if company.kind == Company.Kind.CLIENT:
        return Order.objects.filter(client=company).count()
    return Order.objects.filter(trips__partner=company, trips__replaced_at=None).count()


def _open_orders(company: Company) -> str:
    """The orders that are not over yet, in one line."""
    orders = Order.objects.exclude(stage__in=OVER).order_by("ref")
    if company.kind == Company.Kind.CLIENT:
        orders = orders.filter(client=company)
    else:
        orders = orders.filter(trips__partner=company, trips__replaced_at=None)
    return line_of(_("Orders"), orders.values_list("ref", flat=True))


def add() -> None:
    add_open_matters(_open_orders)
    add_tab(
        Tab(
            "orders",
            _("Orders"),
            Permission.ORDER_VIEW,
            order=50,
            url=_url,
            count=_count,
        )
    )
