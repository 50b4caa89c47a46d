"""Companies are added and changed here, and the people at them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies import links, trail
from companies.models import Company, Contact
from companies.standing import HasOpenMatters, check_standing, open_matters
from tenants.actor import Actor
from tenants.kit.form_changes import without_same
from tenants.office import audit_log
from tenants.office.hearing import News, tell
from tenants.office.refs import next_ref

WAYS = ("phone", "email")  # by which a contact is reached
DETAILS = (
    "name",
    "full_name",
    "contact_person",
    "country",
    "inn",
    "okpo",
    "address",
    "phone",
    "email",
    "bank",
    "account",
    "bik",
    "director",
    "accountant",
    "vat_payer",
    "legal_form",
    "kpp",
    "ogrn",
    "tax_office",
    "branch_code",
    "correspondent",
    "account_currency",
    "director_post",
    "acts_under",
    "basis_number",
    "basis_on",
    "register_number",
    "register_on",
    "register_status",
)
Value = str | bool | date | None  # of a field; phones have no types of their own
Values = Mapping[str, Value]
OFFICE = (
    *DETAILS,
    "language",
    "note",
)  # what the office may set besides; the company itself may not


class ContactTaken(Exception):
    """A contact of the company has the phone or the e-mail already; words by field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class CannotArchive(Exception):
    """The company is archived already, or not archived when it should come back."""


def create(
    *,
    kind: str,
    values: Values,
    by: Actor | None,
    at: datetime,
    status: str = "active",
) -> Company:
    """A company without an invitation: its details are entered by the office."""
    with transaction.atomic():
        company = Company(
            ref=next_ref("CMP", on=local_day(by, at)),
            kind=kind,
            status=status,
            created_at=at,
            created_by=by.member_id if by else None,
            **_only(values, OFFICE),
        )
        company.save(force_insert=True)
        trail.write("company.create", company, by, at, after=_state(company))
    return company


def change(
    *,
    company: Company,
    values: Values,
    by: Actor,
    at: datetime,
    own: bool = False,
) -> Company:
    """Write the given details; those that stand already leave no trace. `own`: the company's own
    person did it, who may not touch what is the office's.
    """
    if own:
        check_standing(by)
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        changes = without_same(_only(values, DETAILS if own else OFFICE), row)
        is_first = own and row.details_at is None
        if not changes and not is_first:
            return row
        before = _state(row)
        for name, value in changes.items():
            setattr(row, name, value)
        if own:
            row.details_at = at
        row.save(update_fields=[*changes, "details_at"])
        trail.write(
            "company.change",
            row,
            by,
            at,
            before=before,
            after=_state(row),
        )
        if own and changes:
            _tell_of_details(row, changes, by, at)
    return row


def _tell_of_details(company: Company, changes: Collection[str], by: Actor, at: datetime) -> None:
    """Money goes where the details say: those who pay hear that they were changed."""
    news = News(
        "company.details",
        {
            "company": company.name,
            "fields": partial(_labels, tuple(changes)),
        },
        url=links.company(company.pk),
    )
    tell(news, by=by, at=at)


def _labels(names: Collection[str]) -> str:
    words = audit_log.field_words("company.change")
    return ", ".join(str(words.get(name, name)) for name in names)


def archive(*, company: Company, by: Actor, at: datetime, knowing: bool = False) -> None:
    """Out of the lists to choose from; nothing is deleted and papers stay. Raises HasOpenMatters,
    unless the person knows of them.
    """
    if not knowing and (matters := open_matters(company)):
        raise HasOpenMatters(matters)
    _move(
        company,
        {Company.Status.ACTIVE, Company.Status.INVITED},
        Company.Status.ARCHIVED,
        by,
        at,
    )


def restore(*, company: Company, by: Actor, at: datetime) -> None:
    _move(
        company,
        {Company.Status.ARCHIVED},
        Company.Status.ACTIVE,
        by,
        at,
    )


def add_contact(
    *,
    company: Company,
    values: Values,
    by: Actor,
    at: datetime,
) -> Contact:
    """A phone or an e-mail stands for one person of a company. Raises ContactTaken."""
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        _check_new(company, values)
        contact = Contact.objects.create(
            company=company,
            **_only(values, ("name", "position", *WAYS)),
        )
        trail.write(
            "company.contact_add",
            company,
            by,
            at,
            after={"name": contact.name},
        )
    return contact


def _check_new(company: Company, values: Values) -> None:
    """The lock on the company makes two at once wait for each other."""
    taken = {}
    for name in WAYS:
        value = str(values.get(name) or "")
        same = company.contacts.filter(**{f"{name}__iexact": value}).order_by("name").first()
        if value and same:
            taken[name] = _("The contact “%(name)s” has it already.") % {"name": same.name}
    if taken:
        raise ContactTaken(taken)


def remove_contact(*, company: Company, contact_id: UUID, by: Actor, at: datetime) -> None:
    """Raises Contact.DoesNotExist."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update().get(pk=contact_id, company=company)
        contact.delete()
        trail.write(
            "company.contact_remove",
            company,
            by,
            at,
            before={"name": contact.name},
        )


def local_day(
    by: Actor | None,
    at: datetime,
) -> date:
    """The reseller's own date at that moment; UTC's for the system."""
    return at.astimezone(by.reseller.zone).date() if by and by.reseller else at.date()


def _move(
    company: Company,
    sources: set[Company.Status],
    status: Company.Status,
    by: Actor,
    at: datetime,
) -> None:
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if row.status not in sources:
            raise CannotArchive
        before = {"status": row.status}
        row.status = status
        row.save(update_fields=["status"])
        trail.write(
            f"company.{status}",
            row,
            by,
            at,
            before=before,
            after={"status": status},
        )


def _only(
    values: Values,
    names: Collection[str],
) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name in names}


def _state(company: Company) -> dict[str, object]:
    """A company for the audit trail."""
    values = {name: getattr(company, name) for name in OFFICE}
    return {
        name: value if isinstance(value, bool) else str(value or "")
        for name, value in values.items()
    }
