"""One person for several companies: each place shows its own company and nothing of the others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from companies import invites, joining
from companies.invites import CannotInvite, Invited
from tenants.accounts import invitations
from tenants.accounts.models import Membership, User
from tenants.context import GATE, PLATFORM, inside
from tenants.kit import clock
from tenants.office.models import Member
from tenants.permissions import Role
from tests.companies.test_invites import invited, path
from tests.companies.test_invites_by_phone import BY_PHONE, PASSWORD, PHONE, counts
from tests.world import Cast

OTHER = BY_PHONE | {"name": "Lutik", "kind": "partner"}


@pytest.fixture
def someone(alpha: Cast, browse: Any) -> Client:
    """A browser of a person who came in by a phone, for Romashka."""
    browser: Client = browse()
    done = invited(alpha, **BY_PHONE)
    answer = browser.post(path(done), {"name": "Азамат Асанов", "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def invite_again(cast: Cast, **more: Any) -> Invited:
    return invited(cast, **(OTHER | more), sure=None)


def user_with(phone: str = PHONE) -> User:
    with inside(GATE):
        return User.objects.get(phone=phone)


def places(user: User) -> list[Membership]:
    with inside(GATE):
        return list(Membership.objects.filter(user=user).order_by("created_at"))


def stamp(membership: Membership) -> str:
    return Signer(salt="reseller-stamp").sign(str(membership.pk))


def test_the_second_company_of_one_person_works(alpha: Cast, someone: Client) -> None:
    link = path(invite_again(alpha))
    assert 'name="password"' not in someone.get(link).content.decode()
    assert someone.post(link)["Location"] == "/partner/company/"
    page = someone.get("/partner/company/").content.decode()
    assert "Lutik" in page and "Romashka" not in page
    user = user_with()
    first, second = places(user)
    assert (first.role, second.role) == (Role.CLIENT, Role.PARTNER)
    assert [place.login_name for place in (first, second)] == ["azamat", ""]
    assert someone.get("/cabinet/company/").status_code == 404
    someone.post("/switch/", {"membership": str(first.pk)})
    page = someone.get("/cabinet/company/").content.decode()
    assert "Romashka" in page and "Lutik" not in page
    with inside(alpha.scope):
        assert Member.objects.filter(phone=PHONE).count() == 2


def test_the_switcher_names_company_and_role(alpha: Cast, someone: Client) -> None:
    someone.post(path(invite_again(alpha)))
    someone.cookies["language"] = "en"
    page = " ".join(someone.get("/switch/").content.decode().split())
    for words in ("Alpha · Romashka</b> <small>Client", "Alpha · Lutik</b> <small>Partner"):
        assert words in page


def test_who_is_not_signed_in_is_led_to_the_login(alpha: Cast, someone: Client) -> None:
    link = path(invite_again(alpha))
    before = counts()
    stranger = Client(headers={"Accept-Language": "en"})
    answer = stranger.post(link, {"name": "Somebody", "password": "other-tea-42"})
    assert answer.status_code == 422
    assert "You sign in here already" in answer.content.decode()
    assert counts() == before


def test_another_person_of_the_reseller_does_not_accept(
    alpha: Cast, someone: Client, browse: Any
) -> None:
    link = path(invite_again(alpha))
    before = counts()
    answer = browse(alpha, "client2").post(link, {"name": "A", "password": "other-tea-42"})
    assert answer.status_code == 422 and counts() == before


def test_client_and_partner_of_one_company_are_two_places(alpha: Cast, someone: Client) -> None:
    (first,) = places(user_with())
    assert first.company_id is not None
    with inside(alpha.scope):
        token = invitations.issue(
            role=Role.PARTNER,
            company_id=first.company_id,
            name="Азамат Асанов",
            email="",
            phone=PHONE,
            login_name="",
            language="ru",
            at=timezone.now(),
        )
    assert someone.post(f"/invitations/{token}/")["Location"] == "/partner/company/"
    assert {(place.role, place.company_id) for place in places(user_with())} == {
        (Role.CLIENT, first.company_id),
        (Role.PARTNER, first.company_id),
    }


def test_one_place_is_there_once(alpha: Cast, someone: Client) -> None:
    user = user_with()
    (first,) = places(user)
    with inside(PLATFORM), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=user,
            reseller_id=first.reseller_id,
            role=first.role,
            company_id=first.company_id,
        )


def test_who_left_comes_back_to_the_same_place(alpha: Cast, someone: Client) -> None:
    someone.post(path(invite_again(alpha)))
    first, second = places(user_with())
    with inside(PLATFORM):
        Membership.objects.filter(pk=second.pk).update(is_active=False)
    with inside(alpha.scope):
        Member.objects.filter(pk=second.pk).update(is_active=False)
        token = invitations.issue(
            role=Role.PARTNER,
            company_id=second.company_id or first.pk,
            name="Азамат",
            email="",
            phone=PHONE,
            login_name="",
            language="ru",
            at=timezone.now(),
        )
    assert someone.post(f"/invitations/{token}/")["Location"] == "/partner/company/"
    assert [place.is_active for place in places(user_with())] == [True, True]
    with inside(alpha.scope):
        assert Member.objects.get(pk=second.pk).is_active


def test_the_company_s_own_person_is_not_invited_into_it_again(alpha: Cast) -> None:
    done = invited(alpha)
    with inside(GATE):
        joining.join(
            path(done).split("/")[2], name="A", password=PASSWORD, signed_in=None, at=clock.now()
        )
    with inside(alpha.scope), pytest.raises(CannotInvite):
        invites.resend(company=done.company, by=alpha.actor(), at=clock.now())


def test_a_page_of_the_other_company_offers_the_way_back(alpha: Cast, someone: Client) -> None:
    someone.post(path(invite_again(alpha)))
    first = places(user_with())[0]
    someone.cookies["language"] = "en"
    someone.defaults["HTTP_X_RESELLER"] = stamp(first)
    answer = someone.post("/cabinet/orders/new/", {"note": "x"})
    text = answer.content.decode()
    assert (answer.status_code, answer["X-Other-Place"]) == (409, str(first.pk))
    assert "Back to Alpha · Romashka and send" in text
    back = {"membership": str(first.pk), "next": "/cabinet/company/"}
    assert someone.post("/switch/", back)["Location"] == "/cabinet/company/"
    assert someone.post("/switch/", back | {"next": "//evil.test"})["Location"] == "/switched/"


def test_a_stamp_of_somebody_else_names_nothing(
    alpha: Cast, beta: Cast, someone: Client, browse: Any
) -> None:
    (first,) = places(user_with())
    other = browse(alpha, "client2")
    other.defaults["HTTP_X_RESELLER"] = stamp(first)
    answer = other.post("/cabinet/company/", {"name": "x"})
    assert answer.status_code == 409 and "X-Other-Place" not in answer
    assert "Romashka" not in answer.content.decode()
    other.defaults["HTTP_X_RESELLER"] = "made-up"
    assert other.post("/cabinet/company/", {"name": "x"}).status_code == 409


def test_a_person_of_two_resellers_sees_each_apart(alpha: Cast, beta: Cast, browse: Any) -> None:
    person = beta.actor("client")
    with inside(GATE):
        User.objects.filter(pk=person.user_id).update(proven_at=timezone.now())
    browser = browse(beta, "client")
    assert browser.post(path(invited(alpha, email=person.email)))["Location"]
    assert "Romashka" in browser.get("/cabinet/company/").content.decode()
    browser.post("/switch/", {"membership": str(person.member_id)})
    page = browser.get("/cabinet/company/").content.decode()
    assert "client of beta" in page and "Romashka" not in page
    rows = browser.get("/switch/").content.decode()
    assert "Alpha · Romashka" in rows and "Beta · client of beta" in rows


def test_a_token_is_for_one_of_the_companies(alpha: Cast, someone: Client) -> None:
    someone.post(path(invite_again(alpha)))
    first, second = places(user_with())
    roles = {"orders": first, "trips": second}
    for page, place in roles.items():
        body = {"login": PHONE, "password": PASSWORD, "company": str(place.company_id)}
        answer = Client().post("/api/v1/auth/token", body, content_type="application/json")
        bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
        codes = {one: Client().get(f"/api/v1/{one}", headers=bearer).status_code for one in roles}
        assert codes == {one: 200 if one == page else 404 for one in roles}
    foreign = {"login": PHONE, "password": PASSWORD, "company": str(alpha.company_id("client"))}
    answer = Client().post("/api/v1/auth/token", foreign, content_type="application/json")
    assert answer.status_code == 401
