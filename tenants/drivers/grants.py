"""Rights of the shared roles on the pool's tables; row security narrows them to the own rows."""

from __future__ import annotations

READ = "SELECT"
EDIT = "SELECT, INSERT, UPDATE"
SEEN = {"drivers_seenposition": READ, "drivers_seenlastposition": READ}
POOL_READ = {
    "drivers_carrier": READ,
    "drivers_driver": READ,
    "drivers_vehicle": READ,
}
POOL_EDIT = {
    "drivers_carrier": EDIT,
    "drivers_driver": EDIT,
    "drivers_vehicle": EDIT,
    "drivers_driverprivate": EDIT,
}

GRANTS: dict[str, dict[str, str]] = {
    "tenant": POOL_EDIT | SEEN | {"drivers_booking": "SELECT, INSERT, UPDATE, DELETE"},
    "carriers": POOL_READ | SEEN | {"drivers_driverprivate": READ},
    "platform": POOL_EDIT,
    "ingest": {
        "drivers_position": "SELECT, INSERT",
        "drivers_lastposition": EDIT,
        "drivers_driver": "SELECT (id, last_active_at), UPDATE (last_active_at)",
    },
    # Only what is old goes (tenants/drivers/kept.py), without a look at where a truck was.
    "relay": {
        "drivers_position": "SELECT (id, job_id, at), DELETE",
        "drivers_lastposition": "SELECT (job_id, at), DELETE",
    },
}
