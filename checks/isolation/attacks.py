"""Statements run inside a reseller's request that must not reach another's rows; attacks.sql holds
them with its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import DatabaseError, connection, transaction

from checks.isolation.words import WORD
from companies.models import Company
from tenants.actor import ResellerInfo
from tenants.context import inside

FILE = Path(__file__).with_name("attacks.sql")
NAMES = {
    "orders": "orders_order",
    "companies": "companies_company",
    "invoices": "finance_invoice",
    "users": "accounts_user",
    "resellers": "platform_reseller",
    "listing": "exchange_listing",
    "offers": "exchange_offer",
    "private_column": "client_price",
    "owner_role": "owner",
    "platform_role": "platform",
    "app_login": "app",
}


@dataclass(frozen=True)
class Attack:
    title: str
    must: str  # own | none | metadata at most
    through: str
    sql: str


@dataclass(frozen=True)
class Outcome:
    """`wrong` says what came back or changed; empty when the wall held."""

    title: str
    wrong: str


def attacks(own: str, other: str) -> list[Attack]:
    """The statements with this product's names and two schemas put in."""
    statements = []
    for part in FILE.read_text().split("-- ## ")[1:]:
        head, _, body = part.partition("\n")
        title, must, *through = (piece.strip() for piece in head.split("|"))
        sql = body.strip().replace("{A}", own).replace("{B}", other)
        for name, table in NAMES.items():
            sql = sql.replace("{" + name + "}", table)
        sql = (
            sql.replace("tag", "ref")
            if "orders_order" in sql or "companies_company" in sql
            else sql
        )
        statements.append(
            Attack(
                title,
                must.removeprefix("must:").strip(),
                through[0] if through else "execute()",
                sql,
            )
        )
    return statements


def try_all(
    own: ResellerInfo,
    other: ResellerInfo,
) -> list[Outcome]:
    return [_try(attack, own, other) for attack in attacks(own.schema, other.schema)]


def _try(attack: Attack, own: ResellerInfo, other: ResellerInfo) -> Outcome:
    before = _rows(other)
    with inside(own.scope):
        answer = _run(attack)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_schema()")
            stands = cursor.fetchone()
    if stands != (own.schema, own.schema):
        return Outcome(
            attack.title,
            f"afterwards the connection stands in {stands}",
        )
    if _rows(other) != before:
        return Outcome(attack.title, "rows of the other reseller have changed")
    if attack.must == "own":
        return Outcome(attack.title, "" if answer else "the own rows did not come")
    return Outcome(
        attack.title,
        _came_back(answer, other) if attack.must == "none" else "",
    )


def _came_back(answer: list[object], other: ResellerInfo) -> str:
    """A word of the other reseller, one of its orders, or a password."""
    text = repr(answer)
    others = [
        match.group(0) for match in WORD.finditer(text) if match.group(1).lower() == other.slug
    ]
    return (
        f"came back: {text[:100]}"
        if others or "argon2" in text or any(row[0] in text for row in _rows(other))
        else ""
    )


def _rows(reseller: ResellerInfo) -> list[tuple[str, str, str]]:
    with inside(reseller.scope):
        return sorted(Company.objects.values_list("ref", "name", "status"))


def _run(attack: Attack) -> list[object]:
    """Sent the way the file says; nothing when it was refused."""
    try:
        with transaction.atomic():
            return _send(attack)
    except (DatabaseError, psycopg.Error):
        return []


def _send(attack: Attack) -> list[object]:
    if attack.through.startswith("as extra"):
        return list(Company.objects.extra(where=[attack.sql]).iterator())  # noqa: S610
    with connection.cursor() as cursor:
        raw = cursor.cursor
        if attack.through.startswith("through copy"):
            with raw.copy(attack.sql) as copy:
                return list(copy.rows())
        if attack.through.startswith("through executemany"):
            raw.executemany(attack.sql, [("1",)], returning=True)
        elif attack.through.startswith("through stream"):
            return list(raw.stream(attack.sql))
        elif "%s" in attack.sql:
            cursor.execute(attack.sql, ["1"])
        else:
            raw.execute(attack.sql.replace("%", "%%"))
        return list(raw.fetchall()) if raw.description else []
