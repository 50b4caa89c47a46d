"""Signed contracts and the one-time codes that sign them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company


class Contract(models.Model):
    """A contract as it was signed: its very text, by whom, how, and the proof. Rows are only ever
    added.
    """

    append_only = True

    class Kind(models.TextChoices):
        CLIENT = "client", _("Forwarding contract")
        PARTNER = "partner", _("Carriage contract")
        PLATFORM = "platform", _("Sub-forwarder contract")

    class How(models.TextChoices):
        CODE = "code", _("by a one-time code")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        related_name="contracts",
    )
    firm_id = models.PositiveSmallIntegerField(null=True)  # our side; none is the first firm
    kind = models.TextField(choices=Kind)
    number = models.CharField(max_length=40)
    signed_on = models.DateField()
    how = models.TextField(choices=How)
    language = models.CharField(max_length=2)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)  # of the text
    signed_at = models.DateTimeField()  # when it was entered, for a paper
    signed_by = models.UUIDField()  # Member
    signed_name = models.CharField(max_length=200)
    evidence = models.JSONField(
        default=dict
    )  # e-mail, address and browser of the signer, hash of the code
    scan_file_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="contract_number"),
            models.CheckConstraint(
                name="contract_party",
                condition=Q(kind="platform") ^ Q(company__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_how",
                condition=Q(how="code") | Q(how="paper"),
            ),
        ]
        indexes = [models.Index(fields=["company", "-signed_at"], name="contract_newest")]

    def __str__(self) -> str:
        return self.number


class SigningCode(models.Model):
    """A code sent by e-mail that signs one text, once; the text is kept so that what was read is
    what is signed.
    """

    MAX_TRIES = 5

    id = models.UUIDField(primary_key=True, default=uuid4)
    case_id = models.UUIDField(null=True)  # the ContractCase whose text it signs
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True)
    kind = models.TextField(choices=Contract.Kind)
    language = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    text = models.TextField()
    code_hash = models.CharField(max_length=64)
    sent_to = models.EmailField()
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField()  # Member: only this person may use it
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="signing_code_tries", condition=Q(tries__lte=5)),
            models.CheckConstraint(
                name="signing_code_term",
                condition=Q(expires_at__gt=F("sent_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "-sent_at"],
                name="signing_code_newest",
            )
        ]

    def __str__(self) -> str:
        return self.number
