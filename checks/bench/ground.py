"""A reseller with many orders and a signed-in dispatcher, and the page as recorded for its floor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companies.models import Company
from orders.models import CargoLine, Order, Stop
from tenants.accounts.memberships import add_member
from tenants.accounts.models import Membership, User
from tenants.context import GATE, PLATFORM, Scope, inside
from tenants.panel import resellers
from tenants.permissions import Role
from tenants.platform import provisioning

ORDERS = 2_000
CLIENTS = 40
OWN_HOST = settings.ALLOWED_HOSTS[0]
START = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
STAGES = ("draft", "requested", "quoted", "published")
PLACES = ("Бишкек", "Ош", "Алматы", "Ташкент", "Москва", "Новосибирск")


@dataclass(frozen=True, slots=True)
class Cast:
    scope: Scope
    member_id: UUID
    cookies: str


def build() -> Cast:
    provisioning.refill(spares=1, at=timezone.now())
    created = resellers.create(
        slug="list",
        name="List",
        email="head@list.test",
        country="KG",
        cargo=False,
        at=timezone.now(),
    )
    scope = Scope(
        created.reseller.schema_name,
        created.reseller.schema_name,
        created.reseller.pk,
    )
    with inside(PLATFORM):
        user = User.objects.create_user("dispatcher@list.test", name="Dispatcher", language="ru")
        member = add_member(user=user, reseller=created.reseller, role=Role.DISPATCHER)
    with inside(scope):
        _orders(member)
    with inside(GATE):
        key = session_of(user, member)
    return Cast(scope, member.pk, f"sid={key}")


def session_of(user: User, member: Membership) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session["membership"] = str(member.pk)
    session.save()
    return str(session.session_key)


def _orders(member: Membership) -> None:
    clients = Company.objects.bulk_create(
        Company(
            ref=f"CMP-{n:04d}",
            kind="client",
            name=f"ОсОО «Клиент {n}»",
            status="active",
            country="KG",
            language="ru",
            created_at=START,
        )
        for n in range(CLIENTS)
    )
    orders = Order.objects.bulk_create(
        Order(
            ref=f"ORD-{START + timedelta(days=n % 300):%y%m%d}-{n:04d}",
            client_id=clients[n % CLIENTS].pk,
            stage=STAGES[n % 4],
            currency="KGS",
            carrier_currency="KGS",
            client_price=Decimal(50_000 + n),
            carrier_rate=Decimal(40_000 + n),
            place_from=PLACES[n % 6],
            place_to=PLACES[(n + 1) % 6],
            created_at=START + timedelta(minutes=n),
            responsible=member.pk,
            body="tent",
        )
        for n in range(ORDERS)
    )
    Stop.objects.bulk_create(
        Stop(order=order, position=at, kind=kind, place=place)
        for order in orders
        for at, (kind, place) in enumerate(
            (
                ("loading", order.place_from),
                ("unloading", order.place_to),
            )
        )
    )
    CargoLine.objects.bulk_create(
        CargoLine(
            order=order,
            position=0,
            name="Яблоки",
            weight_kg=Decimal(12_000),
        )
        for order in orders
    )


class Recorded(TypedDict):
    """A page as it was answered: its statements, and its bytes cut at every row's code."""

    page: str
    queries: list[str]
    reference: int  # which statement lists the rows
    column: int  # which of its columns is the code
    parts: list[str]
    order: list[int]
    schema: str


def record(
    cast: Cast,
    address: str,
    *,
    codes_like: str = "ORD-",
    language: str = "ru",
) -> Recorded:
    """The page, the statements it runs in the reseller's schema, and the page cut at every row's
    code.
    """
    headers = {"Cookie": cast.cookies, "Accept-Language": language}
    browser = Client(SERVER_NAME=OWN_HOST, headers=headers)
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(address).content.decode()
    queries = [query["sql"] for query in seen.captured_queries if _of_the_page(query["sql"])]
    with inside(cast.scope), connection.cursor() as cursor:
        for number, statement in enumerate(queries):
            cursor.execute(statement.replace("%", "%%"), [])
            rows = cursor.fetchall()
            column = _column_of_codes(rows, page, codes_like)
            if column is not None and len(rows) >= 50:
                codes = [str(row[column]) for row in rows]
                parts, order = _cut(page, codes)
                return Recorded(
                    page=page,
                    queries=queries,
                    reference=number,
                    column=column,
                    parts=parts,
                    order=order,
                    schema=cast.scope.schema,
                )
    raise RuntimeError("no statement of the page lists its rows")


def _of_the_page(statement: str) -> bool:
    gate = (
        "django_session",
        "accounts_",
        "platform_",
        "kit_",
        "mfa_",
        "account_",
    )
    return statement.startswith(("SELECT", "WITH")) and not any(
        f'"{table}' in statement for table in gate
    )


def _column_of_codes(
    rows: list[tuple[object, ...]],
    page: str,
    codes_like: str,
) -> int | None:
    first = rows[0] if rows else ()
    return next(
        (
            n
            for n, value in enumerate(first)
            if str(value).startswith(codes_like) and str(value) in page
        ),
        None,
    )


def _cut(page: str, codes: list[str]) -> tuple[list[str], list[int]]:
    """Parts between the codes as they stand in the page, and which code follows each part."""
    numbers = {code: number for number, code in enumerate(codes)}
    parts = []
    order = []
    at = 0
    for match in re.finditer(
        "|".join(map(re.escape, sorted(numbers, key=len, reverse=True))),
        page,
    ):
        parts.append(page[at : match.start()])
        order.append(numbers[match.group()])
        at = match.end()
    return [*parts, page[at:]], order
