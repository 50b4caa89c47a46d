"""Getting a token."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.accounts import driver_login, identify, second_step, tokens, tries
from tenants.accounts.forms import LONGEST_LOGIN
from tenants.accounts.models import Membership, User
from tenants.accounts.tries import Try
from tenants.context import GATE, inside
from tenants.kit.api import ApiView
from tenants.kit.edge.body_fields import AsTyped, Email, IdIn, Text
from tenants.kit.problems import Problem
from tenants.kit.serializers import Answer, Body, Values


class Credentials(Body):
    login = Text(
        max_length=LONGEST_LOGIN,
        required=False,
        help_text="E-mail, phone or login name (`name@reseller`)",
    )
    email = Email(required=False, help_text="In place of `login`, where it is an e-mail")
    password = AsTyped(max_length=200)
    company = IdIn(
        required=False,
        help_text="For a person of several companies: the one this token is for",
    )
    code = Text(
        max_length=12,
        allow_blank=True,
        default="",
        help_text="Second step, when it is switched on",
    )

    def validate(self, values: Values) -> Values:
        """One of the two names carries the login."""
        login = values.get("login") or values.get("email")
        if not login:
            missing = self.fields["password"].error_messages["required"]
            raise serializers.ValidationError({"login": [missing]})
        return values | {"login": login}


class Token(Answer):
    token = serializers.CharField()


class Enrolment(Body):
    phone = Text(max_length=24)
    code = Text(max_length=12)


class DeviceKey(Answer):
    device = serializers.CharField()


class DriverCredentials(Body):
    phone = Text(max_length=24)
    pin = AsTyped(max_length=12)
    device = Text(max_length=200, allow_blank=True, default="")


class Door(ApiView):
    """Open to strangers; tries are counted by person and network, together with those on pages."""

    open_to_all = "this is where a token comes from"

    def admit(
        self,
        admit_one: Callable[[str, HttpRequest], Try],
        whom: str,
    ) -> Try:
        """Count a try. Answers 429 when this network has to wait."""
        try:
            return admit_one(whom, self.request._request)
        except tries.TooManyTries as refusal:
            raise Problem(429, "too_many", _("Too many tries. Wait a few minutes.")) from refusal


class UserToken(Door):
    @extend_schema(request=Credentials, responses=Token)
    def post(self, request: Request) -> Response:
        data = self.body(Credentials)
        with inside(GATE):
            current_try = self.admit(tries.admit, data["login"])
            user = authenticate(
                request._request,
                login=data["login"],
                password=data["password"],
            )
            mine = _places(user, data.get("company"))
            if (
                not isinstance(user, User)
                or user.must_change_password
                or not (mine or user.is_platform_manager)
            ):
                raise Problem(
                    401,
                    "wrong_login",
                    _("The login or the password is not right."),
                )
            if not second_step.passed(user, data["code"]):
                raise Problem(
                    401,
                    "second_step",
                    _("The code of the second step is missing or not right."),
                )
            current_try.was_right()
            token = tokens.issue_for_user(
                user=user,
                membership=mine[0] if mine else None,
                at=timezone.now(),
            )
        return Response({"token": token})


def _places(user: object, company_id: UUID | None) -> list[Membership]:
    """The person's places, or the one for the company that is asked for; nobody's are none."""
    if not isinstance(user, User):
        return []
    memberships = identify.memberships_of(user)
    if company_id is None:
        return memberships
    return [one for one in memberships if one.company_id == company_id]


class DriverEnrol(Door):
    @extend_schema(request=Enrolment, responses=DeviceKey)
    def post(self, request: Request) -> Response:
        data = self.body(Enrolment)
        with inside(GATE):
            current_try = self.admit(tries.admit_driver, data["phone"])
            try:
                key = driver_login.enrol(
                    phone=data["phone"],
                    code=data["code"],
                    at=timezone.now(),
                )
            except driver_login.Refused as refused:
                raise Problem(401, "wrong_code", _("This code is not valid.")) from refused
            current_try.was_right()
        return Response({"device": key})


class DriverToken(Door):
    @extend_schema(request=DriverCredentials, responses=Token)
    def post(self, request: Request) -> Response:
        data = self.body(DriverCredentials)
        with inside(GATE):
            current_try = self.admit(tries.admit_driver, data["phone"])
            try:
                driver, device = driver_login.open_app(**data, at=timezone.now())
            except driver_login.MustWait as refused:
                current_try.was_right()  # the PIN was not looked at
                raise Problem(
                    429,
                    "too_many",
                    _("Too many tries. Wait a few minutes."),
                ) from refused
            except driver_login.Refused as refused:
                raise Problem(
                    401,
                    "wrong_pin",
                    _("Phone and PIN do not fit, or this phone is not enrolled."),
                ) from refused
            current_try.was_right()
            token = tokens.issue_for_driver(driver_id=driver, device_id=device, at=timezone.now())
        return Response({"token": token})


routes = [
    ("auth/token", UserToken),
    ("auth/driver/enrol", DriverEnrol),
    ("auth/driver", DriverToken),
]
