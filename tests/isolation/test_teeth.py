"""What is planted is found: with any one wall switched off the walk says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q

from checks.isolation.matrix import walk
from checks.isolation.patterns import Pattern, patterns
from checks.isolation.verdicts import Tally
from checks.isolation.world import World
from finance.models import Payable
from orders.models import Order
from tenants.office.models import SavedView
from tests.guards.test_urls import declared
from tests.isolation.planted import unguarded


@pytest.fixture
def planted(world: World, settings: Any) -> World:
    settings.ROOT_URLCONF = "tests.isolation.planted"
    return world


def at(*routes: str) -> list[Pattern]:
    matching = [pattern for pattern in patterns() if pattern.route in routes]
    assert len(matching) == len(routes)
    return matching


def findings_of(tally: Tally) -> set[tuple[str, str, str]]:
    return {
        (finding.what, finding.person, finding.detail.split(" ")[0]) for finding in tally.findings
    }


@pytest.mark.parametrize("route", ["planted/tells/", "planted/header/"])
def test_a_view_that_tells_beta_s_word_is_found(planted: World, route: str) -> None:
    people = (
        "anonymous",
        "client",
        "own driver",
        "cargo sale",
        "head",
        "platform manager",
    )
    findings = findings_of(walk(planted, people=people, only=at(route)))
    assert findings == {("leak", person, "CANARY_BETA_CLIENT2") for person in people}


def test_a_view_that_breaks_is_found_with_its_line(
    planted: World,
) -> None:
    tally = walk(planted, people=["client"], only=at("planted/breaks/"))
    assert {finding.what for finding in tally.findings} == {"error"}
    assert "ZeroDivisionError" in tally.findings[0].detail
    assert "planted.py" in tally.findings[0].detail


def test_a_view_that_names_no_permission_is_found(
    planted: World,
) -> None:
    findings = findings_of(
        walk(
            planted,
            people=["client", "partner", "cargo sale", "head"],
            only=at("planted/unguarded/"),
        )
    )
    assert {person for _what, person, _word in findings} == {
        "client",
        "partner",
        "cargo sale",
    }


def test_the_guard_finds_it_as_well() -> None:
    assert not declared(unguarded)


def test_a_view_without_a_loader_is_found(planted: World) -> None:
    tally = walk(
        planted,
        people=["head", "client"],
        only=at("planted/orders/<str:ref>/"),
    )
    assert {(finding.what, finding.person) for finding in tally.findings} == {("let in", "head")}


def test_a_write_into_the_other_schema_is_found(planted: World) -> None:
    tally = walk(planted, people=["head"], only=at("planted/writes/"))
    assert {finding.what for finding in tally.findings} == {"write"}


def test_a_pattern_with_an_unknown_argument_has_no_row(
    planted: World,
) -> None:
    tally = walk(
        planted,
        people=["head"],
        only=at("planted/<uuid:nobody_knows_id>/"),
    )
    assert tally.without_row == ["planted/<uuid:nobody_knows_id>/ (nobody_knows_id)"]
    assert not tally.is_clean


def test_with_the_client_s_loader_off_its_card_leaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = at("cabinet/orders/<str:ref>/")
    assert walk(world, people=["client"], only=card).findings == []
    monkeypatch.setattr("orders.queries.orders_of", lambda actor: Order.objects.all())
    findings = findings_of(walk(world, people=["client"], only=card))
    assert ("leak", "client", "CANARY_ALPHA_ROADQUOTED") in findings
    assert {what for what, _person, _word in findings} == {
        "leak",
        "let in",
    }


def test_with_the_carrier_s_loader_off_its_jobs_leak(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = at("partner/jobs/<uuid:job_id>/")
    assert walk(world, people=["partner 2"], only=card).findings == []
    monkeypatch.setattr("tenants.exchange.jobs._concerns", lambda job, actor: True)
    findings = findings_of(walk(world, people=["partner 2"], only=card))
    assert ("leak", "partner 2", "CANARY_ALPHA_ROADOWN") in findings


def test_with_the_carrier_s_loader_off_a_driver_meets_another_s_job(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = at("driver/jobs/<uuid:job_id>/")
    drivers = ["own driver 2", "partner driver"]
    assert walk(world, people=drivers, only=card).findings == []
    monkeypatch.setattr("tenants.exchange.jobs._concerns", lambda job, actor: True)
    findings = findings_of(walk(world, people=drivers, only=card))
    assert ("leak", "own driver 2", "CANARY_ALPHA_ROADOWN") in findings
    assert ("leak", "partner driver", "CANARY_ALPHA_ROADOWN") in findings


def test_with_the_company_of_the_list_off_a_partner_meets_another_s_payouts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    payouts = at("partner/payouts/")
    partners = ["partner 2", "partner of two 2"]
    assert walk(world, people=partners, only=payouts).findings == []
    monkeypatch.setattr("finance.queries.payouts.payables_of", lambda actor: Payable.objects.all())
    findings = findings_of(walk(world, people=partners, only=payouts))
    assert {person for what, person, _word in findings if what == "leak"} == set(partners)


def test_with_the_right_to_sums_off_a_colleague_meets_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = at("cabinet/orders/<str:ref>/")
    assert walk(world, people=["client colleague"], only=card).findings == []
    monkeypatch.setattr("orders.views.cabinet.sees_price", lambda actor, stage: True)
    tally = walk(world, people=["client colleague"], only=card)
    assert {finding.what for finding in tally.findings} == {"leak"}
    assert all("client's price" in finding.detail for finding in tally.findings)


def test_with_the_owner_of_a_tab_off_a_colleague_in_the_office_meets_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = at("orders/")
    people = ["dispatcher", "dispatcher 2"]
    assert walk(world, people=people, only=orders).findings == []
    everybody = SavedView.objects.all
    monkeypatch.setattr(SavedView.objects, "filter", lambda **conditions: everybody())
    findings = findings_of(walk(world, people=people, only=orders))
    assert ("leak", "dispatcher", "CANARY_ALPHA_TABDISPATCHER2") in findings
    assert ("leak", "dispatcher 2", "CANARY_ALPHA_TABDISPATCHER") in findings


def test_with_the_papers_audience_off_they_leak(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = at("documents/<uuid:document_id>/pdf/")
    assert walk(world, people=["client 2"], only=paper).findings == []
    monkeypatch.setattr("documents.queries.visible_to", lambda actor: Q())
    findings = findings_of(walk(world, people=["client 2"], only=paper))
    assert ("leak", "client 2", "CANARY_ALPHA_PAPERCLIENT") in findings


def test_with_the_companies_loader_off_the_api_leaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`@needs` and the loader stand one behind the other: a client's token meets the permission
    first.
    """
    monkeypatch.setattr(
        "tenants.accounts.api_auth.NamedPermission.has_permission",
        lambda self, request, view: True,
    )
    findings = findings_of(walk(world, people=["client"], only=at("api/v1/companies")))
    assert ("leak", "client", "CANARY_ALPHA_CLIENTNAMECLIENT2") in findings


def test_who_drives_for_the_other_reseller_may_tell_it_so(
    world: World,
) -> None:
    """The one write across that is meant: a partner's stage of a job reaches the owner's trip."""
    tally = walk(
        world,
        people=["partner"],
        only=at("partner/jobs/<uuid:job_id>/advance/"),
    )
    assert tally.findings == []
