"""Fields of the API's bodies and filters that read through the edge, as those of forms do; a guard
finds a serializer that takes a text, a day or a moment by another one.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tenants.kit.edge import phones, text
from tenants.kit.edge.days import NotADay, Window
from tenants.kit.edge.form_fields import LONGEST_PHONE

WITH_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})\s*$", re.IGNORECASE)

# The classes below have no docstring: the description of the API would show it.


class Text(serializers.CharField):
    # One line; with `lines` its line ends stay.

    def __init__(self, *named: Any, lines: bool = False, **more: Any) -> None:
        super().__init__(*named, **more)
        self.lines = lines

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            data = text.lines(data) if self.lines else text.one_line(data)
        return super().run_validation(data)


class Digits(Text):
    # A number that is a name, as that of a tax payer or an account: 1.5 of a body would stand as 15.

    def to_internal_value(self, data: str | float) -> str:
        if isinstance(data, float):
            self.fail("invalid")
        number: str = super().to_internal_value(data)
        return number


class Email(Text, serializers.EmailField):
    pass


class Pattern(Text, serializers.RegexField):
    pass


class AsTyped(serializers.CharField):
    # A password, a pasted table: nothing is cleaned here.
    pass


class Phone(Text):
    default_error_messages = {"invalid_phone": _("This is no phone number.")}

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"max_length": 2 * LONGEST_PHONE} | more))

    def to_internal_value(self, data: Any) -> str:
        try:
            number = phones.normal(super().to_internal_value(data))
        except phones.BadPhone:
            self.fail("invalid_phone")
        if len(number) > LONGEST_PHONE:
            self.fail("max_length", max_length=LONGEST_PHONE)
        return number


class DayIn(serializers.DateField):
    def __init__(self, *, window: Window, **more: Any) -> None:
        super().__init__(**more)
        self.window = window

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        try:
            self.window.check(day)
        except NotADay as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong
        return day


class MomentIn(serializers.DateTimeField):
    def __init__(self, *, window: Window, **more: Any) -> None:
        super().__init__(**({"default_timezone": UTC} | more))
        self.window = window

    def to_internal_value(self, value: Any) -> datetime:
        try:
            moment: datetime = super().to_internal_value(value)
            self.window.check(moment.date())
        except NotADay as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong
        except OverflowError:
            self.fail("overflow")
        return moment


class IdIn(serializers.UUIDField):
    # A text alone: the library reads 1, and even true, as an id. Its words come in English only.
    default_error_messages = {"invalid": _("Must be a valid UUID.")}

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        value: UUID = super().to_internal_value(data)
        return value


class TimeIn(serializers.TimeField):
    # The clock of the place; one with a zone of its own would lose it without a word.

    def to_internal_value(self, value: Any) -> time:
        if isinstance(value, str) and WITH_ZONE.search(value):
            self.fail("invalid", format="hh:mm[:ss]")
        moment: time = super().to_internal_value(value)
        return moment


class Degrees(serializers.FloatField):
    # A latitude or longitude; what is no number is not taken for one.

    def to_internal_value(self, data: Any) -> float:
        value: float = super().to_internal_value(data)
        if isinstance(data, bool) or not isfinite(value):
            self.fail("invalid")
        return value
