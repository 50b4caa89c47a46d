"""Client and partner on one card: a firm that orders transport and carries, too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companies import trail
from companies.invites import enter_pool
from companies.models import Company
from tenants.actor import Actor


def make_both(*, company: Company, by: Actor, at: datetime) -> Company:
    """A client becomes a partner as well, or a partner a client; a new partner joins the pool of
    carriers. Who is both already stays so.
    """
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if row.kind == Company.Kind.BOTH:
            return row
        before = {"kind": row.kind}
        row.kind = Company.Kind.BOTH
        row.save(update_fields=["kind"])
        enter_pool(company=row, by=by, at=at)
        trail.write(
            "company.both",
            row,
            by,
            at,
            before=before,
            after={"kind": row.kind},
        )
    return row
