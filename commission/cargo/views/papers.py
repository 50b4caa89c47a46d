"""Papers of the module: labels, and ใบวางบิล of a customer's period."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo import links
from commission.cargo.forms.months import BillForm
from commission.cargo.models import Bill, Customer
from commission.cargo.queries import shipments_for
from commission.cargo.reports import papers
from commission.cargo.shipments import billing as billing_act
from tenants.kit import clock, months
from tenants.kit.shown import FIELD
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

LABELLED_BY = (("shipment", "pk"), ("lot", "lot"), ("batch", "batch"))


@dataclass(frozen=True, slots=True)
class BillingPage:
    """The form, and the question about parcels that stand on earlier bills."""

    form: BillForm
    question: str = ""
    shown: str = ""


@require_GET
@needs(Permission.CARGO_ENTER)
def labels(request: OfficeRequest) -> HttpResponse:
    """Labels of one shipment, of a lot, or of an import: of all its parcels."""
    rows = (
        shipments_for(request.actor).select_related("customer", "lot").order_by("tracking_number")
    )
    for name, field in LABELLED_BY:
        if row_id := request.GET.get(name):
            try:
                labelled = rows.filter(**{field: UUID(row_id)})
            except ValueError as wrong:
                raise Http404 from wrong
            count = labelled.count()
            if count > papers.MOST_LABELS:
                messages.error(request, too_many_labels())
                return go(request, links.shipments())
            if count:
                return papers.labels(labelled, reseller=request.reseller)
    raise Http404


def too_many_labels() -> str:
    return _("At most %(count)s labels are made at once: choose fewer parcels.") % {
        "count": f"{papers.MOST_LABELS:,}"
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_REPORT)
def billing(request: OfficeRequest) -> HttpResponse:
    """ใบวางบิล: a customer's period as a paper at an address of its own."""
    today = months.today_of(request)
    form = BillForm(
        posted(request),
        initial={
            "first": today.replace(day=1),
            "last": today,
            "customer_code": request.GET.get("customer", ""),
        },
    )
    question = ""
    shown = ""
    if form.is_valid():
        try:
            bill = _make(request, form)
        except billing_act.BilledAlready as asks:
            question = _question(asks)
            shown = asks.shown
        except billing_act.NothingToBill:
            form.add_error(
                "customer_code",
                _("There is no shipment of this customer in the period."),
            )
        except billing_act.TooMany:
            form.add_error("last", _too_many_parcels())
        else:
            return go(request, reverse("cargo:bill-paper", args=[bill.number]))
    status = 422 if form.is_bound else 200
    return page(request, "cargo/billing.html", BillingPage(form, question, shown), status=status)


def _make(request: OfficeRequest, form: BillForm) -> Bill:
    """Raises NothingToBill, TooMany, BilledAlready."""
    values = form.cleaned_data
    customer = Customer.objects.filter(code__iexact=values["customer_code"]).first()
    if customer is None:
        raise billing_act.NothingToBill
    return billing_act.make(
        parcels=shipments_for(request.actor),
        customer=customer,
        first=values["first"],
        last=values["last"],
        billed=values["billed"],
        shown=request.POST.get(FIELD, ""),
        by=request.actor,
        at=clock.now(),
    )


def _question(asks: billing_act.BilledAlready) -> str:
    text = ngettext(
        "%(count)s parcel of the period stands on a bill already",
        "%(count)s parcels of the period stand on bills already",
        asks.count,
    )
    counted = text % {"count": f"{asks.count:,}"}
    numbers = ", ".join(asks.numbers)
    return f"{counted}: {numbers}."


def _too_many_parcels() -> str:
    return _("A bill has at most %(count)s parcels: choose a shorter period.") % {
        "count": f"{billing_act.MOST:,}"
    }


@require_GET
@needs(Permission.CARGO_REPORT)
def bill_paper(request: OfficeRequest, number: str) -> HttpResponse:
    """The paper of a bill; a long one is made by the worker. Raises LongWork."""
    bill = Bill.objects.select_related("customer").filter(number=number).first()
    if bill is None:
        raise Http404
    parcels = shipments_for(request.actor)
    try:
        return papers.bill(bill, parcels=parcels, reseller=request.reseller)
    except papers.BillIsOld:
        messages.error(request, _("Parcels of this bill were changed since: make it anew."))
        return go(request, reverse("cargo:billing"))
