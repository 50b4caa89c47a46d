"""What the exchange tells the other side through the outbox; each topic needs a handler where
resellers live.

Payload of the first seven: side ("owner" or "carrier": who is told), listing, offer, carrier
("exchange.expired" told to the owner has no offer). Of the jobs' two: side "carrier", job, stage,
carrier.
"""

from __future__ import annotations

TOPICS: frozenset[str] = frozenset(
    {
        "exchange.offer",  # owner: a new offer
        "exchange.countered",  # the other side named a price
        "exchange.awarded",  # the other side accepted the price that stood
        "exchange.rejected",  # the other side turned the thread down
        "exchange.withdrawn",  # owner: the carrier took the offer back
        "exchange.closed",  # carrier: the listing went to another or was withdrawn
        "exchange.expired",  # both: the listing's time is over
        "exchange.job_opened",  # carrier: a trip for another reseller
        "exchange.job_moved",  # carrier: that trip's stage, driver, stops or cargo changed
    }
)
