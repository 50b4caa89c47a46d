"""Parts that the API's bodies, filters and answers are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from tenants.actor import Actor
from tenants.kit.edge.body_fields import Text
from tenants.kit.money import LEAST_FX, MOST_FX, MOST_MONEY, rounded

Values = dict[str, Any]
ApiFields = dict[str, serializers.Field[Any, Any, Any, Any]]
READ_BY_FORMS = (serializers.CharField, serializers.ChoiceField)


# The classes below have no docstring: the description of the API would show it for every subclass.


class Answer(serializers.Serializer[Any]):
    # What a call gives out; a field that is not named in it does not leave.

    @property
    def actor(self) -> Actor:
        """Who asks; ApiView puts it here."""
        actor: Actor = self.context["actor"]
        return actor


class Body(serializers.Serializer[Any]):
    # What a call carries. A field that it does not know is refused by its name.

    def to_internal_value(self, data: Any) -> Any:
        errors = {name: [_("There is no such field.")] for name in self._unknown(data)}
        try:
            values = super().to_internal_value(data)
        except ValidationError as refused:
            if not errors or not isinstance(refused.detail, dict):
                raise
            raise ValidationError({**refused.detail, **errors}) from refused
        if errors:
            raise ValidationError(errors)
        return values

    def may_leave_out_all(self) -> None:
        """For a change: what is not sent stays. What is sent is whole, its parts too."""
        for field in self.fields.values():
            field.required = False
            field.default = serializers.empty

    def errors_of_types(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What is wrong with each value by its type; texts are for the form to judge."""
        errors: dict[str, Any] = {
            name: [_("There is no such field.")] for name in self._unknown(data)
        }
        for name, value in data.items():
            is_text = isinstance(value, str) and isinstance(self.fields.get(name), READ_BY_FORMS)
            if name in errors or is_text or value is None or value == "":
                continue
            try:
                self.fields[name].run_validation(value)
            except ValidationError as refused:
                errors[name] = refused.detail
        return errors

    def _unknown(
        self,
        data: Any,
    ) -> list[str]:
        names = data.keys() if isinstance(data, Mapping) else ()
        return [str(name) for name in names if name not in self.fields]


class Nothing(Body):
    """The body of a call that needs none."""


class Sure(serializers.ListField):
    """The keys of questions that the caller answers with yes; see the answer 409 of the call."""

    child = Text(max_length=4000)

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False,
            max_length=20,
            help_text="Keys of questions (answer 409) that are answered with yes",
            **more,
        )


class Asking(Body):
    # The body of an act that may ask before it is done.
    sure = Sure()


class QuestionOut(Answer):
    key = serializers.CharField(help_text="Send it back in `sure`")
    text = serializers.CharField(help_text="In the caller's language")


class AskedOut(Answer):
    # Nothing was done: the act waits for the answer to a question.
    type = serializers.CharField()
    title = serializers.CharField(help_text="confirmation_required; overlap")
    status = serializers.IntegerField()
    detail = serializers.CharField()
    question = QuestionOut()


class Filters(serializers.Serializer[Any]):
    # What an address may narrow a list by; every field is `required=False`.

    def names_of_one_value(self) -> list[str]:
        """The filters that an address may name once."""
        several = (serializers.MultipleChoiceField, serializers.ListField)
        return [name for name, field in self.fields.items() if not isinstance(field, several)]


class Place(Filters):
    """Where in a list an answer begins, and how much of it there is."""

    limit = serializers.IntegerField(min_value=1, required=False)
    sort = Text(max_length=40, required=False)
    cursor = Text(required=False)


class Money(serializers.DecimalField):
    """An amount as a string with two places: "930.00"."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=18, decimal_places=2, **more)

    def quantize(self, value: Decimal) -> Decimal:
        return rounded(value)


class MoneyIn(Money):
    """An amount that a call carries, within the limit."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"max_value": MOST_MONEY} | more))


class RateIn(serializers.DecimalField):
    """How much of the reseller's currency one unit is worth, within the limit."""

    def __init__(self, **more: Any) -> None:
        limits = {"min_value": LEAST_FX, "max_value": MOST_FX}
        super().__init__(max_digits=18, decimal_places=6, **(limits | more))


class Moment(serializers.DateTimeField):
    """A moment in UTC: "2026-03-13T08:00:00Z"."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"default_timezone": UTC} | more))


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$"})
class Month(serializers.DateField):
    """A month: "2026-03"."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"format": "%Y-%m"} | more))


class Measure(serializers.DecimalField):
    """A weight, a volume or a rate as a string without zeros at its end: "12.5"."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"max_digits": 18, "decimal_places": 9} | more))

    def to_representation(self, value: Any) -> str:
        return f"{Decimal(value).normalize():f}"


@cache
def paged(answer: type[Answer]) -> type[Answer]:
    """The answer of a list of these: `results`, and the address of the next page."""
    name = answer.__name__.removesuffix("Out")
    fields = {
        "__doc__": f"A page of {name}.",
        "results": answer(many=True),
        "next": serializers.URLField(allow_null=True),
    }
    return type(f"{name}Page", (Answer,), fields)
