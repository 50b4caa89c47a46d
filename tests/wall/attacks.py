"""The statements of checks/isolation with this product's names put in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[2] / "checks" / "isolation" / "attacks.sql"
TABLES = {
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


def attacks(own: str, other: str) -> list[Attack]:
    found = []
    for part in GOLDEN.read_text().split("-- ## ")[1:]:
        head, _, body = part.partition("\n")
        title, must, *through = (piece.strip() for piece in head.split("|"))
        sql = body.strip().replace("{A}", own).replace("{B}", other)
        for name, table in TABLES.items():
            sql = sql.replace("{" + name + "}", table)
        sql = (
            sql.replace("tag", "ref")
            if "orders_order" in sql or "companies_company" in sql
            else sql
        )
        found.append(
            Attack(
                title,
                must.removeprefix("must:").strip(),
                through[0] if through else "execute()",
                sql,
            )
        )
    return found
