"""People who log in, and what they are to which reseller."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypedDict, Unpack
from uuid import uuid4

from django.contrib.auth.base_user import (
    AbstractBaseUser,
    BaseUserManager,
)
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from tenants.permissions import Role


class Details(TypedDict, total=False):
    """What is known of a person when the login is made."""

    name: str
    language: str
    phone: str
    is_active: bool
    is_platform_manager: bool
    must_change_password: bool
    proven_at: datetime | None


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        email: str = "",
        password: str | None = None,
        **details: Unpack[Details],
    ) -> User:
        user = self.model(email=email.strip().lower(), **details)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with a password who is known by an e-mail, a phone, or a name of a reseller's own
    (`login_names`); one login for every reseller they belong to.

    Until `proven_at` the login is local: it opens the reseller that made it, and nothing is joined
    to it by its e-mail (FAULTS D2).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField(blank=True, default="", db_default="")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="ru")
    phone = models.CharField(max_length=20, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_platform_manager = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    proven_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    at_hand: tuple[Membership, ...] | None = (
        None  # active memberships, read with the person for this one request
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_where_any",
            )
        ]
        indexes = [
            models.Index(fields=["phone"], condition=~models.Q(phone=""), name="user_phone"),
        ]

    def __str__(self) -> str:
        return self.email or self.phone or self.name

    @property
    def door_key(self) -> str:
        """The one name under which tries and devices of this person are counted, whatever was typed."""
        return self.email or str(self.pk)

    # Django's admin asks these three; a platform manager is its only user.
    @property
    def is_staff(self) -> bool:
        return self.is_platform_manager

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return self.is_active and self.is_platform_manager

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_platform_manager


class Membership(models.Model):
    """What a person is to one reseller: its staff, a cargo user, or somebody of a client or partner;
    for each company a row of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    reseller = models.ForeignKey(
        "platform.Reseller",
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.TextField(choices=[(role, role) for role in Role])
    company_id = models.UUIDField(null=True)  # of the reseller's schema, for clients and partners
    is_active = models.BooleanField(default=True)
    rights = ArrayField(models.TextField(), null=True)  # of a company's person; null is all of them
    login_name = models.CharField(max_length=40, blank=True, default="", db_default="")
    link_asked_at = models.DateTimeField(null=True)  # of the platform, by people of an office
    # the person was named by a second reseller and has not proven the e-mail yet
    awaits_proof = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "reseller", "role", "company_id"],
                nulls_distinct=False,
                name="membership_place",
            ),
            models.UniqueConstraint(
                "reseller",
                Lower("login_name"),
                condition=~models.Q(login_name=""),
                name="membership_login_name",
            ),
            models.CheckConstraint(
                name="membership_company",
                condition=models.Q(
                    role__in=[Role.CLIENT, Role.PARTNER],
                    company_id__isnull=False,
                )
                | ~models.Q(role__in=[Role.CLIENT, Role.PARTNER])
                & models.Q(company_id__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
