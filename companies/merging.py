"""Merging a company that was entered twice: what hangs on the one goes over to the other.

Rows that never change (contracts, lines of the ledger) keep the old company, which stays archived
and says where it went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies import trail
from companies.models import Address, BankAccount, Company, Contact, Note
from documents.models import Document
from tenants.accounts import invitations, memberships
from tenants.actor import Actor
from tenants.drivers import pool
from tenants.exchange.queries import carries
from tenants.kit.form_changes import without_same
from tenants.office.models import Member

TAKEN = (
    *("full_name", "contact_person", "inn", "okpo", "address", "phone", "email", "bank"),
    *("account", "bik", "director", "accountant", "register_number", "kpp", "ogrn"),
    *("tax_office", "branch_code", "correspondent", "director_post", "legal_form"),
)
BLOCK = ("blocked_at", "blocked_by", "block_reason")


class CannotMerge(Exception):
    """The two cannot become one; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind: how many hang on a company, and how they go over to another."""

    label: str | Promise
    count: Callable[[Company], int]
    move: Callable[[Company, Company], object]


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging will do: how many rows of each kind go over, which empty details are filled."""

    parts: tuple[tuple[str, int], ...]
    details: dict[str, object]
    refusal: str

    @property
    def key(self) -> str:
        """What the yes is said to."""
        return ",".join(f"{count}" for _label, count in self.parts)


_parts: list[Part] = []


def add_part(part: Part) -> None:
    """Apps above say what of theirs hangs on a company."""
    if part not in _parts:
        _parts.append(part)


def preview(source: Company, target: Company) -> Preview:
    return Preview(
        parts=tuple((str(part.label), part.count(source)) for part in _parts),
        details=_details(source, target),
        refusal=_why_not(source, target),
    )


def merge(*, source: Company, target: Company, shown: str, by: Actor, at: datetime) -> Company:
    """Everything of `source` goes over to `target`, whose empty details are filled from it; the
    source is archived for good. `shown` is the preview's key. Raises CannotMerge.
    """
    with transaction.atomic():
        rows = Company.objects.select_for_update().in_bulk(sorted([source.pk, target.pk]))
        source = rows[source.pk]
        target = rows[target.pk]
        seen = preview(source, target)
        if seen.refusal:
            raise CannotMerge(seen.refusal)
        if seen.key != shown:
            raise CannotMerge(_("Something has changed meanwhile. Look at the numbers again."))
        for part in _parts:
            part.move(source, target)
        _take_over(source, target, seen.details)
        _write_on_both(source, target, seen, by, at)
    return target


def _take_over(source: Company, target: Company, details: dict[str, object]) -> None:
    for name, value in details.items():
        setattr(target, name, value)
    carrier = _carrier_of_both(source, target)
    source.carrier_id = None
    source.status = Company.Status.ARCHIVED
    source.merged_into = target
    source.save(update_fields=["carrier_id", "status", "merged_into"])
    if source.kind != target.kind:
        target.kind = Company.Kind.BOTH
    target.carrier_id = carrier
    target.save(update_fields=[*details, "kind", "carrier_id"])


def _carrier_of_both(source: Company, target: Company) -> UUID | None:
    """The pool's carrier that goes on; one that has never carried is left behind."""
    if target.carrier_id is None and source.carrier_id is not None:
        pool.hand_carrier_over(carrier_id=source.carrier_id, company_id=target.pk)
        return source.carrier_id
    return target.carrier_id


def _details(source: Company, target: Company) -> dict[str, object]:
    """Details that the target lacks. A block and a credit limit go over too: merging is no way
    around them.
    """
    lacking = [name for name in TAKEN if not getattr(target, name)]
    if target.credit_limit is None:
        lacking.append("credit_limit")
    if not target.is_blocked:
        lacking += BLOCK
    return without_same({name: getattr(source, name) for name in lacking}, target)


def _why_not(source: Company, target: Company) -> str:
    if source.pk == target.pk:
        return _("A company is not merged with itself.")
    if source.merged_into_id or target.merged_into_id:
        return _("One of them was merged already.")
    if target.status == Company.Status.ARCHIVED:
        return _("The company that stays is archived. Bring it back first.")
    if source.inn and target.inn and source.inn != target.inn:
        return _("Their tax numbers differ: these are two firms.")
    if source.carrier_id and target.carrier_id and carries(source.carrier_id):
        return _(
            "Both carry: the one to be merged has drivers, vehicles, offers or trips of its own."
        )
    return ""


def _write_on_both(
    source: Company, target: Company, seen: Preview, by: Actor, at: datetime
) -> None:
    """On both cards: an archived one, too, tells where its orders went."""
    moved = {label: count for label, count in seen.parts if count}
    before = {"from": f"{source.name} ({source.ref})"}
    after = {"to": f"{target.name} ({target.ref})", "moved": moved}
    for row in (source, target):
        trail.write("company.merge", row, by, at, before=before, after=after)


def _of_model(model: type[Contact | Address | Note | BankAccount], label: Promise) -> Part:
    rows = model._default_manager
    return Part(
        label,
        lambda source: rows.filter(company=source).count(),
        lambda source, target: rows.filter(company=source).update(company=target),
    )


def _people(source: Company) -> int:
    return Member.objects.filter(company_id=source.pk).count()


def _move_people(source: Company, target: Company) -> None:
    """Who signs in for the one signs in for the other from the next page on."""
    memberships.move_to_company(source=source.pk, target=target.pk)
    invitations.revoke(company_id=source.pk, at=timezone.now())


def _papers(source: Company) -> int:
    return Document.objects.filter(company_id=source.pk).count()


def _move_papers(source: Company, target: Company) -> None:
    """What a paper says stays; who may see it is the company that goes on."""
    Document.objects.filter(company_id=source.pk).update(company_id=target.pk)


add_part(Part(gettext_lazy("Documents"), _papers, _move_papers))
add_part(Part(gettext_lazy("Who signs in"), _people, _move_people))
add_part(_of_model(Contact, gettext_lazy("Contacts")))
add_part(_of_model(Address, gettext_lazy("Addresses")))
add_part(_of_model(Note, gettext_lazy("Notes")))
add_part(_of_model(BankAccount, gettext_lazy("Accounts")))
