"""The reseller's own firm: details, pictures, the look of its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from companies.models import OwnDetails
from tenants.actor import Actor
from tenants.kit.form_changes import without_same
from tenants.kit.uploads import CleanImage
from tenants.office import audit, files
from tenants.platform.support import set_era, set_support

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
    "register_number",
    "invoice_terms_days",
)
LOOK = ("accent", "footer_note", "own_terms")
PICTURES = ("logo", "signature", "stamp")
SUBJECT = "own:details"
Value = str | bool | int | datetime | UUID | None  # of a field; phones have no types of their own


def save_details(*, values: Mapping[str, Value], by: Actor, at: datetime) -> OwnDetails:
    """The first saving ends the banner of the first steps."""
    details: dict[str, Value] = {name: values[name] for name in DETAILS if name in values}
    if not OwnDetails.objects.filter(pk=1, details_at__isnull=False).exists():
        details["details_at"] = at
    return _change("own.details", details, by, at)


def set_appearance(*, values: Mapping[str, str], by: Actor, at: datetime) -> OwnDetails:
    """Colour, footer and own terms of every paper made from now on; issued ones stay as they are."""
    return _change(
        "own.look",
        {name: values[name] for name in LOOK if name in values},
        by,
        at,
    )


def set_picture(*, kind: str, picture: CleanImage, by: Actor, at: datetime) -> OwnDetails:
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
        return _change(f"own.{kind}", {f"{kind}_file_id": file.pk}, by, at)


def remove_picture(
    *,
    kind: str,
    by: Actor,
    at: datetime,
) -> OwnDetails:
    return _change(
        f"own.{kind}",
        {f"{_checked(kind)}_file_id": None},
        by,
        at,
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
            subject=SUBJECT,
            by=by,
            at=at,
            before={"buddhist_era": was},
            after={"buddhist_era": buddhist},
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
            subject=SUBJECT,
            by=by,
            at=at,
            before=dict(was),
            after=dict(values),
        )


def mark_platform_contract(*, at: datetime, by: Actor) -> None:
    """The contract with the platform is signed: publishing is open."""
    _change(
        "own.platform_contract",
        {"platform_contract_signed_at": at},
        by,
        at,
    )


def end_platform_contract(*, at: datetime, by: Actor) -> None:
    """The contract with the platform has ended: publishing is closed."""
    _change(
        "own.platform_contract_end",
        {"platform_contract_signed_at": None},
        by,
        at,
    )


def locked() -> OwnDetails:
    """The row, made if need be and locked until the caller's transaction ends."""
    OwnDetails.objects.bulk_create([OwnDetails()], ignore_conflicts=True)
    return OwnDetails.objects.select_for_update().get(pk=1)


def _checked(kind: str) -> str:
    if kind not in PICTURES:
        raise ValueError(kind)
    return kind


def _change(action: str, values: Mapping[str, Value], by: Actor, at: datetime) -> OwnDetails:
    with transaction.atomic():
        row = locked()
        values = without_same(values, row)
        if not values:
            return row
        before = _state(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values])
        audit.record(
            action=action,
            subject=SUBJECT,
            title=row.name,
            by=by,
            at=at,
            before=before,
            after=_state(row, values),
        )
    return row


def _state(row: OwnDetails, names: Iterable[str]) -> dict[str, object]:
    """These fields for the audit trail."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value if isinstance(value, bool | int) else str(value or "")
        for name, value in values.items()
    }
