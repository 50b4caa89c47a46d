"""The reseller's own firms: details, pictures, the look of their papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from companies import trail
from companies.models import FIRST_FIRM, OWN_SUBJECT, OwnFirm
from tenants.actor import Actor
from tenants.kit.form_changes import without_same
from tenants.kit.uploads import CleanImage
from tenants.office import audit, files
from tenants.platform.support import set_era, set_support, set_zone

DETAILS = (
    "name",
    "full_name",
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
    "invoice_terms_days",
)
LOOK = ("accent", "footer_note", "own_terms")
PICTURES = ("logo", "signature", "stamp")
Value = (
    str | bool | int | date | datetime | UUID | None
)  # of a field; phones have no types of their own


def save_details(
    *,
    values: Mapping[str, Value],
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> OwnFirm:
    """Of the main firm unless another one is named; the first saving ends the banner of the first
    steps.
    """
    details: dict[str, Value] = {name: values[name] for name in DETAILS if name in values}
    with transaction.atomic():
        if locked(firm_id).details_at is None:
            details["details_at"] = at
        return _change("own.details", details, by, at, firm_id)


def set_appearance(
    *,
    values: Mapping[str, str],
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> OwnFirm:
    """Colour, footer and own terms of every paper made from now on; issued ones stay as they are."""
    return _change(
        "own.look",
        {name: values[name] for name in LOOK if name in values},
        by,
        at,
        firm_id,
    )


def set_picture(
    *,
    kind: str,
    picture: CleanImage,
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> OwnFirm:
    """Keep a cleaned picture. The older file stays: issued papers refer to it."""
    with transaction.atomic():
        suffix = picture.content_type.removeprefix("image/")
        file = files.store(
            content=picture.content,
            name=f"{_checked(kind)}.{suffix}",
            content_type=picture.content_type,
            by=by,
            at=at,
        )
        return _change(f"own.{kind}", {f"{kind}_file_id": file.pk}, by, at, firm_id)


def remove_picture(
    *,
    kind: str,
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> OwnFirm:
    return _change(
        f"own.{kind}",
        {f"{_checked(kind)}_file_id": None},
        by,
        at,
        firm_id,
    )


def choose_era(*, buddhist: bool, was: bool, by: Actor, at: datetime) -> None:
    """How Thai pages, exports and cargo papers count years from now on; tax papers always count
    them from 543 BC.
    """
    if buddhist == was:
        return
    with transaction.atomic():
        set_era(buddhist=buddhist)
        audit.record(
            action="own.era",
            subject=OWN_SUBJECT,
            by=by,
            at=at,
            before={"buddhist_era": was},
            after={"buddhist_era": buddhist},
        )


def choose_zone(*, time_zone: str, was: str, by: Actor, at: datetime) -> None:
    """Days begin and end by another clock from now on; what is dated already keeps its day."""
    if time_zone == was:
        return
    with transaction.atomic():
        set_zone(time_zone)
        audit.record(
            action="own.zone",
            subject=OWN_SUBJECT,
            by=by,
            at=at,
            before={"time_zone": was},
            after={"time_zone": time_zone},
        )


def set_help_contacts(
    *,
    values: Mapping[str, str],
    was: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """Where the reseller's people find help: the fields of tenants/platform/support.py."""
    if dict(values) == dict(was):
        return
    with transaction.atomic():
        set_support(values)
        audit.record(
            action="own.support",
            subject=OWN_SUBJECT,
            by=by,
            at=at,
            before=dict(was),
            after=dict(values),
        )


def mark_platform_contract(*, at: datetime, by: Actor, firm_id: int | None = None) -> None:
    """The firm's contract with the platform is signed: publishing is open."""
    _change(
        "own.platform_contract",
        {"platform_contract_signed_at": at},
        by,
        at,
        firm_id,
    )


def end_platform_contract(*, at: datetime, by: Actor, firm_id: int | None = None) -> None:
    """The firm's contract with the platform has ended: publishing is closed."""
    _change(
        "own.platform_contract_end",
        {"platform_contract_signed_at": None},
        by,
        at,
        firm_id,
    )


def locked(firm_id: int | None = None) -> OwnFirm:
    """The firm, or the main one, made if need be and locked until the caller's transaction ends.

    Whoever changes firms locks the first one before: only then it is sure which is the main one.
    """
    OwnFirm.objects.bulk_create([OwnFirm()], ignore_conflicts=True)
    rows = OwnFirm.objects.select_for_update()
    first = rows.get(pk=FIRST_FIRM)
    named = {"is_main": True} if firm_id is None else {"pk": firm_id}
    return first if firm_id == FIRST_FIRM else rows.get(**named)


def _checked(kind: str) -> str:
    if kind not in PICTURES:
        raise ValueError(kind)
    return kind


def _change(
    action: str,
    values: Mapping[str, Value],
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> OwnFirm:
    with transaction.atomic():
        row = locked(firm_id)
        values = without_same(values, row)
        if not values:
            return row
        before = _state(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values])
        trail.write(
            action,
            row,
            by,
            at,
            before=before,
            after=_state(row, values),
        )
    return row


def _state(row: OwnFirm, names: Iterable[str]) -> dict[str, object]:
    """These fields for the audit trail."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value if isinstance(value, bool | int) else str(value or "")
        for name, value in values.items()
    }
