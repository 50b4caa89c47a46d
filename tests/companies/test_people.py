"""People of a company: their rights hold on every surface, and nobody gives what they do not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from companies import banking, people
from companies.models import Company
from companies.people import Authority, CannotChange
from documents.access import WITH_SUMS
from documents.models import Document
from finance.models import Invoice
from orders import lifecycle
from orders.models import Order
from orders.stages import Act
from tenants.accounts import identify
from tenants.accounts.models import ApiToken, Invitation, Membership, User
from tenants.actor import Actor
from tenants.context import GATE, PLATFORM, inside
from tenants.kit import clock
from tenants.office.models import AuditEvent, Member, Notification
from tenants.permissions import Permission, Role
from tests.companies.conftest import letters
from tests.finance.test_cabinet_money import order
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast

__all__ = ["order"]
P = Permission
PRICE = "900000"
RATE = "765432"
PASSWORD = "green-tea-42"
PHONE = "+996700123456"
NEWCOMER = {"name": "Айбек Асанов", "phone": PHONE, "language": "ru"}


def limit(cast: Cast, name: str, *rights: Permission) -> None:
    """From now on this person has these rights alone."""
    member_id = cast.actor(name).member_id
    values = [str(right) for right in rights]
    with inside(PLATFORM):
        Membership.objects.filter(pk=member_id).update(rights=values)
    with inside(cast.scope):
        Member.objects.filter(pk=member_id).update(rights=values)


def digits(answer: Any) -> str:
    """The page without blanks within numbers."""
    return re.sub(r"[\s\xa0\u202f]", "", answer.content.decode())


def company_of(cast: Cast, name: str) -> Company:
    return Company.objects.get(pk=cast.company_id(name))


def office(cast: Cast, browse: Any) -> Client:
    browser: Client = browse(cast, "dispatcher")
    browser.cookies["language"] = "en"
    return browser


# -- what a person sees and may do


@pytest.mark.parametrize("sees", [True, False])
def test_prices_of_orders_are_for_those_who_see_sums(
    in_alpha: Cast, browse: Any, call: Any, sees: bool
) -> None:
    order = order_samples.order(in_alpha)
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=later(1))
    limit(in_alpha, "client", *([P.CLIENT_SUMS] if sees else []))
    price = str(int(order.client_price or 0))
    browser = browse(in_alpha, "client")
    for address in ("/cabinet/", f"/cabinet/orders/{order.ref}/", "/cabinet/export/?format=csv"):
        answer = browser.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert (price in re.sub(r"[\s\xa0\u202f,.]", "", content.decode())) is sees, address
    answer = call(in_alpha, "client").send("get", f"orders/{order.ref}").json()
    assert (answer["client_price"] is not None) is sees


def test_invoices_are_for_those_who_see_sums(
    in_alpha: Cast, order: Order, browse: Any, call: Any
) -> None:
    number = Invoice.objects.get().number
    limit(in_alpha, "client", P.CLIENT_ORDER)
    browser = browse(in_alpha, "client")
    for address in ("/cabinet/invoices/", "/cabinet/invoices/export/?format=csv"):
        assert browser.get(address).status_code == 403
    api = call(in_alpha, "client")
    assert api.send("get", "invoices").status_code == 403
    assert api.send("get", f"invoices/{number}").status_code == 403
    assert "/cabinet/invoices/" not in browser.get("/cabinet/").content.decode()


def test_papers_with_sums_are_for_those_who_see_sums(
    in_alpha: Cast, order: Order, browse: Any, call: Any
) -> None:
    papers = Document.objects.filter(company_id=in_alpha.company_id("client"), kind__in=WITH_SUMS)
    paper = papers.first()
    assert paper is not None
    assert paper.title in browse(in_alpha, "client").get("/cabinet/documents/").content.decode()
    limit(in_alpha, "client")
    browser = browse(in_alpha, "client")
    assert paper.title not in browser.get("/cabinet/documents/").content.decode()
    assert browser.get(f"/documents/{paper.pk}/pdf/").status_code == 404
    assert paper.title not in browser.get(f"/cabinet/orders/{order.ref}/").content.decode()
    api = call(in_alpha, "client")
    assert api.send("get", f"documents/{paper.pk}").status_code == 404
    assert api.send("get", "documents").json()["results"] == []


def test_requests_and_yes_to_prices_are_rights(in_alpha: Cast, browse: Any, call: Any) -> None:
    order = order_samples.order(in_alpha)
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=later(1))
    limit(in_alpha, "client", P.CLIENT_SUMS)
    browser = browse(in_alpha, "client")
    agree = f"/cabinet/orders/{order.ref}/agree/"
    assert agree not in browser.get(f"/cabinet/orders/{order.ref}/").content.decode()
    assert browser.post(agree).status_code == 403
    assert browser.get("/cabinet/orders/new/").status_code == 403
    assert "/cabinet/orders/new/" not in browser.get("/cabinet/").content.decode()
    api = call(in_alpha, "client")
    assert api.send("post", "orders", {}).status_code == 403
    assert api.send("post", f"orders/{order.ref}/agree", {}).status_code == 403
    order.refresh_from_db()
    assert order.agreed_at is None
    limit(in_alpha, "client", P.CLIENT_SUMS, P.CLIENT_AGREE)
    assert agree in browser.get(f"/cabinet/orders/{order.ref}/").content.decode()


def test_rates_and_payouts_of_a_partner_are_for_those_who_see_sums(
    in_alpha: Cast, order: Order, browse: Any, call: Any
) -> None:
    browser = browse(in_alpha, "partner")
    api = call(in_alpha, "partner")
    (trip,) = api.send("get", "trips").json()["results"]
    assert trip["rate"] is not None
    rate = str(int(float(trip["rate"])))
    assert rate in digits(browser.get("/partner/"))
    limit(in_alpha, "partner", P.PARTNER_CREW)
    pages = ["/partner/", f"/partner/jobs/{trip['id']}/", "/partner/documents/"]
    for address in pages:
        answer = browser.get(address)
        assert answer.status_code == 200 and rate not in digits(answer), address
    export = browser.get("/partner/jobs/export/?format=csv")
    content = b"".join(export) if export.streaming else export.content
    assert rate.encode() not in content
    for address in ("/partner/payouts/", "/partner/payouts/export/?format=csv"):
        assert browser.get(address).status_code == 403
    assert api.send("get", "payouts").status_code == 403
    assert api.send("get", f"trips/{trip['id']}").json()["rate"] is None


def test_the_exchange_and_the_crew_are_rights_of_a_partner_s_people(
    in_alpha: Cast, order: Order, browse: Any, call: Any
) -> None:
    limit(in_alpha, "partner", P.PARTNER_SUMS)
    browser = browse(in_alpha, "partner")
    api = call(in_alpha, "partner")
    (trip,) = api.send("get", "trips").json()["results"]
    forbidden = ["/partner/exchange/", "/partner/offers/", "/partner/drivers/new/"]
    assert [browser.get(address).status_code for address in forbidden] == [403] * 3
    for act in ("advance", "crew", "incidents"):
        assert browser.post(f"/partner/jobs/{trip['id']}/{act}/").status_code == 403
    assert api.send("get", "exchange/listings").status_code == 403
    menu = browser.get("/partner/").content.decode()
    assert "/partner/exchange/" not in menu and "/partner/payouts/" in menu


def test_news_with_sums_are_heard_by_those_who_see_sums(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    limit(in_alpha, "client")
    before = len(letters())
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=later(1))
    member_id = in_alpha.actor("client").member_id
    assert not Notification.objects.filter(member_id=member_id).exists()
    assert len(letters()) == before


def test_the_details_are_changed_by_those_who_lead_or_sign(in_alpha: Cast, browse: Any) -> None:
    limit(in_alpha, "client", P.CLIENT_SUMS, P.CLIENT_ORDER)
    browser = browse(in_alpha, "client")
    assert browser.get("/cabinet/company/").status_code == 200
    before = company_of(in_alpha, "client").account
    assert browser.post("/cabinet/company/", {"account": "1"}).status_code == 403
    assert company_of(in_alpha, "client").account == before


ACCOUNT = {"currency": "KGS", "bank": "Bank", "account": "1250820000000177", "bik": "125008"}


@pytest.mark.parametrize(("name", "path"), [("client", "cabinet"), ("partner", "partner")])
def test_accounts_are_changed_by_those_who_lead_or_sign(
    in_alpha: Cast, browse: Any, name: str, path: str
) -> None:
    """Money goes where they say."""
    own_right = P.CLIENT_SUMS if name == "client" else P.PARTNER_SUMS
    limit(in_alpha, name, own_right)
    company = company_of(in_alpha, name)
    row = banking.add(
        owner=company, values=ACCOUNT | {"correspondent": ""}, by=in_alpha.actor(), at=clock.now()
    )
    browser = browse(in_alpha, name)
    address = f"/{path}/company/accounts/"
    page = browser.get(address)
    assert page.status_code == 200 and 'name="account"' not in page.content.decode()
    for sent in (ACCOUNT | {"account": "1250820000000274"}, {"remove": str(row.pk)}):
        assert browser.post(address, sent).status_code == 403
    assert list(banking.accounts_of(company)) == [row]


# -- giving rights


def invited(browser: Client, address: str, rights: Sequence[str], **more: str) -> Any:
    return browser.post(f"{address}new/", NEWCOMER | more | {"rights": list(rights)}, follow=True)


def link_on(page: Any) -> str:
    (link,) = re.findall(r'id="invitation-link" readonly value="[^"]*(/invitations/[^"]+)"', page)
    return str(link)


def test_a_colleague_is_invited_comes_in_and_has_the_rights_that_were_given(
    alpha: Cast, browse: Any
) -> None:
    page = invited(browse(alpha, "client"), "/cabinet/people/", ["client_order"])
    assert 'class="qr"' in page.content.decode()
    link = link_on(page.content.decode())
    colleague = browse()
    answer = colleague.post(link, {"name": "Айбек Асанов", "password": PASSWORD})
    assert answer["Location"] == "/cabinet/company/"
    assert colleague.get("/cabinet/orders/new/").status_code == 200
    assert colleague.get("/cabinet/invoices/").status_code == 403
    people_page = colleague.get("/cabinet/people/").content.decode()
    assert "Айбек" in people_page and "client of alpha" in people_page
    assert colleague.get("/cabinet/people/new/").status_code == 403
    with inside(alpha.scope):
        member = Member.objects.get(phone=PHONE)
        assert member.rights == ["client_order"]
        inviter = alpha.actor("client").member_id
        assert Notification.objects.filter(member_id=inviter).count() == 1
        assert AuditEvent.objects.filter(action="person.invite", title="Айбек Асанов").exists()


def test_nobody_gives_rights_that_they_do_not_have(alpha: Cast, browse: Any) -> None:
    limit(alpha, "client", P.CLIENT_ORDER, P.CLIENT_PEOPLE)
    browser = browse(alpha, "client")
    answer = invited(browser, "/cabinet/people/", ["client_order", "client_sums"])
    assert answer.status_code == 422
    with inside(GATE):
        assert not Invitation.objects.filter(phone=PHONE).exists()
    invited(browser, "/cabinet/people/", ["client_order"])
    with inside(GATE):
        invitation = Invitation.objects.get(phone=PHONE)
    assert invitation.rights == ["client_order"] and not invitation.may_sign


def test_the_act_itself_keeps_what_the_giver_does_not_have(alpha: Cast) -> None:
    limit(alpha, "client", P.CLIENT_ORDER, P.CLIENT_PEOPLE)
    giver = actor_again(alpha, "client")
    kept = people.kept_rights(
        by=giver,
        role=Role.CLIENT,
        before=["client_sums"],
        requested=["client_sign", "client_order"],
    )
    assert kept == ["client_order", "client_sums"]
    whole = people.kept_rights(
        by=alpha.actor("head"), role=Role.CLIENT, before=[], requested=["client_agree"]
    )
    assert whole == ["client_agree", "client_sums"]


def actor_again(cast: Cast, name: str) -> Actor:
    with inside(GATE):
        rows = Membership.objects.select_related("user", "reseller")
        actor = identify.member(rows.get(pk=cast.actor(name).member_id))
    assert actor is not None
    return actor


def test_who_agrees_sees_what_to(alpha: Cast, browse: Any) -> None:
    answer = invited(browse(alpha, "client"), "/cabinet/people/", ["client_agree"])
    assert answer.status_code == 422 and "field-error" in answer.content.decode()


def test_the_last_person_who_may_invite_is_not_taken_away(alpha: Cast, browse: Any) -> None:
    member_id = alpha.actor("client").member_id
    browser = office(alpha, browse)
    address = f"/companies/{alpha.company_id('client')}/people/{member_id}/"
    answer = browser.post(address, {"rights": ["client_order"]})
    assert answer.status_code == 422 and "is the last one" in answer.content.decode()
    assert browser.post(f"{address}end/").status_code == 302
    with inside(GATE):
        membership = Membership.objects.get(pk=member_id)
    assert (membership.is_active, membership.rights) == (True, None)


def colleague_of(cast: Cast, browse: Any, rights: Sequence[str]) -> tuple[Client, Member]:
    """A second person of the client's company."""
    page = invited(browse(cast, "client"), "/cabinet/people/", rights)
    browser: Client = browse()
    browser.post(link_on(page.content.decode()), {"name": "Айбек Асанов", "password": PASSWORD})
    with inside(cast.scope):
        return browser, Member.objects.get(phone=PHONE)


def test_rights_are_changed_and_count_at_the_next_request(alpha: Cast, browse: Any) -> None:
    colleague, member = colleague_of(alpha, browse, ["client_order"])
    browser = browse(alpha, "client")
    address = f"/cabinet/people/{member.pk}/"
    assert browser.post(address, {"rights": ["client_sums"]})["Location"] == "/cabinet/people/"
    assert colleague.get("/cabinet/invoices/").status_code == 200
    assert colleague.get("/cabinet/orders/new/").status_code == 403
    with inside(alpha.scope):
        event = AuditEvent.objects.get(action="person.rights")
    assert (event.by, event.after) == (alpha.actor("client").member_id, {"rights": ["client_sums"]})


def test_ended_access_opens_nothing_and_tokens_end(alpha: Cast, browse: Any) -> None:
    colleague, member = colleague_of(alpha, browse, ["client_order"])
    with inside(GATE):
        user = User.objects.get(phone=PHONE)
        ApiToken.objects.create(
            token_hash="x",
            user=user,
            membership_id=member.pk,
            created_at=timezone.now(),
            expires_at=timezone.now(),
        )
    assert browse(alpha, "client").post(f"/cabinet/people/{member.pk}/end/").status_code == 302
    assert colleague.get("/cabinet/").status_code == 403
    with inside(GATE):
        assert not ApiToken.objects.filter(user=user).exists()
    login = {"login": PHONE, "password": PASSWORD}
    assert browse().post("/login/", login).status_code == 200


def test_strangers_do_not_find_a_company_s_people(alpha: Cast, beta: Cast, browse: Any) -> None:
    member_id = alpha.actor("client").member_id
    cabinet = f"/cabinet/people/{member_id}/"
    for cast, name in ((alpha, "client2"), (beta, "client")):
        assert browse(cast, name).get(cabinet).status_code == 404
        assert browse(cast, name).post(f"{cabinet}end/").status_code == 404
    card = f"/companies/{alpha.company_id('client')}/people/{member_id}/"
    assert browse(alpha, "accountant").get(card).status_code == 403
    assert browse(alpha, "client").get(card).status_code == 404
    assert browse(beta).get(card).status_code == 404
    other = f"/companies/{alpha.company_id('client2')}/people/{member_id}/"
    assert browse(alpha).get(other).status_code == 404


def test_an_open_invitation_is_sent_again_and_withdrawn(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "client")
    first = link_on(invited(browser, "/cabinet/people/", ["client_order"]).content.decode())
    assert "Айбек" in browser.get("/cabinet/people/").content.decode()
    with inside(GATE):
        pk = Invitation.objects.get(phone=PHONE).pk
    again = browser.post(f"/cabinet/people/invitations/{pk}/again/", follow=True)
    second = link_on(again.content.decode())
    assert browse().get(first).status_code == 404 and browse().get(second).status_code == 200
    other = browse(alpha, "client2")
    with inside(GATE):
        pk = Invitation.objects.get(phone=PHONE, revoked_at=None).pk
    other.post(f"/cabinet/people/invitations/{pk}/revoke/")
    assert browse().get(second).status_code == 200
    browser.post(f"/cabinet/people/invitations/{pk}/revoke/")
    assert browse().get(second).status_code == 404
    with inside(GATE):
        assert Invitation.objects.filter(phone=PHONE).first().rights == ["client_order"]  # type: ignore[union-attr]


def test_the_office_s_pages_stand_on_the_card(alpha: Cast, browse: Any) -> None:
    browser = office(alpha, browse)
    card = f"/companies/{alpha.company_id('partner')}/"
    page = browser.get(f"{card}contacts/").content.decode()
    assert "partner of alpha" in page and "Invite a person" in page
    answer = invited(browser, f"{card}people/", ["partner_crew"], may_sign="on")
    link = link_on(answer.content.decode())
    crew = browse()
    assert (
        crew.post(link, {"name": "Айбек", "password": PASSWORD})["Location"] == "/partner/company/"
    )
    assert crew.get("/partner/payouts/").status_code == 403
    assert crew.get("/partner/exchange/").status_code == 403


# -- signing


@pytest.fixture
def unconfirmed(alpha: Cast) -> None:
    """Nobody of the companies has been confirmed yet."""
    with inside(alpha.scope):
        Member.objects.filter(may_sign_at__isnull=False).update(may_sign_at=None, may_sign_by=None)


def signer(cast: Cast, name: str = "client") -> bool:
    with inside(cast.scope):
        return people.may_sign(actor_again(cast, name))


def test_who_may_sign_is_confirmed_once_by_the_office(
    alpha: Cast, browse: Any, unconfirmed: None
) -> None:
    member_id = alpha.actor("client").member_id
    assert not signer(alpha)
    address = f"/companies/{alpha.company_id('client')}/people/{member_id}/sign/"
    form = {"post": "Director", "acts_under": "charter"}
    assert browse(alpha, "client").post(address, form).status_code == 404
    assert browse(alpha, "accountant").post(address, form).status_code == 403
    assert not signer(alpha)
    assert office(alpha, browse).post(address, form).status_code == 302
    assert signer(alpha)
    with inside(alpha.scope):
        authority = people.authority_of(actor_again(alpha, "client"))
        event = AuditEvent.objects.get(action="person.may_sign")
        member = Member.objects.get(pk=member_id)
    assert authority == Authority("Director", "charter")
    assert event.by == member.may_sign_by == alpha.actor("dispatcher").member_id
    limit(alpha, "client", P.CLIENT_ORDER)
    assert not signer(alpha)


def test_a_right_taken_away_is_confirmed_anew(alpha: Cast, browse: Any, unconfirmed: None) -> None:
    """Neither the right given back nor a new way in brings the office's word back."""
    _colleague, member = colleague_of(alpha, browse, ["client_sign"])
    address = f"/companies/{alpha.company_id('client')}/people/{member.pk}/"
    sign = {"post": "Director", "acts_under": "charter"}
    browser = office(alpha, browse)
    for taken in ({"rights": ["client_order"]}, None):
        assert browser.post(f"{address}sign/", sign).status_code == 302
        with inside(alpha.scope):
            member.refresh_from_db()
            assert member.may_sign_at is not None
        browser.post(address, taken) if taken else browser.post(f"{address}end/")
        with inside(alpha.scope):
            member.refresh_from_db()
            assert member.may_sign_at is None


def test_a_power_of_attorney_has_number_and_day(
    alpha: Cast, browse: Any, unconfirmed: None
) -> None:
    member_id = alpha.actor("client").member_id
    address = f"/companies/{alpha.company_id('client')}/people/{member_id}/sign/"
    form = {"post": "Manager", "acts_under": "attorney"}
    answer = office(alpha, browse).post(address, form)
    assert answer.status_code == 422 and "power of attorney" in answer.content.decode()
    assert not signer(alpha)
    whole = form | {"number": "12", "on": "2026-01-15"}
    assert office(alpha, browse).post(address, whole).status_code == 302
    with inside(alpha.scope):
        authority = people.authority_of(actor_again(alpha, "client"))
        assert authority == Authority("Manager", "attorney", "12", date(2026, 1, 15))
        with pytest.raises(CannotChange):
            people.confirm(
                company=company_of(alpha, "client"),
                member_id=member_id or alpha.info.id,
                authority=Authority("Manager", "attorney"),
                by=alpha.actor("head"),
                at=clock.now(),
            )


@pytest.mark.parametrize("ticked", [True, False])
def test_the_office_s_invitation_gives_the_right_at_once(
    alpha: Cast, browse: Any, ticked: bool
) -> None:
    form = NEWCOMER | {"rights": ["client_sign"]} | ({"may_sign": "on"} if ticked else {})
    address = f"/companies/{alpha.company_id('client')}/people/new/"
    page = office(alpha, browse).post(address, form, follow=True)
    browse().post(link_on(page.content.decode()), {"name": "Айбек", "password": PASSWORD})
    with inside(alpha.scope):
        member = Member.objects.get(phone=PHONE)
    assert (member.may_sign_at is not None) is ticked


def test_a_colleague_s_invitation_gives_no_right_to_sign(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "client")
    invited(browser, "/cabinet/people/", ["client_sign"], may_sign="on")
    with inside(GATE):
        assert not Invitation.objects.get(phone=PHONE).may_sign
