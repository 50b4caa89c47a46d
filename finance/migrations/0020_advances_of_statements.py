"""A line of the bank may be an advance of a client or to a carrier."""

from django.db import migrations, models
from django.db.models import PROTECT, Q

SIDES = ("payment", "payout", "client_advance", "carrier_advance")


def only(side: str) -> Q:
    return Q(**{f"{name}__isnull": name != side for name in SIDES})


class Migration(migrations.Migration):
    dependencies = [("finance", "0019_advances_to_carriers")]

    operations = [
        *(
            migrations.AddField(
                "linematch",
                name,
                models.OneToOneField(
                    f"finance.{model}", on_delete=PROTECT, null=True, related_name="bank_match"
                ),
            )
            for name, model in (
                ("client_advance", "ClientAdvance"),
                ("carrier_advance", "CarrierAdvance"),
            )
        ),
        migrations.RemoveConstraint("linematch", "line_match_of_one"),
        migrations.AddConstraint(
            "linematch",
            models.CheckConstraint(
                name="line_match_of_one",
                condition=only("payment")
                | only("payout")
                | only("client_advance")
                | only("carrier_advance"),
            ),
        ),
    ]
