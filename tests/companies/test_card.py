"""A company's card: both sides at once, block, notes, addresses, companies that are alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from companies import addresses, blocking, credit, editing, invites, merging, notes, sides
from companies.alike import companies_like
from companies.models import Address, Company, Note
from companies.queries import CompanyFilter, companies
from tenants.kit import clock
from tenants.kit.problems import Barred
from tenants.office.models import AuditEvent
from tests.world import Cast

NAME = "ОсОО «Караван»"


def enter(cast: Cast, name: str = NAME, kind: str = "client", **more: Any) -> Company:
    values = {"name": name, "country": "KG", "language": "ru"} | more
    return invites.enter(kind=kind, values=values, by=cast.actor("head"), at=clock.now())


def acts_on(company: Company) -> list[str]:
    rows = AuditEvent.objects.filter(subject=company.subject).order_by("at", "id")
    return list(rows.values_list("action", flat=True))


@pytest.mark.parametrize("kind", ["client", "partner"])
def test_a_company_is_client_and_partner_on_one_card(in_alpha: Cast, kind: str) -> None:
    company = enter(in_alpha, kind=kind)
    for _press in range(2):
        sides.make_both(company=company, by=in_alpha.actor("head"), at=clock.now())
    company.refresh_from_db()
    assert (company.is_client, company.is_partner) == (True, True)
    assert company.carrier_id is not None
    assert acts_on(company).count("company.both") == 1
    for tab in ("client", "partner"):
        assert company in companies(CompanyFilter(kind=tab))


def test_the_button_makes_a_client_a_partner_as_well(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    page = browser.get(f"/companies/{company.pk}/").content.decode()
    assert f"/companies/{company.pk}/both/" in page
    assert browser.post(f"/companies/{company.pk}/both/").status_code == 302
    after = browser.get(f"/companies/{company.pk}/").content.decode()
    assert f"/companies/{company.pk}/both/" not in after
    assert browse(in_alpha, "accountant").post(f"/companies/{company.pk}/both/").status_code == 403


def test_a_block_needs_a_reason_and_is_said_on_the_card(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    address = f"/companies/{company.pk}/block/"
    assert browser.post(address, {"reason": "  "}).status_code == 422
    company.refresh_from_db()
    assert not company.is_blocked
    assert browser.post(address, {"reason": "не платит с мая"}).status_code == 302
    assert "не платит с мая" in browser.get(f"/companies/{company.pk}/").content.decode()
    assert company in companies(CompanyFilter(status="blocked"))
    with pytest.raises(blocking.CannotBlock):
        blocking.block(company=company, reason="ещё", by=in_alpha.actor("head"), at=clock.now())
    assert browser.post(f"/companies/{company.pk}/unblock/").status_code == 302
    company.refresh_from_db()
    assert (company.is_blocked, company.block_reason) == (False, "")
    assert acts_on(company)[-2:] == ["company.block", "company.unblock"]


def test_what_is_not_blocked_is_not_let_go(in_alpha: Cast) -> None:
    """A second press leaves no second row in the audit log, nor does a block without a reason."""
    company = enter(in_alpha)
    with pytest.raises(blocking.CannotBlock):
        blocking.block(company=company, reason=" ", by=in_alpha.actor("head"), at=clock.now())
    with pytest.raises(blocking.CannotBlock):
        blocking.unblock(company=company, by=in_alpha.actor("head"), at=clock.now())
    assert "company.unblock" not in acts_on(company)


def test_who_only_sees_companies_changes_no_address(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha)
    values = {"name": "Склад", "place": "Ош"}
    head = in_alpha.actor("head")
    address = addresses.add_address(company=company, values=values, by=head, at=clock.now())
    accountant = browse(in_alpha, "accountant")
    base = f"/companies/{company.pk}/addresses/"
    assert accountant.get(base).status_code == 200
    for path in ("new/", f"{address.pk}/", f"{address.pk}/remove/"):
        assert accountant.post(f"{base}{path}", values | {"name": "Чужой"}).status_code == 403, path
    assert list(Address.objects.values_list("name", "archived_at")) == [("Склад", None)]


def test_a_note_is_taken_away_on_its_own_card_alone(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha)
    other = enter(in_alpha, "Другая")
    head = in_alpha.actor("head")
    note = notes.add_note(company=company, text="Звонить", by=head, at=clock.now())
    gone = f"/companies/{other.pk}/notes/{note.pk}/remove/"
    assert browse(in_alpha, "head").post(gone).status_code == 404
    assert list(Note.objects.all()) == [note]


def test_the_history_on_the_card_says_what_was_set(in_alpha: Cast, browse: Any) -> None:
    """Not only that it was: why it is blocked, which limit, whom it was merged with, which address."""
    company = enter(in_alpha)
    double = enter(in_alpha, "Двойник")
    act = {"by": in_alpha.actor("head"), "at": clock.now()}
    credit.set_limit(company=company, limit=Decimal("1500.00"), **act)
    credit.set_limit(company=company, limit=None, **act)
    blocking.block(company=company, reason="не платит с мая", **act)
    addresses.add_address(company=company, values={"name": "Склад 2", "place": "Ош"}, **act)
    shown = merging.preview(double, company).key
    merging.merge(source=double, target=company, shown=shown, **act)
    page = browse(in_alpha, "dispatcher").get(f"/companies/{company.pk}/history/").content.decode()
    page = page.replace("\xa0", " ").replace("\u202f", " ")
    for note in ("не платит с мая", "— → 1 500,00", "1 500,00 → —", "Склад 2", f"({double.ref}) →"):
        assert note in page, note


def test_a_blocked_company_does_not_hear_the_reason(in_alpha: Cast) -> None:
    company = Company.objects.get(pk=in_alpha.company_id("client"))
    blocking.block(company=company, reason="тайна", by=in_alpha.actor("head"), at=clock.now())
    with pytest.raises(Barred) as refusal:
        blocking.refuse_new_orders(in_alpha.actor("client"))
    assert "тайна" not in str(refusal.value)
    assert "тайна" in blocking.why_blocked(company.pk)


def test_notes_are_the_offices_and_taken_away_by_author_or_head(
    in_alpha: Cast, browse: Any
) -> None:
    company = enter(in_alpha)
    accountant = browse(in_alpha, "accountant")
    address = f"/companies/{company.pk}/notes/"
    assert (
        accountant.post(address, {"text": "Звонить после обеда\nСпросить Азамата"}).status_code
        == 302
    )
    note = Note.objects.get(company=company)
    page = accountant.get(address).content.decode()
    assert "Спросить Азамата" in page
    gone = f"{address}{note.pk}/remove/"
    with pytest.raises(notes.NotYours):
        dispatcher = in_alpha.actor("dispatcher")
        notes.remove_note(company=company, note_id=note.pk, by=dispatcher, at=clock.now())
    assert browse(in_alpha, "head").post(gone).status_code == 302
    assert not Note.objects.exists()
    assert acts_on(company)[-2:] == ["company.note_add", "company.note_remove"]


def test_an_address_keeps_its_place_and_its_own_point(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    new = f"/companies/{company.pk}/addresses/new/"
    sent = {
        "name": "Склад 2",
        "place": "Бишкек",
        "street": "Ибраимова, 115",
        "point": "42.8746, 74.5698",
        "contact": "Азамат",
        "phone": "0555 000 111",
        "hours": "Пн–Сб 8–18",
        "gate_notes": "Ворота 3",
    }
    wrong = browser.post(new, sent | {"point": "где-то там"})
    assert wrong.status_code == 422 and "Ибраимова, 115" in wrong.content.decode()
    assert not Address.objects.exists()
    assert browser.post(new, sent).status_code == 302
    address = Address.objects.get()
    assert (address.lat, address.lon, address.country) == (42.8746, 74.5698, "KG")
    assert (address.place_id is not None, address.phone) == (True, "+996555000111")
    edit = f"/companies/{company.pk}/addresses/{address.pk}/"
    assert browser.post(edit, sent | {"place": "Нигдебург", "point": ""}).status_code == 302
    address.refresh_from_db()
    assert (address.lat, address.lon, address.place_id, address.country) == (None, None, None, "")
    assert browser.post(f"{edit}remove/").status_code == 302
    assert not addresses.addresses_of(company.pk).exists()
    assert browser.get(edit).status_code == 404


def test_an_address_of_another_company_is_not_opened(in_alpha: Cast, browse: Any) -> None:
    mine = enter(in_alpha)
    other = enter(in_alpha, "Другая")
    address = addresses.add_address(
        company=other,
        values={"name": "Склад", "place": "Ош"},
        by=in_alpha.actor("head"),
        at=clock.now(),
    )
    browser = browse(in_alpha, "dispatcher")
    assert browser.get(f"/companies/{mine.pk}/addresses/{address.pk}/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Караван"},
        {"name": "караван ооо"},
        {"name": 'ОсОО "КАРАВАН"'},
        {"full_name": "Общество Караван"},
        {"phone": "+996555000111"},
        {"inn": "0270 5201 9103 56"},
        {"email": "INFO@karavan.kg"},
    ],
)
def test_a_company_that_is_there_already_is_seen(in_alpha: Cast, typed: dict[str, str]) -> None:
    company = enter(
        in_alpha,
        full_name="ЗАО «Общество Караван»",
        phone="+996555000111",
        inn="02705201910356",
        email="info@karavan.kg",
    )
    enter(in_alpha, "Караванбаши")
    assert companies_like(typed) == [company]


def test_a_contact_s_phone_tells_a_company_and_a_merged_one_is_none(in_alpha: Cast) -> None:
    company = enter(in_alpha)
    double = enter(in_alpha, "Двойник")
    act = {"by": in_alpha.actor("head"), "at": clock.now()}
    contact = {"name": "Айбек", "phone": "+996555000222"}
    editing.add_contact(company=double, values=contact, **act)
    assert companies_like({"phone": "+996555000222"}) == [double]
    shown = merging.preview(double, company).key
    merging.merge(source=double, target=company, shown=shown, **act)
    assert companies_like({"phone": "+996555000222"}) == [company]
    assert companies_like({"name": "Двойник"}) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("บริษัท ภูผา คาร์โก้ จำกัด", "ภูผา คาร์โก้"),
        ("Nur Textile LLC", "«Нур Текстиль» ЖЧК"),
        ("ТОО «Ёлка»", "Елка"),
        ("ИП Асанов Б.Э.", "Асанов Б. Э."),
    ],
)
def test_legal_forms_and_quotes_do_not_count(in_alpha: Cast, one: str, two: str) -> None:
    company = enter(in_alpha, one)
    is_alike = "Nur" not in one  # another alphabet is another name
    assert companies_like({"name": two}) == ([company] if is_alike else [])


def test_the_form_asks_while_one_types(in_alpha: Cast, browse: Any) -> None:
    company = enter(in_alpha, phone="+996555000111")
    browser = browse(in_alpha, "dispatcher")
    assert "/companies/alike/" in browser.get("/companies/new/").content.decode()
    piece = browser.get("/companies/alike/?name=&phone=0555 000 111").content.decode()
    assert company.ref in piece
    assert company.ref not in browser.get("/companies/alike/?name=Кар").content.decode()
    assert "alert" not in browser.get("/companies/alike/").content.decode()
