"""Rights of the shared roles on the exchange's tables. Only jobs are written directly, by the
trip's owner.
"""

from __future__ import annotations

READ = "SELECT"
BARGAIN = {
    "exchange_offer": READ,
    "exchange_round": READ,
    "exchange_award": READ,
}

GRANTS: dict[str, dict[str, str]] = {
    "tenant": BARGAIN
    | {
        "exchange_listing": READ,
        "exchange_job": "SELECT, INSERT, UPDATE",
    },
    "carriers": BARGAIN | {"exchange_listing": READ, "exchange_job": READ},
    "platform": {"exchange_listing": READ},
}
