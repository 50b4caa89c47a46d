"""Run as a module in a fresh scratch database: public schema, two schemas, the marked world; left
as a file for the walk.
"""

from __future__ import annotations

import pickle


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from checks.isolation import world
    from tenants.kit import clock
    from tenants.platform import migrating, provisioning

    now = clock.now()
    migrating.migrate_public()
    provisioning.refill(
        spares=2, at=timezone.now()
    )  # no template schema: its role would be the running server's own
    built = world.build(*world.fresh_resellers(now), now=now)
    (settings.STATE_DIR / "world").write_bytes(pickle.dumps(built))


if __name__ == "__main__":
    main()
