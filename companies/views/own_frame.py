"""The frame of «Моя компания»: its tabs, and the firm that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from companies import links
from companies.models import OwnFirm
from companies.queries import DEFAULT_ACCENT, own_details, own_firms
from tenants.kit.web import OfficeRequest
from tenants.permissions import Permission

OF_A_FIRM = ("details", "images", "look")  # tabs that each firm has of its own
UNDER = {"firms": "details", "regime": "details"}  # the tab of a page that has none


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A tab of «Моя компания», or a firm to look at."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class OwnFrame:
    """What all tabs of «Моя компания» show; `default_accent` is the colour where none is chosen.

    `firms` are there to choose from when there are several; `firm_id` is None while there is one.
    """

    own: OwnFirm
    may_edit: bool
    default_accent: str = DEFAULT_ACCENT
    tabs: Sequence[OwnTab] = ()
    firms: Sequence[OwnTab] = ()
    firm_id: int | None = None

    @property
    def is_several(self) -> bool:
        return self.firm_id is not None


def frame_of(request: OfficeRequest, active: str) -> OwnFrame:
    labels = {
        "details": _("Details"),
        "images": _("Logo, signature, stamp"),
        "look": _("Look of documents"),
        "contract-terms": _("Terms of contracts"),
        "terms": _("Terms with Track"),
        "support": _("Help contacts"),
        "dates": _("Dates"),
        "zone": _("Time zone and currency"),
        "domain": _("Own domain"),
    }
    firms = own_firms(with_archived=True)
    firm = firm_of(request)
    firm_id = firm.pk if len(firms) > 1 else None
    page = active if active in OF_A_FIRM else "details"
    tab = UNDER.get(active, active)
    return OwnFrame(
        own=firm,
        may_edit=request.actor.can(Permission.OWN_COMPANY_EDIT),
        tabs=[
            OwnTab(
                label,
                links.own(key, firm_id if key in OF_A_FIRM else None),
                key == tab,
            )
            for key, label in labels.items()
        ],
        firms=[
            OwnTab(one.name, links.own(page, one.pk), one.pk == firm_id)
            for one in firms
            if firm_id is not None and active in OF_A_FIRM
        ],
        firm_id=firm_id,
    )


def firm_of(request: OfficeRequest) -> OwnFirm:
    """The firm that the address names, or the main one. Raises Http404."""
    named = request.GET.get("firm")
    if named is None:
        return own_details()
    if not named.isascii() or not named.isdigit() or len(named) > 4:
        raise Http404
    firm = own_details(int(named))
    if firm._state.adding:
        raise Http404
    return firm


def posted_by_editor(request: OfficeRequest) -> QueryDict | None:
    """The form's data; a colleague who may only look gets a 403."""
    if request.method != "POST":
        return None
    if not request.actor.can(Permission.OWN_COMPANY_EDIT):
        raise PermissionDenied
    return request.POST
