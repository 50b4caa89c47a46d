"""The public look-up of a parcel."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commission.cargo.forms.months import ParcelForm
from commission.cargo.shipments import parcels
from commission.cargo.shipments.parcels import Whereabouts
from tenants.context import inside
from tenants.kit import formats
from tenants.kit.contacts import Contact, contacts_of
from tenants.kit.limits import address_block, address_of, allowed, slow_down
from tenants.kit.web import page, posted, public

SLOW_FROM = 30  # look-ups a minute from one address
TRIES_OF_A_PARCEL = 10  # a minute from one network


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop as the frame of a public page shows it."""

    name: str
    accent: str
    contacts: tuple[Contact, ...]
    logo_url: str | None


@dataclass(frozen=True, slots=True)
class ParcelPage:
    """The public look-up, and what it came to."""

    form: ParcelForm
    whereabouts: Whereabouts | None
    shop: Shop


@require_http_methods(["GET", "POST"])
@public(
    "a shop's customers look their parcels up without a login; tracking number and phone are both asked"
)
def parcel_find(request: HttpRequest, token: str) -> HttpResponse:
    """Stage and days only, and one answer whatever was wrong."""
    try:
        shop = parcels.shop_of(token)
    except parcels.UnknownShop as unknown:
        raise Http404 from unknown
    form = ParcelForm(posted(request))
    whereabouts = None
    status = 200
    if form.is_valid():
        if _may_try(request, form.cleaned_data["tracking_number"]):
            with inside(shop.scope):
                whereabouts = parcels.find(**form.cleaned_data)
            if whereabouts is None:
                form.add_error(None, _("No parcel fits this number and phone."))
        else:
            form.add_error(None, _("Too many tries. Wait a minute."))
            status = 429
    if status == 200 and form.errors:
        status = 422
    context = ParcelPage(
        form=form,
        whereabouts=whereabouts,
        shop=Shop(shop.name, accent="", contacts=contacts_of(**shop.support), logo_url=None),
    )
    with formats.era(buddhist=shop.buddhist_era):
        return page(request, "cargo/parcel.html", context, status=status)


def _may_try(request: HttpRequest, number: str) -> bool:
    """Ten tries a minute of one parcel from one network; an address that asks for many is slowed."""
    address = address_of(request)
    slow_down(f"parcel:{address}", limit=SLOW_FROM, seconds=60)
    of_network = f"parcel:{number.lower()}:{address_block(address)}"
    return allowed(of_network, limit=TRIES_OF_A_PARCEL, seconds=60)
