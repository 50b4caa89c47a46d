"""Resellers: making one, and the scope that opens its schema."""

from __future__ import annotations

from uuid import UUID

from tenants.actor import ResellerInfo
from tenants.context import GATE, Scope, inside
from tenants.platform.models import Reseller

_scopes: dict[UUID, Scope] = {}


def scope_of(reseller_id: UUID) -> Scope:
    """The scope of a reseller's schema. A schema never changes hands, so the answer is kept in the
    process.
    """
    if reseller_id not in _scopes:
        with inside(GATE):
            schema = Reseller.objects.values_list("schema_name", flat=True).get(pk=reseller_id)
        _scopes[reseller_id] = Scope(role=schema, schema=schema, reseller_id=reseller_id)
    return _scopes[reseller_id]


def info_of(reseller: Reseller) -> ResellerInfo:
    return ResellerInfo(
        id=reseller.pk,
        slug=reseller.slug,
        name=reseller.name,
        schema=reseller.schema_name,
        country=reseller.country,
        currency=reseller.currency,
        language=reseller.language,
        time_zone=reseller.time_zone,
        cargo=reseller.cargo,
        cargo_first=reseller.cargo and reseller.cargo_first,
        support_email=reseller.support_email,
        support_line=reseller.support_line,
        support_whatsapp=reseller.support_whatsapp,
        support_telegram=reseller.support_telegram,
        support_phone=reseller.support_phone,
        buddhist_era=reseller.buddhist_era,
        founded_on=reseller.created_at.date(),
    )
