"""The table of events and hearers, as it stands: a row that comes or goes changes this test."""

from __future__ import annotations

from orders.notifications import STEPS
from orders.stages import ACT_WORDS
from tenants.office.hearing import Channel, table

CABINET = "cabinet"
LETTER = "cabinet + mail"
TABLE = {
    "file.ready": {"person": CABINET},
    "file.failed": {"person": CABINET},
    "person.link_asked": {"dispatchers": CABINET},
    "user.link_asked": {"heads": CABINET},
    "driver.pin_forgotten": {"dispatchers": CABINET},
    "company.joined": {"person": CABINET},
    "company.details": {"accountants": CABINET},
    "contract.to_sign": {"client": LETTER, "partner": LETTER},
    "contract.to_countersign": {"heads": LETTER},
    "contract.in_force": {"client": LETTER, "partner": LETTER, "dispatchers": LETTER},
    "contract.declined": {"client": LETTER, "partner": LETTER, "dispatchers": LETTER},
    "contract.withdrawn": {"client": LETTER, "partner": LETTER},
    "contract.terminated": {"client": LETTER, "partner": LETTER, "accountants": CABINET},
    "domain.lost": {"heads": LETTER},
    "domain.closed": {"heads": LETTER},
    "document.issued": {"client": CABINET, "partner": CABINET},
    "document.failed": {"dispatchers": CABINET},
    "order.requested": {"responsible": LETTER},
    "order.quoted": {"client": LETTER},
    "order.price_changed": {"client": LETTER},
    "order.agreed": {"responsible": CABINET},
    "order.assigned": {"partner": LETTER, "client": CABINET},
    "order.replaced": {"former_partner": LETTER, "partner": LETTER, "client": CABINET},
    "order.crew": {"responsible": CABINET, "partner": CABINET},
    "order.rewritten": {"partner": LETTER},
    "order.in_transit": {"client": CABINET},
    "order.delivered": {"client": CABINET},
    "order.cancelled": {"partner": LETTER, "client": LETTER, "responsible": CABINET},
    "order.handed_over": {"person": CABINET},
    "trip.loaded": {"responsible": CABINET},
    "trip.border": {"responsible": CABINET},
    "trip.unloaded": {"responsible": CABINET},
    "trip.papers_in": {"responsible": CABINET},
    "trip.incident": {"responsible": LETTER},
    "job.opened": {"carrier": LETTER},
    "job.cancelled": {"carrier": LETTER},
    "owner.offer": {"responsible": CABINET},
    "owner.countered": {"responsible": CABINET},
    "owner.awarded": {"responsible": CABINET},
    "owner.rejected": {"responsible": CABINET},
    "owner.withdrawn": {"responsible": CABINET},
    "owner.expired": {"responsible": CABINET},
    "carrier.countered": {"carrier": LETTER},
    "carrier.awarded": {"carrier": LETTER},
    "carrier.rejected": {"carrier": CABINET},
    "carrier.closed": {"carrier": CABINET},
    "carrier.taken_off": {"carrier": CABINET},
    "carrier.expired": {"carrier": CABINET},
    "bank.booked": {"person": CABINET},
    "cargo.import_read": {"person": CABINET},
    "cargo.import_undone": {"person": CABINET},
    "cargo.customers_given": {"person": CABINET},
    "cargo.month_unlocked": {"cargo_managers": CABINET},
    "cargo.commission_paid": {"person": CABINET},
    "invoice.issued": {"client": LETTER},
    "invoice.cancelled": {"client": LETTER},
    "invoice.credited": {"client": LETTER},
    "invoice.refused": {"accountants": CABINET},
    "payment.received": {"client": CABINET, "responsible": CABINET},
    "payment.refunded": {"client": CABINET},
    "payable.accrued": {"partner": CABINET},
    "books.closed": {"accountants": CABINET},
    "books.reopened": {"accountants": CABINET},
    "payout.made": {"partner": LETTER},
}
# Acts of an order that are told by another event, or that concern nobody but the office that acts.
SILENT = {
    "create": "a draft is the office's own",
    "edit": "order.price_changed and order.rewritten tell what concerns others",
    "hand_over": "order.handed_over",
    "incident": "trip.incident",
    "offer": "carrier.countered and carrier.rejected",
    "crew": "order.crew",
    "publish": "the exchange shows it to every carrier",
    "unpublish": "carrier.taken_off",
    "assign": "order.assigned",
    "replace": "order.replaced",
    "rectify": "a wrong entry that is put right",
    "complete": "invoice.issued and payable.accrued",
    "close": "the books of the order, which the office closes",
}


def test_the_table_stands_as_it_is_written_here() -> None:
    rows: dict[str, dict[str, str]] = {}
    for row in table():
        is_letter = Channel.MAIL in row.channels
        rows.setdefault(row.event, {})[str(row.hearer)] = LETTER if is_letter else CABINET
    assert rows == TABLE


def test_every_act_of_an_order_is_heard_or_has_a_reason() -> None:
    acts = {str(act) for act in ACT_WORDS}
    of_steps = {str(act) for act in STEPS}
    assert (acts - of_steps, acts & of_steps & SILENT.keys()) == (set(SILENT), set())
