"""Devices that a person has signed in on: a signed cookie names the last few people of a browser."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

from tenants.accounts.secrets import digest

LIFE = timedelta(days=365)
MOST_PEOPLE = 5  # who share one computer
ON_FOREIGN_DEVICE = "foreign"  # in a session: the person has said that others use this device
_signer = Signer(salt="known-device")


def cookie_name() -> str:
    return ("__Host-" if settings.SECURE else "") + "known"


def is_known(request: HttpRequest, key: str) -> bool:
    """Whether the person of this door key has signed in on this browser."""
    return _mark(key) in _people(request)


def remember(request: HttpRequest, response: HttpResponseBase, key: str) -> None:
    """This browser has seen the person's secret."""
    others = [mark for mark in _people(request) if mark != _mark(key)]
    people = [_mark(key), *others][:MOST_PEOPLE]
    response.set_cookie(
        cookie_name(),
        _signer.sign(".".join(people)),
        max_age=LIFE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _people(request: HttpRequest) -> list[str]:
    try:
        return _signer.unsign(request.COOKIES.get(cookie_name(), "")).split(".")
    except BadSignature:
        return []


def _mark(key: str) -> str:
    return digest(f"device {key.strip().lower()}")[:20]
