"""Tries of a person's secret, counted over all doors: sign-in, API, invitation, second step, old
password.

Five wrong ones from one network close that network for this person for five minutes. Over all
networks nothing closes: from the tenth wrong try each costs two seconds more, thirty at most, the
owner hears of it once an hour, and a device that the person has not signed in on is asked for a
mailed code. So nobody is kept out by strangers (SECURITY T23 and T25, FAULTS D5 and D6).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from tenants.accounts import login_names
from tenants.accounts.driver_login import device_cookie, number_of
from tenants.accounts.known_devices import is_known
from tenants.accounts.models import User
from tenants.accounts.secrets import digest
from tenants.context import PLATFORM, inside
from tenants.kit import mail
from tenants.kit.limits import (
    address_block,
    address_of,
    allowed,
    count,
    counted,
    give_back,
    hold,
    slow_down,
)

OF_A_NETWORK = 5
NETWORK_WINDOW = 300  # seconds
CALM = 9  # wrong tries of a person, over all networks, before each costs time
MEMORY = 3600  # seconds
STEP = 2.0  # seconds more for each further try
LONGEST = 30.0
OF_AN_ADDRESS = 30  # tries a minute, of any names
MINUTE = 60


class TooManyTries(Exception):
    """This network has to wait a few minutes; from elsewhere the person gets in."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try that is being checked: where it is counted."""

    of_network: str
    of_person: str

    def was_right(self) -> None:
        """Only wrong tries count."""
        give_back(self.of_network)
        give_back(self.of_person)


def admit(login: str, request: HttpRequest) -> Try:
    """Count a try of a person's password before it is looked at, whichever of the names was typed.
    Raises TooManyTries.
    """
    return admit_key(login_names.key_of(login), request)


def admit_key(key: str, request: HttpRequest) -> Try:
    """The same for a person who is at hand: `key` is the door key."""
    has_known_device = is_known(request, key)
    one, wrong_before = _count(key, request, has_known_device=has_known_device)
    if wrong_before >= CALM:
        _warn_owner(key)
        if not has_known_device:
            _make_wait(one, wrong_before)
    return one


def admit_driver(phone: str, request: HttpRequest) -> Try:
    """Count a try of a driver's code or PIN before it is looked at. Raises TooManyTries.

    A PIN is looked at only for an enrolled phone, which counts its own wrong ones
    (`driver_login`): a stranger's tries never harm the owner's (FAULTS D7).
    """
    one, wrong_before = _count(number_of(phone), request, has_known_device=False)
    if wrong_before >= CALM and not request.COOKIES.get(device_cookie()):
        _make_wait(one, wrong_before)
    return one


def _count(whom: str, request: HttpRequest, *, has_known_device: bool) -> tuple[Try, int]:
    """The counted try, and how many wrong ones there were before it over all networks."""
    slow_down(f"door:{address_of(request)}", limit=OF_AN_ADDRESS, seconds=MINUTE)
    person = _person(whom)
    network = "known-device" if has_known_device else address_block(address_of(request))
    one = Try(of_network=f"tries:{person}:{network}", of_person=f"tries:{person}")
    if not allowed(one.of_network, limit=OF_A_NETWORK, seconds=NETWORK_WINDOW):
        raise TooManyTries
    return one, count(one.of_person, seconds=MEMORY) - 1


def is_attacked(key: str) -> bool:
    """Whether so many secrets were tried lately that a new device needs a mailed code."""
    return counted(f"tries:{_person(key)}") > CALM


def _make_wait(
    one: Try,
    wrong_before: int,
) -> None:
    seconds = min(LONGEST, STEP * (wrong_before - CALM + 1))
    if not hold(seconds):
        one.was_right()  # it was not looked at
        raise TooManyTries


def _person(whom: str) -> str:
    return digest(whom.strip().lower())[:32]


def _warn_owner(key: str) -> None:
    if not allowed(f"warned:{_person(key)}", limit=1, seconds=MEMORY):
        return
    with inside(PLATFORM):
        user = User.objects.filter(email__iexact=key or "-", is_active=True).first()
        if user is None:
            return
        with translation.override(user.language):
            letter = {
                "to": user.email,
                "subject": _("Somebody is guessing your password"),
                "text": _(
                    "Hello!\n\nMany wrong passwords were tried for your login %(email)s within an hour.\n\n"
                    "Your login stays open on the devices you have used. On a new device we will also ask for a "
                    "code that comes by e-mail. If it was not you, choose a longer password."
                )
                % {"email": user.email},
            }
        mail.queue(letter)
