"""The pool: references, masked phones, who writes whose rows, and the exact search."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.context import (
    CARRIERS,
    GATE,
    INGEST,
    PLATFORM,
    Scope,
    inside,
)
from tenants.drivers import editing, pool, queries
from tenants.drivers.models import (
    Carrier,
    Driver,
    DriverPrivate,
    Vehicle,
)
from tenants.kit.edge import phones
from tenants.office.models import AuditEvent
from tests.world import Cast

NOW = datetime(2026, 3, 13, 6, tzinfo=UTC)
DAY = date(2026, 3, 13)


def driver(
    scope: Scope,
    name: str = "Азамат Уметов",
    phone: str = "0555 12-55-55",
    **more: Any,
) -> Driver:
    with inside(scope):
        return pool.register_driver(name=name, phone=phone, on=DAY, at=NOW, **more)


def vehicle(scope: Scope, plate: str = "01kg  777abc", **more: Any) -> Vehicle:
    values: dict[str, Any] = {
        "body": "tent",
        "capacity_kg": Decimal(20000),
        "volume_m3": Decimal(82),
        **more,
    }
    with inside(scope):
        return pool.register_vehicle(plate=plate, on=DAY, at=NOW, **values)


def test_an_own_driver_joins_the_own_fleet(in_alpha: Cast) -> None:
    person = driver(
        in_alpha.scope,
        inn="20101199900123",
        licence="bd 123",
        by=in_alpha.actor(),
    )
    assert (person.ref, person.masked_phone, person.home_role) == (
        "DRV-260313-0001",
        "***5555",
        in_alpha.info.schema,
    )
    assert (
        person.carrier.kind,
        person.carrier.name,
        person.carrier.home_reseller_id,
    ) == ("fleet", "Alpha", in_alpha.info.id)
    private = queries.private(person.pk)
    assert private and (private.phone, private.licence) == (
        "+996555125555",
        "BD 123",
    )
    assert list(AuditEvent.objects.values_list("action", "by")) == [
        ("driver.register", in_alpha.actor().member_id)
    ]


def test_the_platforms_drivers_are_carriers_alone(alpha: Cast) -> None:
    person = driver(PLATFORM)
    assert (
        person.home_role,
        person.home_reseller_id,
        person.carrier.kind,
        person.carrier.name,
    ) == (
        "carriers",
        None,
        "driver",
        person.name,
    )


def test_references_run_over_the_whole_pool_and_imported_ones_stay(alpha: Cast, beta: Cast) -> None:
    drivers = [
        driver(alpha.scope),
        driver(beta.scope),
        driver(PLATFORM),
        driver(alpha.scope, "Импорт", "", ref="DRV-240101-0007"),
    ]
    assert [row.ref for row in drivers] == [
        "DRV-260313-0001",
        "DRV-260313-0002",
        "DRV-260313-0003",
        "DRV-240101-0007",
    ]
    with pytest.raises(IntegrityError, match="driver_ref"):
        driver(beta.scope, "Второй", "", ref="DRV-240101-0007")
    assert vehicle(beta.scope).ref == "VEH-260313-0001"


def test_a_known_phone_or_plate_is_refused_at_home_alone(alpha: Cast, beta: Cast) -> None:
    first = driver(alpha.scope)
    truck = vehicle(alpha.scope)
    with pytest.raises(pool.AlreadyRegistered) as caught:
        driver(alpha.scope, "Другой")
    assert caught.value.registered == first
    with pytest.raises(pool.AlreadyRegistered):
        vehicle(alpha.scope, "01KG 777ABC")
    with inside(alpha.scope):
        assert Driver.objects.count() == Vehicle.objects.count() == 1
    (
        driver(beta.scope),
        vehicle(beta.scope),
    )  # Beta is not told that Alpha has them
    assert truck.plate == "01KG 777ABC"


@pytest.mark.parametrize("text", ["12", "позвоните", "+99"])
def test_what_is_no_phone_is_refused(in_alpha: Cast, text: str) -> None:
    with pytest.raises(phones.BadPhone):
        driver(in_alpha.scope, phone=text)
    assert not Driver.objects.exists()


def test_one_fleet_a_reseller(in_alpha: Cast) -> None:
    assert pool.own_fleet(at=NOW) == pool.own_fleet(at=NOW)
    with (
        pytest.raises(IntegrityError, match="carrier_one_fleet"),
        transaction.atomic(),
    ):
        pool.register_carrier(name="Ещё один парк", kind="fleet", at=NOW)


def test_a_partner_is_one_carrier(in_alpha: Cast) -> None:
    company = in_alpha.company_id("partner")
    carrier = pool.register_carrier(
        name="ОсОО Партнёр",
        company_id=company,
        by=in_alpha.actor(),
        at=NOW,
    )
    assert (carrier.kind, carrier.company_id) == ("company", company)
    with (
        pytest.raises(IntegrityError, match="carrier_one_a_company"),
        transaction.atomic(),
    ):
        pool.register_carrier(name="ОсОО Партнёр", company_id=company, at=NOW)


def test_everyone_sees_the_masked_row_and_the_home_alone_the_rest(alpha: Cast, beta: Cast) -> None:
    person = driver(alpha.scope)
    for scope in (beta.scope, CARRIERS, PLATFORM):
        with inside(scope):
            assert Driver.objects.get().masked_phone == "***5555"
            assert queries.private(person.pk) is None
    with inside(alpha.scope):
        private = queries.private(person.pk)
        assert private is not None and private.phone == "+996555125555"
    for scope in (GATE, INGEST):
        with (
            inside(scope),
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
        ):
            list(DriverPrivate.objects.all())


def test_the_home_alone_edits(alpha: Cast, beta: Cast) -> None:
    person = driver(alpha.scope)
    truck = vehicle(alpha.scope)
    with inside(beta.scope):
        for act in (
            lambda: editing.edit_driver(driver_id=person.pk, by=None, at=NOW, name="Чужой"),
            lambda: editing.edit_vehicle(vehicle_id=truck.pk, by=None, at=NOW, plate="X"),
        ):
            with pytest.raises(editing.NotOurs):
                act()
        assert (
            Driver.objects.update(name="Чужой") == 0 and Vehicle.objects.update(plate="X") == 0
        )  # nor by raw SQL
        assert DriverPrivate.objects.update(phone="") == 0
    with inside(alpha.scope):
        editing.edit_driver(
            driver_id=person.pk,
            by=alpha.actor(),
            at=NOW,
            phone="+996700000042",
            status="blocked",
            has_access=True,
        )
        editing.edit_vehicle(
            vehicle_id=truck.pk,
            by=alpha.actor(),
            at=NOW,
            plate="01kg 1",
            status="archived",
        )
        assert (
            Driver.objects.get().phone_tail,
            Driver.objects.get().status,
        ) == ("0042", "blocked")
        assert Vehicle.objects.get().plate == "01KG 1"
        with pytest.raises(TypeError):
            editing.edit_driver(driver_id=person.pk, by=None, at=NOW, home_role="t_x")
    audit = AuditEvent.objects.filter(action="driver.edit")
    with inside(alpha.scope):
        assert "996700000042" not in str(
            list(audit.values())
        )  # the audit trail keeps the tail alone


def test_a_row_cannot_be_planted_in_anothers_pool(alpha: Cast, beta: Cast) -> None:
    person = driver(alpha.scope)
    with inside(beta.scope):
        for row in (
            Carrier(
                kind="company",
                name="X",
                home_role=alpha.info.schema,
                home_reseller_id=alpha.info.id,
                registered_at=NOW,
            ),
            Carrier(kind="company", name="X", registered_at=NOW),  # nobody's: the platform's alone
            DriverPrivate(driver_id=person.pk, home_role=beta.info.schema, phone="1"),
        ):
            with (
                pytest.raises(Exception, match=r"row-level security|duplicate"),
                transaction.atomic(),
            ):
                row.save(force_insert=True)


def test_search_by_part_at_home_and_exactly_elsewhere(alpha: Cast, beta: Cast) -> None:
    person = driver(alpha.scope, inn="20101199900123", licence="BD 123456")
    cases = {
        "азамат": (1, 1),
        "DRV-2603": (1, 1),
        "12-55": (1, 0),
        "996555125": (1, 0),
        "0555125555": (1, 1),
        "+996 555 125 555": (1, 1),
        "20101199900123": (1, 1),
        "2010119990": (1, 0),
        "bd 123456": (1, 1),
        "bd 1234": (1, 0),
        "никто": (0, 0),
    }
    for text, (home, elsewhere) in cases.items():
        for scope, expected in (
            (alpha.scope, home),
            (beta.scope, elsewhere),
        ):
            with inside(scope):
                assert list(queries.drivers(text=text)) == [person][:expected], text


def test_exact_look_ups_are_counted(alpha: Cast, beta: Cast) -> None:
    """A phone cannot be guessed by asking: sixty a minute, then nothing."""
    with inside(beta.scope):
        lookups = 0
        with pytest.raises(queries.TooManyLookups):
            for lookups in range(130):  # a minute may end on the way
                queries.exactly(f"+99655500{lookups:04}")
        assert 60 <= lookups <= 120
    with inside(alpha.scope):
        assert queries.exactly("+996555000000") == set()


def test_filters_and_counts(alpha: Cast, beta: Cast) -> None:
    own = driver(alpha.scope, adr=True)
    other = driver(PLATFORM, "Улан", "+996700111222")
    blocked = driver(beta.scope, "Сомчай", "+66812345678", country="TH")
    truck = vehicle(alpha.scope)
    foreign = vehicle(PLATFORM, "01KG 999", body="ref")
    with inside(beta.scope):
        editing.edit_driver(driver_id=blocked.pk, by=None, at=NOW, status="blocked")
    with inside(alpha.scope):
        assert set(queries.drivers()) == {own, other, blocked}
        assert list(queries.drivers(own=True)) == [own] and set(queries.drivers(own=False)) == {
            other,
            blocked,
        }
        assert list(queries.drivers(status="blocked")) == [blocked] and list(
            queries.drivers(adr=True)
        ) == [own]
        assert set(queries.vehicles()) == {truck, foreign} and list(
            queries.vehicles(body="ref")
        ) == [foreign]
        assert list(queries.vehicles(text="777")) == [truck] and list(
            queries.vehicles(own=False)
        ) == [foreign]
        assert queries.counts() == {"drivers": (3, False), "vehicles": (2, False)}
        assert list(queries.drivers(own=True)) == [own]
        assert queries.is_own(own) and not queries.is_own(other) and not queries.is_own(blocked)
        editing.edit_driver(driver_id=own.pk, by=None, at=NOW, status="archived")
        assert own not in queries.drivers() and list(queries.drivers(status="archived")) == [own]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_is_one_query(in_alpha: Cast, rows: int) -> None:
    for number in range(rows):
        driver(
            in_alpha.scope,
            f"Водитель {number}",
            f"+99655500000{number}",
        )
    with CaptureQueriesContext(connection) as run:
        assert len([row.carrier.name for row in queries.drivers()]) == rows
    assert len(run) == 1


def test_phones_have_one_written_form() -> None:
    assert phones.normal("0555 12 55 55") == phones.normal("+996 555 125555") == "+996555125555"
    assert phones.normal("081 234 5678", country="TH") == "+66812345678"
    assert phones.normal(" ") == ""
