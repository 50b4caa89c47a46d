"""The public look-up of a parcel: tracking number and the last four figures of the customer's
phone; stage and days only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.signing import Signer
from django.db.models.functions import Collate, Upper
from django.utils.crypto import constant_time_compare

from commission.cargo.models import Shipment, Stage
from tenants.actor import ResellerInfo
from tenants.context import GATE, inside
from tenants.kit.doors import is_of_door
from tenants.kit.edge import phones
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of

LENGTH_OF_TAIL = 4
_signer = Signer(salt="cargo-parcels", sep=".")


class UnknownShop(Exception):
    """The address names no shop."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Stages with their days; one that is not reached yet has none."""

    received_on: date
    stages: list[tuple[str, str, date | None]]  # code, words, day


def token_of(reseller: ResellerInfo) -> str:
    """The shop's part of the address, the same every time; nobody makes one up."""
    name, signature = _signer.sign(reseller.slug).rsplit(".", 1)
    return f"{name}.{signature[:20]}"


def shop_of(token: str) -> ResellerInfo:
    """Raises UnknownShop."""
    slug, _dot, signature = token.rpartition(".")
    with inside(GATE):
        reseller = Reseller.objects.filter(slug=slug, suspended_at=None, cargo=True).first()
    if reseller is None or len(signature) != 20 or not is_of_door(reseller.pk):
        raise UnknownShop
    shop = info_of(reseller)
    if not constant_time_compare(_signer.signature(shop.slug)[:20], signature):
        raise UnknownShop
    return shop


def find(*, tracking_number: str, phone_tail: str) -> Whereabouts | None:
    """The newest parcel of this number whose customer's phone ends so. Runs in the shop's scope."""
    rows = Shipment.objects.annotate(key=Collate(Upper("tracking_number"), "C")).filter(
        key=tracking_number.upper()
    )
    for row in rows.select_related("customer", "lot").order_by("-received_on"):
        tail = phones.tail(row.customer.phone)
        if len(tail) == LENGTH_OF_TAIL and tail == phone_tail:
            return _whereabouts(row)
    return None


def _whereabouts(row: Shipment) -> Whereabouts:
    if row.lot is None:
        return Whereabouts(
            row.received_on,
            [
                (
                    Stage.CHINA.value,
                    str(Stage.CHINA.label),
                    row.received_on,
                )
            ],
        )
    return Whereabouts(
        row.received_on,
        [(stage.value, str(stage.label), day) for stage, day in row.lot.reached()],
    )
