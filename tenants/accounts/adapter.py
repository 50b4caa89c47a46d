"""allauth, told how this product signs people in: nobody signs up, everybody is invited."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from tenants.accounts import identify
from tenants.accounts.models import ApiToken, User
from tenants.context import PLATFORM, inside
from tenants.kit.outbox import announce
from tenants.kit.public_url import public_url


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        who = identify.from_user(request.user, request.session.get("membership"))  # type: ignore[arg-type]
        return who.home if who else "/"

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """A login switched off gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) and user.is_active else None

    def set_password(self, user: User, password: str) -> None:
        """A new password ends the one-time state and every API token; sessions end by their hash."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        ApiToken.objects.filter(user=user).delete()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter leads to the address of the installation, whatever host was asked."""
        return public_url(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, object],
    ) -> None:
        message = self.render_mail(template_prefix, email, context)
        letter = {
            "to": email,
            "subject": message.subject,
            "text": str(message.body),
        }
        with inside(PLATFORM):
            announce("mail.send", letter)
