"""Several own firms: entered, made the main one, archived; each with details and taxes of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from companies import firms, regimes
from companies.firms import CannotChangeFirm
from companies.models import OwnFirm
from companies.queries import letterhead, own_details, own_firms
from tenants.office.models import AuditEvent
from tests.companies.test_own import DETAILS
from tests.orders.order_samples import NOW
from tests.world import Cast

SECOND = DETAILS | {
    "name": "Бета-Транс",
    "full_name": "ОсОО «Бета-Транс»",
    "number_prefix": "Б",
    "inn": "01203201510412",
}


def _two(head: Any) -> None:
    head.post("/my-company/", DETAILS)
    assert head.post("/my-company/firms/new/", SECOND).status_code == 302


def test_a_second_firm_has_details_of_its_own(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    _two(head)
    first, second = own_firms()
    assert (first.pk, first.is_main, first.name) == (1, True, "Alpha")
    assert (second.pk, second.is_main, second.number_prefix) == (2, False, "Б")
    changed = SECOND | {"bank": "Другой банк"}
    assert head.post("/my-company/?firm=2", changed).status_code == 302
    head.post("/my-company/look/?firm=2", {"accent": "#aa0011"})
    assert letterhead(firm_id=2).own.bank == "Другой банк"
    assert (letterhead(firm_id=2).accent, letterhead().own.bank) == ("#aa0011", DETAILS["bank"])
    assert letterhead().accent != "#aa0011"
    assert AuditEvent.objects.filter(action="own.firm_add", subject="own:2").exists()
    assert head.get("/my-company/?firm=3").status_code == 404


def test_two_firms_have_no_prefix_in_common(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    _two(head)
    for prefix in ("Б", "", "a/b", "123456"):
        answer = head.post("/my-company/firms/new/", SECOND | {"number_prefix": prefix})
        assert answer.status_code == 422, prefix
        assert 'id="id_number_prefix-error"' in answer.content.decode()
    assert OwnFirm.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnFirm.objects.create(pk=3, is_main=False, name="x", number_prefix="Б")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnFirm.objects.create(pk=3, is_main=True, name="x", number_prefix="В")


def test_another_firm_becomes_the_main_one(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    _two(head)
    assert head.post("/my-company/firms/2/main/").status_code == 302
    assert (own_details().pk, letterhead().own.name) == (2, SECOND["full_name"])
    assert OwnFirm.objects.filter(is_main=True).count() == 1
    assert browse(in_alpha, "dispatcher").post("/my-company/firms/1/main/").status_code == 403
    assert head.post("/my-company/firms/9/main/").status_code == 404


def test_the_main_firm_and_one_with_open_matters_stay(
    in_alpha: Cast, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = browse(in_alpha)
    _two(head)
    head.post("/my-company/firms/1/archive/")
    assert own_details(1).archived_at is None
    monkeypatch.setattr(firms, "_open_matters", [lambda firm: "Счета (1): 26-1"])
    with pytest.raises(CannotChangeFirm, match="26-1"):
        firms.archive_firm(firm=own_details(2), by=in_alpha.actor("head"), at=NOW)
    monkeypatch.setattr(firms, "_open_matters", [])
    head.post("/my-company/firms/2/archive/")
    assert [firm.pk for firm in own_firms()] == [1]
    head.post("/my-company/firms/2/main/")
    assert own_details().pk == 1
    head.post("/my-company/firms/2/restore/")
    assert [firm.pk for firm in own_firms()] == [1, 2]


def test_regime_holds_from_its_day(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    head.post("/my-company/", DETAILS | {"vat_payer": "on"})
    firm = own_details()
    assert regimes.pays_vat(firm, date(2026, 3, 1))
    for regime, since in (("simplified", "2026-02-01"), ("vat", "2026-04-01")):
        answer = head.post("/my-company/regime/", {"regime": regime, "since": since})
        assert answer.status_code == 302
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [regimes.pays_vat(firm, on) for on in days] == [True, False, False, True]
    head.post("/my-company/regime/", {"regime": "patent", "since": "2026-04-01"})
    assert regimes.pays_vat(firm, date(2026, 4, 1)) is False
    page = head.get("/my-company/").content.decode()
    assert 'name="vat_payer"' not in page
    assert head.post("/my-company/regime/", {"regime": "x", "since": ""}).status_code == 422
