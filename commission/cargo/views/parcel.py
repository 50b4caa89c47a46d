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
from tenants.kit.limits import address_of, allowed
from tenants.kit.web import page, posted, public


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop as the frame of a public page shows it."""

    name: str
    accent: str
    support: str
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
    """Stage and days only; ten tries a minute for an address, and one answer whatever was wrong."""
    try:
        shop = parcels.shop_of(token)
    except parcels.UnknownShop as unknown:
        raise Http404 from unknown
    form = ParcelForm(posted(request))
    whereabouts = None
    status = 200
    if form.is_valid():
        if not allowed(f"parcel:{address_of(request)}", limit=10, seconds=60):
            form.add_error(None, _("Too many tries. Wait a minute."))
            status = 429
        else:
            with inside(shop.scope):
                whereabouts = parcels.find(**form.cleaned_data)
            if whereabouts is None:
                form.add_error(None, _("No parcel fits this number and phone."))
    if status == 200 and form.errors:
        status = 422
    context = ParcelPage(
        form=form,
        whereabouts=whereabouts,
        shop=Shop(shop.name, accent="", support=shop.support_email, logo_url=None),
    )
    with formats.era(buddhist=shop.buddhist_era):
        return page(request, "cargo/parcel.html", context, status=status)
