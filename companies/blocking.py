"""Blocking a company: it gets no new orders, what is under way goes on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies import trail
from companies.models import Company
from tenants.actor import Actor
from tenants.kit.problems import Barred


class CannotBlock(Exception):
    """It is blocked already, or not blocked when it should be let go; the reason is missing."""


def block(*, company: Company, reason: str, by: Actor, at: datetime) -> Company:
    """From now on nobody enters an order for this client or gives one to this partner. The company
    is not told the reason. Raises CannotBlock.
    """
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if row.is_blocked or not reason.strip():
            raise CannotBlock
        row.blocked_at = at
        row.blocked_by = by.member_id
        row.block_reason = reason.strip()
        _save(row, "company.block", by, at, after={"block_reason": row.block_reason})
    return row


def unblock(*, company: Company, by: Actor, at: datetime) -> Company:
    """Orders may be entered again. Raises CannotBlock."""
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if not row.is_blocked:
            raise CannotBlock
        before = {"block_reason": row.block_reason}
        row.blocked_at = None
        row.blocked_by = None
        row.block_reason = ""
        _save(row, "company.unblock", by, at, before=before)
    return row


def why_blocked(company_id: UUID | None) -> str:
    """Why the office may not order with this company; empty when it may."""
    row = Company.objects.filter(pk=company_id, blocked_at__isnull=False).first()
    if row is None:
        return ""
    return _("%(company)s is blocked: %(reason)s") % {
        "company": row.name,
        "reason": row.block_reason,
    }


def refuse_new_orders(actor: Actor) -> None:
    """Refuse a request or an offer of a blocked company's person, without the office's reason.
    Raises Barred.
    """
    if actor.company_id is not None and why_blocked(actor.company_id):
        raise Barred(_("New orders with your company are stopped. Please speak to your manager."))


def _save(
    row: Company,
    action: str,
    by: Actor,
    at: datetime,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    row.save(update_fields=["blocked_at", "blocked_by", "block_reason"])
    trail.write(
        action,
        row,
        by,
        at,
        before=before,
        after=after,
    )
