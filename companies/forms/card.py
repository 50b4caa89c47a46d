"""Forms of a company's card: an address, a note, the reason of a block, the credit limit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.forms.fields import phone, text
from companies.links import COMPANY_SEARCH
from tenants.kit.edge import points
from tenants.kit.edge.form_fields import TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import MoneyField
from tenants.kit.geo import Point
from tenants.kit.places.form_field import PlaceField

AS_COPIED = _("Latitude and longitude, as a map program copies them: 42.87460, 74.56980")


class PointField(TextField):
    """A point as map programs copy it; answers a Point, or None for an empty field."""

    def clean(self, value: object) -> Point | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        point = points.read(typed)
        if point is None:
            raise ValidationError(AS_COPIED, code="invalid")
        return point

    def prepare_value(self, value: object) -> object:
        return points.written(value) if isinstance(value, Point) else value


class AddressForm(EditForm):
    """Where the company loads or unloads."""

    name = text(
        _("Name of the address"), 120, required=True, help_text=_("For example: Warehouse 2")
    )
    place = PlaceField(label=_("City or district"), required=True)
    street = text(_("Street and house"), 300)
    point = PointField(
        label=_("Point on the map"), max_length=60, required=False, help_text=AS_COPIED
    )
    contact = text(_("Whom to ask for"), 200)
    hours = text(_("Hours"), 120, help_text=_("For example: Mon–Sat 08:00–18:00"))
    gate_notes = TextField(
        label=_("Gate notes"),
        max_length=500,
        required=False,
        help_text=_("Which gate, papers for the guard, where to wait"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["phone"] = phone(region)
        order = ["name", "place", "street", "point", "contact", "phone", "hours", "gate_notes"]
        self.order_fields(order)


class LimitForm(EditForm):
    """What a client may owe at most; empty is without a limit."""

    credit_limit = MoneyField(
        label=_("Credit limit"),
        min_value=Decimal(0),
        help_text=_("Open invoices and orders under way together. Empty: without a limit."),
    )


class MergeForm(forms.Form):
    """Which company stays."""

    target = TextField(
        label=_("The company that stays"),
        max_length=36,
        widget=forms.Select(attrs={"data-pick-url": COMPANY_SEARCH}),
    )


class NoteForm(forms.Form):
    text = TextField(
        label=_("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BlockForm(forms.Form):
    """Why no new orders are taken."""

    reason = text(
        pgettext_lazy("why a company is blocked", "Reason"),
        300,
        required=True,
        help_text=_("Only your office sees it."),
    )
