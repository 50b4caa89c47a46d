"""The office's one-time link for a person who forgot the password and has no e-mail (FAULTS D2)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.accounts import access_links
from tenants.accounts.models import ApiToken, Membership, User
from tenants.actor import Actor
from tenants.context import PLATFORM, current_reseller_id, inside
from tenants.office import audit
from tenants.office.models import Member
from tenants.permissions import Role


class NotOurs(Exception):
    """The person is none of the reseller's, or belongs to others too: the password is not ours to
    reset.
    """


def make(
    *,
    member_id: UUID,
    roles: Collection[Role],
    by: Actor,
    at: datetime,
    action: str = "member.link",
) -> str:
    """A link with which the person sets a new password, for 24 hours and once. Sessions and tokens
    of the present password end at once. Raises NotOurs.
    """
    reseller_id = current_reseller_id()
    with transaction.atomic():
        with inside(PLATFORM):
            rows = Membership.objects.select_for_update(of=("self",))
            mine = rows.filter(pk=member_id, reseller_id=reseller_id, role__in=roles)
            user = end_password(mine.first())
            places = set(Membership.objects.filter(user=user).values_list("pk", flat=True))
        Member.objects.filter(pk__in=places).update(link_asked_at=None)
        audit.record(
            action=action,
            subject=f"member:{member_id}",
            title=str(user),
            by=by,
            at=at,
        )
    return access_links.make(user, is_by_mail=False)


def end_password(membership: Membership | None) -> User:
    """Nobody gets in with the present password any more. Runs under `platform`. Raises NotOurs."""
    if membership is None:
        raise NotOurs
    user = User.objects.select_for_update().get(pk=membership.user_id)
    if not access_links.belongs_to_one(user):
        raise NotOurs
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    ApiToken.objects.filter(user=user).delete()
    Membership.objects.filter(user=user).update(link_asked_at=None)
    return user
