"""Adding a goods type of the shop's own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commission.cargo.models import GoodsType
from commission.cargo.rates import defaults
from tenants.actor import Actor
from tenants.office import audit


class CodeTaken(Exception):
    """There is a goods type of this code."""


def add(*, code: str, name: str, by: Actor, at: datetime) -> GoodsType:
    """One more, at the end. Its prices are blank in every card until they are filled in. Raises
    CodeTaken.
    """
    kinds = defaults.goods_types()
    with transaction.atomic():
        if any(kind.code == code for kind in kinds):
            raise CodeTaken
        kind = GoodsType.objects.create(
            code=code,
            name=name,
            position=max(kind.position for kind in kinds) + 1,
        )
        audit.record(
            action="cargo.goods_type_add",
            subject=f"cargo_goods_type:{code}",
            title=code,
            by=by,
            at=at,
            after={"name": name},
        )
    return kind
