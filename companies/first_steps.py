"""The checklist of the dashboard: what a new reseller has still to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from companies import links
from companies.queries import has_signed_with_platform, own_details


@dataclass(frozen=True, slots=True)
class Step:
    """One line; `action_label` names its button."""

    label: str
    url: str
    done: bool
    note: str
    action_label: str


def first_steps() -> list[Step]:
    """All steps in their order; the dashboard hides the list when each is done."""
    own = own_details()
    return [
        Step(
            _("Fill in the company details"),
            links.own("details"),
            own.details_at is not None,
            _("They go on every contract and invoice."),
            _("Fill in"),
        ),
        Step(
            _("Sign the sub-forwarder contract"),
            links.own("terms"),
            has_signed_with_platform(),
            _("Needed before orders can be published on the exchange."),
            _("Read and sign"),
        ),
        Step(
            _("Upload the logo"),
            links.own("images"),
            own.logo_file_id is not None,
            _("It heads your documents and your clients' cabinet."),
            _("Upload"),
        ),
        Step(
            _("Upload signature and stamp"),
            links.own("images"),
            own.signature_file_id is not None and own.stamp_file_id is not None,
            _("Documents are then issued signed and stamped."),
            _("Upload"),
        ),
    ]
