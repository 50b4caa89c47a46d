"""What companies look like in the API: for answers and for its description."""

from __future__ import annotations

from rest_framework import serializers

from companies.models import Company
from tenants.accounts.login_names import LONGEST
from tenants.kit.edge.body_fields import Email, Phone, Text
from tenants.kit.serializers import Answer, Asking, Body, Filters, Moment, Sure


class CompanyOut(Answer):
    id = serializers.UUIDField()
    ref = serializers.CharField()
    kind = serializers.ChoiceField(choices=Company.Kind.choices)
    status = serializers.ChoiceField(choices=Company.Status.choices)
    name = serializers.CharField()
    full_name = serializers.CharField(
        source="contact_person", help_text="The contact person's name"
    )
    legal_name = serializers.CharField(source="full_name")
    email = serializers.CharField()
    phone = serializers.CharField()
    country = serializers.CharField()
    inn = serializers.CharField()
    okpo = serializers.CharField()
    address = serializers.CharField()
    bank = serializers.CharField()
    account = serializers.CharField()
    bik = serializers.CharField()
    director = serializers.CharField()
    accountant = serializers.CharField()
    vat_payer = serializers.BooleanField()
    register_number = serializers.CharField()
    language = serializers.CharField()
    note = serializers.CharField()
    created_at = Moment()


class CompanyFilters(Filters):
    kind = serializers.ChoiceField(choices=Company.Kind.choices, required=False)
    status = serializers.ChoiceField(choices=Company.Status.choices, required=False)
    country = Text(max_length=2, required=False)
    contract = serializers.ChoiceField(choices=["yes", "no"], required=False)
    search = Text(max_length=100, required=False)


class CompanyChange(Body):
    """What may be written; all but `name` may be left out."""

    name = Text(max_length=200)
    full_name = Text(max_length=200, required=False)
    legal_name = Text(max_length=300, required=False)
    email = Email(required=False)
    phone = Phone(required=False)
    country = Text(max_length=2, required=False)
    inn = Text(max_length=20, required=False)
    okpo = Text(max_length=20, required=False)
    address = Text(max_length=300, required=False)
    bank = Text(max_length=200, required=False)
    account = Text(max_length=40, required=False)
    bik = Text(max_length=20, required=False)
    director = Text(max_length=200, required=False)
    accountant = Text(max_length=200, required=False)
    vat_payer = serializers.BooleanField(required=False)
    register_number = Text(max_length=60, required=False)
    language = serializers.ChoiceField(choices=["ru", "th", "en", "ky"], required=False)
    note = Text(lines=True, max_length=4000, required=False)


class NewCompany(CompanyChange):
    kind = serializers.ChoiceField(choices=Company.Kind.choices)
    sure = Sure()


class Invitation(Asking):
    kind = serializers.ChoiceField(choices=Company.Kind.choices)
    name = Text(max_length=200)
    full_name = Text(max_length=200)
    email = Email(required=False)
    phone = Phone(required=False)
    login_name = Text(max_length=LONGEST, required=False)
    may_sign = serializers.BooleanField(
        required=False, help_text="For the company; true when left out"
    )
    language = serializers.ChoiceField(choices=["ru", "th", "en", "ky"], required=False)


class Invited(Answer):
    link = serializers.CharField()
    id = serializers.UUIDField()
