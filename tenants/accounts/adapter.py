"""allauth, told how this product signs people in: nobody signs up, everybody is invited."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from tenants.accounts import identify, known_devices, passwords, tries
from tenants.accounts.models import User
from tenants.context import PLATFORM, inside
from tenants.kit.limits import address_of
from tenants.kit.outbox import announce
from tenants.kit.public_url import public_url


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        who = identify.from_user(request.user, request.session.get("membership"))  # type: ignore[arg-type]
        return who.home if who else "/"

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Called before a password is looked at, at sign-in and when it is asked again."""
        try:
            self.current_try = tries.admit(credentials.get("email", ""), request)
        except tries.TooManyTries as refusal:
            raise self.validation_error("too_many_login_attempts") from refusal

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """A login switched off gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        if not isinstance(user, User) or not user.is_active:
            return None
        self.current_try.was_right()
        if request.POST.get("foreign"):
            request.session[known_devices.ON_FOREIGN_DEVICE] = True
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_login_by_code_required(
        self,
        login: Login,
    ) -> bool:
        """While a password is being guessed, a new device needs a code from the person's mail."""
        user = login.user
        if not isinstance(user, User) or not tries.is_attacked(user.email):
            return False
        return not known_devices.is_known(self.request, user.email)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        if not request.session.get(known_devices.ON_FOREIGN_DEVICE):
            known_devices.remember(request, response, user.email)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Behind the link of a reset letter, which proves the address."""
        passwords.change(user, password, proves_email=True)

    def get_reset_password_from_key_url(
        self,
        key: str,
    ) -> str:
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
