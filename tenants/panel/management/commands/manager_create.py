from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from tenants.accounts.memberships import one_time_password
from tenants.accounts.models import User
from tenants.context import PLATFORM, inside
from tenants.kit.public_url import public_url


class Command(BaseCommand):
    help = (
        "Makes a platform manager, the first of an installation too; prints the one-time password."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES])

    def handle(
        self,
        *args: object,
        email: str,
        name: str,
        language: str | None,
        **options: object,
    ) -> None:
        """The first sign-in asks for a password of one's own and for a second step."""
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email} is no e-mail address") from problem
        password = one_time_password()
        with inside(PLATFORM), transaction.atomic():
            if User.objects.filter(email__iexact=email).exists():
                raise CommandError(f"{email} has a login already; a manager needs another e-mail")
            User.objects.create_user(
                email,
                password,
                name=name or email,
                language=language or settings.LANGUAGE_CODE,
                is_platform_manager=True,
                must_change_password=True,
            )
        self.stdout.write(f"{public_url(reverse(settings.LOGIN_URL))}  {email}  {password}")
