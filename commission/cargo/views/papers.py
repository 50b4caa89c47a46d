"""Papers of the module: labels, and ใบวางบิล of a customer's period."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo.forms.months import BillForm
from commission.cargo.models import Customer
from commission.cargo.queries import shipments_for
from commission.cargo.reports import papers
from tenants.kit import clock, months
from tenants.kit.web import OfficeRequest, needs, page, posted
from tenants.permissions import Permission

BILLED = 2000  # shipments of one bill
LABELLED_BY = (("shipment", "pk"), ("lot", "lot"), ("batch", "batch"))


@dataclass(frozen=True, slots=True)
class BillingPage:
    form: BillForm


@require_GET
@needs(Permission.CARGO_ENTER)
def labels(request: OfficeRequest) -> HttpResponse:
    """Labels of one shipment, of a lot, or of an import."""
    rows = (
        shipments_for(request.actor).select_related("customer", "lot").order_by("tracking_number")
    )
    for name, field in LABELLED_BY:
        if row_id := request.GET.get(name):
            try:
                labelled = list(rows.filter(**{field: UUID(row_id)})[: papers.MOST_LABELS])
            except ValueError as wrong:
                raise Http404 from wrong
            if labelled:
                return papers.labels(labelled, reseller=request.reseller)
    raise Http404


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_REPORT)
def billing(request: OfficeRequest) -> HttpResponse:
    """ใบวางบิล: a customer's period as a paper."""
    today = months.today_of(request)
    form = BillForm(
        posted(request),
        initial={
            "first": today.replace(day=1),
            "last": today,
            "customer_code": request.GET.get("customer", ""),
        },
    )
    if form.is_valid():
        customer = Customer.objects.filter(code__iexact=form.cleaned_data["customer_code"]).first()
        first = form.cleaned_data["first"]
        last = form.cleaned_data["last"]
        rows = shipments_for(request.actor).filter(
            customer=customer,
            received_on__gte=first,
            received_on__lte=last,
        )
        billed = list(rows.order_by("received_on", "tracking_number")[:BILLED]) if customer else []
        if customer and billed:
            return papers.bill(
                customer=customer,
                rows=billed,
                first=first,
                last=last,
                by=request.actor,
                at=clock.now(),
            )
        form.add_error(
            "customer_code",
            _("There is no shipment of this customer in the period."),
        )
    status = 422 if form.is_bound else 200
    return page(request, "cargo/billing.html", BillingPage(form), status=status)
