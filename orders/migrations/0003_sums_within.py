from decimal import Decimal

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

MOST_MONEY = Decimal("9999999999.99")
MOST_FX = Decimal("99999.999999")


class Migration(migrations.Migration):
    """Old rows are not checked: one beyond the limit must not stop the release."""

    dependencies = [
        ("orders", "0002_sort_indexes"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="order",
            constraint=models.CheckConstraint(
                name="order_sums_within",
                condition=(Q(client_price=None) | Q(client_price__lte=MOST_MONEY))
                & (Q(carrier_rate=None) | Q(carrier_rate__lte=MOST_MONEY))
                & Q(client_fx__lte=MOST_FX, carrier_fx__lte=MOST_FX),
            ),
        ),
    ]
