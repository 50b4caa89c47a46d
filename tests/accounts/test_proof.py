"""A login taken ahead of its owner opens nothing of others (FAULTS D2)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from commission.cargo.people import users
from companies import invites
from tenants.accounts import access_links
from tenants.accounts.models import Membership, User
from tenants.context import GATE, PLATFORM, inside
from tenants.kit import clock
from tenants.kit.outbox import work_off
from tenants.panel import access
from tenants.permissions import Role
from tenants.platform.models import Reseller
from tests.accounts.conftest import MANAGER, sign_in
from tests.world import Cast

VICTIM = "victim@company.test"
FORGED = "forger-s-password-1"
OWN = "owner-s-password-1"


def link_for(cast: Cast, email: str = VICTIM) -> str:
    """An invitation's path, as the office that invites can copy it."""
    with inside(cast.scope):
        invited = invites.invite(
            kind="client",
            name="Company",
            full_name="A Person",
            email=email,
            phone="+996555000009",
            language="en",
            by=cast.actor("dispatcher"),
            at=clock.now(),
        )
    return path_of(invited.link)


def path_of(address: str) -> str:
    assert address.startswith(settings.PUBLIC_URL)
    return address.removeprefix(settings.PUBLIC_URL)


def forge(alpha: Cast, visitor: Any) -> Client:
    """Alpha's office invites a stranger's address and takes the link itself."""
    forger: Client = visitor()
    answer = forger.post(link_for(alpha), {"name": "Forger", "password": FORGED})
    assert answer["Location"] == "/cabinet/company/"
    return forger


def letters() -> list[str]:
    """The bodies of the letters to the victim."""
    mail.outbox.clear()
    work_off()
    return [str(letter.body) for letter in mail.outbox if letter.to == [VICTIM]]


def link_in(letter: str, kind: str) -> str:
    (address,) = re.findall(rf"https?://\S*{kind}\S*", letter)
    return path_of(address)


def memberships() -> list[tuple[str, bool]]:
    """The victim's places and whether they wait, by reseller."""
    with inside(GATE):
        rows = Membership.objects.filter(user__email=VICTIM).order_by("reseller__name")
        return list(rows.values_list("reseller__name", "awaits_proof"))


def test_the_local_login_opens_its_reseller_at_once(alpha: Cast, visitor: Any) -> None:
    forger = forge(alpha, visitor)
    assert forger.get("/cabinet/").status_code == 200
    assert memberships() == [("Alpha", False)]


def test_the_forger_stays_outside_a_second_reseller_that_invites(
    alpha: Cast, beta: Cast, visitor: Any
) -> None:
    forger = forge(alpha, visitor)
    invitation = link_for(beta)
    stranger = visitor()
    for browser in (forger, stranger):
        answer = browser.post(invitation, {"name": "Forger", "password": FORGED})
        assert answer["Location"] == f"{invitation}?letter=sent"
    assert memberships() == [("Alpha", False)]
    assert forger.get("/cabinet/").status_code == 200


def test_the_owner_proves_the_address_and_the_forger_is_out_of_everything(
    alpha: Cast, beta: Cast, visitor: Any
) -> None:
    forger = forge(alpha, visitor)
    invitation = link_for(beta)
    visitor().post(invitation, {"name": "Owner", "password": OWN})
    letter = next(body for body in letters() if "/password/set/" in body)
    owner = visitor()
    answer = owner.post(link_in(letter, "/password/set/"), {"new": OWN, "again": OWN})
    assert answer["Location"] == invitation
    assert owner.post(invitation)["Location"] == "/cabinet/company/"
    assert memberships() == [("Alpha", False), ("Beta", False)]
    assert forger.get("/cabinet/").status_code == 302
    assert sign_in(visitor(), VICTIM, FORGED).status_code == 200
    assert sign_in(visitor(), VICTIM, OWN).status_code == 302


@pytest.mark.parametrize("role", [Role.HEAD, Role.DISPATCHER, Role.ACCOUNTANT])
def test_the_forger_stays_outside_when_the_platform_names_the_address(
    alpha: Cast, beta: Cast, visitor: Any, role: Role
) -> None:
    forger = forge(alpha, visitor)
    with inside(PLATFORM):
        reseller = Reseller.objects.get(pk=beta.info.id)
    access.register_staff(
        reseller=reseller, role=role, name="V", email=VICTIM, by=MANAGER, at=clock.now()
    )
    assert memberships() == [("Alpha", False), ("Beta", True)]
    assert forger.post("/switch/", {"membership": str(place_of(beta).pk)}).status_code == 404
    assert forger.get("/companies/").status_code == 404
    token = forger.post(
        "/api/v1/auth/token",
        {"email": VICTIM, "password": FORGED},
        content_type="application/json",
    ).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/orders", headers=bearer).json()["results"] == []
    assert Client().get("/api/v1/companies", headers=bearer).status_code == 404
    (letter,) = [body for body in letters() if "/password/set/" in body]
    owner = visitor()
    answer = owner.post(link_in(letter, "/password/set/"), {"new": OWN, "again": OWN})
    assert answer.status_code == 302
    assert memberships() == [("Alpha", False), ("Beta", False)]


def place_of(cast: Cast) -> Membership:
    with inside(GATE):
        return Membership.objects.get(user__email=VICTIM, reseller_id=cast.info.id)


def test_a_reset_letter_proves_the_address_too(alpha: Cast, visitor: Any) -> None:
    forge(alpha, visitor)
    visitor().post("/password/reset/", {"email": VICTIM})
    (letter,) = [body for body in letters() if "/password/reset/key/" in body]
    owner = visitor()
    form = owner.get(link_in(letter, "/password/reset/key/"))["Location"]
    assert owner.post(form, {"password1": OWN, "password2": OWN}).status_code == 302
    with inside(GATE):
        assert User.objects.get(email=VICTIM).proven_at is not None


def test_an_ordinary_new_password_proves_nothing(alpha: Cast, visitor: Any) -> None:
    forger = forge(alpha, visitor)
    new = {"old": FORGED, "new": OWN, "again": OWN}
    assert forger.post("/password/new/", new).status_code == 302
    with inside(GATE):
        assert User.objects.get(email=VICTIM).proven_at is None


def test_a_proven_person_is_joined_and_told(
    alpha: Cast, beta: Cast, person: Any, visitor: Any
) -> None:
    user = person(alpha)
    with inside(PLATFORM):
        reseller = Reseller.objects.get(pk=beta.info.id)
    mail.outbox.clear()
    membership = access.register_staff(
        reseller=reseller,
        role=Role.DISPATCHER,
        name="V",
        email=user.email,
        by=MANAGER,
        at=clock.now(),
    )
    work_off()
    assert not membership.awaits_proof
    (letter,) = mail.outbox
    assert letter.to == [user.email] and "/login/" in str(letter.body)
    assert "/password/set/" not in str(letter.body)


def test_letters_to_one_address_are_few(alpha: Cast, beta: Cast, visitor: Any) -> None:
    forge(alpha, visitor)
    invitation = link_for(beta)
    letters()
    for _ in range(5):
        visitor().post(invitation, {"name": "Owner", "password": OWN})
    assert len(letters()) == 3


def hire(alpha: Cast, number: int) -> str:
    """A new colleague of a shop without a mail server; the ADMIN copies the link."""
    with inside(alpha.scope):
        invited = users.invite(
            name=f"Staff {number}",
            email=f"staff{number}@shop.test",
            role=Role.CARGO_STAFF,
            by=alpha.actor("head"),
            at=clock.now(),
        )
    assert invited.link
    return path_of(invited.link)


def test_a_shop_without_mail_hires_and_resets_five_people(alpha: Cast, visitor: Any) -> None:
    mail.outbox.clear()
    for number in range(5):
        link = hire(alpha, number)
        browser = visitor()
        assert browser.get(link).status_code == 200
        assert browser.post(link, {"new": OWN, "again": OWN}).status_code == 302
        assert browser.get("/cargo/").status_code == 200
        email = f"staff{number}@shop.test"
        with inside(alpha.scope):
            member = next(row for row in users.cargo_members() if row.email == email)
            again = path_of(users.reset(member=member.pk, by=alpha.actor("head"), at=clock.now()))
        assert browser.get("/cargo/").status_code == 302
        assert sign_in(visitor(), email, OWN).status_code == 200
        new = {"new": "another-password-9", "again": "another-password-9"}
        assert visitor().post(again, new).status_code == 302
        assert sign_in(visitor(), email, "another-password-9").status_code == 302
    work_off()
    assert mail.outbox == []


def test_a_link_works_once_and_for_a_day(
    alpha: Cast, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = hire(alpha, 1)
    weak = visitor().post(link, {"new": "short", "again": "short"})
    assert weak.status_code == 422
    assert visitor().post(link, {"new": OWN, "again": OWN}).status_code == 302
    assert visitor().post(link, {"new": FORGED, "again": FORGED}).status_code == 404
    assert visitor().get("/password/set/made-up/").status_code == 404
    late = hire(alpha, 2)
    tomorrow = timezone.now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(signing.time, "time", tomorrow.timestamp)
    assert visitor().get(late).status_code == 404


def test_a_handed_link_ends_when_the_person_belongs_to_others_too(
    alpha: Cast, beta: Cast, visitor: Any
) -> None:
    link = hire(alpha, 1)
    with inside(PLATFORM):
        reseller = Reseller.objects.get(pk=beta.info.id)
    access.register_staff(
        reseller=reseller,
        role=Role.ACCOUNTANT,
        name="V",
        email="staff1@shop.test",
        by=MANAGER,
        at=clock.now(),
    )
    assert visitor().post(link, {"new": FORGED, "again": FORGED}).status_code == 404


def test_a_handed_link_proves_nothing_and_a_mailed_one_does(alpha: Cast, visitor: Any) -> None:
    assert visitor().post(hire(alpha, 1), {"new": OWN, "again": OWN}).status_code == 302
    with inside(GATE):
        user = User.objects.get(email="staff1@shop.test")
        assert user.proven_at is None
        link = path_of(access_links.make(user, is_by_mail=True))
    assert visitor().post(link, {"new": FORGED, "again": FORGED}).status_code == 302
    with inside(GATE):
        assert User.objects.get(pk=user.pk).proven_at is not None


def test_the_first_own_password_after_a_mailed_one_proves_the_address(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    user = person(alpha, must_change_password=True, proven_at=None)
    browser = visitor()
    sign_in(browser, user.email)
    assert browser.post("/password/new/", {"new": OWN, "again": OWN}).status_code == 302
    with inside(GATE):
        assert User.objects.get(pk=user.pk).proven_at is not None


def test_a_link_does_not_skip_the_second_step(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    with inside(GATE):
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": "x"},
        )
        link = path_of(access_links.make(user, is_by_mail=True))
    browser = visitor()
    answer = browser.post(link, {"new": OWN, "again": OWN})
    assert answer["Location"].startswith("/login/")
    assert browser.get("/companies/").status_code == 302
