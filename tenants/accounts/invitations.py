"""Invitations: a link names the reseller, the company, the role and the e-mail, and works once.

Only the token's hash is kept. A reseller's role may add invitations; everything else about them
happens under `gate`, always narrowed to the reseller that asks, so that nobody reads another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction

from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.secrets import digest, fresh
from tenants.actor import ResellerInfo
from tenants.context import GATE, current_reseller_id, inside
from tenants.permissions import Role
from tenants.platform.resellers import info_of

LIFE = timedelta(days=14)


class StaleInvitation(Exception):
    """Unknown, used, withdrawn or expired: whoever holds the link is not told which."""


class KnownPerson(Exception):
    """The e-mail has a login already: its owner proves to be that person, not by a password here."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.user = user


class AlreadyMember(Exception):
    """The person belongs to this reseller already, as somebody else."""


@dataclass(frozen=True, slots=True)
class LiveInvitation:
    """A live invitation as plain values."""

    reseller: ResellerInfo
    role: Role
    company_id: UUID
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an invitation made. `is_new` tells a first login from one more membership of a
    known person.
    """

    invitation: LiveInvitation
    user: User
    membership: Membership
    is_new: bool


def issue(
    *,
    role: Role,
    company_id: UUID,
    name: str,
    email: str,
    language: str,
    at: datetime,
) -> str:
    """A token for the open reseller's company; returned once."""
    token = fresh()
    Invitation.objects.create(
        token_hash=digest(token),
        reseller_id=current_reseller_id(),
        role=role,
        company_id=company_id,
        name=name,
        email=email.strip().lower(),
        language=language,
        created_at=at,
        expires_at=at + LIFE,
    )
    return token


def revoke(*, company_id: UUID, at: datetime) -> int:
    """End the open reseller's live links to a company. Returns how many there were."""
    reseller_id = current_reseller_id()
    with inside(GATE):
        return (
            _live(at).filter(reseller_id=reseller_id, company_id=company_id).update(revoked_at=at)
        )


def ends_at(*, company_id: UUID, at: datetime) -> datetime | None:
    """Until when the open reseller's company may still come in by its link."""
    reseller_id = current_reseller_id()
    with inside(GATE):
        mine = _live(at).filter(reseller_id=reseller_id, company_id=company_id)
        return mine.order_by("-expires_at").values_list("expires_at", flat=True).first()


def look(token: str, *, at: datetime) -> LiveInvitation:
    """What a link invites to. Raises StaleInvitation."""
    with inside(GATE):
        row = _live(at).select_related("reseller").filter(token_hash=digest(token)).first()
    return _checked(row)


def take(
    token: str,
    *,
    name: str,
    password: str,
    signed_in: User | None,
    at: datetime,
) -> Taken:
    """Use the link up: a new login with this password, or one more membership of the person who is
    signed in with the invited and proven e-mail; name and password of that person stay.

    Runs in the caller's transaction. Raises StaleInvitation, KnownPerson, AlreadyMember, and
    ValidationError for a weak new password.
    """
    with inside(GATE), transaction.atomic():
        rows = _live(at).select_related("reseller").select_for_update(of=("self",))
        row = rows.filter(token_hash=digest(token)).first()
        invitation = _checked(row)
        user_here = User.objects.filter(email__iexact=invitation.email).first()
        user = user_here or _new(invitation, name, password)
        if user_here is not None:
            _refuse_member(user_here, invitation)
            if not is_proven(user_here, signed_in):
                raise KnownPerson(user_here)
        membership = _join(user, invitation)
        Invitation.objects.filter(token_hash=digest(token)).update(used_at=at)
    return Taken(invitation, user, membership, is_new=user_here is None)


def is_proven(invited: User, signed_in: User | None) -> bool:
    """Whether the invited person is the one who is signed in, and owns the e-mail."""
    is_that_person = signed_in is not None and signed_in.pk == invited.pk
    is_owner = invited.proven_at is not None and invited.is_active
    return is_that_person and is_owner and not invited.is_platform_manager


def _live(at: datetime) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(
        used_at=None,
        revoked_at=None,
        expires_at__gt=at,
        reseller__suspended_at=None,
    )


def _checked(row: Invitation | None) -> LiveInvitation:
    if row is None:
        raise StaleInvitation
    return LiveInvitation(
        info_of(row.reseller),
        Role(row.role),
        row.company_id,
        row.name,
        row.email,
        row.language,
    )


def _new(invitation: LiveInvitation, name: str, password: str) -> User:
    validate_password(password, User(email=invitation.email, name=name))
    return User.objects.create_user(
        invitation.email,
        password,
        name=name or invitation.name,
        language=invitation.language,
    )


def _refuse_member(user: User, invitation: LiveInvitation) -> None:
    if Membership.objects.filter(user=user, reseller_id=invitation.reseller.id).exists():
        raise AlreadyMember


def _join(user: User, invitation: LiveInvitation) -> Membership:
    reseller = {"reseller_id": invitation.reseller.id}
    membership = Membership.objects.create(
        user=user,
        role=invitation.role,
        company_id=invitation.company_id,
        **reseller,
    )
    return Membership.objects.select_related("user", "reseller").get(pk=membership.pk)
