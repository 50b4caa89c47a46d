"""The tab "Orders" of a company's card: the order list, narrowed to this company."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from companies.currency import add_hold
from companies.merging import Part, add_part
from companies.models import Company
from companies.standing import add_open_matters, line_of
from companies.tabs import Tab, add_tab
from orders import links
from orders.models import Order, Stage, Trip
from tenants.permissions import Permission

OVER = (Stage.COMPLETED, Stage.CLOSED, Stage.CANCELLED)


def _url(company: Company) -> str:
    """A client's orders by the filter, a partner's by the carrier's name."""
    if company.is_client:
        return links.orders(client=company.pk)
    return links.orders(q=company.name)


def _count(company: Company) -> int:
    if company.is_client:
        return Order.objects.filter(client=company).count()
    return Order.objects.filter(trips__partner=company, trips__replaced_at=None).count()


def _open_orders(company: Company) -> str:
    """The orders that are not over yet, in one line."""
    orders = Order.objects.exclude(stage__in=OVER).order_by("ref")
    if company.is_client:
        orders = orders.filter(client=company)
    else:
        orders = orders.filter(trips__partner=company, trips__replaced_at=None)
    return line_of(_("Orders"), orders.values_list("ref", flat=True))


def _client_orders(company: Company) -> int:
    return Order.objects.filter(client=company).count()


def _move_client_orders(source: Company, target: Company) -> None:
    Order.objects.filter(client=source).update(client=target)


def _partner_trips(company: Company) -> int:
    return Trip.objects.filter(partner=company).count()


def _move_partner_trips(source: Company, target: Company) -> None:
    Trip.objects.filter(partner=source).update(partner=target)


def _priced_orders() -> str:
    """Whether orders have sums that are counted in the currency of the books."""
    priced = Order.objects.exclude(client_price=None, carrier_rate=None)
    return str(_("Orders with a price")) if priced.exists() else ""


def add() -> None:
    add_part(Part(_("Orders"), _client_orders, _move_client_orders))
    add_part(Part(_("Trips"), _partner_trips, _move_partner_trips))
    add_open_matters(_open_orders)
    add_hold(_priced_orders)
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
