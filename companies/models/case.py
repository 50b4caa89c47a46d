"""The life of a contract: the text that was sent, who signed it and how, and how it ended."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.models.company import Company
from companies.models.contract import Contract
from companies.models.own import FIRST_FIRM, OWN_SUBJECT
from companies.models.terms import OwnTerms


class Side(models.TextChoices):
    """Who signs a contract."""

    RESELLER = "reseller", _("we")
    COMPANY = "company", _("the company")
    PLATFORM = "platform", _("the platform")


class Stage(models.TextChoices):
    """Where a contract stands; companies/contract_stages.py tells which act leads where."""

    SENT = "sent", pgettext_lazy("contract", "Waits for signatures")
    HALF_SIGNED = "half_signed", pgettext_lazy("contract", "Signed by one side")
    IN_FORCE = "in_force", pgettext_lazy("contract", "In force")
    DECLINED = "declined", pgettext_lazy("contract", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("contract", "Withdrawn")
    TERMINATED = "terminated", pgettext_lazy("contract", "Terminated")


OPEN = (Stage.SENT, Stage.HALF_SIGNED)
FALLEN = (Stage.DECLINED, Stage.WITHDRAWN)


class ContractCase(models.Model):
    """A contract or a supplementary agreement on its way: its text never changes, its stage does.

    `parent` is the contract that a supplementary agreement belongs to, `contract` the record of the
    signed one, `document_id` its sealed paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, related_name="contract_cases"
    )
    firm_id = models.PositiveSmallIntegerField(
        default=FIRST_FIRM, db_default=FIRST_FIRM
    )  # our side
    kind = models.TextField(choices=Contract.Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="addenda", db_index=False
    )
    addendum_index = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)  # of the text
    template = models.CharField(max_length=40)  # "client.ru"
    template_version = models.PositiveSmallIntegerField()
    template_sha256 = models.CharField(max_length=64)
    own_terms = models.ForeignKey(OwnTerms, on_delete=models.PROTECT, null=True, db_index=False)
    first_side = models.TextField(choices=Side)
    stage = models.TextField(choices=Stage, default=Stage.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField()  # Member
    reminded_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)  # the day from which a terminated one does not hold
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.CharField(max_length=500, blank=True, default="")
    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, null=True, related_name="case"
    )
    document_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_case_party",
                condition=Q(kind="platform") ^ Q(company__isnull=False),
            ),
            models.CheckConstraint(name="contract_case_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="contract_case_addendum",
                condition=Q(parent=None, addendum_index=0)
                | Q(parent__isnull=False, addendum_index__gt=0),
            ),
            models.CheckConstraint(
                name="contract_case_end",
                condition=Q(stage__in=("sent", "half_signed", "in_force"), ended_at=None)
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="contract_case_number",
                condition=~Q(stage__in=FALLEN),
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "parent"],
                name="contract_case_open",
                condition=Q(stage__in=OPEN),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-sent_at"], name="contract_case_newest"),
            models.Index(fields=["parent"], name="contract_case_parent"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def subject(self) -> str:
        """Where the audit trail tells of it: on the company's card; of the platform's, on our own."""
        return self.company.subject if self.company else OWN_SUBJECT


class Signature(models.Model):
    """One side's signature with its evidence. Rows are only ever added."""

    append_only = True

    class How(models.TextChoices):
        CODE = "code", _("by a one-time code")
        PAPER = "paper", _("on paper")
        SEAL = "seal", _("by the electronic seal")

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.ForeignKey(ContractCase, on_delete=models.PROTECT, related_name="signatures")
    side = models.TextField(choices=Side)
    how = models.TextField(choices=How)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=120, blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()  # Member; of a seal, whoever pressed
    # zone, address and browser, hash of the shown text, hash of the code and where it was sent
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "side"], name="signature_of_a_side"),
        ]

    def __str__(self) -> str:
        return self.name


class RulesAccepted(models.Model):
    """A person accepted a version of the rules of the simple electronic signature. Only added."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    member_id = models.UUIDField()
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)  # of the text that was shown
    accepted_at = models.DateTimeField()
    address = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member_id", "version"], name="rules_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.version}"
