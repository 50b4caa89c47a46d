"""Stages and allowed steps as plain data: (from, act) -> to, who may, what must be known.

orders/lifecycle.py and orders/trips.py are the only readers that write; buttons come from the same
tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.models.choices import Stage, TripStage
from tenants.permissions import Permission

S = Stage
T = TripStage
P = Permission


class Act(StrEnum):
    REQUEST = "request"
    QUOTE = "quote"
    AGREE = "agree"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    ASSIGN = "assign"
    REPLACE = "replace"
    LOAD = "load"
    DELIVER = "deliver"
    RECTIFY = "rectify"  # a trip's stage was entered wrongly
    COMPLETE = "complete"
    CLOSE = "close"
    CANCEL = "cancel"


class Need(StrEnum):
    """What must be known before a step; the words stand in NEEDS."""

    CLIENT = "client"
    ROUTE = "route"
    CARGO = "cargo"
    PRICE = "price"
    RATE = "rate"
    AGREED = "agreed"
    REASON = "reason"


NEEDS: dict[Need, Promise] = {
    Need.CLIENT: _("Choose the client first."),
    Need.ROUTE: _("Say where the cargo is loaded and unloaded."),
    Need.CARGO: _("Say what the cargo is."),
    Need.PRICE: _("Set the client's price first."),
    Need.RATE: _("The carrier's rate is not known yet."),
    Need.AGREED: _("The client has agreed to this price already."),
    Need.REASON: _("A reason is needed."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step. `who` may take it (any one of them is enough); nobody in `who` means the
    system's own act.
    """

    to: str
    who: frozenset[Permission]
    needs: tuple[Need, ...] = ()


_OFFICE = frozenset({P.ORDER_EDIT})
_TRIP = frozenset({P.TRIP_EDIT, P.DRIVER_APP, P.PARTNER_CREW})
_FIX = frozenset({P.TRIP_EDIT})
_WHOLE = (Need.CLIENT, Need.ROUTE, Need.CARGO)

ORDER: Mapping[tuple[str, Act], Step] = {
    (S.DRAFT, Act.REQUEST): Step(S.REQUESTED, frozenset({P.CLIENT_ORDER, P.ORDER_EDIT}), _WHOLE),
    (S.DRAFT, Act.QUOTE): Step(S.QUOTED, _OFFICE, (*_WHOLE, Need.PRICE)),
    (S.REQUESTED, Act.QUOTE): Step(S.QUOTED, _OFFICE, (*_WHOLE, Need.PRICE)),
    (S.QUOTED, Act.AGREE): Step(
        S.QUOTED,
        frozenset({P.CLIENT_AGREE, P.ORDER_EDIT}),
        (Need.AGREED,),
    ),
    **{
        (stage, Act.AGREE): Step(
            stage,
            frozenset({P.CLIENT_AGREE, P.ORDER_EDIT}),
            (Need.AGREED,),
        )
        for stage in (S.PUBLISHED, S.ASSIGNED, S.IN_TRANSIT, S.DELIVERED)
    },
    (S.DRAFT, Act.PUBLISH): Step(S.PUBLISHED, _OFFICE, _WHOLE),
    (S.REQUESTED, Act.PUBLISH): Step(S.PUBLISHED, _OFFICE, _WHOLE),
    (S.QUOTED, Act.PUBLISH): Step(S.PUBLISHED, _OFFICE, _WHOLE),
    (S.PUBLISHED, Act.UNPUBLISH): Step(S.DRAFT, _OFFICE),
    (S.DRAFT, Act.ASSIGN): Step(S.ASSIGNED, _OFFICE, (*_WHOLE, Need.RATE)),
    (S.REQUESTED, Act.ASSIGN): Step(S.ASSIGNED, _OFFICE, (*_WHOLE, Need.RATE)),
    (S.QUOTED, Act.ASSIGN): Step(S.ASSIGNED, _OFFICE, (*_WHOLE, Need.RATE)),
    (S.PUBLISHED, Act.ASSIGN): Step(S.ASSIGNED, _OFFICE, (*_WHOLE, Need.RATE)),
    (S.ASSIGNED, Act.REPLACE): Step(S.ASSIGNED, _OFFICE, (Need.RATE, Need.REASON)),
    (S.IN_TRANSIT, Act.REPLACE): Step(S.ASSIGNED, _OFFICE, (Need.RATE, Need.REASON)),
    (S.ASSIGNED, Act.LOAD): Step(S.IN_TRANSIT, _TRIP),
    (S.IN_TRANSIT, Act.DELIVER): Step(S.DELIVERED, _TRIP),
    (S.IN_TRANSIT, Act.RECTIFY): Step(S.ASSIGNED, _FIX, (Need.REASON,)),
    (S.DELIVERED, Act.RECTIFY): Step(S.IN_TRANSIT, _FIX, (Need.REASON,)),
    (S.DELIVERED, Act.COMPLETE): Step(S.COMPLETED, _OFFICE, (Need.CLIENT, Need.PRICE, Need.RATE)),
    (S.COMPLETED, Act.CLOSE): Step(S.CLOSED, frozenset({P.ORDER_EDIT, P.FINANCE_EDIT})),
    **{
        (stage, Act.CANCEL): Step(S.CANCELLED, _OFFICE, (Need.REASON,))
        for stage in (
            S.DRAFT,
            S.REQUESTED,
            S.QUOTED,
            S.PUBLISHED,
            S.ASSIGNED,
            S.IN_TRANSIT,
            S.DELIVERED,
        )
    },
}

# A trip goes forward one step at a time; the border is passed or not. A dispatcher may put a wrong
# entry right.
TRIP: Mapping[str, tuple[str, ...]] = {
    T.ASSIGNED: (T.TO_LOADING,),
    T.TO_LOADING: (T.AT_LOADING,),
    T.AT_LOADING: (T.LOADED,),
    T.LOADED: (T.IN_TRANSIT,),
    T.IN_TRANSIT: (T.BORDER, T.AT_UNLOADING),
    T.BORDER: (T.AT_UNLOADING,),
    T.AT_UNLOADING: (T.UNLOADED,),
    T.UNLOADED: (T.PAPERS_IN,),
    T.PAPERS_IN: (),
}

# What a trip's stage makes of the order.
ORDER_AT: Mapping[str, str] = {
    T.ASSIGNED: S.ASSIGNED,
    T.TO_LOADING: S.ASSIGNED,
    T.AT_LOADING: S.ASSIGNED,
    T.LOADED: S.IN_TRANSIT,
    T.IN_TRANSIT: S.IN_TRANSIT,
    T.BORDER: S.IN_TRANSIT,
    T.AT_UNLOADING: S.IN_TRANSIT,
    T.UNLOADED: S.DELIVERED,
    T.PAPERS_IN: S.DELIVERED,
}

EDITABLE = frozenset(
    {
        S.DRAFT,
        S.REQUESTED,
        S.QUOTED,
        S.PUBLISHED,
        S.ASSIGNED,
        S.IN_TRANSIT,
        S.DELIVERED,
    }
)
DRIVING = (S.ASSIGNED, S.IN_TRANSIT)

ACT_WORDS: dict[str, Promise] = {
    "create": _("Order created"),
    "edit": _("Changed"),
    "hand_over": _("Handed over"),
    "incident": _("Incident"),
    "offer": _("Offer"),
    "crew": _("Driver and vehicle"),
    Act.REQUEST: _("Request received"),
    Act.QUOTE: _("Quote"),
    Act.AGREE: _("Client agreed"),
    Act.PUBLISH: _("Publish on the exchange"),
    Act.UNPUBLISH: _("Take off the exchange"),
    Act.ASSIGN: _("Assign a carrier"),
    Act.REPLACE: _("Replace the carrier"),
    Act.LOAD: _("Loaded"),
    Act.DELIVER: _("Delivered"),
    Act.RECTIFY: _("Correct the stage"),
    Act.COMPLETE: _("Complete"),
    Act.CLOSE: _("Close"),
    Act.CANCEL: _("Cancel"),
}
