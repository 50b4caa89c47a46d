"""The four goods types every shop starts with. They are rows, so that a shop may add more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from commission.cargo.models import GoodsType

FOUR = ("GENERAL", "TISI", "FDA", "SPECIAL")


def ensure() -> None:
    """Make the four where there is none yet. Run again, or by two at once, it changes nothing."""
    rows = [
        GoodsType(code=code, name="", position=place) for place, code in enumerate(FOUR, start=1)
    ]
    with transaction.atomic():
        GoodsType.objects.bulk_create(rows, ignore_conflicts=True)


def goods_types() -> list[GoodsType]:
    """All goods types in the shop's order; the first look makes the four."""
    kinds = list(GoodsType.objects.order_by("position", "code"))
    if not kinds:
        ensure()
        kinds = list(GoodsType.objects.order_by("position", "code"))
    return kinds


def names() -> dict[str, str]:
    """Code → what people read. The four are said in the reader's language, as the seed says them."""
    four = {
        "GENERAL": _("General goods"),
        "TISI": _("TISI goods"),
        "FDA": _("Food and drug goods"),
        "SPECIAL": _("Special goods"),
    }
    return {kind.code: kind.name or four.get(kind.code, kind.code) for kind in goods_types()}
