"""What companies look like in the API: for answers and for its description."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import Field

from companies.models import SIDES, Address, BankAccount, Basis, Company, Contract, Stage
from tenants.accounts.login_names import LONGEST
from tenants.kit.edge.body_fields import DayIn, Degrees, Digits, Email, Phone, Text
from tenants.kit.edge.days import PAST
from tenants.kit.money import CURRENCIES
from tenants.kit.serializers import Answer, Asking, Body, Filters, Moment, Sure

# The classes below that are no calls have no docstring: the description of the API would show it.


class Details(serializers.Serializer[Company]):
    # What may be written and is read again; `full_name` is the contact person's.
    name = Text(max_length=200)
    full_name = Text(
        max_length=200,
        required=False,
        source="contact_person",
        help_text="The contact person's name",
    )
    legal_name = Text(max_length=300, required=False, source="full_name")
    email = Email(required=False)
    phone = Phone(required=False)
    country = Text(max_length=2, required=False)
    inn = Digits(max_length=20, required=False)
    okpo = Digits(max_length=20, required=False)
    address = Text(max_length=300, required=False)
    bank = Text(max_length=200, required=False)
    account = Digits(max_length=40, required=False)
    bik = Digits(max_length=20, required=False)
    director = Text(max_length=200, required=False)
    accountant = Text(max_length=200, required=False)
    vat_payer = serializers.BooleanField(required=False)
    register_number = Text(max_length=60, required=False)
    register_on = DayIn(window=PAST, required=False, allow_null=True)
    register_status = Text(max_length=60, required=False)
    legal_form = Text(max_length=20, required=False)
    kpp = Digits(max_length=20, required=False)
    ogrn = Digits(max_length=20, required=False)
    tax_office = Digits(max_length=20, required=False)
    branch_code = Digits(max_length=10, required=False)
    correspondent = Digits(max_length=40, required=False)
    account_currency = serializers.ChoiceField(choices=["", *CURRENCIES], required=False)
    director_post = Text(max_length=120, required=False)
    acts_under = serializers.ChoiceField(choices=["", *Basis.values], required=False)
    basis_number = Text(max_length=60, required=False)
    basis_on = DayIn(window=PAST, required=False, allow_null=True)
    language = serializers.ChoiceField(choices=["ru", "th", "en", "ky"], required=False)
    note = Text(lines=True, max_length=4000, required=False)


class Whole(Answer):
    # An answer leaves out nothing, also where a body may.

    def get_fields(self) -> dict[str, Field[object, object, object, object]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = True
        return fields


class CompanyHead(Whole):
    id = serializers.UUIDField()
    ref = serializers.CharField()
    kind = serializers.ChoiceField(choices=Company.Kind.choices)
    status = serializers.ChoiceField(choices=Company.Status.choices)


class CompanyOut(CompanyHead, Details):
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


class CompanyChange(Body, Details):
    """What may be written; all but `name` may be left out."""


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


class Account(serializers.Serializer[BankAccount]):
    currency = serializers.ChoiceField(choices=list(CURRENCIES))
    bank = Text(max_length=200)
    account = Digits(max_length=40)
    bik = Digits(max_length=20, required=False, help_text="Bank code or SWIFT")
    correspondent = Digits(max_length=40, required=False)


class AccountOut(Whole, Account):
    id = serializers.UUIDField()
    added_at = Moment()


class NewAccount(Body, Account):
    """One account more, checked by the rules of the company's country."""


class Loading(serializers.Serializer[Address]):
    name = Text(max_length=120)
    place = Text(max_length=120, help_text="City or district")
    street = Text(max_length=300, required=False)
    lat = Degrees(required=False, allow_null=True, help_text="Its own point; with `lon`")
    lon = Degrees(required=False, allow_null=True)
    contact = Text(max_length=200, required=False)
    phone = Phone(required=False)
    hours = Text(max_length=120, required=False)
    gate_notes = Text(lines=True, max_length=500, required=False)


class AddressOut(Whole, Loading):
    id = serializers.UUIDField()
    place_id = serializers.CharField(
        allow_null=True, help_text="Null where the text names no one place"
    )
    country = serializers.CharField()


class AddressBody(Asking, Loading):
    """Where the company loads or unloads."""


class ContractOut(Answer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Contract.Kind.choices)
    number = serializers.CharField()
    addendum_of = serializers.UUIDField(
        source="parent_id",
        allow_null=True,
        help_text="The contract that a supplementary agreement belongs to",
    )
    own_firm = serializers.IntegerField(
        source="firm_id",
        help_text="The own firm that signs, as `seller_firm` and `hiring_firm` of an order name it",
    )
    stage = serializers.ChoiceField(choices=Stage.choices)
    language = serializers.CharField()
    sent_at = Moment()
    signed_on = serializers.DateField(
        source="contract.signed_on",
        default=None,
        allow_null=True,
        help_text="Null until both sides signed",
    )
    ended_on = serializers.DateField(
        allow_null=True, help_text="The day from which a terminated one does not hold"
    )


class NoteOut(Answer):
    id = serializers.UUIDField()
    text = serializers.CharField()
    by = serializers.UUIDField(help_text="The person of the office who wrote it")
    at = Moment()


class NewNote(Body):
    text = Text(lines=True, max_length=4000)
