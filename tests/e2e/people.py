"""Who is there before the tests begin: a short demo, without which the pages would be empty, and
one more driver's access.

Run as a module in the stack's own environment, before its processes start.
"""

from __future__ import annotations

FEW = {"alatoo": 12, "osh": 4, "prcargo": 1}
YEARS = 0.4
DRIVERS = 60
VEHICLES = 30
PASSWORD = "demo"
MANAGER = "second@track.demo"  # a platform manager whose second step nobody else switches on
INDEPENDENT = (
    "+996555900900",
    "246810",
)  # phone and PIN of a driver who belongs to no reseller


def build() -> None:

    from django.utils import timezone

    from demo import cast, fleet, run
    from tenants.accounts import driver_login
    from tenants.context import PLATFORM, inside
    from tenants.drivers import pool
    from tenants.kit import clock
    from tenants.platform import provisioning

    run.ORDERS = FEW  # type: ignore[misc]
    run.YEARS = YEARS
    fleet.DRIVERS = DRIVERS
    fleet.VEHICLES = VEHICLES
    now = clock.now()
    provisioning.refill(spares=4, at=timezone.now())
    run.load(
        now=now,
        say=lambda what: print(
            what,
            f"{(clock.now() - now).total_seconds():.0f}",
            flush=True,
        ),
    )
    phone, pin = INDEPENDENT
    with inside(PLATFORM):
        driver = pool.register_driver(
            name="Самостоятельный Эрмек",
            phone=phone,
            on=now.date(),
            at=now,
        )
        cast._user(MANAGER, "ru", is_platform_manager=True)
    driver_login.give_access(
        driver_id=driver.pk,
        phone=phone,
        pin=pin,
        any_device=True,
        at=now,
    )


if __name__ == "__main__":
    import django

    django.setup()
    build()
