"""A person's new password, and the proof that the e-mail is theirs."""

from __future__ import annotations

from django.utils import timezone

from tenants.accounts.models import ApiToken, Membership, User
from tenants.context import PLATFORM, inside


def change(user: User, password: str, *, proves_email: bool) -> None:
    """End the one-time state and every API token; sessions end by the password's hash.

    With `proves_email` the secret that led here came by mail: places at other resellers, which
    waited for the proof, open (FAULTS D2). Who held the login without owning the address is out.
    """
    user.set_password(password)
    user.must_change_password = False
    if proves_email:
        user.proven_at = user.proven_at or timezone.now()
    user.save(update_fields=["password", "must_change_password", "proven_at"])
    ApiToken.objects.filter(user=user).delete()
    if proves_email:
        with inside(PLATFORM):
            Membership.objects.filter(user=user, awaits_proof=True).update(awaits_proof=False)
