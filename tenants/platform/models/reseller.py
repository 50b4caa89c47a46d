"""The platform's resellers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django_tenants.models import DomainMixin, TenantMixin

COUNTRIES = {  # country: (currency, language, time zone)
    "KG": ("KGS", "ru", "Asia/Bishkek"),
    "TH": ("THB", "th", "Asia/Bangkok"),
    "RU": ("RUB", "ru", "Europe/Moscow"),
    "KZ": ("KZT", "ru", "Asia/Almaty"),
}


class Reseller(TenantMixin):
    """A sub-forwarder with a cabinet and a schema of its own; `schema_name` is opaque and never
    typed.
    """

    auto_create_schema = auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid4)
    slug = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, choices=[(code, code) for code in COUNTRIES])
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=40)
    cargo = models.BooleanField(default=False)  # Commission Cargo is switched on
    # its main business: the head lands there, its menu stands first
    cargo_first = models.BooleanField(default=False, db_default=False)
    support_email = models.EmailField(blank=True, default="")
    support_line = models.CharField(max_length=60, blank=True, default="")  # the name in LINE
    support_whatsapp = models.CharField(max_length=60, blank=True, default="", db_default="")
    support_telegram = models.CharField(max_length=60, blank=True, default="", db_default="")
    support_phone = models.CharField(max_length=60, blank=True, default="", db_default="")
    buddhist_era = models.BooleanField(
        default=False, db_default=False
    )  # Thai pages say 2569, not 2026
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("slug"), name="reseller_slug")]

    def __str__(self) -> str:
        return self.name

    def save(
        self,
        *,
        force_insert: bool = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Past django-tenants' own save, which would create schemas: they come from the pool of
        spares.
        """
        models.Model.save(
            self,
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=update_fields,
        )


class Domain(DomainMixin):
    """A reseller's own address; it pins who may log in there and shows the brand, it grants
    nothing.
    """

    def __str__(self) -> str:
        return str(self.domain)
