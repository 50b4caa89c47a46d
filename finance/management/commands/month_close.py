"""Close a month of a reseller: the platform's commission, the books, or the cargo module."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
)

from commission.cargo.months import closing as cargo
from finance.close import CannotClose, close_fee_month
from finance.close_books import close_books
from tenants.actor import Actor
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.kit.calendar import NotAMonth, month_from
from tenants.permissions import Kind, Role
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of

NAME = "month_close"  # who closed it, where people look


class Command(BaseCommand):
    help = "Close a month that is over: the platform's commission, the books, or the cargo module."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("month", help="2026-03")
        what = parser.add_mutually_exclusive_group(required=True)
        for name in ("fee", "books", "cargo"):
            what.add_argument(
                f"--{name}",
                action="store_const",
                const=name,
                dest="what",
            )
        parser.add_argument(
            "--early",
            action="store_true",
            help="close commission or books of a running month; in the demo and in tests alone",
        )

    def handle(
        self,
        *args: object,
        slug: str,
        month: str,
        what: str,
        early: bool,
        **options: object,
    ) -> None:
        if early and not (settings.DEMO or settings.TESTING):
            raise CommandError(
                "--early is for the demo and for tests: a month closes when it is over"
            )
        who = self._platform_at(slug)
        assert who.reseller  # _platform_at has loaded it
        with inside(who.reseller.scope):
            result = self._close(what, month, who, clock.now(), early)
        self.stdout.write(f"{slug} {month}: {result}")

    def _platform_at(self, slug: str) -> Actor:
        with inside(PLATFORM):
            reseller = Reseller.objects.filter(slug__iexact=slug).first()
        if reseller is None:
            raise CommandError(f"no reseller {slug}")
        return Actor(
            kind=Kind.PLATFORM,
            role=Role.PLATFORM,
            name=NAME,
            reseller=info_of(reseller),
        )

    def _close(self, what: str, text: str, who: Actor, at: datetime, early: bool) -> str:
        """Close it; what it came to."""
        try:
            month = month_from(text)
            if what == "fee":
                row = close_fee_month(month=month, by=who, at=at, early=early)
                return f"{row.final_orders} orders, {row.final_rate} %"
            if what == "books":
                close_books(month=month, by=who, at=at, early=early)
                return "books closed"
            cargo.lock(month=month, by=who, at=at)
            return "cargo locked"
        except NotAMonth as wrong:
            raise CommandError(f"not a month: {text}") from wrong
        except (
            CannotClose,
            cargo.AlreadyLocked,
            cargo.NotOver,
        ) as refused:
            raise CommandError(str(refused)) from refused
