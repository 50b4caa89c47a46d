"""The tab "Addresses" of a company's card: where it loads and unloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from companies import addresses, links
from companies.forms import AddressForm
from companies.models import Address, Company
from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from companies.waiting import Waiting, waiting_at
from tenants.kit import clock
from tenants.kit.doubts import Doubt, answers_in
from tenants.kit.geo import Point
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address and how long vehicles waited there on average."""

    address: Address
    waiting: Waiting | None

    @property
    def waited(self) -> str:
        """Hours and minutes, with the number of visits they were counted from."""
        if self.waiting is None:
            return ""
        minutes = round(self.waiting.stay.total_seconds() / 60)
        words = _("%(hours)s h %(minutes)s min, visits: %(visits)s")
        hours, rest = divmod(minutes, 60)
        return words % {"hours": hours, "minutes": rest, "visits": self.waiting.visits}


@dataclass(frozen=True, slots=True)
class AddressesTab:
    card: CompanyCard
    rows: Sequence[AddressRow]
    map: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class AddressPage:
    """The form of a new address, or of one that is there. `doubt` is a question before saving."""

    form: AddressForm
    company: Company
    address: Address | None
    doubt: Doubt | None = None


@require_GET
@needs(Permission.COMPANY_VIEW)
def company_addresses(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    mine = list(addresses.addresses_of(company.pk))
    waits = waiting_at([address.pk for address in mine])
    context = AddressesTab(
        card=card_of(request, company, "addresses"),
        rows=[AddressRow(address, waits.get(address.pk)) for address in mine],
        map=_map(mine),
    )
    return page(request, "companies/addresses.html", context)


@require_GET
@needs(Permission.COMPANY_VIEW, Permission.ORDER_VIEW)
def address_search(request: OfficeRequest) -> JsonResponse:
    """Addresses for a stop of an order; `fill` is what the stop takes over."""
    matching = addresses.addresses_called(request.GET.get("q", "")[:100])
    answer = [
        {
            "value": str(address.pk),
            "text": addresses.label(address),
            "note": ", ".join(filter(None, (address.place, address.street))),
            "fill": addresses.stop_values(address),
        }
        for address in matching
    ]
    return JsonResponse(answer, safe=False)


@needs(Permission.COMPANY_EDIT)
def address_new(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """A new address of the company."""
    company = company_for(request.actor, company_id)
    form = AddressForm(posted(request), region=company.country or request.reseller.country)
    if request.method == "POST" and form.is_valid():
        try:
            addresses.add_address(
                company=company,
                values=addresses.of_form(form.cleaned_data),
                by=request.actor,
                at=clock.now(),
                sure=_answers(request),
            )
        except Doubt as doubt:
            return _form_page(request, AddressPage(form, company, None, doubt))
        return go(request, links.addresses(company.pk))
    return _form_page(request, AddressPage(form, company, None))


@needs(Permission.COMPANY_EDIT)
def address_edit(request: OfficeRequest, company_id: UUID, address_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    address = addresses.address_for(company, address_id)
    form = AddressForm(
        posted(request),
        region=company.country or request.reseller.country,
        initial=_initial(address),
    ).of_row()
    if request.method == "POST" and form.is_valid():
        try:
            addresses.change_address(
                address=address,
                values=addresses.of_form(form.cleaned_data),
                by=request.actor,
                at=clock.now(),
                sure=_answers(request),
            )
        except Doubt as doubt:
            return _form_page(request, AddressPage(form, company, address, doubt))
        messages.success(request, _("Saved."))
        return go(request, links.addresses(company.pk))
    return _form_page(request, AddressPage(form, company, address))


@require_POST
@needs(Permission.COMPANY_EDIT)
def address_remove(request: OfficeRequest, company_id: UUID, address_id: UUID) -> HttpResponse:
    """Orders that went there keep it."""
    company = company_for(request.actor, company_id)
    address = addresses.address_for(company, address_id)
    addresses.archive_address(address=address, by=request.actor, at=clock.now())
    return go(request, links.addresses(company.pk))


def _form_page(request: OfficeRequest, context: AddressPage) -> HttpResponse:
    status = 422 if context.form.errors or context.doubt else 200
    return page(request, "companies/address.html", context, status=status)


def _answers(request: OfficeRequest) -> frozenset[str]:
    return answers_in(request.POST.get("sure", ""))


def _initial(address: Address) -> dict[str, object]:
    """An address as the values of its form."""
    return addresses.values_of(address) | {"point": _point(address)}


def _point(address: Address) -> Point | None:
    if address.lat is None or address.lon is None:
        return None
    return Point(address.lat, address.lon)


def _map(mine: Sequence[Address]) -> dict[str, object] | None:
    """The addresses that have a point, for the map above the list."""
    points = [
        {"lat": address.lat, "lon": address.lon, "label": address.name}
        for address in mine
        if address.lat is not None
    ]
    return {"points": points} if points else None
