"""Invitations: a link names the reseller, the company, the role and the person's e-mail or phone, and
works once.

Only the token's hash is kept. A reseller's role may add invitations; everything else about them
happens under `gate`, always narrowed to the reseller that asks, so that nobody reads another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from tenants.accounts import login_names
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.secrets import digest, fresh
from tenants.actor import ResellerInfo
from tenants.context import GATE, PLATFORM, current_reseller_id, inside
from tenants.kit.doors import is_of_door
from tenants.permissions import Role
from tenants.platform.resellers import info_of

LIFE = timedelta(days=14)
CABINETS = (Role.CLIENT, Role.PARTNER)


class StaleInvitation(Exception):
    """Unknown, used, withdrawn or expired: whoever holds the link is not told which."""


class KnownPerson(Exception):
    """The person has a login already, and proves to be that person by signing in, not here."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.user = user


class AlreadyMember(Exception):
    """The person has just this place already, or works in the reseller's office."""


@dataclass(frozen=True, slots=True)
class LiveInvitation:
    """A live invitation as plain values."""

    reseller: ResellerInfo
    role: Role
    company_id: UUID
    name: str
    email: str
    phone: str
    login_name: str
    language: str
    rights: list[str] | None
    may_sign: bool
    invited_by: UUID | None

    @property
    def login(self) -> str:
        """What the person will sign in with."""
        return self.email or self.phone

    @property
    def full_login_name(self) -> str:
        """The name with the reseller's short name, as it is typed; empty when there is none."""
        return f"{self.login_name}@{self.reseller.slug}" if self.login_name else ""


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
    phone: str,
    login_name: str,
    language: str,
    at: datetime,
    rights: list[str] | None = None,
    may_sign: bool = False,
    invited_by: UUID | None = None,
) -> str:
    """A token for the open reseller's company; returned once. Who has no e-mail gets a login name."""
    token = fresh()
    reseller_id = current_reseller_id()
    if not email and not login_name:
        with inside(GATE):
            login_name = login_names.free_name(name, reseller_id)
    Invitation.objects.create(
        token_hash=digest(token),
        reseller_id=reseller_id,
        role=role,
        company_id=company_id,
        name=name,
        email=email.strip().lower(),
        phone=phone,
        login_name=login_name,
        language=language,
        rights=rights,
        may_sign=may_sign,
        invited_by=invited_by,
        created_at=at,
        expires_at=at + LIFE,
    )
    return token


def revoke(
    *,
    company_id: UUID,
    at: datetime,
    only: UUID | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> int:
    """End the open reseller's live links to a company: all of them, one, or those of one person.
    Returns how many there were.
    """
    narrowing = {"pk": only, "email": email, "phone": phone}
    known_part = {name: value for name, value in narrowing.items() if value is not None}
    mine = _of_company(company_id, at).filter(**known_part)
    with inside(GATE):
        return mine.update(revoked_at=at)


def _of_company(company_id: UUID, at: datetime) -> models.QuerySet[Invitation]:
    """The open reseller's live links to a company, to be read under `gate`."""
    return _live(at).filter(reseller_id=current_reseller_id(), company_id=company_id)


def open_links(*, company_id: UUID, at: datetime) -> list[Invitation]:
    """The people who are invited and have not come yet, the newest first."""
    mine = _of_company(company_id, at).order_by("-created_at")
    with inside(GATE):
        return list(mine)


def is_of_company(invitation_id: UUID, company_id: UUID) -> bool:
    """Whether the open reseller's company ever had this link."""
    rows = Invitation.objects.filter(
        pk=invitation_id,
        reseller_id=current_reseller_id(),
        company_id=company_id,
    )
    with inside(GATE):
        return rows.exists()


def ends_at(*, company_id: UUID, at: datetime) -> datetime | None:
    """Until when the open reseller's company may still come in by its link."""
    mine = _of_company(company_id, at)
    with inside(GATE):
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
    """Use the link up: a new login with this password, or one more place of the person who is signed
    in and whom the link names; name and password of that person stay.

    Runs in the caller's transaction. Raises StaleInvitation, KnownPerson, AlreadyMember, and
    ValidationError for a weak new password.
    """
    with inside(GATE), transaction.atomic():
        invitation = _checked(_locked(token, at))
        known_person = person_of(invitation)
        user = known_person or _new(invitation, name, password)
        if known_person is not None:
            _refuse_member(known_person, invitation)
            if not is_for(signed_in, invitation):
                raise KnownPerson(known_person)
        membership = _join(user, invitation)
        Invitation.objects.filter(token_hash=digest(token)).update(used_at=at)
    return Taken(invitation, user, membership, is_new=known_person is None)


def are_open_for(user: User, reseller_id: UUID, at: datetime) -> bool:
    """Whether this reseller has invited the person, who has not come yet. Runs under `gate`."""
    live = _live(at).filter(reseller_id=reseller_id, email__iexact=user.email)
    return bool(user.email) and live.exists()


def person_of(invitation: LiveInvitation) -> User | None:
    """Who has the login that the link names. An e-mail is one person's everywhere; a phone names a
    person within the reseller alone: nobody has proven it.
    """
    if invitation.email:
        return User.objects.filter(email__iexact=invitation.email).first()
    return phone_owner(invitation.phone, invitation.reseller.id)


def phone_owner(phone: str, reseller_id: UUID) -> User | None:
    """Who comes into this reseller's pages with the phone. Runs under `gate`."""
    standing = Membership.objects.filter(
        user=OuterRef("pk"),
        reseller_id=reseller_id,
        is_active=True,
    )
    return User.objects.filter(Exists(standing), phone=phone).first() if phone else None


def is_for(user: User | None, invitation: LiveInvitation) -> bool:
    """Whether this person, who is signed in, may accept: the link names them, and the e-mail is
    proven or the login is this reseller's own (FAULTS D2). Runs under `gate`.
    """
    invited_person = person_of(invitation)
    if user is None or invited_person is None or user.pk != invited_person.pk:
        return False
    of_reseller = Membership.objects.filter(
        user=user,
        reseller_id=invitation.reseller.id,
        is_active=True,
        awaits_proof=False,
    )
    is_trusted = invited_person.proven_at is not None or of_reseller.exists()
    return is_trusted and invited_person.is_active and not invited_person.is_platform_manager


def _locked(token: str, at: datetime) -> Invitation | None:
    """The link's row. Links that name one phone are locked together, so that two people do not come
    in with it at once.
    """
    mine = Q(token_hash=digest(token))
    row = _live(at).filter(mine).first()
    if row is None:
        return None
    if row.phone:
        mine |= Q(phone=row.phone, reseller_id=row.reseller_id)
    rows = _live(at).select_related("reseller").select_for_update(of=("self",))
    locked = {one.token_hash: one for one in rows.filter(mine).order_by("pk")}
    return locked.get(digest(token))


def _live(at: datetime) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(
        used_at=None,
        revoked_at=None,
        expires_at__gt=at,
        reseller__suspended_at=None,
    )


def _checked(row: Invitation | None) -> LiveInvitation:
    if row is None or not is_of_door(row.reseller_id):
        raise StaleInvitation
    return LiveInvitation(
        info_of(row.reseller),
        Role(row.role),
        row.company_id,
        row.name,
        row.email,
        row.phone,
        row.login_name,
        row.language,
        row.rights,
        row.may_sign,
        row.invited_by,
    )


def _new(invitation: LiveInvitation, name: str, password: str) -> User:
    """A phone that somebody of the reseller has already stays theirs."""
    validate_password(password, User(email=invitation.login, name=name))
    is_taken = phone_owner(invitation.phone, invitation.reseller.id) is not None
    return User.objects.create_user(
        invitation.email,
        password,
        name=name or invitation.name,
        language=invitation.language,
        phone="" if is_taken else invitation.phone,
    )


def _refuse_member(user: User, invitation: LiveInvitation) -> None:
    """Nobody has one place twice, and who works in the office is no client of it."""
    here = Membership.objects.filter(
        user=user,
        reseller_id=invitation.reseller.id,
        is_active=True,
    )
    is_of_office = here.exclude(role__in=CABINETS).exists()
    if is_of_office or here.filter(role=invitation.role, company_id=invitation.company_id).exists():
        raise AlreadyMember


def _join(user: User, invitation: LiveInvitation) -> Membership:
    """Who left comes back to the same place."""
    place = {
        "user": user,
        "reseller_id": invitation.reseller.id,
        "role": invitation.role,
        "company_id": invitation.company_id,
    }
    membership = Membership.objects.filter(**place).first()
    if membership is None:
        login_name = _name_for(user, invitation)
        membership = Membership.objects.create(
            **place,
            login_name=login_name,
            rights=invitation.rights,
        )
    else:
        with inside(PLATFORM):
            former = Membership.objects.filter(pk=membership.pk)
            former.update(is_active=True, rights=invitation.rights)
    return Membership.objects.select_related("user", "reseller").get(pk=membership.pk)


def _name_for(user: User, invitation: LiveInvitation) -> str:
    """The invited login name, or one like it when somebody took it meanwhile; one name a person."""
    name, reseller_id = invitation.login_name, invitation.reseller.id
    named = Membership.objects.filter(user=user, reseller_id=reseller_id).exclude(login_name="")
    if not name or named.exists():
        return ""
    is_free = login_names.is_free(name, reseller_id)
    return name if is_free else login_names.free_name(name, reseller_id)
