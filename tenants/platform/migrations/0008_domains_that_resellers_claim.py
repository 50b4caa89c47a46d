"""Two resellers may claim one host; `platform_domain` holds those that were proven, each once."""

from __future__ import annotations

from django.db import migrations, models

OUTCOMES = [
    ("proven", "Proven"),
    ("absent", "The record is not there yet"),
    ("other", "The record has another value"),
    ("elsewhere", "The host leads elsewhere"),
    ("away", "The name server does not answer"),
    ("taken", "In use already"),
]


class Migration(migrations.Migration):
    dependencies = [("platform", "0007_the_platform_as_a_firm")]
    operations = [
        migrations.CreateModel(
            name="DomainClaim",
            fields=[
                (
                    "reseller",
                    models.OneToOneField(
                        on_delete=models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="platform.reseller",
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
                ("token", models.CharField(max_length=64)),
                ("claimed_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, choices=OUTCOMES, max_length=12)),
                ("seen", models.CharField(blank=True, max_length=200)),
                ("missing_since", models.DateTimeField(null=True)),
            ],
        ),
    ]
