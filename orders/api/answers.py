"""Refusals as problems, lists as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from orders.assignment import Overlap
from orders.errors import (
    AlreadyThere,
    BadValue,
    Forbidden,
    Missing,
    Refused,
    Stale,
)
from orders.market import NotSigned
from tenants.actor import Actor
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit.problems import Problem
from tenants.permissions import Permission

PAGE = 50
MOST = 200
CODES: list[tuple[type[Refused], int, str]] = [
    (AlreadyThere, 409, "already_there"),
    (Forbidden, 403, "forbidden"),
    (Stale, 409, "stale"),
    (NotSigned, 409, "platform_contract_not_signed"),
    (Refused, 409, "not_possible"),
]


class View(APIView):
    """An actor's call; `permissions` name who may."""

    permissions: tuple[Permission, ...] | dict[str, tuple[Permission, ...]] = ()

    @property
    def actor(self) -> Actor:
        return cast(Actor, self.request.user)

    def given(
        self,
        kind: type[serializers.Serializer[Any]],
        *,
        partial: bool = False,
    ) -> dict[str, Any]:
        """The body, checked; raises a 422 that names the fields."""
        body = kind(data=self.request.data, partial=partial)
        body.is_valid(raise_exception=True)
        return cast("dict[str, Any]", body.validated_data)


@contextmanager
def refusals() -> Iterator[None]:
    """What an act refuses, as a problem with a code for programs and words for people."""
    try:
        yield
    except BadValue as said:
        raise Problem(422, "invalid", str(said), {said.field: [str(said)]}) from said
    except Missing as said:
        raise Problem(
            409,
            "missing",
            str(said),
            {need: [str(said)] for need in said.needs},
        ) from said
    except Overlap as said:
        raise Problem(
            409,
            "overlap",
            str(said),
            {"together": [str(said)]} if said.together else {},
        ) from said
    except ExchangeRefused as said:
        raise Problem(409, said.code, str(said)) from said
    except Refused as said:
        status, code = next(
            (status, code) for kind, status, code in CODES if isinstance(said, kind)
        )
        raise Problem(status, code, str(said)) from said


def listed(
    request: Request,
    rows: QuerySet[Any],
    face: Callable[[Any], dict[str, Any]],
) -> Response:
    """One page; `next` is the address of the following one."""
    limit = _number(request, "limit", PAGE, MOST)
    start = _number(request, "offset", 0, 1_000_000)
    found = list(rows[start : start + limit + 1])
    following = None
    if len(found) > limit:
        query = {
            **request.query_params.dict(),
            "limit": limit,
            "offset": start + limit,
        }
        following = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
    return Response(
        {
            "results": [face(row) for row in found[:limit]],
            "next": following,
        }
    )


def _number(request: Request, name: str, usual: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return (
        min(int(text), most)
        if text.isdecimal() and len(text) < 9 and (int(text) or name == "offset")
        else usual
    )
