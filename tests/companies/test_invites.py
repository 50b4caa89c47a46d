"""From «Пригласить» to the first page of the cabinet, and everything that must not work on the way."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from companies import invites
from companies.invites import CannotInvite, Invited
from companies.models import Company
from tenants.accounts import invitations
from tenants.accounts.models import Invitation, Membership, User
from tenants.context import GATE, inside
from tenants.drivers.models import Carrier
from tenants.kit import clock
from tenants.office.models import AuditEvent, Member, Notification
from tests.companies.conftest import letters
from tests.world import PASSWORD, Cast

NEW = "azamat@romashka.test"
ENGLISH = {"Accept-Language": "en"}
FORM = {
    "kind": "client",
    "name": "Romashka",
    "full_name": "Азамат Асанов",
    "email": NEW,
    "phone": "+996555000009",
    "language": "ru",
}


def invited(cast: Cast, **more: Any) -> Invited:
    with inside(cast.scope):
        return invites.invite(
            **(FORM | more),
            by=cast.actor("dispatcher"),
            at=clock.now(),
        )


def path(done: Invited) -> str:
    return "/invitations/" + done.link.split("/invitations/")[1]


def test_from_the_form_to_the_cabinet(alpha: Cast, browse: Any) -> None:
    page = browse(alpha, "dispatcher").post("/companies/invite/", FORM, follow=True)
    assert page.status_code == 200 and len(page.redirect_chain) == 1
    letter = letters()[-1]
    link = letter["text"].split("http")[1].split()[0].split("/invitations/")[1]
    assert (letter["to"], letter["sender_name"]) == (NEW, "Alpha")
    assert "track" not in (letter["subject"] + letter["text"] + letter["html"]).lower()
    assert link in page.content.decode()

    guest = browse()
    assert "Alpha" in guest.get(f"/invitations/{link}").content.decode()
    answer = guest.post(
        f"/invitations/{link}",
        {"name": "Азамат", "password": "green-tea-42"},
    )
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/cabinet/company/",
    )
    assert guest.get("/cabinet/company/").status_code == 200
    with inside(alpha.scope):
        company = Company.objects.get(email=NEW)
        member = Member.objects.get(email=NEW)
        assert (
            company.status,
            company.carrier_id,
            member.company_id,
        ) == ("active", None, company.pk)
        actions = list(
            AuditEvent.objects.filter(subject=company.subject)
            .values_list("action", flat=True)
            .order_by("at")
        )
        assert sorted(actions) == [
            "company.create",
            "company.invite",
            "company.join",
        ]
        assert (
            Notification.objects.filter(member_id=alpha.actor("dispatcher").member_id).count() == 1
        )


def test_partner_joins_the_pool_and_lands_in_its_own_cabinet(alpha: Cast, browse: Any) -> None:
    done = invited(alpha, kind="partner")
    with inside(alpha.scope):
        carrier = Carrier.objects.get(pk=done.company.carrier_id)
        assert (carrier.kind, carrier.company_id, carrier.name) == (
            "company",
            done.company.pk,
            "Romashka",
        )
    answer = browse().post(path(done), {"name": "A", "password": "green-tea-42"})
    assert answer["Location"] == "/partner/company/"


def test_link_works_once(alpha: Cast, browse: Any) -> None:
    done = invited(alpha)
    assert browse().post(path(done), {"name": "A", "password": "green-tea-42"}).status_code == 302
    assert browse().get(path(done)).status_code == 404
    assert browse().post(path(done), {"name": "B", "password": "other-tea-42"}).status_code == 404
    with inside(GATE):
        assert (
            User.objects.filter(email=NEW).count()
            == Membership.objects.filter(user__email=NEW).count()
            == 1
        )


def _expired(done: Invited) -> None:
    past = timezone.now() - timedelta(days=15)
    Invitation.objects.filter(company_id=done.company.pk).update(expires_at=past)


def _used(done: Invited) -> None:
    Invitation.objects.filter(company_id=done.company.pk).update(used_at=clock.now())


def _revoked(done: Invited) -> None:
    Invitation.objects.filter(company_id=done.company.pk).update(revoked_at=clock.now())


@pytest.mark.parametrize("spoil", [_expired, _used, _revoked])
def test_stale_links_of_all_kinds_answer_alike(alpha: Cast, browse: Any, spoil: Any) -> None:
    done = invited(alpha)
    with inside(GATE):
        spoil(done)
    unknown = browse().get("/invitations/never-was/")
    stale = browse().get(path(done))
    assert (unknown.status_code, stale.status_code) == (404, 404)
    assert "Romashka" not in stale.content.decode() and "Alpha" not in stale.content.decode()
    before = _counts()
    assert browse().post(path(done), {"name": "A", "password": "green-tea-42"}).status_code == 404
    assert _counts() == before


def test_guessing_links_is_slow_and_the_right_link_still_opens(
    alpha: Cast, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    guest = browse()
    answers = [guest.get(f"/invitations/guess-{number}/").status_code for number in range(60)]
    assert answers == [404] * 60 and max(waits) == 2.0
    assert guest.get(path(invited(alpha))).status_code == 200


def test_weak_password_is_refused_and_the_link_still_works(alpha: Cast, browse: Any) -> None:
    done = invited(alpha)
    before = _counts()
    for weak in ("short", "password12", NEW):
        answer = browse().post(path(done), {"name": "A", "password": weak})
        assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert _counts() == before
    assert browse().post(path(done), {"name": "A", "password": "green-tea-42"}).status_code == 302


def test_known_person_signs_in_and_accepts_with_name_and_password_unchanged(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    person = proven(beta.actor("client").email)
    link = path(invited(alpha, email=person.email))
    page = browse().get(link).content.decode()
    assert person.name not in page and "Beta" not in page
    browser = browse()
    signed_in = browser.post("/login/", {"login": person.email, "password": PASSWORD, "next": link})
    assert signed_in["Location"] == link
    assert "password" not in re.findall(r'name="(\w+)"', browser.get(link).content.decode())
    assert browser.post(link)["Location"] == "/cabinet/company/"
    with inside(GATE):
        user = User.objects.get(email=person.email)
        assert user.name == person.name and user.check_password(PASSWORD)
        assert Membership.objects.filter(user=user).count() == 2
    assert "Romashka" in browser.get("/cabinet/company/").content.decode()


def proven(email: str) -> User:
    """The person of a login whose address is proven."""
    with inside(GATE):
        User.objects.filter(email=email).update(proven_at=timezone.now())
        return User.objects.get(email=email)


def test_a_password_of_a_known_person_is_not_looked_at_here(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    """FAULTS D5: an invitation is no door for guesses; right and wrong get one answer, few letters go."""
    link = path(invited(alpha, email=beta.actor("client").email))
    guest = browse()
    passwords = [PASSWORD, *(f"wrong-password-{number}" for number in range(6))]
    answers = [guest.post(link, {"name": "A", "password": one}) for one in passwords]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert {answer["Location"] for answer in answers[:5]} == {f"{link}?letter=sent"}
    assert "login already" in guest.get(f"{link}?letter=sent", headers=ENGLISH).content.decode()
    assert guest.get("/cabinet/").status_code == 302


def test_an_invitation_is_not_accepted_by_another_person(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    proven(beta.actor("client").email)
    link = path(invited(alpha, email=beta.actor("client").email))
    before = _counts()
    answer = browse(beta, "partner").post(link, {"name": "A", "password": "green-tea-42"})
    assert answer["Location"] == f"{link}?letter=sent"
    assert _counts() == before


@pytest.mark.parametrize("name", ["head", "accountant", "cargo_sale"])
def test_own_people_are_not_invited_again(alpha: Cast, browse: Any, name: str) -> None:
    """Somebody of another client may be: tests/companies/test_several_companies.py."""
    before = _counts()
    answer = browse(alpha, "dispatcher").post(
        "/companies/invite/",
        FORM | {"email": alpha.actor(name).email},
    )
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert _counts() == before


def test_fields_of_the_post_change_nothing_that_the_invitation_fixes(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    done = invited(alpha)
    forged = {
        "role": "head",
        "email": "evil@x.test",
        "company_id": str(beta.company_id("client")),
        "reseller": str(beta.info.id),
        "is_platform_manager": "1",
        "kind": "partner",
        "token": "x",
    }
    browse().post(path(done), {"name": "A", "password": "green-tea-42"} | forged)
    with inside(GATE):
        membership = Membership.objects.get(user__email=NEW)
        assert (membership.role, membership.reseller_id, membership.company_id) == (
            "client",
            alpha.info.id,
            done.company.pk,
        )
        assert not membership.user.is_platform_manager


def test_new_link_ends_the_old_one_and_revoking_ends_both(alpha: Cast, browse: Any) -> None:
    first = invited(alpha)
    head = browse(alpha)
    with inside(alpha.scope):
        second = invites.resend(company=first.company, by=alpha.actor(), at=clock.now())
    assert (
        browse().get(path(first)).status_code,
        browse().get(path(second)).status_code,
    ) == (404, 200)
    assert head.post(f"/companies/{first.company.pk}/invite/revoke/").status_code == 302
    assert browse().get(path(second)).status_code == 404


def test_archived_company_lets_nobody_in(alpha: Cast, browse: Any) -> None:
    done = invited(alpha)
    browse(alpha).post(f"/companies/{done.company.pk}/archive/")
    assert browse().post(path(done), {"name": "A", "password": "green-tea-42"}).status_code == 404
    with inside(alpha.scope), pytest.raises(CannotInvite):
        invites.resend(company=done.company, by=alpha.actor(), at=clock.now())


def test_only_the_hash_of_the_token_is_stored(alpha: Cast) -> None:
    token = invited(alpha).link.rstrip("/").split("/")[-1]
    with inside(GATE):
        row = Invitation.objects.get(email=NEW)
    assert row.token_hash != token and len(token) >= 43
    assert row.expires_at - row.created_at == invitations.LIFE


def _counts() -> tuple[int, int]:
    with inside(GATE):
        return User.objects.count(), Membership.objects.count()
