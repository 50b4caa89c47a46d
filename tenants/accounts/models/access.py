"""Other keys to the door: invitations, API tokens, drivers' devices. Secrets are stored hashed."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tenants.accounts.models.user import Membership, User


class Invitation(models.Model):
    """A link sent to a client or partner; it names the reseller and the one act it allows, and
    works once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    token_hash = models.CharField(max_length=64)
    reseller = models.ForeignKey("platform.Reseller", on_delete=models.PROTECT)
    role = models.TextField()
    company_id = models.UUIDField()
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="", db_default="")
    phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    login_name = models.CharField(max_length=40, blank=True, default="", db_default="")
    language = models.CharField(max_length=2, default="ru")
    rights = ArrayField(models.TextField(), null=True)  # as of a Membership
    may_sign = models.BooleanField(default=False, db_default=False)  # the office says so
    invited_by = models.UUIDField(null=True)  # Member
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="invitation_token")]

    def __str__(self) -> str:
        return self.email or self.phone


class ApiToken(models.Model):
    """A bearer token of the API: of a member, or of a driver's device."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    token_hash = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True)
    driver_id = models.UUIDField(null=True)
    password_stamp = models.CharField(
        max_length=64, blank=True, default=""
    )  # a reset password ends its tokens
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="api_token_hash")]

    def __str__(self) -> str:
        return str(self.id)


class DriverAccess(models.Model):
    """A driver's phone and PIN; the PIN opens the app only on an enrolled device."""

    driver_id = models.UUIDField(primary_key=True)
    phone = models.CharField(max_length=20)
    pin_hash = models.CharField(max_length=200, blank=True, default="")
    any_device = models.BooleanField(default=False)  # the demo's driver alone
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone"],
                condition=Q(blocked_at=None),
                name="driver_access_phone_open",
            )
        ]

    def __str__(self) -> str:
        return f"***{self.phone[-4:]}"


class Device(models.Model):
    """A phone enrolled for a driver. After wrong PINs the next is looked at from `next_try_at` on."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    driver = models.ForeignKey(DriverAccess, on_delete=models.CASCADE)
    key_hash = models.CharField(max_length=64)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # the last sign-in with the PIN
    agent = models.CharField(max_length=300, blank=True, default="", db_default="")
    address = models.CharField(max_length=45, blank=True, default="", db_default="")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_hash"], name="device_key")]

    def __str__(self) -> str:
        return str(self.id)


class EnrolCode(models.Model):
    """A one-time code that enrols a device; given by the driver's dispatcher."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    driver = models.ForeignKey(DriverAccess, on_delete=models.CASCADE)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class OpenSession(models.Model):
    """Where a person signed in: the device and the address, for the person to see and end."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    session_key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    address = models.CharField(max_length=45, blank=True, default="")
    agent = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
