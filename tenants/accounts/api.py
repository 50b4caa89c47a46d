"""Getting a token."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.accounts import driver_login, identify, second_step, tokens
from tenants.accounts.driver_login import plain
from tenants.accounts.models import User
from tenants.context import GATE, inside
from tenants.kit.api import ApiView
from tenants.kit.limits import allowed, give_back
from tenants.kit.problems import Problem
from tenants.kit.serializers import Answer, Body, Values
from tenants.kit.throttle import LoginThrottle


class Credentials(Body):
    email = serializers.EmailField()
    password = serializers.CharField(max_length=200)
    code = serializers.CharField(
        max_length=12,
        allow_blank=True,
        default="",
        help_text="Second step, when it is switched on",
    )


class Token(Answer):
    token = serializers.CharField()


class Enrolment(Body):
    phone = serializers.CharField(max_length=24)
    code = serializers.CharField(max_length=12)


class DeviceKey(Answer):
    device = serializers.CharField()


class DriverCredentials(Body):
    phone = serializers.CharField(max_length=24)
    pin = serializers.CharField(max_length=12)
    device = serializers.CharField(max_length=200, allow_blank=True, default="")


class Door(ApiView):
    """Open to strangers, counted by address and by the name tried."""

    open_to_all = "this is where a token comes from"
    throttle_classes = [LoginThrottle]

    def credentials(self, kind: type[Body], name: str) -> Values:
        """The body, while there were not too many wrong tries under this name."""
        data = self.body(kind)
        self.counted = f"api:{name}:{plain(data[name]) if name == 'phone' else data[name].lower()}"
        if not allowed(self.counted, limit=5, seconds=300):
            raise Problem(
                429,
                "too_many",
                _("Too many tries. Wait a few minutes."),
            )
        return data

    def passed(self) -> None:
        give_back(self.counted)  # only wrong tries count


class UserToken(Door):
    @extend_schema(request=Credentials, responses=Token)
    def post(self, request: Request) -> Response:
        data = self.credentials(Credentials, "email")
        with inside(GATE):
            user = authenticate(
                request._request,
                email=data["email"],
                password=data["password"],
            )
            mine = identify.memberships_of(user) if isinstance(user, User) else []
            if (
                not isinstance(user, User)
                or user.must_change_password
                or not (mine or user.is_platform_manager)
            ):
                raise Problem(
                    401,
                    "wrong_login",
                    _("E-mail or password is not right."),
                )
            if not second_step.passed(user, data["code"]):
                raise Problem(
                    401,
                    "second_step",
                    _("The code of the second step is missing or not right."),
                )
            self.passed()
            token = tokens.issue_for_user(
                user=user,
                membership=mine[0] if mine else None,
                at=timezone.now(),
            )
        return Response({"token": token})


class DriverEnrol(Door):
    @extend_schema(request=Enrolment, responses=DeviceKey)
    def post(self, request: Request) -> Response:
        data = self.credentials(Enrolment, "phone")
        with inside(GATE):
            try:
                key = driver_login.enrol(
                    phone=data["phone"],
                    code=data["code"],
                    at=timezone.now(),
                )
            except driver_login.Refused as refused:
                raise Problem(401, "wrong_code", _("This code is not valid.")) from refused
            self.passed()
        return Response({"device": key})


class DriverToken(Door):
    @extend_schema(request=DriverCredentials, responses=Token)
    def post(self, request: Request) -> Response:
        data = self.credentials(DriverCredentials, "phone")
        with inside(GATE):
            try:
                driver, device = driver_login.open_app(**data, at=timezone.now())
            except driver_login.Refused as refused:
                raise Problem(
                    401,
                    "wrong_pin",
                    _("Phone and PIN do not fit, or this phone is not enrolled."),
                ) from refused
            self.passed()
            token = tokens.issue_for_driver(driver_id=driver, device_id=device, at=timezone.now())
        return Response({"token": token})


routes = [
    ("auth/token", UserToken),
    ("auth/driver/enrol", DriverEnrol),
    ("auth/driver", DriverToken),
]
