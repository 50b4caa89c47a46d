"""A company whose person has no e-mail is invited by a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from companies import invites, own
from companies.invites import CannotInvite
from companies.models import Company
from tenants.accounts.models import Invitation, Membership, User
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.office.models import Member, Notification
from tests.companies import signing_samples
from tests.companies.conftest import letters
from tests.companies.test_invites import ENGLISH, FORM, invited, path
from tests.page_forms import form_with
from tests.world import Cast

PHONE = "+996700123456"
BY_PHONE = FORM | {"email": "", "phone": PHONE}
PASSWORD = "green-tea-42"


def office(cast: Cast, browse: Any) -> Client:
    """A dispatcher who reads English."""
    browser: Client = browse(cast, "dispatcher")
    browser.cookies["language"] = "en"
    return browser


def counts() -> tuple[int, int, int]:
    with inside(GATE):
        return User.objects.count(), Membership.objects.count(), Invitation.objects.count()


def test_from_the_form_to_the_cabinet_and_back_by_phone_and_by_name(
    alpha: Cast, browse: Any
) -> None:
    before = len(letters())
    page = office(alpha, browse).post("/companies/invite/", BY_PHONE, follow=True)
    assert len(letters()) == before
    text = page.content.decode()
    assert "Send the link yourself" in text and "on its way" not in text
    link = text.split("/invitations/")[1].split("/")[0]
    guest = browse()
    welcome = guest.get(f"/invitations/{link}/", headers=ENGLISH).content.decode()
    assert PHONE in welcome and "azamat@alpha" in welcome
    answer = guest.post(f"/invitations/{link}/", {"name": "Азамат", "password": PASSWORD})
    assert answer["Location"] == "/cabinet/company/"
    assert guest.get("/cabinet/company/").status_code == 200
    for login in (PHONE, "0700 123 456", "azamat@alpha"):
        signed_in = browse().post("/login/", {"login": login, "password": PASSWORD})
        assert signed_in["Location"] == "/cabinet/", login
    with inside(alpha.scope):
        member = Member.objects.get(login_name="azamat")
        assert (member.email, member.phone) == ("", PHONE)
    assert len(letters()) == before
    with inside(alpha.scope):
        inviter = alpha.actor("dispatcher").member_id
        assert Notification.objects.filter(member_id=inviter).count() == 1


def test_who_gets_no_code_reads_of_paper_before_any_rules(alpha: Cast, browse: Any) -> None:
    """No rules of a signature by code are accepted, and no code is asked for, in vain."""
    with inside(alpha.scope):
        own.save_details(values=signing_samples.FIRM, by=alpha.actor(), at=clock.now())
    done = invited(alpha, **BY_PHONE)
    guest = browse()
    guest.post(path(done), {"name": "Азамат", "password": PASSWORD})
    guest.cookies["language"] = "en"
    details = guest.get("/cabinet/company/").content
    form = form_with(details, "/cabinet/company/", "director").fields | signing_samples.FIRM
    assert guest.post("/cabinet/company/", form)["Location"] == "/cabinet/contract/"
    page = guest.get("/cabinet/contract/").content.decode()
    assert "Sign the contract on paper" in page
    assert 'name="accept"' not in page and "send me the code" not in page


def test_a_phone_or_an_e_mail_must_be_there(alpha: Cast, browse: Any) -> None:
    before = counts()
    answer = office(alpha, browse).post("/companies/invite/", BY_PHONE | {"phone": ""})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Give a phone or an e-mail." in text
    assert 'value="Romashka"' in text
    assert counts() == before


def joined(cast: Cast, browse: Any, **more: Any) -> None:
    done = invited(cast, **(BY_PHONE | more))
    assert browse().post(path(done), {"name": "A", "password": PASSWORD}).status_code == 302


def test_a_second_person_for_the_same_phone_is_refused_at_the_field(
    alpha: Cast, browse: Any
) -> None:
    joined(alpha, browse)
    before = counts()
    form = BY_PHONE | {"name": "Other", "full_name": "Bakyt", "phone": "0700 12-34-56"}
    answer = office(alpha, browse).post("/companies/invite/", form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "with this phone already" in text
    assert counts() == before
    with inside(alpha.scope):
        assert not Company.objects.filter(name="Other").exists()


def test_of_two_links_for_one_phone_one_makes_a_login(alpha: Cast, browse: Any) -> None:
    first = invited(alpha, **BY_PHONE)
    second = invited(alpha, **(BY_PHONE | {"name": "Other"}), sure=None)
    assert browse().post(path(first), {"name": "A", "password": PASSWORD}).status_code == 302
    before = counts()
    answer = browse().post(path(second), {"name": "B", "password": PASSWORD}, headers=ENGLISH)
    assert answer.status_code == 422 and counts() == before


def test_one_phone_at_two_resellers_is_two_logins(alpha: Cast, beta: Cast, browse: Any) -> None:
    """FAULTS D2: nothing is joined to an unproven login by its phone."""
    joined(alpha, browse)
    joined(beta, browse)
    with inside(GATE):
        assert User.objects.filter(phone=PHONE).count() == 2
    assert browse().post("/login/", {"login": PHONE, "password": PASSWORD}).status_code == 200
    for name in ("azamat@alpha", "azamat@beta"):
        assert browse().post("/login/", {"login": name, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("name", ["айбек", "two words", "-x"])
def test_a_bad_login_name_is_said_at_its_field(alpha: Cast, browse: Any, name: str) -> None:
    before = counts()
    answer = office(alpha, browse).post("/companies/invite/", BY_PHONE | {"login_name": name})
    assert answer.status_code == 422 and "Latin letters" in answer.content.decode()
    assert counts() == before


def test_a_login_name_that_somebody_has_is_refused(alpha: Cast, browse: Any) -> None:
    joined(alpha, browse, login_name="somchai")
    with inside(alpha.scope), pytest.raises(CannotInvite) as refused:
        invites.invite(
            **(BY_PHONE | {"phone": "+996700000001", "login_name": "somchai"}),
            by=alpha.actor(),
            at=clock.now(),
        )
    assert refused.value.field == "login_name"


def test_the_api_invites_by_phone(alpha: Cast, call: Any) -> None:
    body = {name: value for name, value in BY_PHONE.items() if name != "email"}
    answer = call(alpha, "dispatcher").send("post", "companies/invite", body)
    assert answer.status_code == 201, answer.content
    bare = {"kind": "client", "name": "Bare", "full_name": "B"}
    refused = call(alpha, "dispatcher").send("post", "companies/invite", bare)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["phone"])
