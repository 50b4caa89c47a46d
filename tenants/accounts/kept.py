"""Keys to the door that open nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.accounts.models import ApiToken, Device, EnrolCode, Invitation, OpenSession
from tenants.context import GATE
from tenants.platform.retention import of_rows

MONTH = timedelta(days=30)
HALF_A_YEAR = timedelta(days=180)


def _tokens(before: datetime) -> QuerySet[ApiToken]:
    """Tokens past their end."""
    return ApiToken.objects.filter(expires_at__lt=before)


def _invitations(before: datetime) -> QuerySet[Invitation]:
    """Links past their end, used or not."""
    return Invitation.objects.filter(expires_at__lt=before)


def _codes(before: datetime) -> QuerySet[EnrolCode]:
    """Codes past their end, used or not."""
    return EnrolCode.objects.filter(expires_at__lt=before)


def _devices(before: datetime) -> QuerySet[Device]:
    """Phones whose key was destroyed."""
    return Device.objects.filter(destroyed_at__lt=before)


def _ways_in(before: datetime) -> QuerySet[OpenSession]:
    """Sessions as people see them, of which the session itself is gone."""
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    return OpenSession.objects.filter(~Q(Exists(session)), created_at__lt=before)


def _letters(before: datetime) -> QuerySet[EmailConfirmation]:
    """Links that confirm an e-mail."""
    letters: QuerySet[EmailConfirmation] = EmailConfirmation.objects.filter(created__lt=before)
    return letters


RULES = (
    of_rows("tokens of the API", MONTH, "after their end a month for questions", GATE, _tokens),
    of_rows(
        "invitations",
        HALF_A_YEAR,
        "after their end; the audit log says who was invited",
        GATE,
        _invitations,
    ),
    of_rows("codes of phones", MONTH, "after their end a month for questions", GATE, _codes),
    of_rows(
        "phones that were ended",
        HALF_A_YEAR,
        "a phone with an ended key may still hold a queue",
        GATE,
        _devices,
    ),
    of_rows("signs of sessions", timedelta(days=1), "the session has ended", GATE, _ways_in),
    of_rows("letters of confirmation", MONTH, "they open nothing any more", GATE, _letters),
)
