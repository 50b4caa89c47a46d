"""allauth, told how this product signs people in: nobody signs up, everybody is invited."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tenants.accounts import access_links, identify, known_devices, login_names, passwords, tries
from tenants.accounts.models import User
from tenants.context import PLATFORM, inside
from tenants.kit import mail
from tenants.kit.limits import address_of
from tenants.kit.public_url import public_url, shared_url


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The login or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        who = identify.from_user(request.user, request.session.get("membership"))  # type: ignore[arg-type]
        return who.home if who else "/"

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Called before the password of a sign-in is looked at."""
        self._admit(login_names.key_of(credentials.get("login", "")), request)

    def _admit(self, key: str, request: HttpRequest) -> None:
        try:
            self.current_try = tries.admit_key(key, request)
        except tries.TooManyTries as refusal:
            raise self.validation_error("too_many_login_attempts") from refusal

    def authenticate(
        self,
        request: HttpRequest,
        **credentials: str,
    ) -> User | None:
        """A login switched off gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        if not isinstance(user, User) or not user.is_active:
            return None
        self.current_try.was_right()
        if request.POST.get("foreign"):
            request.session[known_devices.ON_FOREIGN_DEVICE] = True
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        """The password asked again is looked at for the person at hand, who may have no e-mail."""
        self._admit(user.door_key, self.request)
        if not user.check_password(password):
            return False
        self.current_try.was_right()
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_login_by_code_required(
        self,
        login: Login,
    ) -> bool:
        """While a password is being guessed, a new device needs a code from the person's mail. Who
        has no e-mail only waits (`tries`): strangers shut nobody out.
        """
        user = login.user
        if not isinstance(user, User) or not user.email or not tries.is_attacked(user.door_key):
            return False
        return not known_devices.is_known(self.request, user.door_key)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        if not request.session.get(known_devices.ON_FOREIGN_DEVICE):
            known_devices.remember(request, response, user.door_key)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Behind the link of a reset letter, which proves the address."""
        passwords.change(user, password, proves_email=True)

    def get_reset_password_from_key_url(
        self,
        key: str,
    ) -> str:
        """The link leads to the installation or to the proven door, whatever host was asked."""
        return public_url(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, object],
    ) -> None:
        user = context.get("user")
        if isinstance(user, User) and not identify.may_enter(user):
            return  # behind the door of a reseller a stranger's e-mail is nobody's
        if isinstance(user, User) and not access_links.may_lead_to_door(user):
            context = _by_shared_address(context)
        message = self.render_mail(template_prefix, email, context)
        letter = {
            "to": email,
            "subject": message.subject,
            "text": str(message.body),
        }
        with inside(PLATFORM):
            mail.queue(letter)


def _by_shared_address(context: dict[str, object]) -> dict[str, object]:
    """The same letter, whose link leads to the installation itself."""
    link = context.get("password_reset_url")
    if not isinstance(link, str):
        return context
    return context | {"password_reset_url": shared_url(urlsplit(link).path)}
