"""One frame for every call of the API: who asks, what it carries, a page of a list, refusals.

A call names a serializer for its body and one for its answer, and makes one act of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.actor import Actor, ResellerInfo
from tenants.kit import clock
from tenants.kit.calendar import NotAMonth, month_from
from tenants.kit.cursors import filters_of
from tenants.kit.keyset import Sort, cut, reader_of, sort_named
from tenants.kit.problem_handler import by_field
from tenants.kit.problems import Problem, invalid
from tenants.kit.public_url import public_url
from tenants.kit.serializers import (
    Answer,
    AskedOut,
    Body,
    Filters,
    Nothing,
    Place,
    Values,
    paged,
)
from tenants.permissions import Permission

PROBLEM = "application/problem+json"
LIMIT = 50
MOST = 200
MONTH = OpenApiParameter("month", description="2026-03; by default the running one")
Permissions = tuple[Permission, ...] | Mapping[str, tuple[Permission, ...]]
Refusals = Mapping[type[Exception], Callable[..., Problem]]


def refusal(status: int, code: str) -> Callable[[Exception], Problem]:
    """An act's refusal as a problem with a code for programs and its own words for people."""
    return lambda refused: Problem(status, code, str(refused))


def listed(
    answer: type[Answer],
    filters: type[Filters] | None = None,
    sorts: Mapping[str, Sort] | None = None,
) -> Callable[..., Any]:
    """Describes a call that answers with `self.page(…)`."""
    sort_names = [name for key in sorts or () for name in (key, f"-{key}")]
    # Every list takes `search`; one that has nothing to search by answers whole.
    names: set[str] = {"search", *Place().fields, *(filters().fields if filters else ())}
    parameters = [
        *([filters] if filters else []),
        OpenApiParameter("limit", int, description=f"{LIMIT}, at most {MOST}"),
        OpenApiParameter("cursor", str, description="stands in `next`"),
        *([OpenApiParameter("sort", str, enum=sort_names)] if sort_names else []),
    ]
    return _reads(names, extend_schema(parameters=parameters, responses=paged(answer)))


def by_month(answer: type[Answer], filters: type[Filters] | None = None) -> Callable[..., Any]:
    """Describes a call that answers for `self.month()`."""
    names: set[str] = {MONTH.name, *(filters().fields if filters else ())}
    parameters = [MONTH, *([filters] if filters else [])]
    return _reads(names, extend_schema(parameters=parameters, responses=answer))


def filtered(answer: type[Answer], filters: type[Filters]) -> Callable[..., Any]:
    """Describes a call that reads `self.filters(…)` and is no list."""
    return _reads(filters().fields, extend_schema(parameters=[filters], responses=answer))


def _reads(names: Collection[str], describe: Callable[..., Any]) -> Callable[..., Any]:
    """The method knows these parameters of the address; `ApiView` refuses all others."""

    def mark(method: Callable[..., Any]) -> Any:
        described = describe(method)
        described.parameters_known = frozenset(names)
        return described

    return mark


def asking(body: type[Body], answer: type[Answer], *, status: int = 200) -> Callable[..., Any]:
    """Describes a call of an act that may ask first: its body has `sure`."""
    responses = {status: answer, (409, PROBLEM): AskedOut}
    return cast("Callable[..., Any]", extend_schema(request=body, responses=responses))


class ApiView(APIView):
    """A call by an actor; any of `permissions` suffices. `refusals` say how the exceptions of acts
    are answered: the closest class of the exception counts.
    """

    permissions: Permissions = ()
    refusals: Refusals = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After the caller is known: no parameter of the address is dropped in silence."""
        super().initial(request, *args, **kwargs)
        method = getattr(self, str(request.method).lower(), None)
        names: frozenset[str] = getattr(method, "parameters_known", frozenset())
        unknown = [name for name in request.query_params if name not in names]
        if unknown:
            raise bad_filters({name: [_("There is no such parameter.")] for name in unknown})

    @property
    def actor(self) -> Actor:
        return cast(Actor, self.request.user)

    @property
    def reseller(self) -> ResellerInfo:
        """The actor's own; a driver has none, so the call is not there for it."""
        reseller = self.actor.reseller
        if reseller is None:
            raise Problem(404, "not_found")
        return reseller

    @cached_property
    def today(self) -> date:
        return self.reseller.day(clock.now())

    def handle_exception(self, exc: Exception) -> Response:
        for kind in type(exc).__mro__:
            if kind in self.refusals:
                return super().handle_exception(self.refusals[kind](exc))
        return super().handle_exception(exc)

    # -- what a call carries

    def body(self, kind: type[Body] = Nothing, *, partial: bool = False) -> Values:
        """The body, read. Raises a 422 that names the fields, unknown ones too."""
        if not isinstance(self.request.data, Mapping):
            raise Problem(422, "invalid", _("Send a JSON object."))
        body = kind(data=self.request.data)
        if partial:
            body.may_leave_out_all()
        body.is_valid(raise_exception=True)
        return cast(Values, body.validated_data)

    def sent(self, kind: type[Body]) -> Values:
        """The body as it was sent, for a form that reads it; null is an empty value. Refused here are
        unknown fields and values of another type.
        """
        data = self.request.data
        if not isinstance(data, Mapping):
            raise Problem(422, "invalid", _("Send a JSON object."))
        if errors := kind().errors_of_types(data):
            raise invalid(by_field(errors))
        return {name: "" if value is None else value for name, value in data.items()}

    def filters(self, kind: type[Filters]) -> Values:
        """The filters in the address. Raises a 400 that names those that do not parse."""
        query = self.request.query_params.copy()
        single = kind().names_of_one_value()
        if twice := [name for name in single if len(query.getlist(name)) > 1]:
            raise bad_filters({name: [_("This was sent twice.")] for name in twice})
        for name in [name for name, value in query.items() if value == ""]:
            del query[name]
        filters = kind(data=query)
        if not filters.is_valid():
            raise bad_filters(by_field(filters.errors))
        return cast(Values, filters.validated_data)

    def month(self) -> date:
        """The month in the address, or the running one."""
        text = self.request.query_params.get("month", "")
        try:
            return month_from(text) if text else self.today.replace(day=1)
        except NotAMonth as wrong:
            raise invalid({"month": [_("A month is written 2026-03.")]}) from wrong

    # -- what a call answers

    def answer(
        self,
        kind: type[Answer],
        row: object,
        *,
        status: int = 200,
        **context: object,
    ) -> Response:
        """One thing; `context` is what its serializer must know besides the actor."""
        data = kind(row, context={"actor": self.actor, **context}).data
        return Response(data, status=status)

    def page(
        self,
        rows: QuerySet[Any, Any],
        kind: type[Answer],
        *,
        sort: Sort,
        sorts: Mapping[str, Sort] | None = None,
        allowed: Collection[str] | None = None,
        **context: object,
    ) -> Response:
        """One page of the rows, by `sort` unless the address names another of `sorts`. One that is
        not `allowed` to this person leaves the usual order.
        """
        place = self.filters(Place)
        size = min(place.get("limit", LIMIT), MOST)
        page = cut(
            rows,
            sort=_sort_of(place.get("sort"), sort, sorts or {}, allowed),
            cursor=place.get("cursor"),
            size=size,
            list_name=self.request.path,
            filters=filters_of(self.request.query_params),
            reader=reader_of(self.actor),
        )
        following = {"cursor": page.next, "limit": size} if page.next else None
        return self.piece(page.rows, kind, following, **context)

    def piece(
        self,
        rows: Sequence[Any],
        kind: type[Answer],
        following: Mapping[str, Any] | None = None,
        **context: object,
    ) -> Response:
        """Rows, and the address of the next ones: this one with `following` in it."""
        results = kind(rows, many=True, context={"actor": self.actor, **context}).data
        return Response({"results": results, "next": self.address(following)})

    def address(self, following: Mapping[str, Any] | None) -> str | None:
        """The address of this call with other parameters; None without any."""
        if following is None:
            return None
        query = self.request.query_params.copy()
        for name, value in following.items():
            query[name] = str(value)
        return public_url(f"{self.request.path}?{query.urlencode()}")


def _sort_of(
    name: str | None,
    usual: Sort,
    sorts: Mapping[str, Sort],
    allowed: Collection[str] | None,
) -> Sort:
    if name is None:
        return usual
    sort = sort_named(
        {
            usual.key: usual,
            **sorts,
        },
        name,
    )
    if sort is None:
        raise bad_filters({"sort": [_("This list cannot be sorted so.")]})
    return sort if allowed is None or sort.key in allowed else usual


def answers_of(values: Values) -> frozenset[str]:
    """The questions that a body answers with yes; taken out of it."""
    return frozenset(values.pop("sure", None) or ())


def bad_filters(errors: dict[str, list[str]]) -> Problem:
    return Problem(
        400,
        "bad_filter",
        _("Some values are not right."),
        errors,
    )


def checked(form: forms.Form, names: Mapping[str, str] | None = None) -> Values:
    """What a form has read. Raises a 422 by field; `names` are the API's own for the form's."""
    if not form.is_valid():
        raise invalid(_errors(form, names or {}))
    return form.cleaned_data


def checked_filters(form: forms.Form) -> Values:
    """The filters that a form has read. Raises a 400 that names those that do not parse."""
    if form.is_valid():
        return form.cleaned_data
    errors = _errors(form, {})
    for name, faults in form.errors.get_json_data().items():
        if any(fault["code"] == "invalid_choice" for fault in faults):
            errors[name] = [_("There is no such choice.")]  # Django's words repeat what was sent
    raise bad_filters(errors)


def _errors(
    form: forms.Form,
    names: Mapping[str, str],
) -> dict[str, list[str]]:
    return {
        names.get(name, name): [str(text) for text in texts] for name, texts in form.errors.items()
    }
