"""How the refusals of orders, bargaining and trips are answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orders.acceptance import PriceChanged
from orders.crew_booking import Overlap
from orders.errors import (
    AlreadyThere,
    BadValue,
    Forbidden,
    Missing,
    Refused,
    Stale,
)
from orders.market import NotSigned
from tenants.drivers.positions import BadBatch
from tenants.exchange.refusals import ExchangeRefused, NotFound
from tenants.kit.api import ApiView, refusal
from tenants.kit.problems import Problem

NAMED_BY_CALLS = {"happened_at": "at"}  # fields that a call names otherwise than the act


def _bad_value(refused: BadValue) -> Problem:
    text = str(refused)
    field = NAMED_BY_CALLS.get(refused.field, refused.field)
    return Problem(422, "invalid", text, {field: [text]})


def _missing(refused: Missing) -> Problem:
    text = str(refused)
    return Problem(409, "missing", text, {need: [text] for need in refused.needs})


def _overlap(refused: Overlap) -> Problem:
    text = str(refused)
    return Problem(
        409,
        "overlap",
        text,
        {"together": [text]} if refused.together else {},
        question=refused.question,
    )


def _price_changed(refused: PriceChanged) -> Problem:
    text = str(refused)
    return Problem(409, "price_changed", text, {"price": [text]})


class OrdersView(ApiView):
    """A call about orders, bargaining or trips."""

    refusals = {
        BadValue: _bad_value,
        Missing: _missing,
        Overlap: _overlap,
        BadBatch: lambda refused: Problem(422, "invalid", _("These positions cannot be.")),
        NotFound: lambda refused: Problem(404, "not_found", _("There is no such thing here.")),
        ExchangeRefused: lambda refused: Problem(409, refused.code, str(refused)),
        AlreadyThere: refusal(409, "already_there"),
        Forbidden: refusal(403, "forbidden"),
        Stale: refusal(409, "stale"),
        PriceChanged: _price_changed,
        NotSigned: refusal(409, "platform_contract_not_signed"),
        Refused: refusal(409, "not_possible"),
    }
