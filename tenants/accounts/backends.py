"""allauth's sign-in; whoever is signed in already comes with the memberships, in one statement a
request.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from tenants.accounts import identify, login_names
from tenants.accounts.models import User


class Backend(AuthenticationBackend):
    def _authenticate(
        self,
        request: HttpRequest | None,
        *,
        login: str = "",
        password: str = "",
        **others: str,
    ) -> User | None:
        """Of the person whom the login means; allauth hashes a password for nobody, too. Behind
        the door of a reseller its own people alone are let in, and others hear of no difference.
        """
        user = login_names.person(login)
        checked: User | None = self._check_password(user, password)
        return checked if checked and identify.may_enter(checked) else None

    def get_user(
        self,
        user_id: UUID | str,
    ) -> User | None:
        user: User | None = identify.with_memberships(user_id) or super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
