"""The second step of signing in: an authenticator app or a recovery code, kept by allauth."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from tenants.accounts.models import User


def missing(user: User) -> bool:
    """A platform manager must have one; the demo's is spared it, everyone else may choose."""
    return user.is_platform_manager and not settings.DEMO and not is_mfa_enabled(user)


def is_on(user: User) -> bool:
    return bool(is_mfa_enabled(user))


def passed(user: User, code: str) -> bool:
    """For doors without pages: True when the person has no second step, or this code passes it."""
    if missing(user):
        return False
    if not is_mfa_enabled(user):
        return True
    return bool(code) and any(
        mine.wrap().validate_code(code) for mine in Authenticator.objects.filter(user=user)
    )
