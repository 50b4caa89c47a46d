"""Bargaining from the first price to the award: who may, whose turn it is, what is written, who
hears.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tenants.context import CARRIERS, inside
from tenants.drivers import pool
from tenants.exchange import acts, queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Award, Listing, Offer
from tenants.exchange.refusals import ExchangeRefused, NotFound
from tests.exchange.helpers import (
    LATER,
    NOW,
    Thread,
    card,
    events,
    fleet,
    independent,
    partner,
    publish,
    thread,
    written,
)
from tests.world import Cast

P = Decimal


def refused(act: Callable[[], object], code: str, *scopes: Cast) -> None:
    """The act is refused with this code and nothing is written."""
    before = written(tuple(cast.scope for cast in scopes))
    with pytest.raises(ExchangeRefused) as caught:
        act()
    assert caught.value.code == code
    assert written(tuple(cast.scope for cast in scopes)) == before


def missing(act: Callable[[], object], *scopes: Cast) -> None:
    before = written(tuple(cast.scope for cast in scopes))
    with pytest.raises(NotFound):
        act()
    assert written(tuple(cast.scope for cast in scopes)) == before


def test_a_listing_is_published_with_a_reference(alpha: Cast, beta: Cast) -> None:
    first = publish(alpha)
    second = publish(beta)
    with inside(beta.scope):
        seen = queries.listing(first)
        assert (seen.reseller_id, seen.owner_role, seen.status) == (
            alpha.info.id,
            alpha.info.schema,
            "open",
        )
        refs = [seen.ref, queries.listing(second).ref]
        assert all(re.fullmatch(r"LST-260313-\d{4,}", ref) for ref in refs)
        assert refs[0] != refs[1]
        assert (seen.price, seen.weight_kg, seen.loading_types) == (
            P("250000.00"),
            P("20000.000"),
            ["rear", "side"],
        )
        assert seen.distance_km == pytest.approx(3830, abs=15)


def test_only_a_reseller_publishes(alpha: Cast) -> None:
    with (
        inside(CARRIERS),
        pytest.raises(Exception, match="permission denied"),
    ):
        acts.publish(card=card(), at=NOW)


def test_a_listing_that_is_past_its_time_is_refused(
    in_alpha: Cast,
) -> None:
    refused(
        lambda: acts.publish(card=card(expires_at=NOW), at=NOW),
        "bad_expiry",
        in_alpha,
    )


def test_send_counter_counter_accept(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        assert (
            acts.counter(
                offer_id=t.offer,
                side=Side.OWNER,
                price=P("230000.00"),
                at=LATER,
            )
            == 2
        )
    with inside(beta.scope):
        assert (
            acts.counter(
                offer_id=t.offer,
                side=Side.CARRIER,
                price=P("235000.00"),
                at=LATER,
            )
            == 3
        )
    with inside(alpha.scope):
        award = acts.accept(offer_id=t.offer, side=Side.OWNER, at=LATER)
        assert (award.price, award.currency, award.carrier_id) == (
            P("235000.00"),
            "KGS",
            t.carrier.pk,
        )
    for cast in (alpha, beta):  # both sides see every round
        with inside(cast.scope):
            offer = queries.thread(t.offer)
            assert offer.status == "accepted" and offer.listing.status == "awarded"
            assert [(r.number, r.by, r.price) for r in offer.rounds.all()] == [
                (1, "carrier", P("240000.00")),
                (2, "owner", P("230000.00")),
                (3, "carrier", P("235000.00")),
            ]
    assert {(role, topic) for role, topic, _ in events()} == {
        (alpha.info.schema, "exchange.offer"),
        (beta.info.schema, "exchange.awarded"),
        (alpha.info.schema, "exchange.countered"),
        (beta.info.schema, "exchange.countered"),
    }
    assert json.loads(events(topic="exchange.awarded")[0][2]) == {
        "side": "carrier",
        "listing": str(t.listing),
        "offer": str(t.offer),
        "carrier": str(t.carrier.pk),
    }


def test_the_carrier_accepts_our_price_and_we_hear(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        acts.counter(offer_id=t.offer, side=Side.OWNER, price=P(200000), at=NOW)
    with inside(beta.scope):
        assert acts.accept(offer_id=t.offer, side=Side.CARRIER, at=LATER).price == P(200000)
    assert json.loads(events(alpha.info.schema, "exchange.awarded")[0][2])["side"] == "owner"


def test_nobody_answers_out_of_turn(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(beta.scope):
        refused(
            lambda: acts.counter(offer_id=t.offer, side=Side.CARRIER, price=P(1), at=NOW),
            "not_your_turn",
            alpha,
            beta,
        )
        refused(
            lambda: acts.accept(offer_id=t.offer, side=Side.CARRIER, at=NOW),
            "not_your_turn",
            alpha,
            beta,
        )
        refused(
            lambda: acts.reject(offer_id=t.offer, side=Side.CARRIER, at=NOW),
            "not_your_turn",
            alpha,
            beta,
        )
    with inside(alpha.scope):
        acts.counter(offer_id=t.offer, side=Side.OWNER, price=P(1000), at=NOW)
        refused(
            lambda: acts.accept(offer_id=t.offer, side=Side.OWNER, at=NOW),
            "not_your_turn",
            alpha,
            beta,
        )


def test_a_side_cannot_be_claimed(alpha: Cast, beta: Cast) -> None:
    """Beta bids; it is not the owner however it calls itself, nor is Alpha the carrier."""
    t = thread(alpha, beta)
    with inside(beta.scope):
        missing(
            lambda: acts.accept(offer_id=t.offer, side=Side.OWNER, at=NOW),
            alpha,
            beta,
        )
        missing(
            lambda: acts.reject(offer_id=t.offer, side=Side.OWNER, at=NOW),
            alpha,
            beta,
        )
        missing(
            lambda: acts.withdraw_listing(listing_id=t.listing, at=NOW),
            alpha,
            beta,
        )
    with inside(alpha.scope):
        missing(lambda: acts.withdraw(offer_id=t.offer, at=NOW), alpha, beta)
    with inside(CARRIERS):  # a fleet's offer names no driver: the driver's app has no part in it
        missing(lambda: acts.withdraw(offer_id=t.offer, at=NOW), alpha, beta)
        missing(
            lambda: acts.accept(offer_id=uuid4(), side=Side.CARRIER, at=NOW),
            alpha,
            beta,
        )


def test_the_last_word_leaves_yes_or_no(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        acts.counter(
            offer_id=t.offer,
            side=Side.OWNER,
            price=P(200000),
            final=True,
            at=NOW,
        )
    with inside(beta.scope):
        refused(
            lambda: acts.counter(
                offer_id=t.offer,
                side=Side.CARRIER,
                price=P(210000),
                at=NOW,
            ),
            "best_and_final",
            alpha,
            beta,
        )
        acts.reject(offer_id=t.offer, side=Side.CARRIER, at=NOW)
        assert queries.thread(t.offer).status == "rejected"
    assert len(events(alpha.info.schema, "exchange.rejected")) == 1


@pytest.mark.parametrize("price", ["0", "-5", "0.001", "NaN", "10000000000000000"])
def test_a_price_is_positive_money(alpha: Cast, beta: Cast, price: str) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        refused(
            lambda: acts.counter(
                offer_id=t.offer,
                side=Side.OWNER,
                price=P(price),
                at=NOW,
            ),
            "bad_price",
            alpha,
            beta,
        )
    listing = publish(alpha)
    carrier = fleet(beta)
    with inside(beta.scope):
        refused(
            lambda: acts.send_offer(
                listing_id=listing,
                carrier_id=carrier.pk,
                price=P(price),
                at=NOW,
            ),
            "bad_price",
            alpha,
            beta,
        )


def test_the_same_price_is_no_answer(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        refused(
            lambda: acts.counter(
                offer_id=t.offer,
                side=Side.OWNER,
                price=P(240000),
                at=NOW,
            ),
            "same_price",
            alpha,
            beta,
        )


def test_one_open_offer_a_carrier(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    again = {
        "listing_id": t.listing,
        "carrier_id": t.carrier.pk,
        "price": P(1000),
        "at": LATER,
    }
    with inside(beta.scope):
        refused(
            lambda: acts.send_offer(**again),
            "already_offered",
            alpha,
            beta,
        )
        acts.withdraw(offer_id=t.offer, at=NOW)
        assert acts.send_offer(**again) != t.offer
    assert len(events(alpha.info.schema, "exchange.withdrawn")) == 1


def test_the_own_fleet_is_assigned_but_a_partner_may_bid(
    alpha: Cast,
) -> None:
    """Client and partner share their reseller's role: the side is named by the act."""
    listing = publish(alpha)
    own = fleet(alpha)
    friend = partner(alpha)
    with inside(alpha.scope):
        refused(
            lambda: acts.send_offer(
                listing_id=listing,
                carrier_id=own.pk,
                price=P(1),
                at=NOW,
            ),
            "own_listing",
            alpha,
        )
        offer = acts.send_offer(
            listing_id=listing,
            carrier_id=friend.pk,
            price=P(900),
            at=NOW,
        )
        refused(
            lambda: acts.accept(offer_id=offer, side=Side.CARRIER, at=NOW),
            "not_your_turn",
            alpha,
        )
        acts.accept(offer_id=offer, side=Side.OWNER, at=NOW)
    assert [(role, topic) for role, topic, _ in events()] == [
        (alpha.info.schema, "exchange.awarded"),
        (alpha.info.schema, "exchange.offer"),
    ]


def test_another_resellers_carrier_cannot_be_named(alpha: Cast, beta: Cast) -> None:
    listing = publish(alpha)
    theirs = fleet(beta)
    driver = independent()
    with inside(alpha.scope):
        missing(
            lambda: acts.send_offer(
                listing_id=listing,
                carrier_id=theirs.pk,
                price=P(5),
                at=NOW,
            ),
            alpha,
            beta,
        )
        missing(
            lambda: acts.send_offer(
                listing_id=listing,
                carrier_id=driver.carrier_id,
                price=P(5),
                at=NOW,
            ),
            alpha,
            beta,
        )
    with inside(beta.scope):
        missing(
            lambda: acts.send_offer(
                listing_id=uuid4(),
                carrier_id=theirs.pk,
                price=P(5),
                at=NOW,
            ),
            alpha,
            beta,
        )
        missing(
            lambda: acts.send_offer(
                listing_id=listing,
                carrier_id=theirs.pk,
                driver_id=driver.pk,
                price=P(5),
                at=NOW,
            ),
            alpha,
            beta,
        )


def test_an_independent_driver_bids_and_wins(alpha: Cast, beta: Cast) -> None:
    listing = publish(alpha)
    driver = independent()
    with inside(CARRIERS):
        offer = acts.send_offer(
            listing_id=listing,
            carrier_id=driver.carrier_id,
            driver_id=driver.pk,
            price=P(100),
            at=NOW,
        )
    with inside(alpha.scope):
        acts.counter(offer_id=offer, side=Side.OWNER, price=P(90), at=NOW)
    with inside(CARRIERS):
        assert [o.pk for o in queries.offers_of(driver.carrier_id, driver_id=driver.pk)] == [offer]
        assert acts.accept(offer_id=offer, side=Side.CARRIER, at=NOW).driver_id == driver.pk
    assert {role for role, _, _ in events()} == {
        alpha.info.schema
    }  # nobody announces to `carriers`


def test_an_own_driver_bids_from_the_app_and_the_home_hears(alpha: Cast, beta: Cast) -> None:
    """The app runs as `carriers`; the offer still belongs to the driver's home reseller."""
    listing = publish(alpha)
    with inside(beta.scope):
        driver = pool.register_driver(name="Сомчай", phone="+66812345678", on=NOW.date(), at=NOW)
    with inside(CARRIERS):
        offer = acts.send_offer(
            listing_id=listing,
            carrier_id=driver.carrier_id,
            driver_id=driver.pk,
            price=P(100),
            at=NOW,
        )
    with inside(beta.scope):
        assert queries.thread(offer).carrier_role == beta.info.schema
    with inside(alpha.scope):
        acts.accept(offer_id=offer, side=Side.OWNER, at=NOW)
    assert len(events(beta.info.schema, "exchange.awarded")) == 1


def _rivals(alpha: Cast, beta: Cast) -> tuple[Thread, list]:
    t = thread(alpha, beta)
    offers = []
    for name in ("Улан", "Бакыт"):
        driver = independent(name)
        with inside(CARRIERS):
            offers.append(
                acts.send_offer(
                    listing_id=t.listing,
                    carrier_id=driver.carrier_id,
                    driver_id=driver.pk,
                    price=P(7),
                    at=NOW,
                )
            )
    return t, offers


def test_the_award_closes_every_other_offer(alpha: Cast, beta: Cast) -> None:
    t, rivals = _rivals(alpha, beta)
    with inside(alpha.scope):
        acts.accept(offer_id=rivals[0], side=Side.OWNER, at=NOW)
        assert dict(Offer.objects.values_list("pk", "status")) == {
            t.offer: "closed",
            rivals[0]: "accepted",
            rivals[1]: "closed",
        }
        for offer in (t.offer, rivals[0], rivals[1]):
            refused(
                lambda offer=offer: acts.accept(offer_id=offer, side=Side.OWNER, at=NOW),
                "already_awarded",
                alpha,
                beta,
            )  # type: ignore[misc]
        refused(
            lambda: acts.withdraw_listing(listing_id=t.listing, at=NOW),
            "already_awarded",
            alpha,
            beta,
        )
        assert Award.objects.count() == 1
    assert len(events(beta.info.schema, "exchange.closed")) == 1
    with inside(beta.scope):
        refused(
            lambda: acts.send_offer(
                listing_id=t.listing,
                carrier_id=t.carrier.pk,
                price=P(5),
                at=NOW,
            ),
            "already_awarded",
            alpha,
            beta,
        )


def test_a_withdrawn_listing_closes_its_offers(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        acts.withdraw_listing(listing_id=t.listing, at=LATER)
        assert (
            queries.listing(t.listing).status,
            queries.thread(t.offer).status,
        ) == ("withdrawn", "closed")
        refused(
            lambda: acts.withdraw_listing(listing_id=t.listing, at=LATER),
            "listing_closed",
            alpha,
            beta,
        )
        refused(
            lambda: acts.accept(offer_id=t.offer, side=Side.OWNER, at=LATER),
            "offer_closed",
            alpha,
            beta,
        )
    assert len(events(beta.info.schema, "exchange.closed")) == 1


def test_time_runs_out(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    over = NOW + timedelta(days=3)
    with inside(alpha.scope):
        refused(
            lambda: acts.accept(offer_id=t.offer, side=Side.OWNER, at=over),
            "listing_closed",
            alpha,
            beta,
        )
    assert acts.expire_due(at=over - timedelta(seconds=1)) == 0
    assert acts.expire_due(at=over) == 1
    assert acts.expire_due(at=over) == 0
    with inside(beta.scope):
        assert (
            queries.listing(t.listing).status,
            queries.thread(t.offer).status,
        ) == ("expired", "expired")
    sides = {
        role: json.loads(payload)["side"] for role, _, payload in events(topic="exchange.expired")
    }
    assert sides == {
        alpha.info.schema: "owner",
        beta.info.schema: "carrier",
    }


def test_a_suspended_reseller_leaves_the_exchange(alpha: Cast, beta: Cast) -> None:
    ours = thread(alpha, beta)
    theirs = thread(beta, alpha)
    assert acts.leave(role=beta.info.schema, at=LATER) == 1
    with inside(alpha.scope):
        assert (
            queries.thread(ours.offer).status == "withdrawn"
            and queries.listing(ours.listing).status == "open"
        )
        assert (
            queries.thread(theirs.offer).status == "closed"
            and queries.listing(theirs.listing).status == "withdrawn"
        )
    with (
        inside(alpha.scope),
        pytest.raises(Exception, match="permission denied"),
    ):
        acts._call("leave_exchange", beta.info.schema, LATER)


def test_the_owner_turns_an_offer_down_at_any_time(alpha: Cast, beta: Cast) -> None:
    t = thread(alpha, beta)
    with inside(alpha.scope):
        acts.counter(offer_id=t.offer, side=Side.OWNER, price=P(5), at=NOW)
        acts.reject(offer_id=t.offer, side=Side.OWNER, at=NOW)
        refused(
            lambda: acts.reject(offer_id=t.offer, side=Side.OWNER, at=NOW),
            "offer_closed",
            alpha,
            beta,
        )
        assert Listing.objects.get(pk=t.listing).status == "open"
    assert len(events(beta.info.schema, "exchange.rejected")) == 1
