"""What the form of a shipment shows while it is filled in: its money, and customers to choose."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from commission.cargo.forms.shipment import ShipmentForm
from commission.cargo.models import Customer, Shipment
from commission.cargo.queries import customers_for, shipment_for
from commission.cargo.queries.people import search
from commission.cargo.rates.pricing import Outcome
from commission.cargo.shipments import editing
from commission.cargo.words import status_pill
from tenants.kit.edge.text import one_line
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

PRICED_BY = (
    "received_on",
    "goods_type",
    "transport",
    "weight_kg",
    "volume_cbm",
    "price",
)
SUGGESTED = 12  # customers offered while a code is typed


@dataclass(frozen=True, slots=True)
class PricePiece:
    """What the form comes to while it is filled in, and whose parcel it is."""

    currency: str
    code: str
    customer: Customer | None
    outcome: Outcome | None
    pill: SafeString | None


@dataclass(frozen=True, slots=True)
class CustomerOptions:
    """Customers offered while a code is typed."""

    customers: list[Customer]


@require_POST
@needs(Permission.CARGO_ENTER)
def shipment_price(request: OfficeRequest) -> HttpResponse:
    """What the form comes to while it is being filled in; nothing is stored."""
    form = ShipmentForm(request.POST)
    form.is_valid()
    kept_id = request.POST.get("shipment")
    kept = shipment_for(request.actor, _id(kept_id)) if kept_id else None
    outcome = _outcome(request, form, kept)
    code = form.cleaned_data.get("customer_code") or ""
    context = PricePiece(
        currency=request.reseller.currency,
        code=code,
        customer=_customer(request, code) if code else None,
        outcome=outcome,
        pill=status_pill(outcome.status, outcome.method) if outcome else None,
    )
    return page(request, "cargo/_price.html", context)


def _outcome(request: OfficeRequest, form: ShipmentForm, kept: Shipment | None) -> Outcome | None:
    """Cost and commission; None while a value that they need is missing or wrong."""
    values = form.cleaned_data
    if "cost" in form.errors or any(values.get(name) is None for name in PRICED_BY):
        return None
    entry = editing.Entry(**({"customer_code": "", "tracking_number": ""} | values))
    used = editing.used_for(entry, request.reseller.zone, kept)
    return editing.priced(entry, used)


def _customer(request: OfficeRequest, code: str) -> Customer | None:
    customers = customers_for(request.actor).filter(code__iexact=code)
    return customers.select_related("salesperson").first()


@require_GET
@needs(Permission.CARGO_ENTER)
def customer_suggest(request: OfficeRequest) -> HttpResponse:
    """Options for the customer's code while it is typed."""
    text = one_line(request.GET.get("customer_code", "")[:30])
    customers = search(customers_for(request.actor), text)[:SUGGESTED]
    return page(
        request,
        "cargo/_customer_options.html",
        CustomerOptions(list(customers)),
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Http404 from problem
