"""The period that a report is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.kit import formats
from tenants.kit.calendar import first_of, last_of
from tenants.kit.edge.days import BUSINESS, PAST
from tenants.kit.edge.form_fields import DayField


@dataclass(frozen=True, slots=True)
class Period:
    """From the one day to the other, both included."""

    first: date
    last: date

    @property
    def query(self) -> dict[str, str]:
        """As an address says it."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{formats.day(self.first)} – {formats.day(self.last)}"

    @property
    def name(self) -> str:
        """In the name of a file."""
        return f"{self.first}-{self.last}"


def month_of(day: date) -> Period:
    """The whole month of a day."""
    return Period(first_of(day), last_of(day))


def around(first: date | None, last: date | None, usual: Period) -> Period:
    """The period of the days that were given; the end left out is the usual one, or that of the
    month of the other.
    """
    if last is None:
        last = usual.last if first is None else max(usual.last, last_of(first))
    return Period(first or min(usual.first, first_of(last)), last)


class DayForm(forms.Form):
    """The day that a report is of; what makes no sense is said, and the usual day stands."""

    on = DayField(window=PAST, label=_("On the day"), required=True)

    def __init__(self, data: Mapping[str, str], *, usual: date) -> None:
        super().__init__({"on": data.get("on") or usual.isoformat()})
        self.usual = usual

    @property
    def day(self) -> date:
        """The day that the address names, or the usual one."""
        day: date = self.cleaned_data["on"] if self.is_valid() else self.usual
        return day


class PeriodFilters(forms.Form):
    """From which day to which; either may be left out."""

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["from"] = DayField(window=BUSINESS, label=pgettext_lazy("period", "From"))
        self.fields["to"] = DayField(window=BUSINESS, label=pgettext_lazy("period", "To"))

    def clean(self) -> None:
        """A period does not end before it begins."""
        first = self.cleaned_data.get("from")
        last = self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The period ends before it begins."))

    def within(self, usual: Period) -> Period:
        """What was asked for; what makes no sense is said at its field, and the usual stands."""
        self.is_valid()
        days = self.cleaned_data
        return around(days.get("from"), days.get("to"), usual)


class PeriodForm(PeriodFilters):
    """Both days stand in the form, those left out as usual."""

    def __init__(self, data: Mapping[str, str], *, usual: Period) -> None:
        typed = {name: value for name, value in data.items() if value}
        super().__init__(usual.query | typed)
        self.usual = usual

    @property
    def period(self) -> Period:
        return self.within(self.usual)
