"""An archived client or partner: kept where it stands, named before it goes, and only reading."""

from __future__ import annotations

from typing import Any

import pytest

from companies import editing
from companies.models import Company
from orders import assignment, lifecycle, market
from orders.drafts import data_of
from orders.models import Order
from orders.stages import Act
from tenants.office.models import Member
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.page_forms import form_with
from tests.world import Cast


@pytest.fixture
def client_company(in_alpha: Cast) -> Company:
    return Company.objects.get(pk=in_alpha.company_id("client"))


def archive(cast: Cast, company: Company) -> None:
    editing.archive(company=company, by=cast.actor("head"), at=NOW, knowing=True)


def test_an_order_keeps_its_archived_client(
    in_alpha: Cast, client_company: Company, browse: Any, call: Any
) -> None:
    order = order_samples.order(in_alpha)
    archive(in_alpha, client_company)
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(address).content, address, "client")
    assert form.fields["client"] == str(client_company.pk)
    assert browser.post(address, form.fields | {"note": "новая"}).status_code == 302
    dispatcher = call(in_alpha, "dispatcher")
    body = {"client": str(client_company.pk), "note": "ещё"}
    assert dispatcher.send("patch", f"orders/{order.ref}", body).status_code == 200
    order.refresh_from_db()
    assert (order.client_id, order.note) == (client_company.pk, "ещё")


def test_an_archived_client_is_not_chosen_anew(
    in_alpha: Cast, client_company: Company, browse: Any, call: Any
) -> None:
    archive(in_alpha, client_company)
    page = browse(in_alpha, "dispatcher").get("/orders/new/").content.decode()
    assert str(client_company.pk) not in page
    body = {"client": str(client_company.pk)}
    answer = call(in_alpha, "dispatcher").send("post", "orders", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["client"])


def test_an_order_keeps_a_person_who_left(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    person = Member.objects.get(pk=order.responsible)
    Member.objects.filter(pk=person.pk).update(is_active=False)
    browser = browse(in_alpha, "head")
    address = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(address).content, address, "responsible")
    assert browser.post(address, form.fields | {"note": "новая"}).status_code == 302
    assert data_of(Order.objects.get(pk=order.pk)).responsible == person.pk


def test_a_list_filtered_by_an_archived_client_stays_so(
    in_alpha: Cast, client_company: Company, browse: Any
) -> None:
    order = order_samples.order(in_alpha)
    other = order_samples.order(in_alpha, client_id=in_alpha.company_id("client2"))
    archive(in_alpha, client_company)
    page = browse(in_alpha).get(f"/orders/?client={client_company.pk}").content.decode()
    assert order.ref in page
    assert other.ref not in page


def test_archiving_names_what_is_open(in_alpha: Cast, client_company: Company, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    browser = browse(in_alpha, "head")
    address = f"/companies/{client_company.pk}/archive/"
    question = browser.post(address)
    assert question.status_code == 409
    assert order.ref in question.content.decode()
    client_company.refresh_from_db()
    assert client_company.status == Company.Status.ACTIVE
    form = form_with(question.content, address, "knowing")
    assert browser.post(form.action, form.fields).status_code == 302
    client_company.refresh_from_db()
    assert client_company.status == Company.Status.ARCHIVED


def test_archiving_a_partner_names_its_trips(in_alpha: Cast, browse: Any) -> None:
    partner = order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    who = assignment.assignment_to(order=order, rate=None, partner=partner)
    assignment.assign_directly(order=order, assignment=who, by=in_alpha.actor("head"), at=NOW)
    question = browse(in_alpha, "head").post(f"/companies/{partner.pk}/archive/")
    assert question.status_code == 409
    assert order.ref in question.content.decode()


def test_nothing_open_is_archived_at_once(
    in_alpha: Cast, client_company: Company, browse: Any
) -> None:
    answer = browse(in_alpha, "head").post(f"/companies/{client_company.pk}/archive/")
    client_company.refresh_from_db()
    assert (answer.status_code, client_company.status) == (302, Company.Status.ARCHIVED)


def test_the_cabinet_of_an_archived_client_only_reads(
    in_alpha: Cast, client_company: Company, browse: Any, call: Any
) -> None:
    order = order_samples.order(in_alpha)
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=NOW)
    browser = browse(in_alpha, "client")
    card = f"/cabinet/orders/{order.ref}/"
    agree = form_with(browser.get(card).content, f"{card}agree/", "price")
    archive(in_alpha, client_company)
    for address in ("/cabinet/", card, "/cabinet/company/"):
        assert browser.get(address).status_code == 200, address
    request = {"origin": "Бишкек", "destination": "Нарын", "cargo": "Мёд"}
    details = {"name": "Другое имя", "full_name": "ОсОО", "address": "Ош", "director": "А"}
    writes = {
        "/cabinet/orders/new/": request,
        agree.action: agree.fields,
        "/cabinet/company/": details,
        "/cabinet/contract/": {},
    }
    for address, fields in writes.items():
        answer = browser.post(address, fields)
        assert answer.status_code == 403, address
    client_call = call(in_alpha, "client")
    cargo = {"cargo": [{"name": "Мёд"}]}
    assert client_call.send("post", "orders", cargo).status_code == 403
    sum_shown = {"price": agree.fields["price"]}
    assert client_call.send("post", f"orders/{order.ref}/agree", sum_shown).status_code == 403
    order.refresh_from_db()
    client_company.refresh_from_db()
    assert (order.agreed_at, client_company.name) == (None, "client of alpha")


def test_an_archived_partner_does_not_bargain(in_alpha: Cast, browse: Any, call: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    partner = order_samples.partner_carrier(in_alpha)
    archive(in_alpha, partner)
    address = f"exchange/listings/{order.listing_id}"
    body = {"price": "700000"}
    assert call(in_alpha, "partner").send("post", f"{address}/offers", body).status_code == 403
    page = browse(in_alpha, "partner").post(
        f"/partner/{address[:8]}/{order.listing_id}/offer/", body
    )
    assert page.status_code == 403


def test_a_running_trip_of_an_archived_partner_goes_on(in_alpha: Cast, call: Any) -> None:
    partner = order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    who = assignment.assignment_to(order=order, rate=None, partner=partner)
    trip = assignment.assign_directly(
        order=order, assignment=who, by=in_alpha.actor("head"), at=later(0)
    )
    archive(in_alpha, partner)
    answer = call(in_alpha, "partner").send(
        "post", f"trips/{trip.job_id}/advance", {"stage": "to_loading"}
    )
    assert answer.status_code == 200
