from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0002_sort_indexes"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="feecharge", name="fee_charge_signs"),
        migrations.AddConstraint(
            model_name="feecharge",
            constraint=models.CheckConstraint(
                name="fee_charge_signs",
                condition=Q(kind="receipt", paid__gte=0, fee__gte=0)
                | Q(kind="true_up", paid=0, fee__lt=0)
                | Q(kind="refund", paid__lte=0),
            ),
        ),
    ]
