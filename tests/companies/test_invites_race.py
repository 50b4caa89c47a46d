"""Eight people press the button of one link at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from companies import invites, joining
from tenants.accounts.invitations import KnownPerson, StaleInvitation
from tenants.accounts.models import Membership, User
from tenants.context import GATE, inside
from tenants.kit import clock
from tests.companies.test_invites import FORM, NEW
from tests.world import load


@pytest.mark.slow
def test_of_eight_one_comes_in(committed: None) -> None:
    alpha = load("alpha")
    with inside(alpha.scope):
        done = invites.invite(**FORM, by=alpha.actor(), at=clock.now())
    token = done.link.rstrip("/").split("/")[-1]

    def take(number: int) -> str:
        try:
            with inside(GATE):
                joining.join(
                    token,
                    name=f"Guest {number}",
                    password=f"green-tea-{number}42",
                    signed_in=None,
                    at=clock.now(),
                )
            return "in"
        except StaleInvitation:
            return "stale"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers: list[Any] = sorted(pool.map(take, range(8)))
    assert answers == ["in"] + ["stale"] * 7
    with inside(GATE):
        assert (
            User.objects.filter(email=NEW).count()
            == Membership.objects.filter(user__email=NEW).count()
            == 1
        )


@pytest.mark.slow
def test_of_two_links_for_one_phone_one_makes_a_login(committed: None) -> None:
    """The links that name a phone are locked together."""
    alpha = load("alpha")
    by_phone = FORM | {"email": "", "phone": "+996700123456"}
    with inside(alpha.scope):
        links = [
            invites.invite(
                **(by_phone | {"name": f"Firm {number}"}), by=alpha.actor(), at=clock.now()
            ).link
            for number in range(4)
        ]

    def take(link: str) -> str:
        try:
            with inside(GATE):
                joining.join(
                    link.rstrip("/").split("/")[-1],
                    name="Guest",
                    password="green-tea-42",
                    signed_in=None,
                    at=clock.now(),
                )
            return "in"
        except KnownPerson:
            return "known"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(take, links))
    assert answers == ["in"] + ["known"] * 3
    with inside(GATE):
        assert User.objects.filter(phone="+996700123456").count() == 1
