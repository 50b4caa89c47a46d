"""Giving, resetting and ending access: what a platform manager does for a reseller's people."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenants.accounts import access_links, new_links
from tenants.accounts.letters import send_new_place
from tenants.accounts.memberships import add_member, one_time_password
from tenants.accounts.models import ApiToken, Membership, User
from tenants.actor import Actor
from tenants.context import PLATFORM, Scope, inside
from tenants.exchange.acts import leave
from tenants.kit import mail
from tenants.kit.public_url import public_url
from tenants.office import audit
from tenants.office.models import Member
from tenants.panel.resellers import Created
from tenants.permissions import Role
from tenants.platform.models import Reseller


def send_first_access(created: Created) -> None:
    """The letter to a new reseller's head: address and one-time password, or that a login they have
    opens one more cabinet.
    """
    if created.password:
        _send_password(created.email, created.password, created.reseller.language)
        return
    with inside(PLATFORM):
        user = User.objects.get(email__iexact=created.email)
    send_new_place(user, reseller=created.reseller.name)


def reset(*, user: User, by: Actor, at: datetime) -> None:
    """A new one-time password by e-mail; sessions and tokens of the old one end at once. Each
    reseller's trail says so.
    """
    password = one_time_password()
    with inside(PLATFORM), transaction.atomic():
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        ApiToken.objects.filter(user=user).delete()
        _send_password(user.email, password, user.language)
        for membership in Membership.objects.filter(user=user, is_active=True).select_related(
            "reseller", "user"
        ):
            _write_audit("member.reset", membership, by, at)


def hand_link(*, membership: Membership, by: Actor, at: datetime) -> str:
    """A one-time link for a person of an office who asked for it; the present password ends at once.
    Raises NotOurs.
    """
    with inside(PLATFORM), transaction.atomic():
        user = new_links.end_password(membership)
        _write_audit("member.link", membership, by, at)
    return access_links.make(user, is_by_mail=False)


def register_staff(
    *,
    reseller: Reseller,
    role: Role,
    name: str,
    email: str,
    by: Actor,
    at: datetime,
) -> Membership:
    """A dispatcher, accountant or head of a reseller. A new person gets a one-time password by
    mail, one who has a login a letter; an unproven login waits for the proof.
    """
    with inside(PLATFORM), transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            password = one_time_password()
            user = User.objects.create_user(
                email,
                password,
                name=name,
                language=reseller.language,
                must_change_password=True,
            )
            _send_password(email, password, reseller.language)
        else:
            send_new_place(user, reseller=reseller.name)
        membership = add_member(user=user, reseller=reseller, role=role)
        _write_audit("member.register", membership, by, at)
        return membership


def suspend(*, reseller: Reseller, by: Actor, at: datetime) -> None:
    """Nobody of this reseller gets in any more; its listings and open offers leave the exchange."""
    with inside(PLATFORM), transaction.atomic():
        rows = Reseller.objects.filter(pk=reseller.pk, suspended_at=None)
        if rows.update(suspended_at=at):
            leave(role=reseller.schema_name, at=at)
            _note_on_reseller("reseller.suspend", reseller, by, at)


def resume(*, reseller: Reseller, by: Actor, at: datetime) -> None:
    """The reseller's people get in again; what left the exchange stays away."""
    with inside(PLATFORM), transaction.atomic():
        rows = Reseller.objects.filter(pk=reseller.pk, suspended_at__isnull=False)
        if rows.update(suspended_at=None):
            _note_on_reseller("reseller.resume", reseller, by, at)


def _note_on_reseller(action: str, reseller: Reseller, by: Actor, at: datetime) -> None:
    scope = Scope(reseller.schema_name, reseller.schema_name, reseller.pk)
    with inside(scope):
        audit.record(
            action=action,
            subject=f"reseller:{reseller.pk}",
            title=reseller.name,
            by=by,
            at=at,
        )


def set_active(*, membership: Membership, active: bool, by: Actor, at: datetime) -> None:
    """Switch a membership on or off, here and in the reseller's schema."""
    with inside(PLATFORM), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(is_active=active)
        with inside(_scope_of(membership)):
            Member.objects.filter(pk=membership.pk).update(is_active=active)
        _write_audit(
            "member.unblock" if active else "member.block",
            membership,
            by,
            at,
        )


def _scope_of(membership: Membership) -> Scope:
    schema = membership.reseller.schema_name
    return Scope(schema, schema, membership.reseller_id)


def _write_audit(action: str, membership: Membership, by: Actor, at: datetime) -> None:
    """What the platform does to a reseller's people stands in the reseller's own trail."""
    # people are the platform's to read
    whom = str(membership.user)
    where = _scope_of(membership)
    with inside(where):
        audit.record(
            action=action,
            subject=f"member:{membership.pk}",
            title=whom,
            by=by,
            at=at,
        )


def _send_password(email: str, password: str, language: str) -> None:
    with inside(PLATFORM), translation.override(language):
        text = _(
            "Hello!\n\nYour cabinet is ready: %(address)s\nLogin: %(email)s\nOne-time password: %(password)s\n\n"
            "You will be asked to choose a password of your own at the first sign-in."
        ) % {
            "address": public_url(reverse(settings.LOGIN_URL)),
            "email": email,
            "password": password,
        }
        mail.queue(
            {
                "to": email,
                "subject": _("Access to your cabinet"),
                "text": text,
            },
        )
