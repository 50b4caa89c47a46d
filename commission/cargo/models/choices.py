"""The few fixed words of the module; goods types are data (rates.GoodsType)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Transport(models.TextChoices):
    TRUCK = "truck", _("By truck")
    SHIP = "ship", _("By ship")


class CostMode(models.TextChoices):
    AUTO = "AUTO", "AUTO"
    MANUAL = "MANUAL", "MANUAL"


class CostRule(models.TextChoices):
    CBM = "CBM", "CBM"
    KG = "KG", "KG"


class Method(models.TextChoices):
    DIFF = "DIFF", "DIFF"
    ONEPCT = "ONEPCT", "ONEPCT"


class Status(models.TextChoices):
    NORMAL = "normal", _("Normal")
    AWAITING = "awaiting_rate", _("Awaiting rate")
    LOSS = "loss", _("Loss")


class ImportState(models.TextChoices):
    READING = "reading", _("Being read")
    CHOOSING = "choosing", _("Waits for a choice")
    PREVIEW = "preview", _("To be confirmed")
    CONFIRMED = "confirmed", _("Saved")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


class ImportWordKind(models.TextChoices):
    COLUMN = "column", _("Column")
    GOODS_TYPE = "goods_type", _("Goods type")
    TRANSPORT = "transport", _("Transport")


class Stage(models.TextChoices):
    """Where a lot is, in the order in which it gets there."""

    CHINA = "china", _("In the China warehouse")
    LEFT_CHINA = "left_china", _("Left China")
    CUSTOMS = "customs", _("At customs")
    THAILAND = "thailand", _("In the Thailand warehouse")
    DELIVERED = "delivered", _("Delivered")
