"""What companies look like in the API: for answers and for its description."""

from __future__ import annotations

from rest_framework import serializers

from companies.models import SIDES, Basis, Company
from tenants.accounts.login_names import LONGEST
from tenants.kit.edge.body_fields import DayIn, Email, Phone, Text
from tenants.kit.edge.days import PAST
from tenants.kit.money import CURRENCIES
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
    register_on = serializers.DateField(allow_null=True)
    register_status = serializers.CharField()
    legal_form = serializers.CharField()
    kpp = serializers.CharField()
    ogrn = serializers.CharField()
    tax_office = serializers.CharField()
    branch_code = serializers.CharField()
    correspondent = serializers.CharField()
    account_currency = serializers.CharField()
    director_post = serializers.CharField()
    acts_under = serializers.CharField()
    basis_number = serializers.CharField()
    basis_on = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    note = serializers.CharField()
    is_client = serializers.BooleanField()
    is_partner = serializers.BooleanField()
    is_blocked = serializers.BooleanField()
    block_reason = serializers.CharField()
    credit_limit = serializers.DecimalField(18, 2, allow_null=True)
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
    register_on = DayIn(window=PAST, required=False, allow_null=True)
    register_status = Text(max_length=60, required=False)
    legal_form = Text(max_length=20, required=False)
    kpp = Text(max_length=20, required=False)
    ogrn = Text(max_length=20, required=False)
    tax_office = Text(max_length=20, required=False)
    branch_code = Text(max_length=10, required=False)
    correspondent = Text(max_length=40, required=False)
    account_currency = serializers.ChoiceField(choices=["", *CURRENCIES], required=False)
    director_post = Text(max_length=120, required=False)
    acts_under = serializers.ChoiceField(choices=["", *Basis.values], required=False)
    basis_number = Text(max_length=60, required=False)
    basis_on = DayIn(window=PAST, required=False, allow_null=True)
    language = serializers.ChoiceField(choices=["ru", "th", "en", "ky"], required=False)
    note = Text(lines=True, max_length=4000, required=False)


class NewCompany(CompanyChange):
    kind = serializers.ChoiceField(choices=Company.Kind.choices)
    sure = Sure()


class Invitation(Asking):
    kind = serializers.ChoiceField(choices=[(side.value, side.label) for side in SIDES])
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
