"""Acts that matter ask for the password, or the second step, again when the last proof is older than
twelve hours: paying out, signing, bank details, giving access, taking a whole list away (FAULTS D9).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from tenants.kit.web import back_to, go

PROOF_LASTS = timedelta(hours=12)
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def asks_again(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Stands under `@needs` of a view whose POST matters."""

    @wraps(view)
    def proven(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and (answer := ask(request)):
            return answer
        return view(request, *args, **kwargs)

    return proven


def ask(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks, and back to the page of the act, where what was typed waits as
    a draft; None while the last proof counts.
    """
    if timezone.now().timestamp() - _proven_at(request) <= PROOF_LASTS.total_seconds():
        return None
    query = urlencode({"next": back_to(request) or "/"})
    return go(request, f"{reverse('account_reauthenticate')}?{query}")


def _proven_at(request: HttpRequest) -> float:
    """When the person last gave the password or the second step in this session."""
    user = request.user if isinstance(request.user, AbstractBaseUser) else None
    records = get_authentication_records(request, user)
    signed_in = float(request.session.get("started", timezone.now().timestamp()))
    return max([signed_in, *(float(record.get("at", 0)) for record in records)])
