"""Merging a company that was entered twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from companies import blocking, credit, editing, invites, merging, standing
from companies.merging import CannotMerge
from companies.models import Company
from documents.models import Document
from finance.models import Invoice
from finance.verify import differences
from orders import market
from orders.models import Order
from tenants.accounts.models import Membership
from tenants.context import GATE, inside
from tenants.drivers.models import Carrier
from tenants.kit import clock
from tenants.office.models import AuditEvent, Member
from tests.finance import money_samples
from tests.finance.test_client_advances import allocate, received
from tests.orders import order_samples
from tests.orders.test_client_standing import bid
from tests.world import Cast


def enter(cast: Cast, name: str, kind: str = "client", **more: Any) -> Company:
    values = {"name": name, "country": "KG", "language": "ru"} | more
    return invites.enter(kind=kind, values=values, by=cast.actor("head"), at=clock.now())


def merge(cast: Cast, source: Company, target: Company, shown: str | None = None) -> Company:
    key = merging.preview(source, target).key if shown is None else shown
    by = cast.actor("head")
    return merging.merge(source=source, target=target, shown=key, by=by, at=clock.now())


def test_all_that_hangs_on_the_one_goes_over(in_alpha: Cast) -> None:
    source = Company.objects.get(pk=in_alpha.company_id("client"))
    target = enter(in_alpha, "Остаётся")
    money_samples.own()
    invoice = money_samples.invoice(in_alpha, "100.00")
    order = invoice.order
    assert order is not None
    editing.add_contact(
        company=source,
        values={"name": "Айбек", "phone": "+996555000111"},
        by=in_alpha.actor("head"),
        at=clock.now(),
    )
    advance = received(in_alpha, "70.00")
    assert any("70" in matter for matter in standing.open_matters(source))
    counts = dict(merging.preview(source, target).parts)
    people = Member.objects.filter(company_id=source.pk).count()
    papers = Document.objects.filter(company_id=source.pk).count()
    assert sorted(counts.values()) == sorted([1, 1, 1, 1, people, papers, *[0] * 6])
    merge(in_alpha, source, target)
    order.refresh_from_db()
    invoice.refresh_from_db()
    advance.refresh_from_db()
    assert (order.client_id, invoice.company_id) == (target.pk, target.pk)
    assert advance.company_id == target.pk
    assert allocate(in_alpha, advance, (invoice, "70.00"))
    assert list(differences()) == []
    assert [contact.name for contact in target.contacts.all()] == ["Айбек"]
    assert Document.objects.filter(company_id=target.pk).count() == papers
    assert places_of(in_alpha, source.pk) == 0 and places_of(in_alpha, target.pk) == people
    source.refresh_from_db()
    assert (source.status, source.merged_into_id) == ("archived", target.pk)
    for row in (source, target):
        assert AuditEvent.objects.filter(subject=row.subject, action="company.merge").count() == 1


def places_of(cast: Cast, company_id: UUID) -> int:
    with inside(GATE):
        return Membership.objects.filter(reseller_id=cast.info.id, company_id=company_id).count()


def test_empty_details_are_filled_and_typed_ones_stay(in_alpha: Cast) -> None:
    source = enter(in_alpha, "Двойник", inn="02705201910356", address="Ош", phone="+996555000111")
    target = enter(in_alpha, "Настоящий", address="Бишкек")
    merge(in_alpha, source, target)
    target.refresh_from_db()
    shown = (target.name, target.inn, target.address, target.phone)
    assert shown == ("Настоящий", "02705201910356", "Бишкек", "+996555000111")


def test_a_partner_merged_into_a_client_makes_both(in_alpha: Cast) -> None:
    source = enter(in_alpha, "Везёт", kind="partner")
    target = enter(in_alpha, "Заказывает")
    carrier = source.carrier_id
    merge(in_alpha, source, target)
    target.refresh_from_db()
    assert (target.kind, target.carrier_id) == ("both", carrier)
    assert Carrier.objects.get(pk=carrier).company_id == target.pk


def test_a_block_and_a_limit_go_over(in_alpha: Cast, browse: Any) -> None:
    """Merging is no way around them; what the office set on the other card stays."""
    head = in_alpha.actor("head")
    source = enter(in_alpha, "Двойник")
    target = enter(in_alpha, "Настоящая")
    blocking.block(company=source, reason="не платит с мая", by=head, at=clock.now())
    credit.set_limit(company=source, limit=Decimal("1500.00"), by=head, at=clock.now())
    browser = browse(in_alpha, "dispatcher")
    page = browser.get(f"/companies/{source.pk}/merge/?target={target.pk}").content.decode()
    assert "не платит с мая" in page and "blocked_at" not in page
    assert "1 500,00" in page.replace("\xa0", " ").replace("\u202f", " ")
    merge(in_alpha, source, target)
    target.refresh_from_db()
    assert (target.block_reason, target.credit_limit) == ("не платит с мая", Decimal("1500.00"))
    third = enter(in_alpha, "Третья")
    credit.set_limit(company=third, limit=Decimal(0), by=head, at=clock.now())
    blocking.block(company=third, reason="суд", by=head, at=clock.now())
    merge(in_alpha, target, third)
    third.refresh_from_db()
    assert (third.block_reason, third.credit_limit) == ("суд", Decimal(0))


def test_an_archived_company_does_not_stay(in_alpha: Cast) -> None:
    source = enter(in_alpha, "Двойник")
    target = enter(in_alpha, "В архиве")
    Company.objects.filter(pk=target.pk).update(status=Company.Status.ARCHIVED)
    target.refresh_from_db()
    with pytest.raises(CannotMerge):
        merge(in_alpha, source, target)


def test_a_carrier_with_offers_of_its_own_is_not_merged(in_alpha: Cast) -> None:
    """Both carry: its offers, trips, drivers and vehicles are told apart by the carrier."""
    source = order_samples.partner_carrier(in_alpha)
    target = enter(in_alpha, "Возит тоже", kind="partner")
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    bid(in_alpha, market.publish(order=order, by=in_alpha.actor("dispatcher"), at=clock.now()))
    with pytest.raises(CannotMerge):
        merge(in_alpha, source, target)
    source.refresh_from_db()
    assert source.merged_into_id is None


def test_a_link_to_the_merged_company_ends(in_alpha: Cast, browse: Any) -> None:
    source = enter(in_alpha, "Двойник", email="new@double.example", contact_person="Асан")
    target = enter(in_alpha, "Настоящая")
    invited = invites.resend(company=source, by=in_alpha.actor("head"), at=clock.now())
    token = invited.link.rstrip("/").rsplit("/", 1)[1]
    assert browse().get(f"/invitations/{token}/").status_code == 200
    merge(in_alpha, source, target)
    assert browse().get(f"/invitations/{token}/").status_code == 404


def test_two_firms_are_not_merged(in_alpha: Cast) -> None:
    one = enter(in_alpha, "Одна", inn="02705201910356")
    two = enter(in_alpha, "Другая", inn="01203201510412")
    for source, target in ((one, two), (one, one)):
        with pytest.raises(CannotMerge):
            merge(in_alpha, source, target)
    one.refresh_from_db()
    assert one.merged_into_id is None


def test_a_merged_company_is_not_merged_again(in_alpha: Cast) -> None:
    source = enter(in_alpha, "Двойник")
    target = enter(in_alpha, "Настоящая")
    third = enter(in_alpha, "Третья")
    merge(in_alpha, source, target)
    for pair in ((source, third), (third, source)):
        with pytest.raises(CannotMerge):
            merge(in_alpha, *pair)


def test_numbers_that_changed_since_the_preview_stop_it(in_alpha: Cast) -> None:
    source = Company.objects.get(pk=in_alpha.company_id("client"))
    target = enter(in_alpha, "Остаётся")
    shown = merging.preview(source, target).key
    order_samples.order(in_alpha)
    with pytest.raises(CannotMerge):
        merge(in_alpha, source, target, shown)
    assert Order.objects.filter(client=source).count() == 1


def test_the_page_shows_first_and_merges_then(in_alpha: Cast, browse: Any) -> None:
    source = enter(in_alpha, "Двойник", phone="+996555000111")
    target = enter(in_alpha, "Настоящая")
    browser = browse(in_alpha, "dispatcher")
    address = f"/companies/{source.pk}/merge/"
    assert browser.get(address).status_code == 200
    page = browser.get(f"{address}?target={target.pk}").content.decode()
    assert target.ref in page and "+996555000111" in page
    source.refresh_from_db()
    assert source.merged_into_id is None
    shown = merging.preview(source, target).key
    sent = {"target": str(target.pk), "shown": shown}
    assert browser.post(address, sent).headers["Location"] == f"/companies/{target.pk}/"
    assert browse(in_alpha, "accountant").post(address, sent).status_code == 403
    matching = browser.get("/companies/search/?q=Двойник").json()
    assert matching == []


def test_an_invoice_stays_as_it_was_printed(in_alpha: Cast) -> None:
    source = Company.objects.get(pk=in_alpha.company_id("client"))
    money_samples.own()
    invoice = money_samples.invoice(in_alpha, "100.00")
    printed = Invoice.objects.filter(pk=invoice.pk).values("number", "client_name", "gross").get()
    merge(in_alpha, source, enter(in_alpha, "Остаётся"))
    again = Invoice.objects.filter(pk=invoice.pk).values("number", "client_name", "gross").get()
    assert again == printed
