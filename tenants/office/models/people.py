"""The reseller's people as its own schema knows them: rows here, so that pages never read public
users.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Member(models.Model):
    """A person of this reseller; the id is that of the public Membership."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="", db_default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    login_name = models.CharField(max_length=40, blank=True, default="", db_default="")
    role = models.TextField()
    company_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    rights = ArrayField(models.TextField(), null=True)  # as of the public Membership
    link_asked_at = models.DateTimeField(null=True)  # forgot the password, has no e-mail
    # by what right the person signs for the company, once the office has confirmed it
    post = models.CharField(max_length=120, blank=True, default="", db_default="")
    acts_under = models.CharField(max_length=20, blank=True, default="", db_default="")
    basis_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    basis_on = models.DateField(null=True)
    may_sign_at = models.DateTimeField(null=True)
    may_sign_by = models.UUIDField(null=True)  # Member of the office
    wants_mail = models.BooleanField(default=True, db_default=True)  # notifications as letters, too

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="member_signs",
                condition=models.Q(may_sign_at=None, may_sign_by=None)
                | models.Q(may_sign_at__isnull=False, may_sign_by__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["link_asked_at"],
                condition=models.Q(link_asked_at__isnull=False),
                name="member_asks_for_a_link",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def login(self, slug: str) -> str:
        """What the person signs in with, at the reseller of this short name."""
        own_name = f"{self.login_name}@{slug}" if self.login_name else ""
        return " · ".join(filter(None, (self.email or self.phone, own_name)))


class SavedView(models.Model):
    """A list's filters and columns under a name, as a tab of that list."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    page = models.TextField()
    name = models.CharField(max_length=60)
    query = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "page", "name"],
                name="saved_view_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Notification(models.Model):
    """News for one person: what happened, where to look."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    text = models.TextField()
    url = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["member", "-created_at"],
                name="notification_newest",
            ),
            models.Index(fields=["created_at"], name="notification_age"),
            models.Index(
                fields=["read_at"],
                name="notification_read",
                condition=models.Q(read_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
