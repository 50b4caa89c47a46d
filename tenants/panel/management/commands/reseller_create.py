from __future__ import annotations

from django.conf import settings
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
)
from django.urls import reverse
from django.utils import timezone

from tenants.kit import clock
from tenants.kit.public_url import public_url
from tenants.panel import resellers
from tenants.platform import provisioning
from tenants.platform.models.reseller import COUNTRIES


class Command(BaseCommand):
    help = "Makes a reseller and its head's login; prints the one-time password."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--country", choices=sorted(COUNTRIES), default="KG")
        parser.add_argument("--cargo", action="store_true")

    def handle(
        self,
        *args: object,
        slug: str,
        name: str,
        email: str,
        country: str,
        cargo: bool,
        **options: object,
    ) -> None:
        if "owner" in settings.DATABASES:
            provisioning.refill(spares=1, at=timezone.now())
        try:
            created = resellers.create(
                slug=slug,
                name=name,
                email=email,
                country=country,
                cargo=cargo,
                cargo_first=cargo,
                at=clock.now(),
            )
        except provisioning.NoSpare as problem:
            raise CommandError(
                "no spare schema is ready; start the provisioner and try again"
            ) from problem
        except resellers.SlugTaken as problem:
            raise CommandError(f"the short name {slug} is taken") from problem
        password = created.password or "(keeps the password they have)"
        self.stdout.write(f"{public_url(reverse(settings.LOGIN_URL))}  {email}  {password}")
