"""Django's test client as the product's people use it: signed in, with the reseller's stamp on
every form.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.core.signing import Signer
from django.test import Client

from tenants.accounts.models import Membership, User
from tenants.actor import Actor
from tenants.context import GATE, inside


class Browser(Client):
    """`sign_in(actor)` makes the session directly; login pages have tests of their own."""

    def sign_in(self, who: Actor) -> None:
        with inside(GATE):
            session = self.session
            if who.driver_id:
                session["driver"] = str(who.driver_id)
                session["device"] = None
            else:
                user = User.objects.get(pk=who.user_id)
                session[SESSION_KEY] = str(user.pk)
                session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
                session[HASH_SESSION_KEY] = user.get_session_auth_hash()
                session["membership"] = str(who.member_id)
            session.save()
        self.defaults["HTTP_X_RESELLER"] = Signer(salt="reseller-stamp").sign(str(who.member_id))


class ApiClient(Client):
    """JSON in, JSON out, with a bearer token."""

    def __init__(self, who: Actor, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        from tenants.accounts import tokens

        with inside(GATE):
            now = datetime.now(UTC)
            if who.driver_id:
                token = tokens.issue_for_driver(driver_id=who.driver_id, device_id=None, at=now)
            else:
                membership = Membership.objects.filter(pk=who.member_id).first()
                token = tokens.issue_for_user(
                    user=User.objects.get(pk=who.user_id),
                    membership=membership,
                    at=now,
                )
        self.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    def generic(
        self,
        method: str,
        path: str,
        data: Any = "",
        content_type: str = "application/json",
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        return super().generic(method, path, data, content_type, *args, **kwargs)

    def send(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        import json

        body = "" if data is None else json.dumps(data)
        return self.generic(
            method.upper(),
            f"/api/v1/{path}",
            body,
            headers=headers or None,
        )
